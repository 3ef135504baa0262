"""S6: limits, locks and codes of people in office, by the table of security.md; work is counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.conftest import NOW
from tests.factories import staff
from yiyang.accounts import hashers, passwords, standing, totp
from yiyang.accounts import services as duties
from yiyang.accounts.models import RecoveryCode, Totp, User
from yiyang.accounts.passwords import WeakPassword
from yiyang.accounts.services import entering, factors
from yiyang.accounts.services import staff as accounts
from yiyang.accounts.services.entering import Proof, WrongPassword
from yiyang.accounts.services.factors import FactorWrong
from yiyang.accounts.services.locking import Locked
from yiyang.base.ids import UserId
from yiyang.base.limits import TooMany
from yiyang.engine.errors import Refused

HOME, AWAY, SAME_HOUSE = "203.0.113.7", "198.51.100.9", "2001:db8:1:2::7"
WRONG = "wrong"
LONG_AGO = NOW - timedelta(days=1)


@pytest.fixture
def li(db: None) -> User:
    """李科长, with an app that was set up yesterday."""
    user = staff.account("李科长")
    staff.grant(user, "official", "1502", NOW.date())
    return user


@pytest.fixture
def secret(li: User) -> str:
    return staff.enrolled(li, at=LONG_AGO)


def tries(login: str, password: str = WRONG, ip: str = HOME, now: datetime = NOW) -> User:
    return entering.check_password(login=login, password=password, ip=ip, now=now)


def fails(times: int, login: str, ip: str = HOME, now: datetime = NOW) -> str:
    said = ""
    for _ in range(times):
        with pytest.raises(WrongPassword) as refused:
            tries(login, ip=ip, now=now)
        said = refused.value.message
    return said


def test_the_fifth_failure_locks_and_then_the_right_password_does_not_open(li: User) -> None:
    assert "再错 1 次" in fails(4, li.login)
    assert "请过 15 分钟" in fails(1, li.login)
    with pytest.raises(Locked) as refused:
        tries(li.login, staff.PASSWORD)
    assert "09:45:00 以后再试" in refused.value.message


def test_after_a_quarter_of_an_hour_it_opens_and_counts_from_nought(li: User) -> None:
    fails(5, li.login)
    with pytest.raises(Locked):
        tries(li.login, staff.PASSWORD, now=NOW + timedelta(minutes=14, seconds=59))
    later = NOW + timedelta(minutes=15)
    assert "再错 4 次" in fails(1, li.login, now=later)
    assert tries(li.login, staff.PASSWORD, now=later) == li


def test_the_victim_elsewhere_is_not_locked(li: User) -> None:
    fails(5, li.login)
    assert tries(li.login, staff.PASSWORD, ip=AWAY) == li


def test_of_the_newer_addresses_a_whole_house_is_one(li: User) -> None:
    fails(5, li.login, ip=SAME_HOUSE)
    with pytest.raises(Locked):
        tries(li.login, staff.PASSWORD, ip="2001:db8:1:2::99")
    assert tries(li.login, staff.PASSWORD, ip="2001:db8:1:3::99") == li


def test_a_success_forgets_the_failures_before_it(li: User) -> None:
    fails(4, li.login)
    tries(li.login, staff.PASSWORD)
    assert "再错 4 次" in fails(1, li.login)


def test_a_clock_set_back_makes_no_lock_longer(li: User) -> None:
    fails(5, li.login)
    assert tries(li.login, staff.PASSWORD, now=NOW - timedelta(days=1)) == li


def test_an_unknown_login_is_counted_locked_and_answered_like_a_known_one(li: User) -> None:
    known = [fails(1, li.login) for _ in range(5)]
    unknown = [fails(1, "nobody") for _ in range(5)]
    assert known == unknown
    with pytest.raises(Locked):
        tries("nobody")


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that was hashed: the work that takes the time."""
    seen: list[str] = []
    one, other = hashers.Argon2.encode, hashers.Argon2.verify

    def encode(self: Any, password: str, salt: str) -> str:
        seen.append(password)
        return str(one(self, password, salt))

    def verify(self: Any, password: str, encoded: str) -> bool:
        seen.append(password)
        return bool(other(self, password, encoded))

    monkeypatch.setattr(hashers.Argon2, "encode", encode)
    monkeypatch.setattr(hashers.Argon2, "verify", verify)
    return seen


def test_unknown_wrong_and_out_of_use_cost_the_same_work(li: User, hashed: list[str]) -> None:
    gone = staff.account("走了的")
    accounts.close_account(user_id=UserId(gone.pk))
    hashed.clear()
    fails(1, li.login)
    assert len(hashed) == 1
    fails(1, "nobody")
    assert len(hashed) == 2
    with pytest.raises(WrongPassword):
        tries(gone.login, staff.PASSWORD)
    assert len(hashed) == 3


def test_whoever_is_locked_costs_no_work_known_or_not(li: User, hashed: list[str]) -> None:
    for login in (li.login, "nobody"):
        fails(5, login)
        hashed.clear()
        with pytest.raises(Locked):
            tries(login)
        assert hashed == []


