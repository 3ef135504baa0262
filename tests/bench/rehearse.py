"""``python -m tests.bench.rehearse``: what one changed amount would do, for a city and for the region.

The whole service: snapshot under row security, both laws over everybody, examples by name, the kept record.
The engine's part alone is ``what_if`` of ``sweep``.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

from tests.bench.installation import add_arguments, opened, state_folder
from tests.bench.measuring import Taken, measured
from tests.bench.nightly import build
from tests.bench.reporting import report

if TYPE_CHECKING:
    from yiyang.engine.ruling.parameters import ParameterRow
    from yiyang.site.embedded import Server

CITY = "1502"
KEY, MORE_FEN = "aged_80_fen", 3000


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser, region=True)
    options = parser.parse_args(words)
    figures: dict[str, float] = {}
    with state_folder(options) as folder:
        options.state = folder
        if code := build(options):
            return code
        with opened(options) as server:
            from django.utils import timezone

            now = timezone.localtime()
            for name, place in (("city", CITY), ("region", options.place)):
                taken, people = rehearsed(server, place, now)
                figures |= {f"{name}_people": people, **taken.told(f"{name}_")}
    return report("rehearse", figures, judged=not options.quick)


def rehearsed(server: Server, place: str, now: datetime) -> tuple[Taken, int]:
    """One rehearsal for one branch, and how many people it looked at."""
    from yiyang.base.actors import process
    from yiyang.base.scoping import Role, Scope, acting
    from yiyang.entitlements.services import rehearsing

    actor = process("rehearse")
    with measured(server.data) as taken, acting(Role.JOB, Scope.of(place), actor_id=actor.label):
        made = rehearsing.rehearse(actor=actor, rows=[changed(now.date())], prefix=place, now=now)
    return taken, int(made.content["people"])


def changed(today: date) -> ParameterRow:
    """The allowance of those of eighty and more, from the first of next month, in the whole region."""
    from yiyang.engine.ruling.parameters import ParameterRow
    from yiyang.policies import library

    since = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    stands = next(row for row in library.numbers().rows if row.key == KEY)
    return ParameterRow(KEY, 150000, since, None, stands.value + MORE_FEN, stands.unit, stands.cite)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
