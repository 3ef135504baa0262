"""An explanation in the words of staff: sentence, amounts, what is missing."""

from __future__ import annotations

from datetime import date

import pytest

from tests.browser.staff_samples_people import AROUND, CARE, HOME, NOT, OLDEST
from yiyang.faces.shared.reasons import (
    ExplanationJson,
    Received,
    benefit_of,
    fact_words,
    number_words,
    worth,
)
from yiyang.faces.shared.showing import CANNOT_TELL, NOT_ELIGIBLE, SERVED, UNSERVED

SINCE = date(2026, 10, 1)


def test_an_eligible_person_without_a_receipt_is_unserved() -> None:
    assert benefit_of(CARE, around=AROUND).chip == UNSERVED


def test_a_receipt_makes_her_served_and_is_shown_with_its_source() -> None:
    shown = benefit_of(OLDEST, around=AROUND, received=Received(SINCE, 10000, "民政"))
    assert shown.chip == SERVED
    assert ("正在领取", "民政") in [(fact.name, fact.source) for fact in shown.facts]


def test_a_service_nobody_owes_is_open_and_not_unserved() -> None:
    assert benefit_of(CARE, around=AROUND, owed=False).chip.text == "可以享受"


def test_cannot_tell_names_the_missing_fact_and_never_says_not_eligible() -> None:
    shown = benefit_of(HOME, around=AROUND)
    assert shown.chip == CANNOT_TELL
    assert shown.missing == ("能力等级",)
    assert "不符合" not in shown.say + shown.subtitle + shown.amount
    assert any(fact.name == "能力等级" and fact.value is None for fact in shown.facts)


def test_a_gap_in_the_law_is_said_as_a_gap_in_the_law() -> None:
    gap: ExplanationJson = {**HOME, "missing": []}
    assert "没有规定" in benefit_of(gap, around=AROUND).say


def test_not_eligible_is_said_plainly() -> None:
    assert benefit_of(NOT, around=AROUND).chip == NOT_ELIGIBLE


def test_an_unverified_number_is_marked_and_carries_place_and_date() -> None:
    step = benefit_of(OLDEST, around=AROUND).steps[1]
    assert (step.value, step.place, step.since, step.verified) == (
        "100.00 元/月",
        "包头市",
        date(2021, 1, 1),
        False,
    )


def test_a_clause_cited_twice_is_shown_once() -> None:
    assert [clause.number for clause in benefit_of(OLDEST, around=AROUND).clauses] == ["第三条"]


def test_a_clause_without_a_summary_keeps_its_number() -> None:
    lost: ExplanationJson = {**CARE, "cites": [{"doc": "other", "clause": "9"}]}
    assert benefit_of(lost, around=AROUND).clauses[0].number == "第 9 条"


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        (20000, "fen/month", "200.00 元/月"),
        (1, "fen/once", "0.01 元，一次"),
        (0, "fen/month", "无"),
        (True, "bool", "可以享受"),
        (False, "bool", "无"),
        (2, "rank", "第 2 顺位"),
        (None, "fen/month", "补齐后再算"),
    ],
)
def test_worth_in_words(amount: int | bool | None, unit: str, words: str) -> None:
    assert worth(amount, unit) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (80, "year", "80 周岁"),
        (0, "fen/month", "0.00 元/月"),
        (None, "fen/month", "没有规定"),
        (0, "flag", "未开办"),
        (50, "percent", "50%"),
    ],
)
def test_a_number_of_the_law_in_words(value: int | None, unit: str, words: str) -> None:
    assert number_words(value, unit) == words


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("hardship_class", 2, "低保"),
        ("ability_level", 0, "0 能力完好"),
        ("ability_level", None, None),
        ("lives_alone", False, "不是"),
        ("birth_ymd", 19420314, "1942-03-14"),
        ("hardship_class", 9, "9"),
    ],
)
def test_a_fact_in_words(name: str, value: int | bool | None, words: str | None) -> None:
    assert fact_words(name, value) == words
