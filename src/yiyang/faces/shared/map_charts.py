"""Outlines of counties into map shapes: sketch of our own making, never for publication.

Pure: degrees in, view-box units out. A place without an outline (a function zone) is
drawn as a box beside the map; a place without a value is hatched, never pale.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from yiyang.faces.shared.charts import nice_step

Ring = Sequence[tuple[float, float]]
"""Closed outline, (longitude, latitude) in degrees, the last point need not repeat the first."""
Plan = Callable[[float, float], tuple[float, float]]
STEPS = 5
LEAST_ROOM = 15.0
"""A shape whose innermost point lies nearer to its edge has no room for two words."""
CROWD = 60.0
"""Small shapes nearer to each other than this belong to one crowded core."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One place to draw; ``rings`` empty means it has no boundary of its own."""

    code: str
    name: str
    short: str
    rings: tuple[Ring, ...] = ()


@dataclass(frozen=True, slots=True)
class MapValue:
    """What colours a place: ``value`` None is 无法判定; ``spoken`` is the whole sentence."""

    value: float | None
    words: str
    href: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Area:
    """One drawn shape; ``step`` 1 to 5 is its colour, 0 is hatched."""

    path: str
    step: int
    href: str
    spoken: str
    name: str
    words: str
    x: float
    y: float
    place: str

    @property
    def inverse(self) -> bool:
        """White ink on the two darkest steps, when the words lie on the shape."""
        return self.step >= 4 and self.place == "middle"


@dataclass(frozen=True, slots=True)
class Box:
    """A square beside the map for a place without an outline."""

    x: float
    y: float
    width: float
    height: float
    area: Area


@dataclass(frozen=True, slots=True)
class Inset:
    """The crowded core once more, larger; ``lead`` ties both frames together."""

    x: float
    y: float
    width: float
    height: float
    frame: tuple[float, float, float, float]
    lead: str
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Shade:
    """One entry of the legend."""

    step: int
    text: str


@dataclass(frozen=True, slots=True)
class MapChart:
    """Shapes, inset, boxes and legend of one map."""

    width: int
    height: int
    areas: tuple[Area, ...]
    inset: Inset | None
    boxes: tuple[Box, ...]
    legend: tuple[Shade, ...]
    label: str


def breaks_of(values: Collection[float]) -> tuple[float, ...]:
    """Four round numbers that split the values into five steps; fewer when all are alike."""
    known = sorted(values)
    if not known or known[0] == known[-1]:
        return ()
    step = nice_step((known[-1] - known[0]) * 0.9, STEPS)
    first = (math.floor(known[0] / step) + 1) * step
    cuts = [round(first + n * step, 6) for n in range(STEPS - 1)]
    return tuple(cut for cut in cuts if cut <= known[-1])


def step_of(value: float | None, breaks: Sequence[float]) -> int:
    """1 (little) to 5 (much); 0 when nothing is known. Without breaks everything is step 3."""
    if value is None:
        return 0
    if not breaks:
        return 3
    return 1 + sum(value >= cut for cut in breaks)


def legend_of(breaks: Sequence[float], *, unknown: bool) -> tuple[Shade, ...]:
    """Words for every step, and one for the unknown when there is any."""
    words = [f"{cut:,.10g}" for cut in breaks]
    shades = []
    if words:
        shades.append(Shade(1, f"不足 {words[0]}"))
        shades += [Shade(n + 2, f"{a}–{b}") for n, (a, b) in enumerate(pairwise(words))]
        shades.append(Shade(len(words) + 1, f"{words[-1]} 以上"))
    else:
        shades.append(Shade(3, "各地相同"))
    if unknown:
        shades.append(Shade(0, "无法判定"))
    return tuple(shades)


def crowded(outlines: Sequence[Outline], *, width: int = 620, height: int = 430) -> frozenset[str]:
    """Codes of the largest cluster of shapes too small for words: what the inset should show.

    Three at least; a single enclave is not a crowd and keeps its words at its edge.
    """
    drawn = [one for one in outlines if one.rings]
    plan = _plan(drawn, 6.0, 6.0, width * 0.47 - 12, height - 12)
    small = {}
    for one in drawn:
        x, y, clear = innermost(max(_planned(one, plan), key=lambda ring: abs(_surface(ring))))
        if clear < LEAST_ROOM + 7:
            small[one.code] = (x, y)
    best: set[str] = set()
    for start in small:
        group, edge = {start}, [start]
        while edge:
            here = small[edge.pop()]
            near = {code for code, at in small.items() if math.dist(here, at) < CROWD} - group
            group |= near
            edge += near
        best = max(best, group, key=len)
    return frozenset(best) if len(best) >= 3 else frozenset()


def _planned(one: Outline, plan: Plan) -> list[list[tuple[float, float]]]:
    return [[plan(lon, lat) for lon, lat in ring] for ring in one.rings]


def outline_map(
    outlines: Sequence[Outline],
    values: dict[str, MapValue],
    *,
    label: str,
    core: Collection[str] = (),
    width: int = 620,
    height: int = 430,
) -> MapChart:
    """Draw the outlines with one value each.

    Args:
        outlines: places to draw, degrees on CGCS2000; those without rings become boxes.
        values: by code; a missing code counts as unknown and is not a link.
        label: what a reader hears for the whole map.
        core: codes of the crowded middle (:func:`crowded`), drawn once more in an inset at the right.
        width, height: view box.

    Returns:
        Geometry with every place exactly once as a link, inset apart.
    """
    breaks = breaks_of([one.value for one in values.values() if one.value is not None])
    # Largest first: an enclave lies on top of the place around it, whose outline has no hole.
    drawn = sorted((one for one in outlines if one.rings), key=_size, reverse=True)
    room = width * 0.47 if core else float(width)
    plan = _plan(drawn, 6.0, 6.0, room - 12, height - 12)
    areas = tuple(_area(one, values, plan, breaks, told=one.code not in core) for one in drawn)
    inside = [one for one in drawn if one.code in core]
    inset = _inset(inside, drawn, values, plan, breaks, width, height) if inside else None
    bare = [one for one in outlines if not one.rings]
    boxes = tuple(_box(one, values, breaks, width, height, n) for n, one in enumerate(bare))
    unknown = any(one.code not in values or values[one.code].value is None for one in outlines)
    return MapChart(width, height, areas, inset, boxes, legend_of(breaks, unknown=unknown), label)


