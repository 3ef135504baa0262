"""Asking for a call, disagreeing, and taking either back by one tap."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils import timezone

from tests.conftest import Enter
from tests.integration.faces.elder.visiting import Grandma, words_of
from yiyang.accounts import services as accounts
from yiyang.base.actors import Actor, ActorKind
from yiyang.base.ids import UserId
from yiyang.base.models import OutboxEntry
from yiyang.base.scoping import Role, Scope, acting
from yiyang.entitlements.choices import AppealGround, AppealState, ApplicationState, CallAbout
from yiyang.entitlements.models import Appeal, Application
from yiyang.entitlements.services import asking
from yiyang.faces.elder import words
from yiyang.faces.shared.texts import day_zh

HELP, DISAGREE = "/e/subsidies/oldest_old_allowance/help/", "/e/subsidies/oldest_old_allowance/disagree/"


def applications(who: Grandma) -> list[Application]:
    with acting(Role.JOB, Scope.of("1502")):
        return list(Application.objects.filter(person=who.person).order_by("pk"))


def appeals(who: Grandma) -> list[Appeal]:
    with acting(Role.JOB, Scope.of("1502")):
        return list(Appeal.objects.filter(person=who.person).order_by("pk"))


def test_the_page_says_who_calls_by_when_about_what_and_to_which_phone(wang: Grandma) -> None:
    read = wang.reads(HELP)
    assert f"您的手机，尾号{wang.phone[-4:]}" in read
    assert "办高龄津贴" in read
    done = wang.presses(HELP)
    [asked] = applications(wang)
    assert "好了，等电话吧" in done
    assert "".join(f"{day_zh(asked.call_by)}前".split()) in done
    assert "".join(f"{day_zh(asked.call_by)}前".split()) in read


def test_asking_twice_is_asking_once_and_every_page_knows(wang: Grandma) -> None:
    wang.presses(HELP)
    wang.presses(HELP)
    [asked] = applications(wang)
    assert asked.state == ApplicationState.WAITING
    assert "社区的人打给您" in wang.reads("/e/")
    assert "已经请人打给您" in wang.reads("/e/subsidies/")
    assert "已经请人打给您了" in wang.reads("/e/subsidies/oldest_old_allowance/why/")


def test_one_tap_stops_the_call_and_a_second_one_is_told_so(wang: Grandma) -> None:
    wang.presses(HELP)
    [asked] = applications(wang)
    assert "停了，不会有人打给您" in wang.presses(f"/e/cases/{asked.code}/undo/")
    [asked] = applications(wang)
    assert asked.state == ApplicationState.WITHDRAWN
    late = wang.browser.post(f"/e/cases/{asked.code}/undo/")
    assert late.status_code == 409
    assert "这件事已经有结果了" in words_of(late)


@pytest.mark.parametrize(
    ("about", "benefit"), [("visit", "ability_assessment"), ("money", "call_back"), ("other", "call_back")]
)
def test_a_call_without_a_benefit_is_asked_for_by_two_taps(wang: Grandma, about: str, benefit: str) -> None:
    assert f"?about={about}" in wang.browser.get("/e/callback/").content.decode()
    wang.presses(f"/e/callback/?about={about}")
    assert [(one.benefit, one.about) for one in applications(wang)] == [(benefit, [about.upper()])]


def test_asked_twice_about_two_things_the_call_is_about_both(wang: Grandma) -> None:
    wang.presses("/e/callback/?about=money")
    wang.presses("/e/callback/?about=money")
    assert "补贴的事、家里要人照顾" in wang.presses("/e/callback/?about=care")
    [asked] = applications(wang)
    assert asked.about == ["MONEY", "CARE"]
    assert "补贴的事、家里要人照顾" in wang.reads("/e/cases/")


def test_every_subject_offered_can_be_kept() -> None:
    assert {code.upper(): said for code, said in words.CALLS.items()} == dict(CallAbout.choices)


def test_news_of_the_request_waits_for_those_who_find_people(wang: Grandma) -> None:
    wang.presses(HELP)
    with acting(Role.JOB):
        assert OutboxEntry.objects.filter(name="HelpAsked", done_at=None).count() == 1


@pytest.mark.parametrize(
    ("matter", "ground", "said"),
    [
        ("amount", AppealGround.AMOUNT, ""),
        ("facts", AppealGround.FACT, ""),
        ("not_received", AppealGround.NOT_RECEIVED, ""),
        ("refused", AppealGround.OTHER, "我应该能领。"),
        ("unclear", AppealGround.OTHER, "请先打电话问我。"),
    ],
)
def test_a_disagreement_reaches_a_human_with_its_ground_and_a_day(
    wang: Grandma, matter: str, ground: AppealGround, said: str
) -> None:
    confirm = wang.reads(f"{DISAGREE}?matter={matter}")
    sent = wang.presses(DISAGREE, matter=matter, by="page", words="")
    [appeal] = appeals(wang)
    assert (appeal.ground, appeal.own_words, appeal.state) == (ground, said, AppealState.WAITING)
    assert appeal.answer_by > appeal.made_at.date()
    until = "".join(f"{day_zh(appeal.answer_by)}前".split())
    assert until in confirm
    assert until in sent
    assert "青山区民政局" in sent


def test_own_words_too_long_come_back_as_they_were(wang: Grandma) -> None:
    written = "我有低保" * 200
    answer = wang.browser.post(DISAGREE, {"matter": "facts", "by": "page", "words": written})
    assert answer.status_code == 400
    assert written in answer.content.decode()
    assert "写得太长了" in words_of(answer)
    assert appeals(wang) == []


def test_a_disagreement_is_taken_back_by_one_tap(wang: Grandma) -> None:
    wang.presses(DISAGREE, matter="facts", by="page")
    [appeal] = appeals(wang)
    assert "收回了，不用再等" in wang.presses(f"/e/cases/{appeal.code}/undo/")
    assert [one.state for one in appeals(wang)] == [AppealState.WITHDRAWN]


def test_the_answer_of_an_official_can_be_read(wang: Grandma, as_process: Enter) -> None:
    wang.presses(DISAGREE, matter="facts", by="page")
    user = accounts.open_staff_account(login="answers", name="周主任", password="long enough to be one")
    official = Actor(
        ActorKind.STAFF, UserId(user.pk), "周主任", "official", frozenset({"answer_appeals"}), "150204"
    )
    [appeal] = appeals(wang)
    with acting(Role.APP, Scope.of("150204")):
        asking.answer_appeal(
            actor=official,
            appeal_id=appeal.pk,
            state=AppealState.CHANGED,
            answer="我们核对了您的登记，已经改过来了。",
            now=timezone.localtime(),
        )
    read = wang.reads("/e/cases/")
    assert "您说得对，改了" in read
    assert "我们核对了您的登记，已经改过来了。" in read


def test_what_belongs_to_somebody_else_is_not_there(wang: Grandma, liu: Grandma) -> None:
    wang.presses(HELP)
    wang.presses(DISAGREE, matter="facts", by="page")
    codes = [one.code for one in (*applications(wang), *appeals(wang))]
    for code in codes:
        for path in (f"/e/cases/{code}/asked/", f"/e/cases/{code}/sent/"):
            liu.reads(path, status=404)
        assert liu.browser.post(f"/e/cases/{code}/undo/").status_code == 404
    assert [one.state for one in applications(wang)] == [ApplicationState.WAITING]
    assert "现在没有在办的事" in liu.reads("/e/cases/")


def test_a_promise_is_a_day_that_people_can_read(wang: Grandma) -> None:
    wang.presses(HELP)
    [asked] = applications(wang)
    assert asked.call_by >= date.today()  # noqa: DTZ011 - the pages read the clock
    assert re.search(r"\d+月\d+日星期.前", wang.reads("/e/cases/"))
