"""Dated numbers of the law as lanes: one row a place, nation on top, one bar a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yiyang.faces.shared.charts import Mark

LANE = 36.0
LEFT = 122.0


@dataclass(frozen=True, slots=True)
class Period:
    """One row of the law: its place, when it is in force, what it says.

    ``until`` is the first day it no longer holds; None is open. ``kind`` is its
    colour: ``q2`` past, ``q4`` in force, ``f2`` proposed, ``q1`` a floor or an addition.
    """

    place: str
    since: date
    until: date | None
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class LaneBar:
    """One drawn period; ``outside`` puts the words right of a bar too short for them."""

    x: float
    y: float
    width: float
    kind: str
    text: str
    text_x: float
    outside: bool

    @property
    def inverse(self) -> bool:
        """White ink on the dark bar."""
        return self.kind in {"q4", "q5"} and not self.outside


@dataclass(frozen=True, slots=True)
class LaneChart:
    """Places, bars, years and the line of today."""

    width: int
    height: float
    bottom: float
    rows: tuple[Mark, ...]
    bars: tuple[LaneBar, ...]
    years: tuple[Mark, ...]
    today: float | None
    empty: tuple[Mark, ...]
    label: str


def lanes(
    places: Sequence[str],
    periods: Sequence[Period],
    *,
    first: date,
    last: date,
    today: date | None,
    label: str,
    width: int = 740,
) -> LaneChart:
    """Draw periods by place over years.

    Args:
        places: row names from the nation down; a place without a period says 没有规定.
        periods: whose ``place`` is one of ``places``; cut at ``first`` and ``last``.
        first, last: ends of the time axis, ``first`` < ``last``.
        today: a line, or None for none.
    """
    span = (last - first).days
    room = width - LEFT - 14

    def x_of(day: date) -> float:
        inside = min(max(day, first), last)
        return round(LEFT + (inside - first).days / span * room, 1)

    row_of = {place: 24 + index * LANE for index, place in enumerate(places)}
    bottom = 24 + len(places) * LANE
    bars = []
    for one in periods:
        x, end = x_of(one.since), x_of(one.until or last)
        wide = max(end - x - 1, 3.0)
        outside = wide < 14 * len(one.text) * 0.62 + 10
        bars.append(
            LaneBar(
                x,
                row_of[one.place],
                round(wide, 1),
                one.kind,
                one.text,
                round(end + 5 if outside else x + 8, 1),
                outside,
            )
        )
    held = {one.place for one in periods}
    return LaneChart(
        width=width,
        height=bottom + 34,
        bottom=bottom,
        rows=tuple(Mark(0, y + 17, place) for place, y in row_of.items()),
        bars=tuple(bars),
        years=tuple(
            Mark(x_of(date(year, 1, 1)), bottom + 20, str(year))
            for year in range(first.year + (first > date(first.year, 1, 1)), last.year + 1)
        ),
        today=x_of(today) if today and first <= today <= last else None,
        empty=tuple(Mark(LEFT + 8, y + 17, "没有规定") for place, y in row_of.items() if place not in held),
        label=label,
    )
