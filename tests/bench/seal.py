"""``python -m tests.bench.seal``: lines of the log put under seal, and the whole chain reckoned again.

Lines are written one by one, as pages write them; seconds of sealing and verifying are for 100,000 lines.
"""

from __future__ import annotations

import argparse
import sys
import time
import uuid

from tests.bench.installation import add_arguments, opened
from tests.bench.reporting import report

LINES = PER = 100_000
QUICK = 5_000
TOGETHER = 500  # lines in one transaction


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser, region=False)
    options = parser.parse_args(words)
    lines = QUICK if options.quick else LINES
    with opened(options):
        from django.utils import timezone

        from yiyang.base.log import verifying
        from yiyang.base.scoping import EVERYWHERE, Role, acting
        from yiyang.faces.console import audit

        now = timezone.localtime()
        writing = timed(lambda: write(lines))
        sealing = timed(lambda: audit.seal_all(now))
        with acting(Role.JOB, EVERYWHERE):
            began = time.monotonic()
            verdict = verifying.verify({})
            verifying_s = time.monotonic() - began
    assert verdict.rows >= lines
    assert not verdict.faults
    share = PER / lines
    figures = {
        "write_per_s": lines / writing,
        "seal_s": sealing * share,
        "verify_s": verifying_s * share,
    }
    return report("seal", figures, judged=not options.quick, lines=lines, blocks=verdict.blocks)


def timed(act: object) -> float:
    assert callable(act)
    began = time.monotonic()
    act()
    return time.monotonic() - began


def write(lines: int) -> None:
    """What opening a person's page leaves behind, many times."""
    from django.utils import timezone

    from yiyang.base.actors import Actor, ActorKind
    from yiyang.base.ids import UserId
    from yiyang.base.log import audit
    from yiyang.base.scoping import Role, Scope, acting

    who = Actor(ActorKind.STAFF, UserId(7), "张伟", "grid_worker", frozenset(), "150204001021")
    for _ in range(0, lines, TOGETHER):
        with acting(Role.APP, Scope.of(who.prefix), actor_id=who.label, ip="203.0.113.9"):
            for person_id in range(TOGETHER):
                audit.record(
                    actor=who, action="read_person", now=timezone.localtime(), subject=("person", person_id),
                    division=who.prefix, face="w", request_id=uuid.uuid4(), fields=("facts", "answers"),
                )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
