"""Numbers into the geometry of SVG: the server draws, the template only writes it down.

Pure and total: no Django, no clock. A missing value is never drawn as zero: a line
breaks, an area is hatched. Coordinates are in the units of each chart's own view box.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

YOf = Callable[[float], float]
"""From a value to its height on the chart."""
GAP = 1.5
"""Gap between the pieces of a bar, so that order and edge carry meaning without colour."""
LEAST = 3.0
"""A piece that is not zero is never thinner than this: 33 people of 547,019 stay visible."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of a bar; ``kind`` is its colour class."""

    kind: str
    x: float
    width: float


def stacked(parts: Sequence[tuple[str, int]], *, width: float = 1000.0) -> tuple[Segment, ...]:
    """Lay pieces side by side in proportion to their counts.

    Args:
        parts: (colour class, count >= 0) in the order they are drawn; zero draws nothing.
        width: length of the whole bar.

    Returns:
        Pieces from left to right with gaps between; they end at ``width``.
    """
    shown = [(kind, count) for kind, count in parts if count > 0]
    if not shown:
        return ()
    room = width - GAP * (len(shown) - 1)
    total = sum(count for _, count in shown)
    lengths = _at_least([room * count / total for _, count in shown], room)
    pieces, x = [], 0.0
    for (kind, _), length in zip(shown, lengths, strict=True):
        pieces.append(Segment(kind, round(x, 1), round(length, 1)))
        x += length + GAP
    return tuple(pieces)


def _at_least(lengths: list[float], room: float) -> list[float]:
    """Widen thin pieces to ``LEAST``; the thick ones give the difference in proportion."""
    least = min(LEAST, room / len(lengths))
    thick = sum(length for length in lengths if length > least)
    owed = sum(least - length for length in lengths if length <= least)
    if not thick or owed <= 0:
        return lengths
    return [least if length <= least else length * (1 - owed / thick) for length in lengths]


@dataclass(frozen=True, slots=True)
class RateBar:
    """A bar of one value against the largest, with a line where the mean lies."""

    width: float
    mean_x: float | None


def rate_bar(value: float | None, *, largest: float, mean: float | None, width: float = 1000.0) -> RateBar:
    """One value as a bar; an unknown value draws no bar at all."""
    if largest <= 0:
        return RateBar(0.0, None)
    share = 0.0 if value is None else min(1.0, max(0.0, value / largest))
    mark = None if mean is None else round(width * min(1.0, max(0.0, mean / largest)), 1)
    return RateBar(round(width * share, 1), mark)


@dataclass(frozen=True, slots=True)
class Diverging:
    """Less to the left, more to the right of one middle line."""

    lose_x: float
    lose_width: float
    gain_x: float
    gain_width: float
    middle: float


def diverging(*, lose: int, gain: int, largest: int, width: float = 1000.0) -> Diverging:
    """Two bars from the middle; ``lose`` and ``gain`` are sizes >= 0 on one common scale."""
    middle = width / 2
    scale = middle / largest if largest > 0 else 0.0
    left = max(LEAST, lose * scale) if lose else 0.0
    right = max(LEAST, gain * scale) if gain else 0.0
    return Diverging(round(middle - left, 1), round(left, 1), middle, round(right, 1), middle)


def nice_step(span: float, pieces: int) -> float:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that covers ``span`` in ``pieces`` steps."""
    raw = span / max(1, pieces)
    if raw <= 0:
        return 1.0
    power: float = 10.0 ** math.floor(math.log10(raw))
    return next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= raw * (1 - 1e-9))


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a trend; ``values`` has one entry a month, None where nothing is known."""

    name: str
    kind: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A text at a place on a chart; ``below`` is an optional second line."""

    x: float
    y: float
    text: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One drawn line: its path (broken at gaps), dots, and the words at its end."""

    name: str
    kind: str
    path: str
    dots: tuple[tuple[float, float], ...]
    end: Mark | None


@dataclass(frozen=True, slots=True)
class TrendRow:
    """The same numbers for the table under the chart."""

    label: str
    cells: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class TrendChart:
    """Lines over months, with grid, labels and the table of the same numbers."""

    width: int
    height: int
    left: float
    right: float
    bottom: float
    levels: tuple[Mark, ...]
    months: tuple[Mark, ...]
    lines: tuple[TrendLine, ...]
    label: str
    names: tuple[str, ...]
    rows: tuple[TrendRow, ...]
    from_zero: bool


