"""Numbers of the law as dated rows, resolved once per place and day.

Override, floor and add along nation > region > city > county. Two rows of one key and place in force on
one day are an error; a gap is unknown, never zero.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, get_args

from yiyang.engine.errors import Conflict

Merge = Literal["override", "floor", "add"]
MERGES: tuple[Merge, ...] = get_args(Merge)


@dataclass(frozen=True)
class Cite:
    """Where it is written: document id and clause number, never its text."""

    doc: str
    clause: str


@dataclass(frozen=True)
class ParameterRow:
    """One number of the law: in force in ``place`` and below from ``since`` until before ``until``.

    Args:
        key: name of the number, ``aged_80_fen``; a cell of a table is ``meal_fen_12``.
        place: six digits: 0 nation, 150000 region, 150200 city, 150203 county.
        value: whole number in ``unit``; zero is written as zero.
        merge: how it meets the number of the place above.
        verified: true only after a named person held it against the original.
    """

    key: str
    place: int
    since: dt.date
    until: dt.date | None
    value: int
    unit: str
    cite: Cite
    merge: Merge = "override"
    verified: bool = False

    def in_force(self, day: dt.date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, eq=False)
class Resolved:
    """A number as it stands for one place, with every row that shaped it, nation first."""

    value: int | None
    steps: tuple[ParameterRow, ...]


class Overlap(Conflict, ValueError):
    """Two rows of one key are in force in one place on one day."""

    code = "ruling.overlap"
    message = "同一地方同一项标准在同一天有两个数，请先写明旧数的截止日期"


def chain(county: int) -> tuple[int, ...]:
    """``150203`` -> nation, region, city, county: general first, nothing twice."""
    return tuple(dict.fromkeys((0, county // 10000 * 10000, county // 100 * 100, county)))


class Parameters:
    """All rows of the numbers of the law, checked for overlap and indexed by key and place."""

    def __init__(self, rows: Iterable[ParameterRow]) -> None:
        self.rows = tuple(sorted(rows, key=lambda r: (r.key, r.place, r.since)))
        self._index: dict[tuple[str, int], list[ParameterRow]] = {}
        self._resolved: dict[tuple[str, int, dt.date], Resolved] = {}
        self._digest = ""
        for row in self.rows:
            self._index.setdefault((row.key, row.place), []).append(row)
        for (key, place), found in self._index.items():
            for a, b in pairwise(found):
                if a.until is None or a.until > b.since:
                    raise Overlap(
                        f"{key} in place {place}: the row since {a.since} is still in force when the row "
                        f"since {b.since} begins"
                    )

    def resolve(self, key: str, county: int, day: dt.date) -> Resolved:
        """The number in force in one county; remembered, because a sweep asks for it again and again."""
        at = (key, county, day)
        found = self._resolved.get(at)
        if found is None:
            found = self._resolved[at] = self._resolve(key, county, day)
        return found

    def _resolve(self, key: str, county: int, day: dt.date) -> Resolved:
        value: int | None = None
        steps: list[ParameterRow] = []
        for at in chain(county):
            for row in self._index.get((key, at), ()):
                if not row.in_force(day):
                    continue
                if row.merge == "override":
                    value, steps = row.value, [row]
                elif value is None:
                    continue  # nothing to raise or top up: the number stays unknown
                elif row.merge == "add":
                    value, steps = value + row.value, [*steps, row]
                elif row.value > value:  # floor: a lower level may not go below the place above
                    value, steps = row.value, [*steps, row]
        return Resolved(value, tuple(steps))

    def wide(self, counties: Sequence[int], keys: Sequence[str], day: dt.date) -> list[dict[str, int | None]]:
        """One row per county: ``{"county": 150203, "p_<key>": value, ...}``, gaps as None."""
        rows: list[dict[str, int | None]] = []
        for county in counties:
            row: dict[str, int | None] = {"county": county}
            row.update((f"p_{key}", self.resolve(key, county, day).value) for key in keys)
            rows.append(row)
        return rows

    def digest(self) -> str:
        """Twelve hex digits over all rows: equal numbers, equal digest."""
        if not self._digest:
            self._digest = hashlib.sha256(repr(self.rows).encode()).hexdigest()[:12]
        return self._digest

    def replace(self, changes: Mapping[tuple[str, int], int]) -> Parameters:
        """The same rows with some values changed, by key and place: what a rehearsal compares against."""
        return Parameters(
            replace(row, value=changes.get((row.key, row.place), row.value)) for row in self.rows
        )

    def instead(self, rows: Iterable[ParameterRow]) -> Parameters:
        """``rows`` stand in place of *all* rows of their keys: what a case file asks for."""
        new = tuple(rows)
        keys = {row.key for row in new}
        return Parameters((*(row for row in self.rows if row.key not in keys), *new))


def succeed(rows: Iterable[ParameterRow], later: Iterable[ParameterRow]) -> list[ParameterRow]:
    """Add approved revisions: a later ``since`` closes the open row of the same key and place.

    A revision that begins before a row already planned holds until that row begins. Two rows that begin on
    one day are left as they are, for ``Parameters`` to refuse.
    """
    found: dict[tuple[str, int], list[ParameterRow]] = {}
    for row in rows:
        found.setdefault((row.key, row.place), []).append(row)
    for new in sorted(later, key=lambda r: (r.key, r.place, r.since)):
        here = found.setdefault((new.key, new.place), [])
        here[:] = [
            replace(old, until=new.since) if old.until is None and old.since < new.since else old
            for old in here
        ]
        planned = [old.since for old in here if old.since > new.since]
        here.append(replace(new, until=min(planned)) if planned and new.until is None else new)
    return [row for here in found.values() for row in here]
