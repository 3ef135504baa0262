"""我的资料: who looked, what she agreed to, what she wants done; a mandate does not reach it."""

from __future__ import annotations

import json

from django.utils import timezone

from tests.integration.faces.elder.visiting import Grandma
from yiyang.accounts import services as accounts
from yiyang.base.actors import Actor, ActorKind
from yiyang.base.ids import UserId
from yiyang.base.log import audit
from yiyang.base.scoping import Role, Scope, acting
from yiyang.people.models import Consent, RightsCase
from yiyang.people.services import rights

ANSWER = "给您做好了一份，请慢慢看，有不懂的打 12349。"


def case_of(who: Grandma) -> RightsCase:
    with acting(Role.JOB, Scope.of("1502")):
        return RightsCase.objects.get(person=who.person)


def answered(case: RightsCase) -> None:
    user = accounts.open_staff_account(login="zhou.rights", name="周主任", password="long-enough-word-77")
    zhou = Actor(
        ActorKind.STAFF, UserId(user.pk), "周主任", "township_official", frozenset({"answer_rights"}), "1502"
    )
    with acting(Role.APP, Scope.of("1502"), actor_id=zhou.label):
        rights.answer(actor=zhou, case_id=case.pk, words=ANSWER, now=timezone.localtime())


def test_who_looked_is_named_with_office_and_reason_and_her_own_visits_are_not(wang: Grandma) -> None:
    assert "还没有人看过" in wang.reads("/e/mine/looked/")
    with acting(Role.APP, Scope.of("1502")):
        audit.record(
            actor=Actor(ActorKind.STAFF, UserId(7), "刘干事", "grid_worker"),
            action="read_person",
            now=timezone.localtime(),
            subject=("person", wang.person.pk),
            division=wang.person.division,
            purpose="走访",
        )
    page = wang.reads("/e/mine/looked/")
    assert "刘干事（社区工作人员）" in page
    assert "打开档案，为了走访" in page


def test_a_copy_is_asked_for_in_two_taps_answered_and_read(wang: Grandma) -> None:
    assert "好，告诉他们" in wang.reads("/e/mine/ask/copy/")
    assert "有人在办" in wang.presses("/e/mine/ask/copy/")
    case = case_of(wang)
    answered(case)
    assert "办好了" in wang.reads(f"/e/mine/{case.code}/")
    page = wang.reads(f"/e/mine/{case.code}/copy/")
    assert "您是谁" in page
    assert wang.person.name in page
    file = wang.browser.get(f"/e/mine/{case.code}/copy/?as=file")
    assert file["Content-Disposition"].startswith("attachment")
    assert json.loads(file.content)["of"][0]["rows"][0]["姓名"] == wang.person.name
    assert file["Cache-Control"] == "no-store"


def test_one_tap_stops_it(wang: Grandma) -> None:
    wang.presses("/e/mine/ask/delete/")
    case = case_of(wang)
    assert "您说不办了" in wang.presses(f"/e/mine/{case.code}/stop/")


def test_consent_is_one_tap_both_ways(wang: Grandma) -> None:
    assert "记下了，您同意" in wang.presses("/e/mine/consents/contact/given/")
    assert "收回了" in wang.presses("/e/mine/consents/contact/back/")
    with acting(Role.JOB, Scope.of("1502")):
        assert Consent.objects.get(person=wang.person).withdrawn_at is not None
    assert wang.browser.post("/e/mine/consents/shoes/given/").status_code == 302


def test_an_unknown_wish_leads_back_and_somebody_elses_case_is_absent(wang: Grandma) -> None:
    assert wang.browser.get("/e/mine/ask/shoes/").status_code == 302
    nobody = "5f0c1a52-0000-4000-8000-000000000000"
    assert wang.browser.get(f"/e/mine/{nobody}/").status_code == 404
    assert wang.browser.get(f"/e/mine/{nobody}/copy/").status_code == 404