def _scale(values: list[float]) -> tuple[float, float, float]:
    """Lowest, highest, step of a value axis; it starts at zero unless the line would be flat."""
    low, high = min(values), max(values)
    base = 0.0 if low <= 0.6 * high else low - 0.35 * max(high - low, high * 0.01)
    step = nice_step(max(high - base, 1.0), 4)
    floor = math.floor(base / step) * step
    return floor, max(floor + step, math.ceil(high / step) * step), step


def trend(
    months: Sequence[tuple[str, str]],
    series: Sequence[Series],
    *,
    label: str,
    width: int = 620,
    height: int = 350,
    end_room: int = 118,
) -> TrendChart:
    """Draw month-ends as lines.

    Args:
        months: (short label, second line such as the year or "") from oldest to newest.
        series: lines on one axis and one unit; each as long as ``months``.
        label: what a reader hears instead of the picture.

    Returns:
        Geometry in a ``width`` x ``height`` view box. A gap breaks the line; an isolated
        month is a dot alone.
    """
    known = [value for one in series for value in one.values if value is not None] or [0.0, 1.0]
    floor, top, step = _scale(known)
    left, right, upper, bottom = 64.0, float(width - end_room), 14.0, float(height - 46)
    across = (right - left) / max(1, len(months) - 1)

    def y_of(value: float) -> float:
        return round(bottom - (value - floor) / (top - floor) * (bottom - upper), 1)

    x_of = [round(left + index * across, 1) for index in range(len(months))]
    count = round((top - floor) / step)
    levels = tuple(
        Mark(left - 8, y_of(floor + n * step), f"{floor + n * step:,.10g}") for n in range(count + 1)
    )
    ends = _ends(series, y_of, right + 10, upper, bottom)
    lines = tuple(
        TrendLine(
            one.name,
            one.kind,
            _path(one.values, x_of, y_of),
            _dots(one.values, x_of, y_of),
            ends.get(one.name),
        )
        for one in series
    )
    ticks = tuple(Mark(x, bottom + 20, *month) for x, month in zip(x_of, months, strict=True))
    rows = tuple(
        TrendRow(
            f"{month[1]} {month[0]}".strip() if month[1] else month[0], tuple(one.values[i] for one in series)
        )
        for i, month in enumerate(months)
    )
    names = tuple(one.name for one in series)
    return TrendChart(
        width, height, left, right, bottom, levels, ticks, lines, label, names, rows, floor == 0
    )


def _path(values: Sequence[float | None], xs: Sequence[float], y_of: YOf) -> str:
    words, pen_down = [], False
    for x, value in zip(xs, values, strict=True):
        if value is None:
            pen_down = False
            continue
        words.append(f"{'L' if pen_down else 'M'}{x} {y_of(value)}")
        pen_down = True
    return "".join(words)


def _dots(values: Sequence[float | None], xs: Sequence[float], y_of: YOf) -> tuple[tuple[float, float], ...]:
    """The newest known month and every month that stands alone between two gaps."""
    found = []
    last = max((i for i, value in enumerate(values) if value is not None), default=None)
    for i, value in enumerate(values):
        alone = (i == 0 or values[i - 1] is None) and (i + 1 == len(values) or values[i + 1] is None)
        if value is not None and (i == last or alone):
            found.append((xs[i], y_of(value)))
    return tuple(found)


def _ends(series: Sequence[Series], y_of: YOf, x: float, upper: float, bottom: float) -> dict[str, Mark]:
    """Name and newest value at the end of each line, pushed apart where they would overlap."""
    wanted = []
    for one in series:
        last = next((value for value in reversed(one.values) if value is not None), None)
        if last is not None:
            wanted.append((y_of(last), one.name, f"{last:,.10g}"))
    wanted.sort()
    placed, free = {}, upper
    for index, (y, name, words) in enumerate(wanted):
        below = len(wanted) - index
        at = min(max(y, free), bottom - 36 * (below - 1))
        placed[name] = Mark(x, at, name, words)
        free = at + 38
    return placed