def test_one_address_that_tries_many_logins_runs_dry(li: User) -> None:
    for n in range(entering.DOOR_BURST):
        with pytest.raises(WrongPassword):
            tries(f"guess{n}")
    with pytest.raises(TooMany):
        tries(li.login, staff.PASSWORD)
    assert tries(li.login, staff.PASSWORD, ip=AWAY) == li


def proves(user: User, code: str, now: datetime = NOW, ip: str = HOME) -> str:
    return entering.check_factor(
        user_id=UserId(user.pk), login=user.login, proof=Proof(code=code), ip=ip, now=now
    )


def test_the_code_of_now_opens_and_the_same_code_never_again(li: User, secret: str) -> None:
    code = totp.code_at(secret, NOW)
    assert proves(li, f"{code[:3]} {code[3:]}") == "totp"
    with pytest.raises(FactorWrong):
        proves(li, code)


@pytest.mark.parametrize(("seconds", "opens"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_phone_may_be_half_a_minute_off_and_no_more(
    li: User, secret: str, seconds: int, opens: bool
) -> None:
    code = totp.code_at(secret, NOW + timedelta(seconds=seconds))
    if opens:
        assert proves(li, code) == "totp"
    else:
        with pytest.raises(FactorWrong):
            proves(li, code)


def test_an_older_code_does_not_follow_a_newer_one(li: User, secret: str) -> None:
    proves(li, totp.code_at(secret, NOW + timedelta(seconds=30)))
    with pytest.raises(FactorWrong):
        proves(li, totp.code_at(secret, NOW))


def test_the_vectors_of_the_standard() -> None:
    # RFC 6238, appendix B, SHA-1, the last six of eight digits.
    key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (20000000000, "353130")):
        assert totp.code_at(key, datetime.fromtimestamp(seconds, tz=NOW.tzinfo)) == code


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "½½½½½½", "١٢٣", "0" * 400])
def test_what_is_no_code_is_refused_in_the_same_words(li: User, secret: str, typed: str) -> None:
    with pytest.raises(FactorWrong, match="no factor fits"):
        factors.prove(user_id=UserId(li.pk), code=typed, now=NOW)


def test_five_wrong_codes_lock_the_second_step_and_leave_the_first_open(li: User, secret: str) -> None:
    for _ in range(5):
        with pytest.raises(FactorWrong):
            proves(li, "000000")
    with pytest.raises(Locked):
        proves(li, totp.code_at(secret, NOW))
    assert tries(li.login, staff.PASSWORD) == li
    assert proves(li, totp.code_at(secret, NOW), ip=AWAY) == "totp"


def test_codes_are_not_tried_out_from_a_thousand_addresses(li: User, secret: str) -> None:
    refused: list[type[Refused]] = []
    for n in range(entering.FACTOR_BURST + 1):
        with pytest.raises(Refused) as error:
            proves(li, "000000", ip=f"198.51.100.{n}")
        refused.append(type(error.value))
    assert refused.count(TooMany) == 1
    assert refused[-1] is TooMany


def test_a_recovery_code_opens_once_however_it_is_typed(li: User, secret: str) -> None:
    codes = factors.renew_recovery_codes(user_id=UserId(li.pk), now=NOW)
    assert len(set(codes)) == 10
    assert proves(li, codes[0].upper().replace("-", " ")) == "recovery"
    with pytest.raises(FactorWrong):
        proves(li, codes[0])
    assert standing.factors_of(UserId(li.pk)).codes_left == 9


def test_new_recovery_codes_end_the_old_ones_and_open_only_their_owner(li: User, secret: str) -> None:
    old = factors.renew_recovery_codes(user_id=UserId(li.pk), now=NOW)
    new = factors.renew_recovery_codes(user_id=UserId(li.pk), now=NOW)
    other = staff.account("孙科长")
    staff.enrolled(other, at=LONG_AGO)
    with pytest.raises(FactorWrong):
        proves(li, old[0])
    with pytest.raises(FactorWrong):
        proves(other, new[0])


def test_neither_secret_nor_recovery_code_stands_in_the_table(li: User, secret: str) -> None:
    codes = factors.renew_recovery_codes(user_id=UserId(li.pk), now=NOW)
    row = Totp.objects.get(user=li)
    assert secret not in str(row.secret)
    kept = b"".join(bytes(one.digest) for one in RecoveryCode.objects.filter(user=li))
    assert not any(code.encode() in kept or code.replace("-", "").encode() in kept for code in codes)


