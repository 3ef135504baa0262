"""The project's own places are whole trees."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from yiyang.regions import tables
from yiyang.regions.codes import Kind, Level


@pytest.mark.parametrize(
    ("prefix", "counts"),
    [
        ("1502", {Level.CITY: 1, Level.COUNTY: 10, Level.TOWNSHIP: 91, Level.COMMUNITY: 855}),
        ("620722", {Level.COUNTY: 1, Level.TOWNSHIP: 11, Level.COMMUNITY: 191}),
        ("1404", {Level.CITY: 1, Level.COUNTY: 12, Level.TOWNSHIP: 149, Level.COMMUNITY: 2628}),
    ],
)
def test_each_demo_place_is_there_to_the_last_community(prefix: str, counts: dict[Level, int]) -> None:
    assert Counter(row.level for row in tables.own_divisions() if row.code.startswith(prefix)) == counts


def test_places_of_law_stand_above_them() -> None:
    above = {
        row.code for row in tables.own_divisions() if row.level in (Level.NATION, Level.REGION, Level.CITY)
    }
    assert above == {
        "000000000000",
        "140000000000",
        "150000000000",
        "620000000000",
        "140400000000",
        "150200000000",
        "620700000000",
    }


def test_parents_come_before_children() -> None:
    seen: set[str] = {""}
    for row in tables.own_divisions():
        assert row.parent in seen, row
        seen.add(row.code)


def test_the_high_tech_zone_is_flagged_and_has_no_shape() -> None:
    (zone,) = [row for row in tables.own_divisions() if row.kind is Kind.FUNCTION_ZONE]
    assert zone.code == "150271000000"
    assert 150271 not in tables.outlines()
    assert 150271 not in tables.county_points()


def test_outlines_are_small_closed_sketches_around_their_inner_point() -> None:
    points = tables.county_points()
    shapes = tables.outlines()
    assert shapes.keys() == points.keys()
    assert len(shapes) == 22
    for county, rings in shapes.items():
        assert sum(map(len, rings)) <= 60, county
        assert all(ring[0] == ring[-1] and len(ring) >= 4 for ring in rings), county
        assert any(inside(points[county], ring) for ring in rings), county


def inside(point: tuple[float, float], ring: tables.Ring) -> bool:
    (x, y), hits = point, 0
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            hits += 1
    return hits % 2 == 1


def test_neighbours_share_their_border() -> None:
    shapes = tables.outlines()
    borders = {county: {point for ring in rings for point in ring} for county, rings in shapes.items()}
    assert len(borders[150203] & borders[150204]) >= 3
    assert len(borders[150221] & borders[150222]) >= 3
