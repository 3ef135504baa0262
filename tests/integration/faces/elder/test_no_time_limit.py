"""E12 and E13: no time limit, nothing typed is lost, and no page asks for a password."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.health.pages import views
from tests.integration.faces.cast import inside
from tests.integration.faces.elder.helping import (
    DAUGHTER,
    asks_daughter,
    code_in,
    comes_in,
    messages,
    minutes_pass,
)
from tests.integration.faces.elder.visiting import Grandma, words_of
from yiyang.accounts.choices import EndReason
from yiyang.accounts.models import Mandate, Session
from yiyang.entitlements.models import Appeal, Application
from yiyang.faces.shared.access import access_of

HOME = "150204001001"
ALLOWANCE = "oldest_old_allowance"
WORDS = "我记得邻居领的是两百"
# Every form of the elder pages that does something for a person: address and fields.
FORMS = {
    "help": (f"/e/subsidies/{ALLOWANCE}/help/", {}),
    "callback": ("/e/callback/?about=money", {}),
    "disagree": (f"/e/subsidies/{ALLOWANCE}/disagree/", {"matter": "amount", "by": "page", "words": WORDS}),
    "helper": ("/e/helpers/add/", {"phone": DAUGHTER}),
}


def end_session(who: Grandma) -> None:
    """As after 180 days, or after she was signed out elsewhere."""
    for one in Session.objects.filter(user__person_id=who.person.pk):
        one.ended_at, one.why = timezone.localtime(), EndReason.TOO_LONG
        one.save(update_fields=["ended_at", "why"])


def page_of(who: Grandma, path: str) -> str:
    return who.browser.get(path).content.decode()


def fields_of(html: str) -> dict[str, str]:
    """The hidden fields of the first form, as a browser would send them."""
    form = html.partition('<form method="post"')[2].partition("</form>")[0]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


def come_back(who: Grandma, path: str, fields: dict[str, str], capsys: pytest.CaptureFixture[str]) -> str:
    """Send a form after the session has ended, come in again, and tap 接着办; gives the last page."""
    door = who.browser.post(path, fields)
    assert door.headers["Location"] == "/e/sign-in/?next=%2Fe%2Fgo-on%2F"
    assert "您填的都还在" in words_of(who.browser.get(door.headers["Location"]))
    there = comes_in(who.browser, who.phone, capsys, onward="/e/go-on/")
    assert "您填的都还在" in there
    html = who.browser.get("/e/go-on/").content.decode()
    form = html.partition('<form method="post" action="')[2]
    kept = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form.partition("</form>")[0]))
    target = form.partition('"')[0].replace("&amp;", "&")
    return words_of(who.browser.post(target, kept, follow=True))


@pytest.mark.parametrize("name", FORMS)
def test_after_the_session_has_ended_the_answers_survive_coming_in_again(
    wang: Grandma, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path, fields = FORMS[name]
    mark = fields_of(page_of(wang, path if name != "disagree" else f"{path}?matter=amount"))
    end_session(wang)
    done = come_back(wang, path, {**mark, **fields}, capsys)
    with inside(HOME):
        if name in ("help", "callback"):
            assert Application.objects.filter(person=wang.person).count() == 1
        elif name == "disagree":
            assert Appeal.objects.get(person=wang.person).own_words == WORDS
        else:
            assert "是您的谁？" in done


def test_in_the_middle_of_asking_a_helper_the_phone_typed_before_survives_too(
    wang: Grandma, capsys: pytest.CaptureFixture[str]
) -> None:
    wang.presses("/e/helpers/add/", phone=DAUGHTER)
    fields = fields_of(page_of(wang, "/e/helpers/add/who/"))
    end_session(wang)
    assert "请女儿替您办事？" in come_back(
        wang, "/e/helpers/add/who/", {**fields, "called": "daughter"}, capsys
    )


def test_the_kept_form_is_sealed_and_goes_when_it_is_not_wanted(
    wang: Grandma, capsys: pytest.CaptureFixture[str]
) -> None:
    path, fields = FORMS["disagree"]
    end_session(wang)
    wang.browser.post(path, fields)
    assert WORDS not in str(dict(wang.browser.session))
    comes_in(wang.browser, wang.phone, capsys)
    assert wang.browser.post("/e/go-on/").headers["Location"] == "/e/"
    assert wang.browser.get("/e/go-on/").headers["Location"] == "/e/"
    with inside(HOME):
        assert not Appeal.objects.exists()


def test_somebody_else_at_the_same_device_neither_sees_nor_sends_it(
    wang: Grandma, liu: Grandma, capsys: pytest.CaptureFixture[str]
) -> None:
    path, fields = FORMS["disagree"]
    mark = fields_of(page_of(wang, f"{path}?matter=amount"))
    end_session(wang)
    wang.browser.post(path, {**mark, **fields})
    assert "刘奶奶，" in comes_in(wang.browser, liu.phone, capsys, onward="/e/go-on/")
    assert wang.browser.get("/e/go-on/").headers["Location"] == "/e/"
    with inside(HOME):
        assert not Appeal.objects.exists()


def test_family_comes_back_to_the_one_it_was_typed_for(
    wang: Grandma, liu: Grandma, capsys: pytest.CaptureFixture[str]
) -> None:
    asks_daughter(wang, capsys)
    asks_daughter(liu, capsys)
    browser = Client()
    comes_in(browser, DAUGHTER, capsys)
    with inside(HOME):
        code = str(Mandate.objects.get(person_id=liu.person.pk).code)
    browser.post("/e/for-whom/", {"whom": code})
    fields = fields_of(browser.get(f"/e/subsidies/{ALLOWANCE}/help/").content.decode())
    for one in Session.objects.filter(user__kind="FAMILY"):
        one.ended_at, one.why = timezone.localtime(), EndReason.TOO_LONG
        one.save(update_fields=["ended_at", "why"])
    browser.post(f"/e/subsidies/{ALLOWANCE}/help/", fields)
    minutes_pass(2)
    browser.post("/e/sign-in/", {"phone": DAUGHTER, "onward": "/e/go-on/"})
    again = browser.post("/e/sign-in/code/", {"code": code_in(messages(capsys))}, follow=True)
    assert "代刘奶奶办理" in words_of(again)
    assert "您填的都还在" in words_of(again)


def test_a_page_left_open_for_half_an_hour_on_a_borrowed_phone_still_sends(
    wang: Grandma, capsys: pytest.CaptureFixture[str]
) -> None:
    browser = Client()
    browser.post("/e/sign-in/", {"phone": wang.phone})
    browser.post("/e/sign-in/code/", {"code": code_in(messages(capsys)), "phone": "shared"})
    assert browser.session.get_expire_at_browser_close()
    fields = fields_of(browser.get(f"/e/subsidies/{ALLOWANCE}/help/").content.decode())
    for one in Session.objects.filter(user__person_id=wang.person.pk):
        one.since -= timedelta(minutes=31)
        one.seen_at -= timedelta(minutes=31)
        one.save(update_fields=["since", "seen_at"])
    done = browser.post(f"/e/subsidies/{ALLOWANCE}/help/", fields, follow=True)
    assert "好了，等电话吧" in words_of(done)


def test_no_page_of_older_people_has_a_field_for_a_password_or_a_picture_puzzle(
    wang: Grandma, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every address under /e/ that needs no number of a case, looked at from outside and from inside."""
    found = 0
    for address, pattern in views():
        if not address.startswith("/e/") or "^" in address or "<uuid" in address:
            continue
        assert access_of(pattern.callback) is not None
        path = address.replace("<slug:benefit>", ALLOWANCE)
        for browser in (Client(), wang.browser):
            html = browser.get(path, follow=True).content.decode()
            assert not re.search(r'type="?password|captcha|验证图|密码', html), path
            found += 1
    assert found >= 40
