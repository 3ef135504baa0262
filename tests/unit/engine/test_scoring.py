"""GB/T 42195-2022: every edge between two levels, and every trap that public code fell into."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from yiyang.engine.errors import BrokenInvariant
from yiyang.engine.scoring import (
    AbilityLevel,
    AbilityResult,
    AbilitySigns,
    BadItem,
    BadSign,
    Incomplete,
    score_ability,
)
from yiyang.policies.standards import ability_standard

STANDARD = ability_standard()
BEST = {item.code: item.maximum for item in STANDARD.items}
ALL_SIGNS = AbilitySigns(coma=True, dementia=True, mental_disorder=True, risk_events=2)


def items_of(total: int) -> dict[str, int | None]:
    """All 26 items, with points taken away from the first items on until ``total`` is left."""
    items: dict[str, int | None] = {}
    away = STANDARD.maximum - total
    for code, best in BEST.items():
        items[code] = best - min(best, away)
        away -= min(best, away)
    return items


def score(total: int, **signs: int) -> AbilityResult:
    flags = {name: bool(value) for name, value in signs.items() if name != "risk_events"}
    found = AbilitySigns(**flags, risk_events=signs.get("risk_events", 0))
    return score_ability(items_of(total), found, standard=STANDARD)


@pytest.mark.parametrize(
    ("total", "level"),
    [
        (90, AbilityLevel.INTACT),
        (89, AbilityLevel.MILD),
        (66, AbilityLevel.MILD),
        (65, AbilityLevel.MODERATE),
        (46, AbilityLevel.MODERATE),
        (45, AbilityLevel.SEVERE),
        (30, AbilityLevel.SEVERE),
        (29, AbilityLevel.COMPLETE),
        (0, AbilityLevel.COMPLETE),
    ],
)
def test_the_total_gives_the_level(total: int, level: AbilityLevel) -> None:
    result = score(total)
    assert result.total == total
    assert result.level is result.initial_level is level
    assert result.adjusted_by == ()
    assert result.missing == ()


def test_there_are_26_items_and_90_points_in_four_dimensions() -> None:
    assert len(STANDARD.items) == 26
    assert {dimension.code: dimension.maximum for dimension in STANDARD.dimensions} == {
        "B.1": 32,
        "B.2": 15,
        "B.3": 28,
        "B.4": 15,
    }
    assert score_ability(BEST, AbilitySigns(), standard=STANDARD).dimensions == {
        "B.1": 32,
        "B.2": 15,
        "B.3": 28,
        "B.4": 15,
    }
    assert sum(BEST.values()) == STANDARD.maximum == 90


@pytest.mark.parametrize(
    ("identifier", "best"),
    [
        ("eating", 4),
        ("stairs", 3),
        ("transport", 3),
        ("aggression", 1),
        ("depression", 1),
        ("consciousness", 2),
        ("vision", 2),
        ("hearing", 2),
    ],
)
def test_each_item_keeps_its_own_maximum(identifier: str, best: int) -> None:
    item = next(item for item in STANDARD.items if item.identifier == identifier)
    assert item.maximum == best
    with pytest.raises(BadItem, match=item.code):
        score_ability({**BEST, item.code: best + 1}, AbilitySigns(), standard=STANDARD)


def test_more_points_mean_more_ability() -> None:
    assert all(item.options[0].score > item.options[-1].score == 0 for item in STANDARD.items)
    levels = [score(total).level for total in range(91)]
    assert levels == sorted(levels, reverse=True)


@pytest.mark.parametrize("reason", ["dementia", "mental_disorder"])
def test_a_diagnosis_makes_it_one_level_worse(reason: str) -> None:
    result = score(66, **{reason: 1})
    assert (result.initial_level, result.level) == (AbilityLevel.MILD, AbilityLevel.MODERATE)
    assert result.adjusted_by == (reason,)


@pytest.mark.parametrize(
    ("events", "level"), [(1, AbilityLevel.MILD), (2, AbilityLevel.MODERATE), (9, AbilityLevel.MODERATE)]
)
def test_two_risk_events_of_any_kind_make_it_one_level_worse(events: int, level: AbilityLevel) -> None:
    """One fall and one choking are two: the kinds are counted together, so the engine gets one count."""
    assert score(80, risk_events=events).level is level


def test_reasons_together_make_one_level_and_are_all_named() -> None:
    result = score(80, dementia=1, mental_disorder=1, risk_events=2)
    assert (result.initial_level, result.level) == (AbilityLevel.MILD, AbilityLevel.MODERATE)
    assert result.adjusted_by == ("dementia", "mental_disorder", "risk_events")


def test_another_rule_may_add_the_reasons_up() -> None:
    rule = replace(STANDARD.rule, adjust_once=False)
    signs = AbilitySigns(dementia=True, risk_events=2)
    assert score_ability(items_of(80), signs, standard=STANDARD, rule=rule).level is AbilityLevel.SEVERE
    assert score_ability(items_of(40), signs, standard=STANDARD, rule=rule).level is AbilityLevel.COMPLETE


def test_no_level_is_worse_than_the_last() -> None:
    result = score(10, dementia=1)
    assert result.level is AbilityLevel.COMPLETE
    assert result.adjusted_by == ("dementia",)


def test_the_intact_become_mild_by_a_diagnosis() -> None:
    assert score(90, dementia=1).level is AbilityLevel.MILD


def test_a_coma_sets_the_level_and_keeps_what_the_items_say() -> None:
    result = score_ability(items_of(80), ALL_SIGNS, standard=STANDARD)
    assert (result.total, result.initial_level, result.level) == (
        80,
        AbilityLevel.MILD,
        AbilityLevel.COMPLETE,
    )
    assert result.adjusted_by == ("coma", "dementia", "mental_disorder", "risk_events")


def test_only_a_coma_excuses_missing_items() -> None:
    some = {code: best for code, best in BEST.items() if code != "B.2.1"}
    result = score_ability(some, AbilitySigns(coma=True), standard=STANDARD)
    assert (result.total, result.initial_level, result.level) == (None, None, AbilityLevel.COMPLETE)
    assert result.dimensions == {"B.1": 32, "B.2": None, "B.3": 28, "B.4": 15}
    assert result.missing == ("B.2.1",)
    with pytest.raises(Incomplete, match=r"B\.2\.1"):
        score_ability(some, AbilitySigns(dementia=True), standard=STANDARD)


def test_an_item_answered_with_nothing_is_not_a_zero() -> None:
    with pytest.raises(Incomplete, match=r"B\.3\.4"):
        score_ability({**BEST, "B.3.4": None}, AbilitySigns(), standard=STANDARD)


def test_every_single_missing_item_is_named() -> None:
    for code in BEST:
        with pytest.raises(Incomplete) as refused:
            score_ability({c: b for c, b in BEST.items() if c != code}, AbilitySigns(), standard=STANDARD)
        assert str(refused.value) == f"not answered: {code}"


def test_stupor_is_no_coma() -> None:
    """Score 0 of B.3.9 is stupor or coma: the coma is a sign of its own."""
    result = score_ability({**BEST, "B.3.9": 0}, AbilitySigns(), standard=STANDARD)
    assert (result.total, result.level) == (88, AbilityLevel.MILD)


@pytest.mark.parametrize("wrong", [-1, 5, True, False, 3.0, "4", [4]])
def test_a_score_that_is_no_option_is_refused_with_its_item(wrong: object) -> None:
    items: Any = {**BEST, "B.1.1": wrong}  # what a caller without types would do
    with pytest.raises(BadItem, match=r"B\.1\.1"):
        score_ability(items, AbilitySigns(), standard=STANDARD)


@pytest.mark.parametrize("code", ["B.1.9", "B.5.1", "b.1.1", "", "A.1"])
def test_an_unknown_item_is_refused_by_name(code: str) -> None:
    with pytest.raises(BadItem, match=f"'{code}' is not an item"):
        score_ability({**BEST, code: 1}, AbilitySigns(coma=True), standard=STANDARD)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(BadSign, match="risk_events"):
        score(80, risk_events=-1)


def test_a_table_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(BrokenInvariant, match="miss its maximum"):
        replace(STANDARD, items=STANDARD.items[1:])
    with pytest.raises(BrokenInvariant, match="do not cover"):
        replace(STANDARD, bands=STANDARD.bands[:-1])
    torn = replace(STANDARD.items[0], options=STANDARD.items[0].options[:1] + STANDARD.items[0].options[2:])
    with pytest.raises(BrokenInvariant, match="do not step down"):
        replace(STANDARD, items=(torn, *STANDARD.items[1:]))
