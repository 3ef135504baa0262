"""``yiyang sweep``: everybody of a branch against the law of a day; decisions and leads follow."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from yiyang.base.ids import SweepId
from yiyang.base.scoping import Role, Scope, acting
from yiyang.engine.errors import Refused
from yiyang.engine.sweeping.duckdb_engine import Swept
from yiyang.entitlements.services import sweeping
from yiyang.entitlements.services.sweeping import Snapshot
from yiyang.faces.console.days import day_of
from yiyang.outreach import services as outreach
from yiyang.regions import codes


class BadDay(Refused):
    code = "console.bad_day"
    message = "日期不对"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--place", default=settings.YIYANG_PLACE, help="division code of 2, 4, 6, 9 or 12 digits"
    )
    parser.add_argument("--as-of", type=day_of, help="ISO date; a past day is judged by what was known then")
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    parser.add_argument("--dry-run", action="store_true", help="count only; write nothing")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Sweep, then say the totals.

    Raises:
        BadScope: no such prefix.
        BadDay: a day in the future.
    """
    codes.scope_of(options.place)
    now = timezone.localtime()
    day: date = options.as_of or now.date()
    if day > now.date():
        raise BadDay(f"{day} is in the future: facts are known only until today")
    began = time.monotonic()
    if options.engine == "spark":
        answer = _on_spark(options.place, day, now)
    else:
        # Today's sweep is written; a past day only counts, so that nothing past moves.
        writes = day == now.date() and not options.dry_run
        swept, changed = _written(options.place, now) if writes else (_counted(options.place, day, now), 0)
        answer = {**_told(swept), "written": writes, "changed": changed}
    answer |= {"place": options.place, "as_of": f"{day}", "engine": options.engine}
    answer["seconds"] = round(time.monotonic() - began, 2)
    print(json.dumps(answer, ensure_ascii=False) if options.json else _words(answer))
    return 0


def _told(swept: Swept) -> dict[str, Any]:
    results = {name: vars(tally) for name, tally in swept.results.items()}
    return {
        "people": swept.people,
        "refused": swept.refused,
        "results": {name: {k: v for k, v in t.items() if v is not None} for name, t in results.items()},
        "rules": swept.rules_digest,
        "numbers": swept.numbers_digest,
    }


def _written(place: str, now: datetime) -> tuple[Swept, int]:
    with acting(Role.JOB, Scope.of(place), actor_id="process:sweep"):
        done = sweeping.sweep(prefix=place, as_of=now.date(), now=now)
        outreach.sync_with_sweep(sweep_id=SweepId(done.sweep.pk), now=now)
    return done.swept, done.changed


@contextmanager
def _persons(place: str, day: date, now: datetime) -> Iterator[tuple[Snapshot, Path]]:
    """A snapshot of the branch as of a day, within the scope of a process."""
    past = day < now.date()
    with acting(Role.JOB, Scope.of(place), actor_id="process:sweep"), sweeping.scratch_folder() as folder:
        snapshot = sweeping.take_snapshot(folder, with_facts=past)
        known_at = datetime.combine(day, datetime.max.time(), tzinfo=now.tzinfo)
        yield (
            snapshot,
            sweeping.persons_as_known(snapshot, {day: known_at})[day] if past else snapshot.state,
        )


def _counted(place: str, day: date, now: datetime) -> Swept:
    with _persons(place, day, now) as (snapshot, persons):
        return sweeping.count(persons, as_of=day, folder=snapshot.folder)


def _on_spark(place: str, day: date, now: datetime) -> dict[str, Any]:
    """Totals only: the other engine shows that it comes to the same, it writes nothing."""
    with _persons(place, day, now) as (snapshot, persons):
        totals = sweeping.count_on_spark(persons, as_of=day)
        return {
            "people": snapshot.people,
            "refused": 0,
            "written": False,
            "changed": 0,
            "results": {
                name: {k: v for k, v in vars(t).items() if v is not None} for name, t in totals.items()
            },
        }


COLUMNS = {"eligible": 10, "served": 10, "unserved": 10, "cannot_tell": 13}


def _words(answer: dict[str, Any]) -> str:
    people, refused = answer["people"], answer["refused"]
    head = f"{answer['place']} as of {answer['as_of']}: {people:,} people, {refused} refused, "
    lines = [head + f"{answer['changed']} decisions written, {answer['seconds']} s"]
    lines.append(f"{'result':32}{''.join(f'{name:>{width}}' for name, width in COLUMNS.items())}{'yuan':>18}")
    for name, counts in answer["results"].items():
        cells = (f"{counts[c]:,}" if c in counts else "-" for c in COLUMNS)
        fen = counts.get("amount_fen", counts.get("fen"))
        yuan = "-" if fen is None else f"{fen / 100:,.2f}"
        row = "".join(f"{cell:>{width}}" for cell, width in zip(cells, COLUMNS.values(), strict=True))
        lines.append(f"{name:32}{row}{yuan:>18}")
    return "\n".join(lines)