def test_a_new_app_counts_only_after_its_first_code_and_ends_the_old_one(li: User, secret: str) -> None:
    user_id = UserId(li.pk)
    fresh = factors.waiting_secret(user_id=user_id, now=NOW)
    assert factors.waiting_secret(user_id=user_id, now=NOW) == fresh, "a reload shows the same square"
    with pytest.raises(FactorWrong):
        factors.confirm_totp(user_id=user_id, code=totp.code_at(secret, NOW), now=NOW)
    assert proves(li, totp.code_at(secret, NOW)) == "totp", "until then the old app opens"
    factors.confirm_totp(user_id=user_id, code=totp.code_at(fresh, NOW), now=NOW)
    later = NOW + timedelta(minutes=5)
    with pytest.raises(FactorWrong):
        proves(li, totp.code_at(secret, later), now=later)


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("short", "至少 12"),
        ("aaaaaaaaaaaaaaaa", "重复"),
        ("123456789012", "只有数字"),
        ("li.kezhang-2026-x", "用户名"),
        ("Password-2026!!", "常见词"),
        ("Administrator1234", "常见"),
    ],
)
def test_weak_passwords_are_refused_with_what_to_do(password: str, says: str) -> None:
    with pytest.raises(WeakPassword) as refused:
        passwords.check_strong(password, login="li.kezhang")
    assert says in refused.value.message


def test_passwords_grow_old_only_where_the_installation_says_so(li: User) -> None:
    user_id, day = UserId(li.pk), timedelta(days=1)
    accounts.change_password(user_id=user_id, password="another long word for tests", now=NOW)
    user = standing.account(user_id)
    assert not standing.needs_new_password(user, max_age_days=0, now=NOW + 900 * day)
    assert not standing.needs_new_password(user, max_age_days=90, now=NOW + 89 * day)
    assert standing.needs_new_password(user, max_age_days=90, now=NOW + 90 * day)


def test_a_password_of_unknown_age_is_not_a_young_one(li: User) -> None:
    assert standing.needs_new_password(li, max_age_days=90, now=NOW)
    assert not standing.needs_new_password(li, max_age_days=0, now=NOW)


Door = Callable[..., Any]


@pytest.fixture
def door(client: Client, li: User) -> Door:
    return lambda path, **data: client.post(f"/sign-in/{path}", data)


def test_a_password_alone_opens_nothing(client: Client, door: Door, li: User, secret: str) -> None:
    answer = door("", username=li.login, password=staff.PASSWORD)
    assert answer["Location"] == "/sign-in/factor/"
    assert client.get("/g/").status_code == 302
    assert client.get("/me/devices/").status_code == 302
    assert door("factor/", code="000000").status_code == 400
    assert client.get("/g/").status_code == 302


def test_without_a_factor_nothing_but_setting_one_up_is_reachable(
    client: Client, door: Door, li: User
) -> None:
    assert door("", username=li.login, password=staff.PASSWORD)["Location"] == "/sign-in/enrol/"
    for path in ("/g/", "/me/devices/", "/sign-in/new-password/", "/sign-in/again/"):
        assert client.get(path).status_code == 302, path
    assert client.get("/sign-in/onward/")["Location"] == "/sign-in/enrol/"
    page = client.get("/sign-in/enrol/").content.decode()
    picture = client.get("/sign-in/enrol/picture.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert b"<svg" in picture.content
    assert "data:" not in page
    waiting = factors.waiting_secret(user_id=UserId(li.pk), now=NOW + timedelta(days=9999))
    assert waiting, "asked for at another time it is made anew"


def test_whoever_has_a_factor_cannot_replace_it_with_the_password_alone(
    client: Client, door: Door, li: User, secret: str
) -> None:
    door("", username=li.login, password=staff.PASSWORD)
    assert client.get("/sign-in/enrol/")["Location"] == "/sign-in/factor/"
    assert client.get("/sign-in/enrol/picture.svg")["Location"] == "/sign-in/"
    assert Totp.objects.filter(user=li).count() == 1


def test_the_page_of_a_locked_login_says_when(client: Client, door: Door, li: User) -> None:
    for _ in range(5):
        assert door("", username=li.login, password="wrong").status_code == 400
    answer = door("", username=li.login, password=staff.PASSWORD)
    assert answer.status_code == 429
    assert "以后再试" in answer.content.decode()


def test_an_unlocked_login_opens_at_once_first_and_second_step(li: User, secret: str) -> None:
    fails(5, li.login)
    for _ in range(5):
        with pytest.raises(FactorWrong):
            proves(li, "000000")
    assert accounts.unlock(user_id=UserId(li.pk)) == 2
    assert tries(li.login, staff.PASSWORD) == li
    assert proves(li, totp.code_at(secret, NOW)) == "totp"


def test_a_taken_login_a_bad_one_and_a_nameless_account_are_refused(li: User) -> None:
    for login, name in ((li.login, "别人"), ("大写", "人"), ("a", "人"), ("x" * 65, "人"), ("wang", "  ")):
        with pytest.raises((accounts.LoginTaken, accounts.BadLogin)):
            accounts.open_staff_account(login=login, name=name, password=staff.PASSWORD)


def test_a_duty_that_has_ended_cannot_be_ended_again(li: User) -> None:
    duty = li.duties.get()
    duties.end_duty(duty_id=duty.pk, on=NOW.date())
    with pytest.raises(duties.DutyOver):
        duties.end_duty(duty_id=duty.pk, on=NOW.date())
