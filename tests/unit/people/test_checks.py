"""What may be written down about a person, and what is refused with a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from yiyang.people import guards
from yiyang.people.facts import FACTS
from yiyang.people.guards import FactRefused

TODAY = date(2026, 11, 22)
BORN = date(1944, 3, 1)


def check(key: str, value: int | None, valid_from: date = TODAY) -> None:
    guards.check_fact(key, value, valid_from, today=TODAY, born_on=BORN)


@pytest.mark.parametrize("key", FACTS)
def test_every_fact_takes_its_lowest_and_highest_value_and_not_one_more(key: str) -> None:
    spec = FACTS[key]
    for value in (spec.low, spec.high):
        check(key, value)
    for value in (spec.low - 1, spec.high + 1):
        with pytest.raises(FactRefused) as refused:
            check(key, value)
        assert spec.title in refused.value.message


@pytest.mark.parametrize("key", FACTS)
def test_unknown_is_a_word_of_its_own_where_the_column_may_be_empty(key: str) -> None:
    if FACTS[key].known:
        with pytest.raises(FactRefused, match="cannot be unknown"):
            check(key, None)
    else:
        check(key, None)
        assert FACTS[key].say(None) == "不知道"


def test_a_fact_nobody_keeps_is_refused() -> None:
    with pytest.raises(FactRefused, match="no such fact: shoe_size"):
        check("shoe_size", 40)


def test_a_fact_begins_today_at_the_latest_and_at_birth_at_the_earliest() -> None:
    check("lives_alone", 1, TODAY)
    check("lives_alone", 1, BORN)
    with pytest.raises(FactRefused, match="in the future"):
        check("lives_alone", 1, date(2026, 11, 23))
    with pytest.raises(FactRefused, match="before birth"):
        check("lives_alone", 1, date(1944, 2, 29))


@pytest.mark.parametrize(("one", "other"), guards.CONTRADICTIONS)
def test_what_cannot_both_be_true_is_refused_by_both_names(one: str, other: str) -> None:
    for state, facts in (({}, {one: 1, other: 1}), ({one: True}, {other: 1}), ({other: True}, {one: 1})):
        with pytest.raises(FactRefused, match="contradict") as refused:
            guards.check_together(state, facts)
        assert FACTS[one].title in refused.value.message
        assert FACTS[other].title in refused.value.message
    guards.check_together({other: True}, {one: 1, other: 0})
    guards.check_together({other: True}, {one: None})
    guards.check_together({one: True, other: True}, {"has_dementia": 1})


def test_somebody_born_130_years_ago_or_tomorrow_is_not_entered() -> None:
    guards.check_birth(TODAY, today=TODAY)
    guards.check_birth(date(1901, 1, 1), today=TODAY)
    with pytest.raises(FactRefused) as refused:
        guards.check_birth(date(1896, 11, 22), today=TODAY)
    assert "请核对证件" in refused.value.message
    with pytest.raises(FactRefused):
        guards.check_birth(date(2026, 11, 23), today=TODAY)
