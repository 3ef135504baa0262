"""``python -m tests.bench.nightly``: the nightly run at 4,757,233 people after 1 % of them changed.

Database -> snapshot -> sweep -> changed decisions, standings, receipts' marks and leads written, in one
process whose memory is measured from its start. The database is built first where it is absent (``region``).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from tests.bench.counting import rows_of
from tests.bench.installation import add_arguments, opened, size_on_disk, state_folder
from tests.bench.measuring import Taken, measured
from tests.bench.region import MARK
from tests.bench.reporting import report

TABLES = ("people_person", "people_fact", "entitlements_decision", "entitlements_standing", "outreach_lead")
ONE_IN = 100

# What an office's file would do in bulk: two new words about each person, and the state that follows.
FACTS = """
INSERT INTO people_fact (person_id, key, value, source, valid_from, recorded_at)
SELECT s.person_id, w.key, w.value, w.source, %(today)s, %(now)s FROM people_state s
 CROSS JOIN LATERAL (VALUES
   ('ability_level', (coalesce(s.ability_level, 0) + 1 + s.person_id / 100 %% 4) %% 5, 'ASSESSMENT'),
   ('hardship_class', (coalesce(s.hardship_class, 0) + 1) %% 4, 'CIVIL_AFFAIRS')) w(key, value, source)
 WHERE s.person_id %% %(one_in)s = %(which)s"""
STATE = """
UPDATE people_state SET ability_level = (coalesce(ability_level, 0) + 1 + person_id / 100 %% 4) %% 5,
       hardship_class = (coalesce(hardship_class, 0) + 1) %% 4
 WHERE person_id %% %(one_in)s = %(which)s"""


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser, region=True)
    options = parser.parse_args(words)
    with state_folder(options) as folder:
        options.state = folder
        built = build(options)
        if built:
            return built
        with opened(options) as server:
            from django.utils import timezone

            now = timezone.localtime()
            before = rows_of(*TABLES)
            changed = change_some(options.place, now)
            with measured(server.data) as taken:
                counts = run_nightly(options.place, taken, now)
            after = rows_of(*TABLES)
            figures = {"nightly_s": taken.wall_s, **taken.told(), "disk_mb": size_on_disk(server)}
    added = {table: after[table] - before[table] for table in TABLES}
    return report(
        "nightly", figures, judged=not options.quick, people=before["people_person"], changed_people=changed,
        added=added, leads=counts, parts=taken.parts,
    )  # fmt: skip


def build(options: argparse.Namespace) -> int:
    """The region in a process of its own, so that its memory is not ours."""
    if (options.state / MARK).exists():
        return 0
    words = ["--state", str(options.state), "--from", str(options.source), "--place", options.place]
    words += ["--quick"] if options.quick else []
    return subprocess.run([sys.executable, "-m", "tests.bench.region", *words], check=False).returncode


def change_some(place: str, now: datetime) -> int:
    """New facts about one person in a hundred, another hundredth at each run. Returns how many."""
    from django.db import connection

    from yiyang.base.scoping import Role, Scope, acting

    bound: dict[str, int | date] = {
        "today": now.date(),
        "now": now,
        "one_in": ONE_IN,
        "which": int(time.time()) % ONE_IN,
    }
    with acting(Role.JOB, Scope.of(place), actor_id="process:bench"), connection.cursor() as cursor:
        cursor.execute(FACTS, bound)
        cursor.execute(STATE, bound)
        return int(cursor.rowcount)


def run_nightly(place: str, taken: Taken, now: datetime) -> dict[str, int]:
    """As ``yiyang sweep`` does it, in one transaction; the parts are told apart by where they are called."""
    from yiyang.base.ids import SweepId
    from yiyang.base.scoping import Role, Scope, acting
    from yiyang.engine.sweeping.duckdb_engine import Sweeper
    from yiyang.entitlements.services import sweeping, writing
    from yiyang.outreach import services as outreach

    timed(taken, "snapshot", sweeping, "take_snapshot")
    timed(taken, "receipts out", writing, "export_receipts")
    timed(taken, "sweep", Sweeper, "sweep")
    timed(taken, "decisions", writing, "write_outcomes")
    with taken.part("all"), acting(Role.JOB, Scope.of(place), actor_id="process:sweep"):
        done = sweeping.sweep(prefix=place, as_of=now.date(), now=now)
        with taken.part("leads"):
            leads = outreach.sync_with_sweep(sweep_id=SweepId(done.sweep.pk), now=now)
    return {"decisions": done.changed, **leads}


def timed(taken: Taken, name: str, owner: Any, function: str) -> None:
    """Let one function of the product say how long it takes, for this process only."""
    plain: Callable[..., Any] = getattr(owner, function)

    def watched(*args: Any, **named: Any) -> Any:
        with taken.part(name):
            return plain(*args, **named)

    setattr(owner, function, watched)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
