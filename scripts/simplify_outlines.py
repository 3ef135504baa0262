"""Sketch outlines from exact ones, so that neighbours still touch.

Boundaries are cut into arcs at the points where the set of neighbours changes; each arc is thinned once by
the area of its triangles (Visvalingam) and used by both sides. Own code, no library.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

Point = tuple[float, float]
Ring = list[Point]
KEY_DIGITS = 6


def _key(point: Point) -> Point:
    return round(point[0], KEY_DIGITS), round(point[1], KEY_DIGITS)


def _open(ring: Sequence[Point]) -> Ring:
    points = [_key(point) for point in ring]
    return points[:-1] if points[0] == points[-1] else points


def _arcs(rings: Mapping[tuple[str, int], Ring]) -> dict[tuple[str, int], list[Ring]]:
    """Each ring as arcs between joints; a joint is a point where another set of rings meets."""
    owners: dict[Point, set[tuple[str, int]]] = defaultdict(set)
    for name, ring in rings.items():
        for point in ring:
            owners[point].add(name)
    arcs = {}
    for name, ring in rings.items():
        joints = [i for i, p in enumerate(ring) if owners[p] != owners[ring[i - 1]] and len(owners[p]) > 1]
        joints += [
            i - 1
            for i, p in enumerate(ring)
            if owners[p] != owners[ring[i - 1]] and len(owners[ring[i - 1]]) > 1
        ]
        ends = sorted({i % len(ring) for i in joints}) or [min(range(len(ring)), key=ring.__getitem__)]
        doubled = ring + ring
        nexts = [*ends[1:], ends[0] + len(ring)]
        arcs[name] = [doubled[a : b + 1] for a, b in zip(ends, nexts, strict=True)]
    return arcs


def _area(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def _thin(arc: Ring, tolerance: float) -> Ring:
    """Drop the point of the smallest triangle until all are larger; ends stay, a closed arc keeps three."""
    forward = arc if arc[0] <= arc[-1] else arc[::-1]
    kept = list(forward)
    least = 4 if arc[0] == arc[-1] else 2
    while len(kept) > least:
        areas = [_area(kept[i - 1], kept[i], kept[i + 1]) for i in range(1, len(kept) - 1)]
        smallest = min(range(len(areas)), key=areas.__getitem__)
        if areas[smallest] > tolerance:
            break
        del kept[smallest + 1]
    return kept if forward is arc else kept[::-1]


def simplified(shapes: Mapping[str, Sequence[Sequence[Point]]], most: int) -> dict[str, list[Ring]]:
    """Rings of each unit, closed, with at most ``most`` points a unit, closing points counted.

    The tolerance grows only for units that are still too rich, and an arc takes the larger of its two sides'.
    """
    rings = {(code, n): _open(ring) for code, parts in shapes.items() for n, ring in enumerate(parts)}
    arcs = _arcs(rings)
    tolerance = dict.fromkeys(shapes, 1e-6)
    sharers: dict[frozenset[Point], set[str]] = defaultdict(set)
    for (code, _), parts in arcs.items():
        for arc in parts:
            sharers[frozenset(arc)].add(code)
    while True:
        thin = {
            name: [_thin(arc, max(tolerance[c] for c in sharers[frozenset(arc)])) for arc in parts]
            for name, parts in arcs.items()
        }
        result: dict[str, list[Ring]] = {code: [] for code in shapes}
        for code, n in sorted(thin):
            ring = [point for arc in thin[code, n] for point in arc[:-1]]
            result[code].append([*ring, ring[0]])
        rich = [code for code, parts in result.items() if sum(map(len, parts)) > most]
        if not rich:
            return result
        for code in rich:
            tolerance[code] *= 1.25
