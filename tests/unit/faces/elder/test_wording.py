"""The words of the why page, of amounts and of faults."""

from __future__ import annotations

from datetime import date

import pytest

from tests.browser import elder_samples as cast
from yiyang.faces.elder import faults, wording, words
from yiyang.faces.elder.explanation import ExplanationJson


def said(data: ExplanationJson, *parts: ExplanationJson, birth: date = cast.BIRTH) -> str:
    return wording.sentence_of(data, parts, birth=birth, today=cast.TODAY)


def test_an_allowance_by_age_says_the_age_the_step_and_the_money() -> None:
    assert said(cast.allowance(92)) == "您今年 92 岁，满了 90 岁，每月 250 元。"


def test_a_refusal_by_age_names_the_month_in_which_it_may_change() -> None:
    expected = "这项要满 80 岁。您今年 79 岁，明年3月起可以领。"
    assert said(cast.allowance(79), birth=cast.YOUNG_BIRTH) == expected


def test_born_on_29_february_the_day_comes_on_1_march_in_a_common_year() -> None:
    data = cast.allowance(79)
    assert wording.becomes_on(data, date(1948, 2, 29)) == date(2028, 2, 29)
    data["conditions"] = [{"label": "满81周岁", "holds": False}]
    assert wording.becomes_on(data, date(1948, 2, 29)) == date(2029, 3, 1)


def test_where_more_than_age_counts_no_date_is_promised() -> None:
    data = cast.allowance(79)
    data["conditions"] = [{"label": "满80周岁且独居", "holds": False}]
    data["inputs"].append({"field": "lives_alone", "title": "独居", "value": False})
    assert wording.becomes_on(data, cast.YOUNG_BIRTH) is None
    assert "起可以领" not in said(data, birth=cast.YOUNG_BIRTH)


def test_an_age_already_reached_is_not_promised_again() -> None:
    data = cast.allowance(79)
    data["conditions"] = [{"label": "满60周岁", "holds": False}]
    data["numbers"] = []
    assert wording.age_needed(data) is None


def test_cannot_tell_names_the_next_step_and_never_says_no() -> None:
    data = cast.support(told=False)
    sentence = said(data, cast.nursing(), cast.no_certificate(), cast.insurance())
    assert sentence == "至少每月 200 元。要先有人上门看看您的身体，不花钱。"
    assert wording.next_step(data) == wording.Step(
        "要先有人上门看看您的身体，不花钱。", "约人上门看看", "visit"
    )


def test_a_visit_comes_before_questions_by_phone() -> None:
    data = cast.service(
        "home_care_bed", "床", status="CANNOT_TELL", missing=("hardship_class", "ability_level")
    )
    step = wording.next_step(data)
    assert step is not None
    assert step.about == "visit"


def test_hukou_elsewhere_is_told_as_such_and_not_as_missing_papers() -> None:
    data = cast.explanation("oldest_old_allowance", "高龄津贴", status="CANNOT_TELL", age=92)
    assert said(data) == "户口在外地，由那边来定。"
    assert [one.answer for one in wording.conditions_of(data)] == ["在外地"]


def test_the_page_of_a_group_shows_which_member_is_paid() -> None:
    parts = (cast.nursing(), cast.no_certificate(), cast.insurance(0))
    lines = wording.conditions_of(cast.support(), parts)
    assert ("困难护理补贴", "领这种") in [(one.words, one.answer) for one in lines]
    assert all(one.mark in ("yes", "no") for one in lines)


def test_without_arms_the_facts_themselves_are_the_conditions() -> None:
    line = wording.conditions_of(cast.hardship())[0]
    assert (line.mark, line.words, line.answer) == ("yes", "家里困难不困难", "有低保")


def test_of_the_steps_only_the_one_reached_and_the_next_are_shown() -> None:
    lines = wording.conditions_of(cast.allowance(92))
    assert [(one.mark, one.words) for one in lines] == [("yes", "满 90 岁"), ("no", "满 100 岁")]


def test_the_origin_names_place_and_day_and_marks_what_nobody_checked() -> None:
    origin = wording.origin_of(cast.nursing(), cast.PLACES)
    assert origin == wording.Origin(wording.Amount("每月", "200"), "包头市", "2021年1月1日", example=True)
    checked = wording.origin_of(cast.adaptation(), cast.PLACES)
    assert checked is not None
    assert not checked.example


def test_an_unknown_fact_is_said_to_be_unknown() -> None:
    facts = {one.name: one.value for one in wording.known_facts(cast.insurance())}
    assert facts == {"护理保险交了多久": "30 个月", "护理保险的等级": "还没查"}


@pytest.mark.parametrize(
    ("unit", "value", "shown"),
    [
        ("fen/month", 25000, "每月 250 元"),
        ("fen/meal", 450, "每顿 4.50 元"),
        ("fen/once", 300000, "一次 3000 元"),
        ("bool", True, "None"),
        ("fen/month", None, "None"),
    ],
)
def test_amounts_say_how_often(unit: str, value: int | None, shown: str) -> None:
    assert str(wording.amount_of(unit, value)) == shown


def test_an_unnamed_benefit_keeps_its_title_in_plain_words() -> None:
    assert wording.benefit_name("brand_new", "失能老人津贴（应享额）") == "要人照顾老人津贴"


@pytest.mark.parametrize(
    ("digits", "typed", "words_"),
    [
        ("", "", "还没有写手机号"),
        ("", "我不会写", "您写的里面没有数字"),
        ("138000000", "138000000", "少了 2 个数字"),
        ("138000000011", "", "多了 1 个数字"),
        ("23800000000", "", "1 开头"),
        ("13800000000", "", ""),
    ],
)
def test_a_phone_number_is_never_called_wrong_without_saying_how_to_repair_it(
    digits: str, typed: str, words_: str
) -> None:
    fault = faults.phone_fault(digits, typed)
    assert words_ in fault
    assert bool(fault) == bool(words_)


def test_a_code_needs_six_digits_and_says_so() -> None:
    assert faults.code_fault("123456") == ""
    assert faults.code_fault("12345") == "要 6 个数字，您写了 5 个。请再看一下短信。"


def test_every_line_of_the_list_has_a_name_and_there_are_sixteen() -> None:
    assert len(words.SERVICES) == len(set(words.SERVICES.values())) == 16
    assert set(words.EXPLAINED_BY) <= set(words.SERVICES)
    assert set(words.EXPLAINED_BY.values()) <= set(words.BENEFITS)


def test_money_is_drawn_and_a_service_is_arranged() -> None:
    assert wording.verb_of(cast.hardship()) == "领"
    assert wording.verb_of(cast.service("home_care_bed", "床")) == "办"


def test_a_service_the_place_does_not_offer_is_not_her_fault() -> None:
    data = cast.service("smart_home_safety", "设备", status="NOT_ELIGIBLE")
    data["conditions"] = [{"label": "当地已开展", "holds": False}]
    assert said(data) == "这里还没有开办这一项。开办了，会再算。"
    assert wording.conditions_of(data)[0].answer == "还没有"
