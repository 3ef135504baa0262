"""The law browser: every number with place, day and clause; nothing unverified without its mark."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.integration.faces.bureau.scene import main_of, text_of
from tests.integration.faces.cast import Colleague

LAW = reverse("bureau:law")


def benefit(name: str) -> str:
    return reverse("bureau:law_benefit", args=[name])


def test_every_result_of_the_law_has_its_line_and_no_example_stands_without_its_mark(li: Colleague) -> None:
    page = main_of(li.client.get(LAW))
    for title in (
        "高龄津贴",
        "照护类补贴（就高不重复）",
        "老年助餐补贴",
        "家庭养老床位",
        "国家清单：最低生活保障",
    ):
        assert title in page
    assert page.count("示例") >= 30


def test_a_number_shows_its_lanes_from_the_region_down(li: Colleague) -> None:
    page = text_of(li.client.get(benefit("oldest_old_allowance")))
    for said in ("内蒙古自治区 100.00 元/月", "包头市 120.00 元/月", "昆都仑区 加发 20.00 元/月", "现行"):
        assert said in page


def test_a_county_reads_its_own_number_in_its_own_place(sun: Colleague) -> None:
    page = text_of(sun.client.get(benefit("oldest_old_allowance")))
    assert "青山区 不低于 110.00 元/月" in page
    assert "昆都仑区" not in page  # another county's number does not bind here


def test_the_law_of_an_earlier_day_says_that_it_is_one(li: Colleague) -> None:
    page = text_of(li.client.get(LAW, {"on": "2020年6月1日"}))
    assert "这是 2020-06-01 的规定" in page


def test_a_word_finds_results_by_title_condition_number_or_clause(li: Colleague) -> None:
    page = main_of(li.client.get(LAW, {"q": "助餐"}))
    assert "老年助餐补贴" in page
    assert "高龄津贴" not in page
    assert "没有找到" in main_of(li.client.get(LAW, {"q": "量子"}))


def test_a_day_that_cannot_be_read_is_said_at_its_field(li: Colleague) -> None:
    page = li.client.get(LAW, {"on": "去年"})
    assert page.status_code == 400
    assert "看不懂这个日期" in text_of(page)


def test_a_clause_names_everything_that_rests_on_it(li: Colleague) -> None:
    page = text_of(li.client.get(reverse("bureau:clause", args=["example-city-oldest-old", "2"])))
    assert "高龄津贴" in page
    assert "120.00 元/月" in page
    assert "原文没有导入" in page


@pytest.mark.parametrize("path", ["law/no_such_result/", "clauses/nothing/1/", "clauses/example-meal/99/"])
def test_what_is_not_in_the_law_is_not_there(li: Colleague, path: str) -> None:
    assert li.client.get(f"/g/{path}").status_code == 404


def test_only_who_may_draft_is_offered_to_draft(li: Colleague, zhao: Colleague, zhou: Colleague) -> None:
    assert "起草修订" in text_of(li.client.get(benefit("oldest_old_allowance")))
    for other in (zhao, zhou):
        assert "起草修订" not in text_of(other.client.get(benefit("oldest_old_allowance")))
        assert other.client.get(reverse("bureau:revision_new")).status_code == 403


def test_where_a_number_is_missing_the_page_says_so_and_not_zero(li: Colleague) -> None:
    page = main_of(li.client.get(benefit("oldest_old_allowance"), {"on": "2019-06-01"}))
    assert "在这里：没有规定" in page
    assert "个数没有规定" in page
    assert "0.00" not in page.split("这个数的来历")[0]
