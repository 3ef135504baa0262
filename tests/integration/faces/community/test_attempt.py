"""Contact attempts: counted once, refused in words, money untouched by hearsay."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.integration.faces.cast import Colleague, inside, lead_url
from yiyang.base.actors import process
from yiyang.base.ids import PersonId
from yiyang.entitlements.choices import ApplicationState
from yiyang.entitlements.models import Application, Standing
from yiyang.outreach import services as outreach
from yiyang.outreach.models import ContactAttempt, Lead
from yiyang.people.models import Person


def told(**of: str) -> dict[str, str]:
    return {"channel": "VISIT", "outcome": "WILL_COME", "request_key": f"{uuid.uuid4()}", **of}


def states_of(person: Person) -> set[str]:
    with inside():
        return set(Lead.objects.filter(person=person).values_list("state", flat=True))


def attempts_of(person: Person) -> int:
    with inside():
        return ContactAttempt.objects.filter(person=person).count()


def test_one_attempt_serves_all_leads_of_the_person(liu: Colleague, wu: Person) -> None:
    answer = liu.client.post(lead_url(wu, "attempt"), told())
    assert answer.status_code == 302
    assert states_of(wu) == {"CONTACTED"}
    assert "上门：说好再来" in liu.client.get(lead_url(wu)).content.decode()


def test_sent_twice_by_an_impatient_thumb_it_counts_once(liu: Colleague, wu: Person) -> None:
    same = told()
    answers = [liu.client.post(lead_url(wu, "attempt"), same) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert attempts_of(wu) == 1


def test_an_empty_form_comes_back_with_words_at_the_fields_and_the_input_kept(
    liu: Colleague, wu: Person
) -> None:
    answer = liu.client.post(lead_url(wu, "attempt"), told(channel="", outcome="", note="敲了三次门"))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "选一种联系方式" in page
    assert "选一个结果" in page
    assert "敲了三次门" in page
    assert attempts_of(wu) == 0


@pytest.mark.parametrize("outcome", ["DIED", "MOVED", "DECLINED", "NOT_ELIGIBLE"])
def test_an_outcome_that_ends_something_wants_a_sentence(liu: Colleague, wu: Person, outcome: str) -> None:
    answer = liu.client.post(lead_url(wu, "attempt"), told(outcome=outcome, note=" "))
    assert answer.status_code == 400
    assert "请写一句是怎么知道的" in answer.content.decode()
    assert attempts_of(wu) == 0


def test_the_next_date_may_be_today_but_not_yesterday(liu: Colleague, wu: Person) -> None:
    today = timezone.localdate()
    late = liu.client.post(lead_url(wu, "attempt"), told(again_on=f"{today - timedelta(days=1)}"))
    assert late.status_code == 400
    assert "已经过去" in late.content.decode()
    far = liu.client.post(lead_url(wu, "attempt"), told(again_on="3026-12-01"))
    assert (far.status_code, "最晚半年以内" in far.content.decode()) == (400, True)
    assert liu.client.post(lead_url(wu, "attempt"), told(again_on=f"{today}")).status_code == 302


def test_told_a_day_she_stands_among_those_left_out_with_the_day(liu: Colleague, wu: Person) -> None:
    day = timezone.localdate() + timedelta(days=5)
    liu.client.post(lead_url(wu, "attempt"), told(again_on=f"{day}"))
    home = liu.client.get("/w/").content.decode()
    assert wu.name not in home
    assert "约好了日子，到那天再去" in home
    out = liu.client.get("/w/unplaced/").content.decode()
    assert wu.name in out
    assert f"{day:%m月%d日} 自动回到名单" in out


def test_a_word_that_she_died_changes_no_money_and_records_no_death(liu: Colleague, wu: Person) -> None:
    with inside():
        before = list(Standing.objects.filter(person=wu).order_by("pk").values())
    answer = liu.client.post(lead_url(wu, "attempt"), told(outcome="DIED", note="邻居说的"), follow=True)
    with inside():
        after = list(Standing.objects.filter(person=wu).order_by("pk").values())
        assert Person.objects.get(pk=wu.pk).died_on is None
    assert before
    assert after == before
    assert "要有第二个来源" in answer.content.decode()


def test_what_was_done_for_her_closes_what_she_asked_for(liu: Colleague, wu: Person) -> None:
    now = timezone.localtime()
    with inside():
        Application.objects.create(
            person=wu,
            division=wu.division,
            benefit="oldest_old_allowance",
            asked_at=now,
            call_by=now.date(),
        )
        outreach.note_request(
            actor=process("tests"),
            person_id=PersonId(wu.pk),
            benefit="oldest_old_allowance",
            call_by=now.date(),
            now=now,
        )
    assert "本人的请求" in liu.client.get(lead_url(wu)).content.decode()
    liu.client.post(lead_url(wu, "attempt"), told(outcome="APPLIED"))
    assert states_of(wu) == {"APPLIED"}
    with inside():
        assert Application.objects.get(person=wu).state == ApplicationState.DONE
    assert "本人的请求" not in liu.client.get(lead_url(wu)).content.decode()


def test_a_plain_attempt_leaves_her_request_open(liu: Colleague, wu: Person) -> None:
    now = timezone.localtime()
    with inside():
        Application.objects.create(
            person=wu, division=wu.division, benefit="oldest_old_allowance", asked_at=now, call_by=now.date()
        )
    liu.client.post(lead_url(wu, "attempt"), told(outcome="NOT_AT_HOME"))
    with inside():
        assert Application.objects.get(person=wu).state == ApplicationState.WAITING


def test_nobody_writes_into_a_colleagues_household(liu: Colleague, han: Colleague, wu: Person) -> None:
    liu.client.post(lead_url(wu, "take"))
    answer = han.client.post(lead_url(wu, "attempt"), told())
    assert answer.status_code == 403
    assert "这户是别的同事接的" in answer.content.decode()
    assert attempts_of(wu) == 0


def test_after_everything_is_done_a_second_attempt_is_refused_in_words(liu: Colleague, wu: Person) -> None:
    liu.client.post(lead_url(wu, "attempt"), told(outcome="APPLIED"))
    answer = liu.client.post(lead_url(wu, "attempt"), told())
    assert answer.status_code == 422
    assert "现在没有要办的事" in answer.content.decode()


def test_three_times_not_at_home_leads_off_the_list_but_not_out_of_sight(liu: Colleague, wu: Person) -> None:
    for _ in range(3):
        liu.client.post(lead_url(wu, "attempt"), told(outcome="NOT_AT_HOME"))
    listed = liu.client.get("/w/").content.decode()
    left_out = liu.client.get("/w/unplaced/").content.decode()
    assert "吴桂兰" not in listed
    assert "没有列出 1 人：联系不上" in listed
    assert "吴桂兰" in left_out


def test_a_form_without_its_token_is_refused(wu: Person, liu: Colleague) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(liu.user)
    assert strict.post(lead_url(wu, "attempt"), told()).status_code == 403
    assert attempts_of(wu) == 0
