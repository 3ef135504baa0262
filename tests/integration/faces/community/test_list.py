"""The community's list: who is due something, taken once, nobody from elsewhere."""

from __future__ import annotations

import re
import uuid
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.integration.faces.cast import POOR, Colleague, colleague, inside, lead_url, seen_by_staff, somebody
from yiyang.base.actors import Actor, ActorKind, process
from yiyang.base.ids import PersonId
from yiyang.base.models import AuditEntry
from yiyang.base.outbox import deliver_due
from yiyang.entitlements.choices import CALL_BACK, CallAbout
from yiyang.entitlements.services import asking
from yiyang.outreach import services as outreach
from yiyang.outreach.models import Lead
from yiyang.people.models import Person

LIST = "/w/"


def test_the_list_says_what_is_not_received_how_much_and_since_when(liu: Colleague, wu: Person) -> None:
    page = liu.client.get(LIST).content.decode()
    assert "1 人该去看看" in page
    assert "吴桂兰" in page
    assert "够条件没领：高龄津贴" in page
    assert "元/月" in page
    assert "至少从" in page


def test_a_missing_assessment_is_said_as_such_and_has_no_amount(liu: Colleague, wu: Person) -> None:
    page = liu.client.get(f"{LIST}?v=assess").content.decode()
    assert "缺能力评估，算不出：照护类补贴" in liu.client.get(lead_url(wu)).content.decode()
    assert "吴桂兰" in page


def test_people_of_the_next_community_are_on_no_list(liu: Colleague, stranger: Person) -> None:
    assert "周满仓" not in liu.client.get(LIST).content.decode()


def test_who_asked_herself_stands_before_who_is_due_more(liu: Colleague, wu: Person) -> None:
    with inside():
        asker = somebody(name="赵德福", hardship_class=0, born_on=date(1950, 1, 1), ability_level=0)
        outreach.note_request(
            actor=process("tests"),
            person_id=PersonId(asker.pk),
            benefit="call_back",
            call_by=timezone.localdate(),
            now=timezone.localtime(),
        )
    page = liu.client.get(LIST).content.decode()
    assert page.index("赵德福") < page.index("吴桂兰")
    assert "本人请人打电话来，说好" in page


def test_what_somebody_wants_to_be_called_about_is_said(liu: Colleague, wu: Person) -> None:
    herself = Actor(ActorKind.PERSON, None, wu.name, speaks_for=frozenset({PersonId(wu.pk)}))
    with inside():
        asking.ask_for_help(
            actor=herself, person_id=PersonId(wu.pk), benefit=CALL_BACK,
            about=CallAbout.CARE, now=timezone.localtime(),
        )  # fmt: skip
    while deliver_due(timezone.localtime()):
        pass
    for page in (LIST, lead_url(wu)):
        assert "想说的是：家里要人照顾" in liu.client.get(page).content.decode()


def test_an_unknown_worth_never_comes_before_a_known_one(liu: Colleague, wu: Person) -> None:
    with inside():
        somebody(name="孙福来", hardship_class=1, born_on=date(1965, 1, 1), home_adapted=True)
        Lead.objects.filter(person__name="孙福来").update(worth_fen=None)
    page = liu.client.get(LIST).content.decode()
    assert page.index("吴桂兰") < page.index("孙福来")


def test_the_list_asks_the_database_at_most_twelve_times(liu: Colleague, han: Colleague) -> None:
    with inside():
        for number in range(25):
            somebody(name=f"老人{number}", **POOR)
        Lead.objects.filter(person__name="老人3").update(taken_by=han.user, taken_at="2026-01-01T00:00Z")
        Lead.objects.filter(person__name="老人3").update(worth_fen=9_000_000)
    liu.client.get(LIST)
    with CaptureQueriesContext(connection) as asked:
        page = liu.client.get(LIST).content.decode()
    # The test's own transaction turns BEGIN and COMMIT into savepoints, which ask for nothing, and wants its
    # scope back, which a request does not.
    own = ("SAVEPOINT", "set_config('role', 'none'")
    questions = [one["sql"] for one in asked if not any(word in one["sql"] for word in own)]
    assert len(questions) <= 12, questions
    assert "韩干事在办" in page
    assert "第 1 页，共 2 页" in page


def test_every_person_stands_on_exactly_one_page(liu: Colleague) -> None:
    with inside():
        names = {somebody(name=f"老人{number}号", **POOR).name for number in range(45)}
    pages = [liu.client.get(f"{LIST}?page={number}").content.decode() for number in (1, 2, 3)]
    assert [sum(name in page for page in pages) for name in sorted(names)] == [1] * 45


