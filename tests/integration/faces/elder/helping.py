"""Doing on pages what a grandmother does to let somebody act for her."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.integration.faces.elder.visiting import Grandma, words_of
from yiyang.notices import services as notices

DAUGHTER = "00088880001"


def messages(capsys: pytest.CaptureFixture[str]) -> str:
    """Everything that was carried to the console of a demonstration since last asked."""
    notices.deliver_due(timezone.localtime() + timedelta(seconds=1))
    return capsys.readouterr().err


def code_in(told: str) -> str:
    found = re.findall(r"验证码 (\d{6})", told)
    return str(found[-1]) if found else ""


def asks_daughter(
    who: Grandma, capsys: pytest.CaptureFixture[str], *, rights: str = "all", phone: str = DAUGHTER
) -> str:
    """Through the four pages; gives the words of the page at the end."""
    assert "是您的谁？" in who.presses("/e/helpers/add/", phone=phone)
    assert "请女儿替您办事？" in who.presses("/e/helpers/add/who/", called="daughter")
    assert "短信里的6个数字" in who.presses("/e/helpers/add/confirm/", rights=rights)
    return who.presses("/e/helpers/add/code/", code=code_in(messages(capsys)))


def comes_in(
    browser: Client, phone: str, capsys: pytest.CaptureFixture[str], *, answer: str = "", **more: str
) -> str:
    """By phone and code; ``answer`` to whom it is where several share the phone."""
    browser.post("/e/sign-in/", {"phone": phone, **more})
    done = browser.post("/e/sign-in/code/", {"code": code_in(messages(capsys))}, follow=True)
    if answer:
        done = browser.post("/e/sign-in/who/", {"answer": answer}, follow=True)
    return words_of(done)


def minutes_pass(minutes: int) -> None:
    """As if every code had been sent so long ago: the next may be asked for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_signincode SET sent_at = sent_at - make_interval(mins => %s)", [minutes]
        )
