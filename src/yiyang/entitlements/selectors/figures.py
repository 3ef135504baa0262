"""Figures of a branch, read from stored roll-ups: no person is counted while a page waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from yiyang.entitlements.choices import SweepState
from yiyang.entitlements.models import PlaceTally, RefusedRow, Sweep

PERSON_LINE = "person_line"


@dataclass(frozen=True)
class Line:
    """One result in one place: eligible, cannot tell and not eligible sum to ``people``."""

    division: str
    result: str
    people: int
    eligible: int
    cannot_tell: int
    not_eligible: int
    served: int | None
    unserved: int | None
    amount_fen: int | None
    unserved_fen: int | None

    @property
    def reconciles(self) -> bool:
        split = self.served is None or self.unserved is None or self.served + self.unserved == self.eligible
        return split and self.eligible + self.cannot_tell + self.not_eligible == self.people


def latest_sweep() -> Sweep | None:
    """The last finished sweep over the installation's place."""
    return Sweep.objects.filter(state=SweepState.DONE).order_by("-as_of", "-pk").first()


def sweep_over(division: str) -> Sweep | None:
    """The last finished sweep that looked at everybody of a place: a county swept alone tells nothing of
    the city above it."""
    branches = [division[:n] for n in (2, 4, 6, 9, 12) if n <= len(division)]
    found = Sweep.objects.filter(state=SweepState.DONE, prefix__in=branches)
    return found.order_by("-as_of", "-pk").first()


def lines_of_branch(
    division: str, below: Iterable[str], sweep: Sweep
) -> tuple[dict[str, Line], dict[str, Line]]:
    """All results of one place by name, and the line of persons of the places below: one statement."""
    own = division.ljust(12, "0")
    rows = PlaceTally.objects.filter(
        Q(division=own) | Q(division__in=list(below), result=PERSON_LINE), sweep=sweep
    )
    results: dict[str, Line] = {}
    places: dict[str, Line] = {}
    for row in rows:
        if row.division == own:
            results[row.result] = _line(row)
        else:
            places[row.division] = _line(row)
    return results, places


def lines_of(division: str, sweep: Sweep, results: Sequence[str] | None = None) -> dict[str, Line]:
    """All results of one place, by name; empty where the scope does not hold the place."""
    rows = PlaceTally.objects.filter(sweep=sweep, division=division.ljust(12, "0"))
    if results is not None:
        rows = rows.filter(result__in=results)
    return {row.result: _line(row) for row in rows}


def lines_of_places(divisions: Iterable[str], result: str, sweep: Sweep) -> dict[str, Line]:
    """One result of several places, by place."""
    rows = PlaceTally.objects.filter(sweep=sweep, result=result, division__in=list(divisions))
    return {row.division: _line(row) for row in rows}


def trend_of(division: str, result: str, *, until: date, months: int = 13) -> list[tuple[date, Line]]:
    """One result of one place as of each finished sweep, oldest first, at most ``months``."""
    rows = (
        PlaceTally.objects.filter(
            division=division.ljust(12, "0"),
            result=result,
            sweep__state=SweepState.DONE,
            sweep__as_of__lte=until,
        )
        .select_related("sweep")
        .order_by("-sweep__as_of", "-sweep_id")
    )
    last: dict[date, Line] = {}
    for row in rows[: 4 * months]:
        last.setdefault(row.sweep.as_of, _line(row))
    return sorted(last.items())[-months:]


def refused_in(prefix: str, sweep: Sweep) -> QuerySet[RefusedRow]:
    """Those whom the sweep could not judge, with the reason; by place."""
    found = RefusedRow.objects.filter(sweep=sweep, division__gte=prefix, division__lt=prefix + "~")
    return found.order_by("division", "person_id")


def _line(row: PlaceTally) -> Line:
    return Line(
        row.division,
        row.result,
        row.people,
        row.eligible,
        row.cannot_tell,
        row.not_eligible,
        row.served,
        row.unserved,
        row.amount_fen,
        row.unserved_fen,
    )