def test_taking_a_household_takes_all_its_leads_and_shows_number_and_address(
    liu: Colleague, wu: Person
) -> None:
    before = liu.client.get(lead_url(wu)).content.decode()
    assert "tel:" not in before
    assert "3栋2单元" not in before
    answer = liu.client.post(lead_url(wu, "take"))
    assert answer.status_code == 302
    after = liu.client.get(lead_url(wu)).content.decode()
    assert "tel:000" in after
    assert "3栋2单元" in after
    with inside():
        assert set(Lead.objects.filter(person=wu).values_list("taken_by__name", flat=True)) == {"刘干事"}


def test_showing_the_number_leaves_a_trace_and_a_masked_one_does_not(liu: Colleague, wu: Person) -> None:
    liu.client.get(lead_url(wu))
    liu.client.post(lead_url(wu, "take"))
    liu.client.get(lead_url(wu))
    with seen_by_staff():
        trail = list(AuditEntry.objects.filter(subject_id=wu.pk, face="w").values_list("action", flat=True))
    assert trail.count("read_person") == 2
    assert trail.count("phone_shown") == 1


def test_the_second_of_two_colleagues_is_told_and_sees_the_next_household(
    liu: Colleague, han: Colleague, wu: Person
) -> None:
    with inside():
        somebody(name="葛桂英", born_on=date(1945, 1, 1), hardship_class=0, ability_level=0)
    assert liu.client.post(lead_url(wu, "take")).status_code == 302
    second = han.client.post(lead_url(wu, "take"))
    page = second.content.decode()
    assert second.status_code == 409
    assert "这户刚被别的同事接走了" in page
    assert page.index("葛桂英") < page.index("其余的人")
    with inside():
        assert set(Lead.objects.filter(person=wu).values_list("taken_by__name", flat=True)) == {"刘干事"}


def test_the_same_colleague_may_take_twice(liu: Colleague, wu: Person) -> None:
    assert [liu.client.post(lead_url(wu, "take")).status_code for _ in range(2)] == [302, 302]


def test_given_back_a_household_is_everybodys_again(liu: Colleague, han: Colleague, wu: Person) -> None:
    liu.client.post(lead_url(wu, "take"))
    liu.client.post(lead_url(wu, "give_back"))
    assert han.client.post(lead_url(wu, "take")).status_code == 302


def test_nobody_gives_back_what_a_colleague_took(liu: Colleague, han: Colleague, wu: Person) -> None:
    liu.client.post(lead_url(wu, "take"))
    assert han.client.post(lead_url(wu, "give_back")).status_code == 403


@pytest.mark.parametrize("act", ["lead", "attempt", "assess"])
def test_a_person_elsewhere_looks_like_nobody_at_all(liu: Colleague, stranger: Person, act: str) -> None:
    elsewhere = liu.client.get(lead_url(stranger, act))
    nobody = liu.client.get(reverse(f"community:{act}", kwargs={"code": uuid.uuid4()}))
    assert elsewhere.status_code == nobody.status_code == 404
    assert elsewhere.content == nobody.content


def test_an_official_without_this_duty_is_sent_away(db: None) -> None:
    sun = colleague("sun", "孙科长", "official", "150204")
    assert sun.client.get(LIST).status_code == 403


def test_nobody_at_all_is_asked_to_sign_in_and_comes_back(client: Client, db: None) -> None:
    answer = client.get(LIST)
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/?next=%2Fw%2F"


def test_the_list_and_those_left_out_are_everybody_with_something_open(liu: Colleague, wu: Person) -> None:
    with inside():
        others = [somebody(name=f"老人{number}", **POOR) for number in range(4)]
    outcomes = ("APPLIED", "DECLINED", "IN_HOSPITAL")
    for person, outcome in zip(others, outcomes, strict=False):
        liu.client.post(
            lead_url(person, "attempt"),
            {"channel": "VISIT", "outcome": outcome, "note": "见过面", "request_key": f"{uuid.uuid4()}"},
        )
    page = liu.client.get(LIST).content.decode()
    left_out = [int(count) for count in re.findall(r"没有列出 (\d+) 人", page)]
    with inside():
        everybody = Lead.objects.exclude(state="CLOSED").values("person").distinct().count()
    assert "2 人该去看看" in page
    assert sorted(left_out) == [1, 1, 1]
    assert 2 + sum(left_out) == everybody
