"""The long-term care insurance's own scale of 2021: 17 items, three dimensions, level 0 to 5; 0 is the best.

It shares words with GB/T 42195 and nothing else: a level of one scale is never turned into one of the other.
Its cut-offs and its matrix are not held against the original: whoever shows a result shows ``verified`` too.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from yiyang.engine.errors import BrokenInvariant
from yiyang.engine.scoring.ability import BadItem, Incomplete


@dataclass(frozen=True, slots=True)
class LtciItem:
    """One item; ``points`` are the only scores it can have."""

    code: str
    name: str
    dimension: str
    points: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LtciBand:
    """Points ``lowest`` … ``highest`` of one dimension mean ``grade``, 0 (intact) to 3 (severe)."""

    grade: int
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class LtciDimension:
    """``adl``, ``cognition`` or ``perception`` with its bands, best first."""

    code: str
    name: str
    bands: tuple[LtciBand, ...]


@dataclass(frozen=True)
class LtciStandard:
    """The standard as a table.

    Args:
        matrix: row = grade of ``adl``, column = the worse grade of the other two, value = level 0-5.
        screen_a, screen_b: the two lists of activities of the self-screen.
        screen: row = dependent activities of list a, column = of list b, value = letter A-G.
        may_apply: letters with which an application is taken.
    """

    title: str
    dimensions: tuple[LtciDimension, ...]
    items: tuple[LtciItem, ...]
    matrix: tuple[tuple[int, ...], ...]
    levels: tuple[str, ...]
    screen_a: tuple[str, ...]
    screen_b: tuple[str, ...]
    screen: tuple[str, ...]
    may_apply: frozenset[str]
    verified: bool

    def __post_init__(self) -> None:
        worst = len(self.matrix) - 1
        for dimension in self.dimensions:
            reachable = sum(max(item.points) for item in self.items if item.dimension == dimension.code)
            if dimension.bands[0].highest != reachable or dimension.bands[-1].grade != worst:
                raise BrokenInvariant(f"{self.title}: the bands of {dimension.code} do not fit its items")


@dataclass(frozen=True, slots=True)
class LtciResult:
    """Points and grade of each dimension, and the level they make together."""

    points: Mapping[str, int]
    grades: Mapping[str, int]
    level: int
    verified: bool


@dataclass(frozen=True, slots=True)
class ScreenResult:
    """The self-screen's letter, and whether an application is taken with it."""

    letter: str
    may_apply: bool


def grade_ltci(items: Mapping[str, int], *, standard: LtciStandard) -> LtciResult:
    """Grade one assessment.

    Args:
        items: item code -> points; all 17.
        standard: the table, from ``policies.standards.ltci_standard()``.

    Raises:
        BadItem: an unknown item, or points that the item cannot have.
        Incomplete: an item is missing.

    Source:
        长期护理失能等级评估标准（试行）, 2021.
    """
    known = {item.code: item for item in standard.items}
    for code, points in items.items():
        if code not in known:
            raise BadItem(f"{code!r} is not an item of the long-term care insurance grading")
        if type(points) is not int or points not in known[code].points:
            raise BadItem(f"{code!r} is {points!r}: it can be {', '.join(map(str, known[code].points))}")
    if missing := [code for code in known if code not in items]:
        raise Incomplete(f"not answered: {', '.join(missing)}")
    sums = {
        dimension.code: sum(items[item.code] for item in standard.items if item.dimension == dimension.code)
        for dimension in standard.dimensions
    }
    grades = {dimension.code: _grade(dimension, sums[dimension.code]) for dimension in standard.dimensions}
    level = standard.matrix[grades["adl"]][max(grades["cognition"], grades["perception"])]
    return LtciResult(sums, grades, level, standard.verified)


def screen_ltci(dependent: Set[str], *, standard: LtciStandard) -> ScreenResult:
    """The self-screen before applying.

    Args:
        dependent: the activities, of both lists together, in which the person depends on others.
        standard: the table.

    Raises:
        BadItem: an activity that is on neither list.
    """
    if unknown := sorted(dependent - {*standard.screen_a, *standard.screen_b}):
        raise BadItem(f"{unknown[0]} is not an activity of the self-screen")
    letter = standard.screen[len(dependent & set(standard.screen_a))][len(dependent & set(standard.screen_b))]
    return ScreenResult(letter, letter in standard.may_apply)


def _grade(dimension: LtciDimension, points: int) -> int:
    for band in dimension.bands:
        if points >= band.lowest:
            return band.grade
    raise BrokenInvariant(f"{points} points lie below every band of {dimension.code}")
