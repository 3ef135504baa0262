"""An older person lets her daughter act for her: given, used, told, taken back; and everything it is not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.conftest import Enter
from tests.factories.people import person
from tests.integration.faces.elder.conftest import HOME
from tests.integration.faces.elder.helping import DAUGHTER, asks_daughter, code_in, comes_in, messages
from tests.integration.faces.elder.visiting import Grandma, enter, words_of
from yiyang.accounts import selectors as accounts
from yiyang.accounts.choices import MandateWay
from yiyang.accounts.models import Mandate, User
from yiyang.base.actors import Actor, ActorKind, process
from yiyang.base.ids import PersonId
from yiyang.base.scoping import EVERYWHERE, NOBODY, Role, Scope, acting
from yiyang.entitlements.models import Appeal, Application
from yiyang.people import services as people

ALLOWANCE = "oldest_old_allowance"
pytestmark = pytest.mark.django_db


@pytest.fixture
def wang(as_process: Enter) -> Grandma:
    """王秀英, 82: the one who asks for help."""
    with as_process("1502"):
        found = person(division=HOME, name="王秀英", born_on=date(1944, 3, 1), hardship_class=2)
    return enter(found)


@pytest.fixture
def zhao(as_process: Enter) -> Grandma:
    """赵长河, 80: another one whom the same daughter helps."""
    with as_process("1502"):
        found = person(division=HOME, name="赵长河", born_on=date(1946, 3, 1), sex=1)
    return enter(found)


@pytest.fixture
def daughter() -> Client:
    """Her daughter's phone."""
    return Client()


def rows(who: Grandma, persons: list[int]) -> int:
    """What raw SQL finds of her as the role of older people and family, on this used connection."""
    with acting(Role.PERSON, NOBODY, persons=persons), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person WHERE id = %s", [who.person.pk])
        return int(cursor.fetchone()[0])


def speaks_for() -> list[int]:
    """For whom the account of family may speak at its next request."""
    user = User.objects.get(kind="FAMILY")
    return sorted(accounts.actor_of(user, on=timezone.localdate()).speaks_for)


