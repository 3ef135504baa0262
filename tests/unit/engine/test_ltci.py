"""The long-term care insurance's grading: another scale, and not verified."""

from __future__ import annotations

from dataclasses import replace

import pytest

from yiyang.engine.errors import BrokenInvariant
from yiyang.engine.scoring import BadItem, Incomplete, grade_ltci, screen_ltci
from yiyang.policies.standards import ltci_standard

STANDARD = ltci_standard()
BEST = {item.code: max(item.points) for item in STANDARD.items}


def lowered(dimension: str, points: int) -> dict[str, int]:
    """All items at their best but those of one dimension, which keep ``points`` in all."""
    items, left = dict(BEST), points
    for item in STANDARD.items:
        if item.dimension == dimension:
            items[item.code] = max(point for point in item.points if point <= left)
            left -= items[item.code]
    assert left == 0
    return items


def test_there_are_ten_and_four_and_three_items() -> None:
    sizes = [
        sum(item.dimension == dimension.code for item in STANDARD.items) for dimension in STANDARD.dimensions
    ]
    assert sizes == [10, 4, 3]
    assert grade_ltci(BEST, standard=STANDARD).points == {"adl": 100, "cognition": 16, "perception": 12}


def test_nothing_of_it_is_held_against_the_original() -> None:
    assert STANDARD.verified is False
    assert grade_ltci(BEST, standard=STANDARD).verified is False


@pytest.mark.parametrize(
    ("dimension", "points", "grade", "level"),
    [
        ("adl", 100, 0, 0),
        ("adl", 95, 1, 1),
        ("adl", 65, 1, 1),
        ("adl", 60, 2, 2),
        ("adl", 45, 2, 2),
        ("adl", 40, 3, 3),
        ("adl", 0, 3, 3),
        ("cognition", 15, 1, 0),
        ("cognition", 4, 1, 0),
        ("cognition", 3, 2, 1),
        ("cognition", 2, 2, 1),
        ("cognition", 1, 3, 1),
        ("perception", 11, 1, 0),
        ("perception", 4, 1, 0),
        ("perception", 3, 2, 1),
        ("perception", 1, 3, 1),
    ],
)
def test_each_dimension_has_its_edges(dimension: str, points: int, grade: int, level: int) -> None:
    result = grade_ltci(lowered(dimension, points), standard=STANDARD)
    assert (result.grades[dimension], result.level) == (grade, level)


@pytest.mark.parametrize(
    ("cognition", "perception", "level"), [(16, 12, 3), (4, 4, 3), (2, 4, 4), (16, 2, 4), (2, 0, 5)]
)
def test_the_worse_of_the_two_small_dimensions_counts(cognition: int, perception: int, level: int) -> None:
    helpless = {code: 0 for code in BEST if code.startswith("adl.")}
    small = {**lowered("cognition", cognition)}
    small.update(
        {code: value for code, value in lowered("perception", perception).items() if "perception" in code}
    )
    assert grade_ltci({**small, **helpless}, standard=STANDARD).level == level


def test_points_between_two_options_are_refused() -> None:
    with pytest.raises(BadItem, match=r"adl\.eating.*0, 5, 10"):
        grade_ltci({**BEST, "adl.eating": 7}, standard=STANDARD)
    with pytest.raises(BadItem, match=r"adl\.eating"):
        grade_ltci({**BEST, "adl.eating": False}, standard=STANDARD)


def test_items_of_the_other_standard_are_unknown_here() -> None:
    with pytest.raises(BadItem, match=r"B\.1\.1"):
        grade_ltci({**BEST, "B.1.1": 4}, standard=STANDARD)


def test_no_level_from_sixteen_items() -> None:
    with pytest.raises(Incomplete, match=r"perception\.hearing"):
        grade_ltci(
            {code: best for code, best in BEST.items() if code != "perception.hearing"}, standard=STANDARD
        )


@pytest.mark.parametrize(
    ("a", "b", "letter", "may"),
    [
        (0, 0, "A", False),
        (0, 2, "B", False),
        (1, 0, "B", False),
        (0, 3, "C", False),
        (1, 1, "C", False),
        (1, 2, "D", False),
        (2, 0, "D", False),
        (1, 3, "E", True),
        (2, 2, "E", True),
        (3, 0, "E", True),
        (2, 3, "F", True),
        (3, 2, "F", True),
        (3, 3, "G", True),
    ],
)
def test_the_self_screen_opens_from_e_on(a: int, b: int, letter: str, may: bool) -> None:
    dependent = {*STANDARD.screen_a[:a], *STANDARD.screen_b[:b]}
    result = screen_ltci(dependent, standard=STANDARD)
    assert (result.letter, result.may_apply) == (letter, may)


def test_an_activity_on_neither_list_is_refused() -> None:
    with pytest.raises(BadItem, match="walking"):
        screen_ltci({"eating", "walking"}, standard=STANDARD)


def test_bands_that_miss_the_items_are_refused() -> None:
    with pytest.raises(BrokenInvariant, match="adl"):
        replace(STANDARD, items=STANDARD.items[1:])
