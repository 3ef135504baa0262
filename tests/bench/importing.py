"""``python -m tests.bench.importing``: 100,000 lines of people from upload to the records, with faults.

The file is made here: 97,000 good lines, 1,000 broken in eleven ways, 1,000 that stand twice, 1,000 people
whom a first file has registered already. Everything a real run does is in the time: reading, judging against
the registry, approval, merging, sealing.
"""

from __future__ import annotations

import argparse
import io
import resource
import sys
from datetime import timedelta

from tests.bench.installation import add_arguments, opened
from tests.bench.measuring import measured
from tests.bench.reporting import report

LINES = 100_000
QUICK = 20_000
COUNTY = "150206"


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser, region=False)
    options = parser.parse_args(words)
    lines = QUICK if options.quick else LINES
    with opened(options) as server:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        first, _ = _taken(_file(lines // 100, 0, 0))
        content = _file(lines - lines // 100, lines // 100, lines // 100)
        with measured(server.data) as taken:
            counts, stages = _taken(content)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    figures = {
        "import_s": taken.wall_s,
        "cpu_s": taken.cpu_s,
        "database_cpu_s": taken.database_cpu_s,
        **{f"{name}_s": seconds for name, seconds in stages.items()},
        "peak_mb": peak * 1024 / 1e6,
        "grown_mb": (peak - before) * 1024 / 1e6,
        "megabytes": len(content) / 1e6,
    }
    return report("importing", figures, judged=not options.quick, counts=counts, first=first)


def _file(good: int, bad: int, twice: int) -> bytes:
    """A register in GB18030, as an old system exports it."""
    from tests.factories import files

    lines = [list(line) for line in files.rows(good)]
    for number in range(bad):
        lines[number * (good // bad) + 1][number % 4] = ("", "1.5E+17", "？", "15020")[number % 4]
    lines += [list(line) for line in lines[-twice:]] if twice else []
    return files.as_csv(lines, encoding="gb18030")


def _taken(content: bytes) -> tuple[dict[str, object], dict[str, float]]:
    """Uploaded, read, approved by somebody else, merged; seconds of each stage."""
    from django.utils import timezone

    from tests.factories import files
    from yiyang.accounts import selectors
    from yiyang.accounts import services as accounts
    from yiyang.base.actors import process
    from yiyang.base.ids import UserId
    from yiyang.base.scoping import EVERYWHERE, Role, acting
    from yiyang.exchange import returning, services

    now = timezone.localtime()
    user = accounts.open_staff_account(
        login=f"bench{now:%H%M%S%f}", name="巴图", password="a long word for the bench"
    )
    accounts.grant_duty(
        user_id=UserId(user.pk), duty="approver", prefix=COUNTY, since=now.date(),
        until=now.date() + timedelta(days=1), granted_by=None,
    )  # fmt: skip
    second = selectors.actor_of(user, on=now.date())
    stages, began = {}, timezone.localtime()
    with acting(Role.JOB, EVERYWHERE, actor_id="process:bench"):
        upload = files.upload(as_of=now.date() - timedelta(days=1))
        batch = services.receive_file(
            actor=process("bench"), upload=upload, file=io.BytesIO(content), now=now
        ).batch
    for name in ("upload", "read", "merge"):
        if name != "upload":
            done = services.work_on(batch.pk, holder="bench", clock=timezone.localtime)
            assert done is not None
            batch = done
        if name == "read":
            with acting(Role.JOB, EVERYWHERE, actor_id="process:bench"):
                services.approve_batch(actor=second, batch_id=batch.pk, now=timezone.localtime())
        stages[name] = (timezone.localtime() - began).total_seconds()
        began = timezone.localtime()
    return returning.summary_of(batch), stages


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
