"""What the person reads about herself, over the real rooms and the shipped law."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.conftest import Enter
from tests.factories.people import person
from tests.integration.faces.elder.visiting import Grandma, enter
from yiyang.base.actors import process
from yiyang.base.ids import PersonId
from yiyang.base.log import audit
from yiyang.entitlements.models import Receipt
from yiyang.people import services as people
from yiyang.people.choices import Source

QUERIES = {
    "/e/": 12,
    "/e/subsidies/": 12,
    "/e/subsidies/care_support/why/": 16,
    "/e/services/": 10,
    "/e/cases/": 10,
}
"""Statements of each page, the session and the scope counted in; the why page also reads every clause."""


@pytest.mark.parametrize(("path", "most"), QUERIES.items())
def test_a_page_asks_the_database_little(wang: Grandma, path: str, most: int) -> None:
    wang.browser.get(path)  # the law is built once, whoever asks
    with CaptureQueriesContext(connection) as asked:
        wang.browser.get(path)
    real = [one["sql"] for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]
    assert len(real) <= most, "\n".join(sql[:120] for sql in real)


def test_home_greets_her_and_names_the_money_she_leaves_lying(wang: Grandma) -> None:
    read = wang.reads("/e/")
    assert "王奶奶，" in read
    assert "您还能多领" in read
    assert "元" in read


def test_money_not_yet_claimed_stands_before_what_she_receives(wang: Grandma, as_process: Enter) -> None:
    _receives(wang, as_process, "oldest_old_allowance", 12000, since=date(2024, 4, 1))
    read = wang.reads("/e/subsidies/")
    assert read.index("您够条件，还没领") < read.index("正在领")
    assert "高龄津贴每月120元，2024年4月起" in read


def test_what_ended_is_said_with_the_month(wang: Grandma, as_process: Enter) -> None:
    _receives(wang, as_process, "oldest_old_allowance", 12000, since=date(2020, 4, 1), until=date(2025, 2, 1))
    assert "2025年2月停的" in wang.reads("/e/subsidies/")


def test_why_names_sentence_conditions_amount_with_place_and_date_and_that_it_is_an_example(
    wang: Grandma,
) -> None:
    read = wang.reads("/e/subsidies/oldest_old_allowance/why/")
    assert "您今年82岁，满了80岁，每月120元。" in read
    assert "看了这几条" in read
    assert "包头市定的，从2021年1月1日起。" in read
    assert "示例" in read
    assert "原文未导入，这是我们的话。" in read


def test_a_fact_is_shown_with_who_said_it(wang: Grandma, as_process: Enter) -> None:
    now = timezone.localtime()
    with as_process("1502"):
        people.record_facts(
            actor=process("tests"),
            person_id=PersonId(wang.person.pk),
            facts={"hardship_class": 2},
            source=Source.CIVIL_AFFAIRS,
            valid_from=now.date() - timedelta(days=30),
            now=now,
        )
    assert "家里困难不困难有低保民政告诉我们的" in wang.reads("/e/subsidies/care_service_subsidy/why/")


def test_registered_elsewhere_is_said_and_not_refused(as_process: Enter) -> None:
    with as_process("1502"):
        found = person(division="150204001001", hukou="110101001001", name="赵长河", born_on=date(1934, 3, 1))
    read = enter(found).reads("/e/subsidies/oldest_old_allowance/why/")
    assert "户口在外地，由那边来定。" in read
    assert "还不能" not in read


def test_the_sixteen_services_are_all_counted(liu: Grandma) -> None:
    assert "国家定了16项" in liu.reads("/e/services/")


def test_opening_her_own_page_leaves_a_line_in_the_access_log(wang: Grandma) -> None:
    wang.reads("/e/subsidies/")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE yiyang_app")
        cursor.execute("SELECT set_config('app.lo', '15', true), set_config('app.hi', '15~', true)")
        actions = [one.action for one in audit.trail_of("person", wang.person.pk)]
        cursor.execute("RESET ROLE")
    assert actions == ["own_page"]


def test_after_her_death_the_pages_are_closed_and_say_whom_to_call(wang: Grandma, as_process: Enter) -> None:
    now = timezone.localtime()
    with as_process("1502"):
        people.record_death(
            actor=process("tests"),
            person_id=PersonId(wang.person.pk),
            died_on=now.date() - timedelta(days=1),
            source=Source.PUBLIC_SECURITY,
            now=now,
        )
    read = wang.reads("/e/", status=404)
    assert "这里已经关上了" in read
    assert "请打12349" in read


def test_a_page_that_is_not_there_is_said_in_words_of_this_face(wang: Grandma) -> None:
    assert "这一页没有了" in wang.reads("/e/whatever/", status=404)
    assert wang.browser.get("/e/subsidies").headers["Location"] == "/e/subsidies/"


def test_a_benefit_that_does_not_exist_is_no_fault_of_hers(wang: Grandma) -> None:
    assert "请从列表里选" in wang.reads("/e/subsidies/nothing/why/", status=422)


def _receives(
    who: Grandma, as_process: Enter, benefit: str, fen: int, *, since: date, until: date | None = None
) -> None:
    with as_process("1502"):
        Receipt.objects.create(
            person=who.person,
            benefit=benefit,
            division=who.person.division,
            since=since,
            until=until,
            amount_fen=fen,
            source="SYNTHETIC",
            recorded_at=timezone.localtime(),
        )