def test_given_used_told_and_taken_back(
    wang: Grandma, daughter: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "请好了。短信也告诉您了" in asks_daughter(wang, capsys)
    told = messages(capsys)
    assert "您请了女儿替您办事：看补贴和办事情况、请人帮忙、说不同意。" in told
    assert "您家老人请您代办" in told

    home = comes_in(daughter, DAUGHTER, capsys)
    assert "代王奶奶办理" in home
    assert "看补贴、请人帮忙、说不同意" in home
    for path in (
        "/e/subsidies/",
        f"/e/subsidies/{ALLOWANCE}/why/",
        "/e/callback/",
        "/e/cases/",
        "/e/services/",
    ):
        assert "代王奶奶办理" in words_of(daughter.get(path)), path

    asked = daughter.post(f"/e/subsidies/{ALLOWANCE}/help/", follow=True)
    assert "好了，等电话吧" in words_of(asked)
    assert "女儿替您办了：请人帮忙办高龄津贴" in messages(capsys)
    assert "有人替您办了一件事" in wang.reads("/e/messages/")

    assert "停了。马上就不能办了" in wang.presses(f"/e/helpers/{_code(wang)}/stop/")
    over = daughter.get("/e/subsidies/", follow=True)
    assert over.redirect_chain == [("/e/for-whom/", 302)]
    assert "现在没有人请您代办" in words_of(over)
    assert "女儿不再替您办事了" in messages(capsys)
    family = User.objects.get(kind="FAMILY").pk
    with acting(Role.JOB, EVERYWHERE):
        asked_for = Application.objects.get(person_id=wang.person.pk)
        assert (asked_for.way, asked_for.asked_by_id) == ("FAMILY", family)


def test_rows_open_with_the_mandate_and_close_with_it(
    wang: Grandma, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rows(wang, []) == 0
    asks_daughter(wang, capsys)
    assert rows(wang, speaks_for()) == 1
    wang.presses(f"/e/helpers/{_code(wang)}/stop/")
    assert speaks_for() == []
    assert rows(wang, speaks_for()) == 0


def test_on_its_last_day_a_mandate_holds_and_on_the_next_it_opens_nothing_and_she_is_told(
    wang: Grandma, zhao: Grandma, daughter: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    today = timezone.localdate()
    _on_paper(wang, until=today)
    _on_paper(zhao, until=today - timedelta(days=1))
    assert "代王奶奶办理" in comes_in(daughter, DAUGHTER, capsys)
    assert speaks_for() == [wang.person.pk]
    other = daughter.post("/e/for-whom/", {"whom": _code(zhao)}, follow=True)
    assert other.redirect_chain[-1][0] == "/e/for-whom/"
    assert rows(zhao, speaks_for()) == 0
    messages(capsys)
    for ended in (1, 0):
        with acting(Role.JOB, EVERYWHERE):
            assert people.end_expired_mandates(actor=process("tests"), now=timezone.localtime()) == ended
    assert messages(capsys).count("女儿不再替您办事了") == 1
    assert "女儿不再替您办事了" in zhao.reads("/e/messages/")


def test_who_may_only_look_is_refused_in_plain_words(
    wang: Grandma, daughter: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    asks_daughter(wang, capsys, rights="read")
    assert "看补贴" in comes_in(daughter, DAUGHTER, capsys)
    for path, form in (
        (f"/e/subsidies/{ALLOWANCE}/help/", {}),
        (f"/e/subsidies/{ALLOWANCE}/disagree/", {"matter": "amount", "by": "page"}),
    ):
        answer = daughter.post(path, form)
        assert answer.status_code == 403
        assert "没有请您办这件事" in words_of(answer)
    with acting(Role.JOB, EVERYWHERE):
        assert not Application.objects.exists()
        assert not Appeal.objects.exists()


def test_nobody_hands_a_mandate_on_or_stops_anothers(
    wang: Grandma, daughter: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    asks_daughter(wang, capsys)
    comes_in(daughter, DAUGHTER, capsys)
    for path in ("/e/helpers/", "/e/helpers/add/", "/e/helpers/add/who/"):
        assert daughter.get(path).status_code == 403
    assert daughter.post(f"/e/helpers/{_code(wang)}/stop/").status_code == 403


def test_the_daughter_stops_by_herself(
    wang: Grandma, daughter: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    asks_daughter(wang, capsys)
    comes_in(daughter, DAUGHTER, capsys)
    assert "王奶奶答应的" in words_of(daughter.get("/e/mandate/"))
    assert "您不再替老人办了" in words_of(daughter.post("/e/mandate/", follow=True))
    assert "现在没有人替您办。" in wang.reads("/e/helpers/")


def test_for_two_it_is_chosen_and_a_page_left_open_is_not_sent_for_the_other(
    wang: Grandma, zhao: Grandma, daughter: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    asks_daughter(wang, capsys)
    asks_daughter(zhao, capsys)
    assert "给谁办？" in comes_in(daughter, DAUGHTER, capsys)
    assert daughter.get("/e/").headers["Location"] == "/e/for-whom/"
    assert "代王奶奶办理" in words_of(daughter.post("/e/for-whom/", {"whom": _code(wang)}, follow=True))
    mark = _mark(daughter.get(f"/e/subsidies/{ALLOWANCE}/help/").content.decode())
    assert "代赵爷爷办理" in words_of(daughter.post("/e/for-whom/", {"whom": _code(zhao)}, follow=True))
    late = daughter.post(f"/e/subsidies/{ALLOWANCE}/help/", {"yours": mark})
    assert late.status_code == 409
    assert "这一页是替另一个人办的，没有办" in words_of(late)
    with acting(Role.JOB, EVERYWHERE):
        assert not Application.objects.exists()


def test_an_older_daughter_has_her_own_pages_and_those_of_her_mother(
    wang: Grandma, as_process: Enter, capsys: pytest.CaptureFixture[str]
) -> None:
    with as_process("1502"):
        found = person(division=HOME, name="李敏", born_on=date(1964, 5, 1), phone=DAUGHTER)
    li = enter(found)
    asks_daughter(wang, capsys)
    assert not User.objects.filter(kind="FAMILY").exists()
    assert "李阿姨，" in li.reads("/e/")
    assert "代王奶奶办理" in words_of(li.browser.post("/e/for-whom/", {"whom": _code(wang)}, follow=True))
    assert "李阿姨，" in words_of(li.browser.post("/e/for-whom/", {"whom": "self"}, follow=True))


def test_her_own_number_and_a_sixth_helper_are_refused(
    wang: Grandma, capsys: pytest.CaptureFixture[str]
) -> None:
    own = wang.browser.post("/e/helpers/add/", {"phone": wang.phone})
    assert own.status_code == 400
    assert "这是您自己的号码" in words_of(own)
    assert f'value="{wang.phone}"'.encode() in own.content


def test_the_digits_for_coming_in_do_not_let_anybody_act_and_five_tries_are_enough(
    wang: Grandma, capsys: pytest.CaptureFixture[str]
) -> None:
    Client().post("/e/sign-in/", {"phone": wang.phone})
    entry = code_in(messages(capsys))
    wang.presses("/e/helpers/add/", phone=DAUGHTER)
    wang.presses("/e/helpers/add/who/", called="daughter")
    early = wang.browser.post("/e/helpers/add/confirm/", {"rights": "all"})
    assert early.status_code == 422
    assert "请等一分钟" in words_of(early)
    for n in range(6):
        wrong = wang.browser.post("/e/helpers/add/code/", {"code": entry})
        assert wrong.status_code == (400 if n < 5 else 422)
    with acting(Role.JOB, EVERYWHERE):
        assert not Mandate.objects.exists()


def _code(who: Grandma) -> str:
    with acting(Role.JOB, EVERYWHERE):
        return str(Mandate.objects.get(person_id=who.person.pk, ended_at=None).code)


def _on_paper(who: Grandma, *, until: date) -> None:
    """A mandate given a month ago at the window, with two witnesses."""
    now = timezone.localtime() - timedelta(days=30)
    helper = people.Helper(
        DAUGHTER, "女儿", frozenset({"READ"}), until, MandateWay.WINDOW, "见证人：张三、李四"
    )
    staff = Actor(ActorKind.STAFF, None, "刘干事", "grid_worker", frozenset({"take_leads"}), HOME)
    with acting(Role.APP, Scope.of(HOME)):
        people.give_mandate(actor=staff, person_id=PersonId(who.person.pk), helper=helper, now=now)


def _mark(html: str) -> str:
    return html.partition('name="yours" value="')[2].partition('"')[0]
