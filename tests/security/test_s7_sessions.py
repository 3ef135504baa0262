"""S7: sessions by the table of security.md; what ends one ends it at the next request, with its reason."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from tests.conftest import NOW
from tests.factories import staff
from tests.integration.faces.cast import HERE, official
from yiyang.accounts import services as duties
from yiyang.accounts import standing, totp
from yiyang.accounts.choices import EndReason
from yiyang.accounts.models import Session, User
from yiyang.accounts.services import factors, sessions
from yiyang.accounts.services import staff as accounts
from yiyang.base.ids import UserId
from yiyang.faces.shared import callers, proving

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
DAY = timedelta(days=1)


@pytest.fixture
def liu(db: None) -> User:
    """刘干事, one duty."""
    return official("liu", "刘干事", ("grid_worker", HERE))


def browser(user: User, agent: str = CHROME) -> Client:
    """A browser in which she is in."""
    client = Client(headers={"user-agent": agent})
    client.force_login(user)
    # The door of tests sees no browser: the row is told which one it is.
    Session.objects.filter(user=user, agent="未知 未知").update(agent=callers.agent_of(_request(agent)))
    return client


def _request(agent: str) -> Any:
    return RequestFactory().get("/", headers={"user-agent": agent})


def is_in(client: Client) -> bool:
    return client.get("/w/").status_code == 200


def reads(client: Client, path: str = "/w/") -> str:
    answer = client.get(path)
    assert answer.status_code == 401, answer.status_code
    return answer.content.decode()


def row(user: User, **of: Any) -> Session:
    moment = of.pop("at", NOW)
    values = {"version": 0, "agent": "x", "since": moment, "seen_at": moment, **of}
    return Session(user=user, **values)


@pytest.mark.parametrize(
    ("passed", "why"),
    [
        (timedelta(minutes=29, seconds=59), None),
        (timedelta(minutes=30), EndReason.IDLE),
        (timedelta(days=400), EndReason.IDLE),
    ],
)
def test_half_an_hour_without_a_click_is_the_end(liu: User, passed: timedelta, why: EndReason | None) -> None:
    assert standing.over(row(liu, version=liu.session_version), agent="x", now=NOW + passed) == why


@pytest.mark.parametrize(
    ("hours", "why"), [(11.99, None), (12, EndReason.TOO_LONG), (13, EndReason.TOO_LONG)]
)
def test_twelve_hours_are_the_end_however_busy(liu: User, hours: float, why: EndReason | None) -> None:
    now = NOW + timedelta(hours=hours)
    busy = row(liu, version=liu.session_version, seen_at=now - timedelta(minutes=1))
    assert standing.over(busy, agent="x", now=now) == why


@pytest.mark.parametrize(
    ("remembered", "passed", "why"),
    [
        (True, 179 * DAY, None),
        (True, 180 * DAY, EndReason.TOO_LONG),
        (False, timedelta(hours=11), None),
        (False, timedelta(hours=12), EndReason.TOO_LONG),
    ],
)
def test_an_older_person_stays_in_half_a_year_on_the_own_phone_and_not_on_a_borrowed_one(
    remembered: bool, passed: timedelta, why: EndReason | None
) -> None:
    wang = User(login="person:1", kind="PERSON", person_id=1)
    assert standing.over(row(wang, remembered=remembered), agent="x", now=NOW + passed) == why


@pytest.mark.parametrize(
    ("back", "why"), [(timedelta(minutes=4), None), (timedelta(hours=1), EndReason.CLOCK)]
)
def test_a_clock_set_back_makes_no_session_live_longer(
    liu: User, back: timedelta, why: EndReason | None
) -> None:
    assert standing.over(row(liu, version=liu.session_version), agent="x", now=NOW - back) == why


def test_somebody_is_seen_once_a_minute_and_never_backwards(liu: User) -> None:
    found = sessions.begin(user_id=UserId(liu.pk), agent="x", ip=None, now=NOW)

    def seen(now: datetime) -> datetime:
        found.refresh_from_db()
        sessions.see(session=found, now=now)
        found.refresh_from_db()
        return found.seen_at

    assert seen(NOW + timedelta(seconds=59)) == NOW
    assert seen(NOW + timedelta(seconds=60)) == NOW + timedelta(seconds=60)
    assert seen(NOW - DAY) == NOW + timedelta(seconds=60)


def test_an_account_put_out_of_use_is_dead_at_the_next_click_and_the_open_tab_says_so(liu: User) -> None:
    client = browser(liu)
    assert is_in(client)
    accounts.close_account(user_id=UserId(liu.pk))
    page = reads(client)
    assert "这个账号已经停用" in page
    assert "重新登录" not in page
    assert client.get("/w/")["Location"].startswith("/sign-in/"), "and the browser holds nothing any more"


def test_the_form_of_an_ex_employee_writes_nothing_and_says_so(liu: User) -> None:
    client = browser(liu)
    assert is_in(client)
    accounts.close_account(user_id=UserId(liu.pk))
    answer = client.post("/w/search/", {"id_number": "150204194203011234"})
    assert answer.status_code == 401
    page = answer.content.decode()
    assert "没有办，也没有存" in page
    assert "150204194203011234" not in page


def test_a_new_duty_and_a_taken_one_end_every_session(liu: User) -> None:
    client = browser(liu)
    staff.grant(liu, "township_official", "150204001", timezone.localdate())
    assert "职责有变动" in reads(client)
    client = browser(liu)
    assert is_in(client)
    duties.end_duty(duty_id=liu.duties.filter(duty="grid_worker").get().pk, on=timezone.localdate())
    assert "职责有变动" in reads(client)


def test_nobody_slips_into_the_next_duty_when_the_chosen_one_runs_out(liu: User) -> None:
    staff.grant(liu, "township_official", "150204001", timezone.localdate())
    client = browser(liu)
    session = client.session
    session["duty_id"] = liu.duties.get(duty="grid_worker").pk
    session.save()
    assert is_in(client)
    liu.duties.filter(duty="grid_worker").update(until=timezone.localdate())
    assert "职责有变动" in reads(client)


def test_a_password_reset_by_somebody_else_ends_every_session(liu: User) -> None:
    client = browser(liu)
    accounts.give_start_password(user_id=UserId(liu.pk))
    assert "密码改过了" in reads(client)


def test_reset_factors_end_every_session(liu: User) -> None:
    client = browser(liu)
    accounts.reset_factors(user_id=UserId(liu.pk))
    assert "验证方式改过了" in reads(client)
    assert not standing.factors_of(UserId(liu.pk)).any


def test_who_changes_the_own_password_stays_in_here_and_is_out_elsewhere(liu: User) -> None:
    here, there = browser(liu), browser(liu)
    _prove(here)
    word = "five quiet words in a row"
    answer = here.post("/me/password/", {"password": word, "again": word})
    assert answer["Location"].endswith("said=password")
    assert is_in(here)
    assert "密码改过了" in reads(there)


def test_signing_in_on_another_device_ends_the_first_where_one_may_reveal(liu: User) -> None:
    user_id = UserId(liu.pk)
    first = sessions.begin(user_id=user_id, agent="x", ip=None, now=NOW, alone=True)
    second = sessions.begin(user_id=user_id, agent="x", ip=None, now=NOW, alone=True)
    first.refresh_from_db()
    assert (first.why, first.ended_at) == (EndReason.ELSEWHERE, NOW)
    assert [one.pk for one in standing.running(user_id, now=NOW)] == [second.pk]


def test_the_door_ends_the_other_device_of_whoever_may_reveal(liu: User, client: Client) -> None:
    office = browser(liu)
    assert is_in(office)
    now = timezone.localtime()
    secret = staff.enrolled(liu, at=now - timedelta(hours=1))
    office = browser(liu)
    client.post("/sign-in/", {"username": "liu", "password": "a-long-enough-password"})
    client.post("/sign-in/factor/", {"code": totp.code_at(secret, now)})
    assert is_in(client)
    assert "另一台设备" in reads(office)


def test_a_stolen_cookie_in_another_kind_of_browser_ends_the_session_and_warns_its_owner(liu: User) -> None:
    client = browser(liu)
    assert is_in(client)
    thief = Client(headers={"user-agent": FIREFOX})
    thief.cookies["yiyang"] = client.cookies["yiyang"].value
    assert "另一种浏览器" in reads(thief)
    assert client.get("/w/").status_code == 302
    mine = browser(liu)
    assert "请马上改密码" in mine.get("/me/devices/").content.decode()


def test_an_update_of_the_browser_ends_nothing(liu: User) -> None:
    client = browser(liu)
    newer = Client(headers={"user-agent": CHROME.replace("150.0", "151.0")})
    newer.cookies["yiyang"] = client.cookies["yiyang"].value
    assert is_in(newer)


def test_a_key_planted_before_signing_in_opens_nothing_afterwards(liu: User, client: Client) -> None:
    now = timezone.localtime()
    secret = staff.enrolled(liu, at=now - timedelta(hours=1))
    client.get("/sign-in/")
    client.post("/sign-in/", {"username": "liu", "password": "a-long-enough-password"})
    planted = client.cookies["yiyang"].value
    assert client.post("/sign-in/factor/", {"code": totp.code_at(secret, now)})["Location"] == "/w/"
    other = Client()
    other.cookies["yiyang"] = planted
    assert other.get("/w/").status_code == 302
    assert is_in(client)


def test_a_session_of_the_framework_without_a_row_of_ours_is_nobody(liu: User, client: Client) -> None:
    client.force_login(liu)
    session = client.session
    del session["seat"]
    session.save()
    assert client.get("/w/").status_code == 302


def test_devices_lists_what_runs_and_ends_another_one(liu: User) -> None:
    here, there = browser(liu), browser(liu)
    page = here.get("/me/devices/").content.decode()
    assert "您在 2 台设备上登录着" in page
    assert page.count("就是这里") == 1
    other = Session.objects.filter(user=liu).order_by("pk").last()
    assert other is not None
    assert here.post(f"/me/devices/{other.pk}/end/")["Location"].endswith("said=ended")
    assert "结束了这里的登录" in reads(there)
    assert is_in(here)
    assert here.post(f"/me/devices/{other.pk}/end/")["Location"].endswith("said=over")


def test_nobody_ends_the_session_of_somebody_else(liu: User) -> None:
    han = official("han", "韩干事", ("grid_worker", HERE))
    mine, hers = browser(liu), browser(han)
    foreign = Session.objects.get(user=han)
    assert mine.post(f"/me/devices/{foreign.pk}/end/")["Location"].endswith("said=over")
    assert is_in(hers)


def test_signing_out_ends_the_row_as_well(liu: User) -> None:
    client = browser(liu)
    client.post("/sign-out/")
    assert Session.objects.get(user=liu).why == EndReason.LEFT


def _prove(client: Client, moment: datetime | None = None) -> None:
    session = client.session
    session["proved_at"] = (moment or timezone.localtime()).isoformat()
    session.save()


@pytest.mark.parametrize(
    ("ago", "good"),
    [
        (timedelta(0), True),
        (timedelta(minutes=4, seconds=59), True),
        (timedelta(minutes=5), False),
        (-timedelta(hours=1), False),
    ],
)
def test_a_proof_is_good_for_five_minutes_and_not_from_the_future(ago: timedelta, good: bool) -> None:
    request = _request(CHROME)
    request.session = {"proved_at": (NOW - ago).isoformat()}
    assert proving.proved_recently(request, NOW) is good


@pytest.mark.parametrize("path", ["/me/password/", "/me/app/", "/me/passkeys/new/", "/me/app/picture.svg"])
def test_what_changes_a_proof_asks_for_both_again(liu: User, path: str) -> None:
    answer = browser(liu).get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/again/?next=")


def test_proving_again_wants_password_and_code_and_leads_back(liu: User) -> None:
    now = timezone.localtime()
    secret = staff.enrolled(liu, at=now - timedelta(hours=1))
    client = browser(liu)
    code = totp.code_at(secret, now)
    right = {"password": "a-long-enough-password", "code": code, "next": "/me/password/"}
    for wrong in ({"password": "no"}, {"code": "000000"}, {"code": "", "passkey": ""}, {"passkey": "{}"}):
        assert client.post("/sign-in/again/", right | {"code": ""} | wrong).status_code == 400, wrong
        assert client.get("/me/password/").status_code == 302
    assert client.post("/sign-in/again/", right)["Location"] == "/me/password/"
    assert client.get("/me/password/").status_code == 200


def test_a_new_app_and_new_recovery_codes_are_set_up_by_their_owner(liu: User) -> None:
    client = browser(liu)
    _prove(client)
    assert client.get("/me/app/").status_code == 200
    secret = factors.waiting_secret(user_id=UserId(liu.pk), now=timezone.localtime())
    answer = client.post("/me/app/", {"code": totp.code_at(secret, timezone.localtime())})
    assert answer.content.decode().count('class="letters"') == 10
    assert is_in(client), "the browser that set it up goes on"
    assert client.post("/me/codes/").content.decode().count('class="letters"') == 10


def test_the_last_factor_stays(liu: User) -> None:
    client = browser(liu)
    _prove(client)
    assert client.post("/me/passkeys/999/remove/")["Location"].endswith("said=last")


@pytest.mark.parametrize(
    ("trusted", "remote", "claimed", "seen"),
    [
        ("", "203.0.113.7", "198.51.100.9", "203.0.113.7"),
        ("10.0.0.0/8", "203.0.113.7", "198.51.100.9", "203.0.113.7"),
        ("10.0.0.0/8", "10.0.0.5", "198.51.100.9", "198.51.100.9"),
        ("10.0.0.0/8", "10.0.0.5", "1.2.3.4, 198.51.100.9", "198.51.100.9"),
        ("10.0.0.0/8", "10.0.0.5", "198.51.100.9, 10.0.0.6", "198.51.100.9"),
        ("10.0.0.0/8", "10.0.0.5", "nonsense", ""),
        ("10.0.0.0/8", "10.0.0.5:4711", "", "10.0.0.5"),
        ("", "", "198.51.100.9", ""),
    ],
)
def test_only_our_own_proxies_are_believed(
    settings: Any, trusted: str, remote: str, claimed: str, seen: str
) -> None:
    from yiyang.site import environment

    settings.YIYANG_TRUSTED_PROXIES = environment.networks_of({"T": trusted}, "T")
    request = RequestFactory().get("/", headers={"x-forwarded-for": claimed}, REMOTE_ADDR=remote)
    assert callers.address_of(request) == seen


def test_a_page_left_open_over_lunch_asks_again_and_comes_back(liu: User) -> None:
    client = browser(liu)
    assert is_in(client)
    lunch = timezone.localtime() - timedelta(minutes=31)
    Session.objects.filter(user=liu).update(since=lunch, seen_at=lunch)
    page = reads(client, "/w/due/")
    assert "30 分钟没有操作" in page
    assert "/sign-in/?next=%2Fw%2Fdue%2F" in page
