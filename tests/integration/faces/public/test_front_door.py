"""The front door: in by name and password, one duty at a time, out by a button."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.factories import staff
from tests.integration.faces.cast import HERE, NEXT_DOOR, PASSWORD, Colleague, official
from yiyang.accounts import totp
from yiyang.accounts.models import User


class Response(Protocol):
    """What a browser got."""

    def __getitem__(self, header: str) -> str: ...


@pytest.fixture
def liu_outside(db: None) -> User:
    return official("liu", "刘干事", ("grid_worker", HERE))


@pytest.fixture
def two_posts(db: None) -> User:
    return official("zhao", "赵干事", ("grid_worker", HERE), ("grid_worker", NEXT_DOOR))


def walks_in(client: Client, user: User, **of: str) -> Response:
    """Password, then the code that her phone shows now; what the second page answers."""
    now = timezone.localtime()
    secret = staff.enrolled(user, at=now - timedelta(hours=1))
    assert client.post("/sign-in/", entering(username=user.login, **of))["Location"] == "/sign-in/factor/"
    return client.post("/sign-in/factor/", {"code": totp.code_at(secret, now)})


def entering(**of: str) -> dict[str, str]:
    return {"username": "liu", "password": PASSWORD, **of}


def test_the_door_shows_two_ways_in_and_says_that_data_is_synthetic(client: Client, db: None) -> None:
    page = client.get("/").content.decode()
    assert 'href="/e/"' in page
    assert 'href="/sign-in/"' in page
    assert "模拟数据" in page


def test_the_right_password_and_the_right_code_lead_to_the_page_of_the_duty(
    client: Client, liu_outside: User
) -> None:
    assert walks_in(client, liu_outside)["Location"] == "/w/"
    assert client.get("/w/").status_code == 200


@pytest.mark.parametrize("wrong", [{"password": "no"}, {"username": "nobody"}])
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(
    client: Client, liu_outside: User, wrong: dict[str, str]
) -> None:
    answer = client.post("/sign-in/", entering(**wrong))
    assert answer.status_code == 400
    assert "用户名或密码不对" in answer.content.decode()
    assert client.get("/w/").status_code == 302


def test_the_password_is_never_written_back_into_the_page(client: Client, liu_outside: User) -> None:
    page = client.post("/sign-in/", entering(username="")).content.decode()
    assert PASSWORD not in page
    assert "请填用户名" in page


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/w/due/", "/w/due/"),
        ("https://elsewhere.example/", "/w/"),
        ("//elsewhere.example/", "/w/"),
        ("/\\elsewhere.example/", "/w/"),
        ("javascript:alert(1)", "/w/"),
        ("/sign-out/", "/w/"),
    ],
)
def test_after_signing_in_only_our_own_pages_are_gone_to(
    client: Client, liu_outside: User, wanted: str, leads_to: str
) -> None:
    assert walks_in(client, liu_outside, next=wanted)["Location"] == leads_to


def test_somebody_with_two_duties_chooses_one_and_sees_only_its_place(
    client: Client, two_posts: User
) -> None:
    assert walks_in(client, two_posts)["Location"].startswith("/sign-in/duty/")
    page = client.get("/sign-in/duty/").content.decode()
    assert "北嘉社区居委会" in page
    assert "青园社区居委会" in page
    second = two_posts.duties.get(prefix=NEXT_DOOR)
    chosen = client.post("/sign-in/duty/", {"duty": f"{second.pk}"}, follow=True)
    assert "青园社区居委会" in chosen.content.decode()


def test_nobody_chooses_a_duty_that_is_not_theirs(client: Client, two_posts: User, liu_outside: User) -> None:
    walks_in(client, two_posts)
    foreign = liu_outside.duties.get()
    assert client.post("/sign-in/duty/", {"duty": f"{foreign.pk}"}).status_code == 400


def test_an_account_without_a_duty_is_told_so_and_is_not_signed_in(client: Client, db: None) -> None:
    official("idle", "闲干事")
    answer = client.post("/sign-in/", entering(username="idle"))
    assert "没有职责" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_signing_in_changes_the_session_key(client: Client, liu_outside: User) -> None:
    client.get("/sign-in/")
    client.session.save()
    before = client.session.session_key
    walks_in(client, liu_outside)
    assert client.session.session_key != before


def test_signing_out_is_a_button_and_not_a_link(liu: Colleague) -> None:
    liu.client.get("/sign-out/")
    assert liu.client.get("/w/").status_code == 200
    page = liu.client.post("/sign-out/").content.decode()
    assert "已退出" in page
    assert liu.client.get("/w/").status_code == 302


def test_after_signing_out_the_old_cookie_opens_nothing(liu: Colleague) -> None:
    cookie = liu.client.cookies["yiyang"].value
    liu.client.post("/sign-out/")
    thief = Client()
    thief.cookies["yiyang"] = cookie
    assert thief.get("/w/").status_code == 302
    assert all("_auth_user_id" not in one.get_decoded() for one in Session.objects.all())


def test_whoever_is_in_already_is_led_to_the_own_page(liu: Colleague) -> None:
    assert liu.client.get("/sign-in/")["Location"] == "/w/"
    assert 'href="/w/"' in liu.client.get("/").content.decode()


def test_the_pages_forbid_frames_and_foreign_scripts(client: Client, db: None) -> None:
    answer = client.get("/")
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
