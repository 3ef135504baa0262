"""The answer to why: status, reason, conditions, numbers with place and clause, what is missing."""

from __future__ import annotations

import datetime as dt
import json

from yiyang.engine.ruling.evaluating import Value, evaluate
from yiyang.engine.ruling.explaining import Answer, explain
from yiyang.policies import library

DAY = dt.date(2026, 7, 1)
WU: dict[str, Value] = {
    "birth_ymd": 19340501, "hukou_county": 150203, "residence_county": 150203, "ability_level": 4,
    "hardship_class": 2, "disability_certificate_grade": 1, "insured_months": 120, "meals_in_month": 10,
    "lives_in_care_home": False, "home_adapted": False, "lives_alone": True,
}  # fmt: skip
"""吴奶奶, 92, lives alone in Kundulun, never assessed for the insurance."""


def answer(name: str, **changed: Value) -> Answer:
    law, numbers = library.law_of(DAY), library.numbers()
    return explain(law, numbers, evaluate(law, numbers, {**WU, **changed}), name)


def test_the_oldest_old_allowance_is_explained_down_to_place_day_and_clause() -> None:
    law, numbers = library.law_of(DAY), library.numbers()
    assert answer("oldest_old_allowance") == {
        "benefit": "oldest_old_allowance", "title": "高龄津贴", "unit": "fen/month", "as_of": "2026-07-01",
        "by": "hukou", "status": "ELIGIBLE", "amount": 25000, "reason": {"arm": 2, "label": "满90周岁"},
        "conditions": [{"label": "满100周岁", "holds": False}, {"label": "满90周岁", "holds": True}],
        "inputs": [], "uses": [{"name": "age", "title": "周岁", "value": 92}],
        "numbers": [
            number("aged_100_age", 100, 150000, "year", "example-oldest-old", "3"),
            number("aged_90_age", 90, 150000, "year", "example-oldest-old", "3"),
            number("aged_90_fen", 25000, 150200, "fen/month", "example-city-oldest-old", "2", "2021-01-01"),
        ],
        "cites": [{"doc": "example-oldest-old", "clause": "3"}], "missing": [],
        "law": {"rules": law.digest(), "parameters": numbers.digest()},
    }  # fmt: skip


def number(
    key: str, value: int, place: int, unit: str, doc: str, clause: str, since: str = "2020-01-01"
) -> Answer:
    step = {
        "place": place, "merge": "override", "value": value, "unit": unit, "since": since,
        "cite": {"doc": doc, "clause": clause}, "verified": False,
    }  # fmt: skip
    return {"key": key, "value": value, "steps": [step]}


def test_an_unknown_member_leaves_the_group_unknown_and_says_what_is_sure() -> None:
    said = answer("care_support")
    assert said["status"] == "CANNOT_TELL"
    assert said["at_least"] == 40000
    assert said["missing"] == ["ltci_disability_level"]
    assert said["reason"] == {"arm": None, "label": "长期护理保险待遇（应享额）"}


def test_a_known_group_says_nothing_of_at_least_and_names_the_winner() -> None:
    said = answer("care_support", ltci_disability_level=5)
    assert "at_least" not in said
    assert said["amount"] == 90000
    assert said["reason"] == {"arm": 3, "label": "长期护理保险待遇（应享额）"}


def test_a_top_up_shows_both_rows() -> None:
    said = answer("oldest_old_allowance", birth_ymd=19460701)
    numbers = said["numbers"]
    assert isinstance(numbers, list)
    (topped,) = (n for n in numbers if n["key"] == "aged_80_fen")
    assert topped["value"] == 14000
    assert [(s["place"], s["merge"], s["value"]) for s in topped["steps"]] == [
        (150200, "override", 12000),
        (150203, "add", 2000),
    ]


def test_registered_elsewhere_shows_the_gap_in_the_numbers() -> None:
    said = answer("oldest_old_allowance", hukou_county=110105)
    assert (said["status"], said["missing"]) == ("CANNOT_TELL", [])
    numbers = said["numbers"]
    assert isinstance(numbers, list)
    assert numbers[0]["value"] is None
    assert numbers[0]["steps"] == []


def test_a_gap_that_did_no_harm_is_not_asked_for() -> None:
    # No hardship: the nursing subsidy is known to be nothing although nobody assessed her.
    said = answer("care_support", hardship_class=0, ability_level=None, ltci_disability_level=None)
    assert said["missing"] == ["ltci_disability_level"]


def test_every_answer_is_plain_json() -> None:
    for name in library.law_of(DAY).rules:
        assert json.loads(json.dumps(answer(name)))["benefit"] == name


def test_who_is_not_eligible_is_told_what_was_looked_at() -> None:
    said = answer("home_care_bed", hardship_class=0, ability_level=0)
    assert said["status"] == "NOT_ELIGIBLE"
    assert said["conditions"] == [{"label": "住在家里", "holds": True}, {"label": "经济困难", "holds": False}]
