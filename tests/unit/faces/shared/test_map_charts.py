"""Maps: every place once, words inside their shape, the unknown hatched and never pale."""

from __future__ import annotations

import pytest

from yiyang.faces.shared.map_charts import (
    MapChart,
    MapValue,
    Outline,
    breaks_of,
    crowded,
    innermost,
    legend_of,
    outline_map,
    step_of,
)


def square(west: float, south: float, size: float) -> tuple[tuple[float, float], ...]:
    return ((west, south), (west + size, south), (west + size, south + size), (west, south + size))


BIG = Outline("1", "大旗", "大旗", (square(110, 41, 1.5),))
SMALL = tuple(Outline(f"2{n}", f"区{n}", f"区{n}", (square(110 + n * 0.1, 40.8, 0.1),)) for n in range(4))
ZONE = Outline("9", "功能区", "功能区")
PLACES = (BIG, *SMALL, ZONE)


def value(number: float | None, code: str) -> MapValue:
    return MapValue(number, str(number), f"/g/?place={code}", f"{code}：{number}")


def drawn(values: dict[str, MapValue]) -> MapChart:
    return outline_map(PLACES, values, label="", core=crowded(PLACES))


def test_small_neighbours_are_found_to_be_the_core_and_a_big_place_is_not() -> None:
    assert crowded(PLACES) == {"20", "21", "22", "23"}


def test_two_small_places_are_no_crowd() -> None:
    assert crowded((BIG, *SMALL[:2])) == frozenset()


def test_every_place_is_a_link_exactly_once() -> None:
    chart = drawn({one.code: value(float(n), one.code) for n, one in enumerate(PLACES)})
    assert chart.inset is not None
    links = [area.href for area in (*chart.areas, *chart.inset.areas)] + [
        box.area.href for box in chart.boxes
    ]
    assert sorted(link for link in links if link) == sorted(f"/g/?place={one.code}" for one in PLACES)


def test_a_place_without_a_value_is_hatched_and_the_legend_says_so() -> None:
    chart = drawn({"1": value(None, "1"), "9": value(3.0, "9")})
    assert chart.areas[0].step == 0
    assert chart.legend[-1].text == "无法判定"


def test_a_place_without_an_outline_stands_in_a_box() -> None:
    assert [box.area.name for box in drawn({}).boxes] == ["功能区"]


def test_an_enclave_is_drawn_after_the_place_around_it() -> None:
    enclave = Outline("3", "矿区", "矿区", (square(110.5, 41.5, 0.2),))
    chart = outline_map((enclave, BIG), {}, label="")
    assert [area.name for area in chart.areas] == ["大旗", "矿区"]


def test_no_outline_leaves_the_frame() -> None:
    chart = drawn({})
    for area in chart.areas:
        points = [pair.split() for pair in area.path.strip("MZ").replace("Z", "").split("L")]
        assert all(0 <= float(x) <= chart.width and 0 <= float(y) <= chart.height for x, y in points)


@pytest.mark.parametrize(("number", "step"), [(8.4, 1), (9.99, 1), (10, 2), (24.8, 4), (25, 5), (None, 0)])
def test_a_value_on_a_break_belongs_to_the_step_above(number: float | None, step: int) -> None:
    assert step_of(number, (10, 15, 20, 25)) == step


def test_breaks_are_round_and_the_legend_has_one_more_step() -> None:
    breaks = breaks_of([8.4, 9.3, 12.4, 14.0, 17.0, 24.8, 25.3, 30.5])
    assert breaks == (10, 15, 20, 25)
    assert [shade.text for shade in legend_of(breaks, unknown=False)] == [
        "不足 10",
        "10–15",
        "15–20",
        "20–25",
        "25 以上",
    ]


def test_equal_values_have_one_step_in_the_middle() -> None:
    assert breaks_of([5.0, 5.0]) == ()
    assert step_of(5.0, ()) == 3


def test_the_innermost_point_of_a_hook_lies_on_the_hook() -> None:
    hook = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (8.0, 10.0), (8.0, 2.0), (0.0, 2.0))
    x, y, clear = innermost(hook)
    assert clear > 0
    assert y < 2 or x > 8
