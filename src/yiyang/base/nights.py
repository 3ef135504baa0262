"""Steps of the night: each is done once a day, by whichever process claims it first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import QuerySet

from yiyang.base.models import NightlyRun

TORN_AFTER = timedelta(hours=6)  # a process that died in a step holds it no longer than this


def claim(*, step: str, now: datetime, again: bool = False) -> bool:
    """Take one step of today. False where somebody has done it, or is at it.

    Args:
        again: also a step that has ended today, well or badly.
    """
    ended = "r.ended IS NOT NULL" if again else "false"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO base_nightlyrun AS r (step, day, began, ended, ok, said)"  # noqa: S608 - fixed words
            " VALUES (%s, %s, %s, NULL, NULL, '') ON CONFLICT (step, day)"
            " DO UPDATE SET began = excluded.began, ended = NULL, ok = NULL, said = ''"
            f" WHERE {ended} OR (r.ended IS NULL AND r.began < %s) RETURNING id",
            [step, now.date(), now, now - TORN_AFTER],
        )
        return cursor.fetchone() is not None


def finish(*, step: str, day: date, ok: bool, said: str, now: datetime) -> None:
    NightlyRun.objects.filter(step=step, day=day).update(ended=now, ok=ok, said=said[:500])


def runs_of(day: date) -> QuerySet[NightlyRun]:
    """What was done on a day, in the order of beginning."""
    return NightlyRun.objects.filter(day=day).order_by("began", "pk")


def untouched(steps: Sequence[str], day: date) -> list[str]:
    """Those nobody has begun on a day, in the order given."""
    begun = set(runs_of(day).values_list("step", flat=True))
    return [step for step in steps if step not in begun]