def _bounds(outlines: Sequence[Outline]) -> tuple[float, float, float, float]:
    points = [point for one in outlines for ring in one.rings for point in ring]
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    return min(lons), min(lats), max(lons), max(lats)


def _plan(outlines: Sequence[Outline], x: float, y: float, width: float, height: float) -> Plan:
    """Equirectangular at the middle latitude, fitted into a frame and centred."""
    if not outlines:
        return lambda lon, lat: (lon, lat)
    west, south, east, north = _bounds(outlines)
    narrow = math.cos(math.radians((south + north) / 2))
    scale = min(width / ((east - west) * narrow), height / (north - south))
    left = x + (width - (east - west) * narrow * scale) / 2
    top = y + (height - (north - south) * scale) / 2
    return lambda lon, lat: (
        round(left + (lon - west) * narrow * scale, 1),
        round(top + (north - lat) * scale, 1),
    )


def _size(one: Outline) -> float:
    return max(abs(_surface(ring)) for ring in one.rings)


def _path(rings: Sequence[Ring], plan: Plan) -> str:
    return "".join(
        "M" + "L".join(f"{x} {y}" for x, y in (plan(lon, lat) for lon, lat in ring)) + "Z" for ring in rings
    )


def _area(  # ``told``: named and linked; a place of the core is told in the inset only
    one: Outline, values: dict[str, MapValue], plan: Plan, breaks: Sequence[float], *, told: bool
) -> Area:
    value = values.get(one.code)
    step = step_of(value.value if value else None, breaks)
    largest = max(_planned(one, plan), key=lambda ring: abs(_surface(ring)))
    x, y, clear = innermost(largest)
    place = "middle"
    if clear < LEAST_ROOM:  # no room for words on the shape: they stand at its right edge
        x, place = max(px for px, _ in largest) + 4, "start"
    return Area(
        path=_path(one.rings, plan),
        step=step,
        href=value.href if value and told else "",
        spoken=value.spoken if value else f"{one.name}：无法判定",
        name=one.short if told else "",
        words=(value.words if value else "无法判定") if told else "",
        x=round(x, 1),
        y=round(y, 1),
        place=place,
    )


def _surface(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


def innermost(ring: Sequence[tuple[float, float]], *, cells: int = 14) -> tuple[float, float, float]:
    """A point well inside a ring and its distance from the edge: where a label has most room."""
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    best = (sum(xs) / len(xs), sum(ys) / len(ys), 0.0)
    for i in range(1, cells):
        for j in range(1, cells):
            x = min(xs) + (max(xs) - min(xs)) * i / cells
            y = min(ys) + (max(ys) - min(ys)) * j / cells
            if _inside(x, y, ring) and (clear := _clearance(x, y, ring)) > best[2]:
                best = (x, y, clear)
    return best


def _inside(x: float, y: float, ring: Sequence[tuple[float, float]]) -> bool:
    odd = False
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            odd = not odd
    return odd


def _clearance(x: float, y: float, ring: Sequence[tuple[float, float]]) -> float:
    return min(_apart(x, y, a, b) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))


def _apart(x: float, y: float, a: tuple[float, float], b: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else max(0.0, min(1.0, ((x - a[0]) * dx + (y - a[1]) * dy) / length))
    return math.hypot(x - a[0] - along * dx, y - a[1] - along * dy)


def _inset(
    inside: Sequence[Outline],
    drawn: Sequence[Outline],
    values: dict[str, MapValue],
    plan: Plan,
    breaks: Sequence[float],
    width: int,
    height: int,
) -> Inset:
    x, y, room, tall = width * 0.5, 24.0, width * 0.5 - 4, height * 0.6
    near = _plan(inside, x + 6, y + 6, room - 12, tall - 12)
    west, south, east, north = _bounds(inside)
    (ax, ay), (bx, by) = plan(west, north), plan(east, south)
    frame = (ax - 3, ay - 3, round(bx - ax + 6, 1), round(by - ay + 6, 1))
    edge, foot = frame[0] + frame[2], frame[1] + frame[3]
    lead = f"M{edge} {frame[1]}L{x} {y}M{edge} {foot}L{x} {y + tall}"
    around = [one for one in drawn if one not in inside]
    areas = tuple(_area(one, values, near, breaks, told=False) for one in around)
    areas += tuple(_area(one, values, near, breaks, told=True) for one in inside)
    return Inset(x, y, room, tall, frame, lead, areas)


def _box(
    one: Outline, values: dict[str, MapValue], breaks: Sequence[float], width: int, height: int, nth: int
) -> Box:
    x, y, wide, tall = width * 0.5 + nth * 128.0, height - 92.0, 116.0, 48.0
    value = values.get(one.code)
    area = Area(
        path="",
        step=step_of(value.value if value else None, breaks),
        href=value.href if value else "",
        spoken=value.spoken if value else f"{one.name}：无法判定",
        name=one.short,
        words=value.words if value else "无法判定",
        x=x + wide / 2,
        y=y + tall / 2,
        place="middle",
    )
    return Box(x, y, wide, tall, area)
