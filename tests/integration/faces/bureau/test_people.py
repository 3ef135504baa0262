"""The list behind a figure is as long as the figure; names stay masked where no duty needs them."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.people import person
from tests.integration.faces.bureau.scene import (
    COUNTY,
    KNOWN,
    NOBODY_HAS,
    OTHER_COUNTY,
    Street,
    main_of,
    swept,
    text_of,
)
from tests.integration.faces.cast import HERE, Colleague, inside, seen_by_staff
from yiyang.base.actors import process
from yiyang.base.ids import PersonId
from yiyang.base.log import audit
from yiyang.entitlements.services import deciding
from yiyang.people import services as people
from yiyang.people.choices import Source
from yiyang.people.models import Person

PEOPLE = reverse("bureau:people")


def listed(by: Colleague, **query: str) -> str:
    return main_of(by.client.get(PEOPLE, query))


def page_of(by: Colleague, who: Person, **query: str) -> str:
    return text_of(by.client.get(reverse("bureau:person", args=[who.code]), query))


BEHIND = {
    "unserved": {"吴桂兰", "孙无家"},
    "served": {"冯玉珍"},
    "eligible": {"吴桂兰", "孙无家", "冯玉珍"},
    "cannot_tell": {"周满仓"},
    "refused": {"钱万年"},
    "unplaced": {"孙无家"},
}
EVERYBODY = {"冯玉珍", "吴桂兰", "周满仓", "赵小珍", "钱万年", "孙无家"}


def test_the_list_holds_exactly_the_people_of_the_figure(
    zhou: Colleague, here: Street, subtests: pytest.Subtests
) -> None:
    for status, names in BEHIND.items():
        with subtests.test(status=status):
            page = listed(zhou, status=status)
            assert {name for name in EVERYBODY if name in page} == names
            assert f"共 {len(names)} 人" in page


def test_an_office_that_does_not_need_names_sees_them_masked(li: Colleague, here: Street) -> None:
    page = listed(li, status="unserved")
    assert "吴**" in page
    assert "吴桂兰" not in page


def test_what_changed_after_the_sweep_is_said_as_a_difference(zhou: Colleague, here: Street) -> None:
    with inside("1502"):
        people.record_facts(
            actor=process("tests"), person_id=PersonId(here.unknown.pk), facts=KNOWN,
            source=Source.COMMUNITY, valid_from=date(2026, 1, 1), now=timezone.localtime(),
        )  # fmt: skip
        deciding.decide(actor=process("tests"), person_id=PersonId(here.unknown.pk), now=timezone.localtime())
    page = listed(zhou, status="cannot_tell")
    assert "没有人无法判定" in page
    assert "没有列出 1 人" in page


def test_the_place_of_registration_sees_the_decision_and_not_the_person(sun: Colleague, here: Street) -> None:
    with inside("1502"):
        away = person(division=OTHER_COUNTY, hukou=HERE, name="高远志", born_on=date(1940, 1, 1), **KNOWN)
    swept()
    page = sun.client.get(PEOPLE, {"status": "registered"})
    assert "高**" in text_of(page)
    assert "1940 年生" in text_of(page)
    assert str(away.code) not in page.content.decode()
    assert sun.client.get(reverse("bureau:person", args=[away.code])).status_code == 404


def test_somebody_of_another_branch_looks_like_nobody(sun: Colleague, here: Street) -> None:
    with inside("1502"):
        other = person(division=OTHER_COUNTY, born_on=date(1940, 1, 1), **KNOWN)
    pages = [sun.client.get(reverse("bureau:person", args=[code])) for code in (other.code, NOBODY_HAS, "x")]
    assert {one.status_code for one in pages} == {404}
    assert len({main_of(one) for one in pages}) == 1


def test_opening_a_page_leaves_a_trace_that_the_page_shows(li: Colleague, here: Street) -> None:
    page = page_of(li, here.missed)
    assert "您 打开档案" in page
    with seen_by_staff(COUNTY):
        [entry] = audit.trail_of("person", here.missed.pk).filter(action="read_person")
    assert (entry.actor_name, entry.face, entry.duty) == ("李科长", "g", "official")


def test_number_phone_and_address_stay_masked(zhou: Colleague, here: Street) -> None:
    page = page_of(zhou, here.missed)
    assert "吴桂兰" in page  # a subdistrict needs the name
    assert "159***********" in page
    assert "501" not in page
    assert "1942-03-01" not in page


def test_the_six_kept_results_open_down_to_number_and_clause(li: Colleague, here: Street) -> None:
    page = page_of(li, here.missed)
    for said in ("高龄津贴", "满80周岁", "120.00 元/月", "包头市，2021-01-01 起", "示例", "没有找到发放记录"):
        assert said in page


def test_the_page_counts_its_lines(li: Colleague, here: Street) -> None:
    assert "8 项 = 应享未享 1 + 不符合 7" in page_of(li, here.missed)


def test_what_was_known_on_a_day_leaves_out_what_came_later(li: Colleague, here: Street) -> None:
    with inside("1502"):
        people.record_facts(
            actor=process("tests"), person_id=PersonId(here.unknown.pk), facts={"hardship_class": 2},
            source=Source.CIVIL_AFFAIRS, valid_from=date(2020, 1, 1), now=timezone.localtime(),
        )  # fmt: skip
    assert "经济困难类别 低保" in page_of(li, here.unknown)
    then = page_of(li, here.unknown, on="2026-01-31")
    assert "这是 2026-01-31 那天我们知道的情况" in then
    assert "经济困难类别 没有数据" in then


@pytest.mark.parametrize("typed", ["2099-01-01", "昨天", "2026-02-30", "1800-01-01"])
def test_a_day_that_cannot_be_is_said_at_the_field_and_kept(li: Colleague, here: Street, typed: str) -> None:
    page = li.client.get(reverse("bureau:person", args=[here.missed.code]), {"on": typed})
    assert page.status_code == 400
    assert f'value="{typed}"' in page.content.decode()
    assert "有 1 处要改" in text_of(page)
