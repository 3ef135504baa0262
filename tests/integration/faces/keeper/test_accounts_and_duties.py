"""The system administrator's accounts and the security officer's duties, by page and by service."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import staff
from tests.integration.faces.cast import HERE, Colleague, colleague, official
from yiyang.accounts import selectors, standing, totp
from yiyang.accounts.choices import EndReason
from yiyang.accounts.guards import DutyRefused, NotYourDuty
from yiyang.accounts.models import Duty, User
from yiyang.accounts.services import factors, granting, keeping, locking
from yiyang.accounts.services.keeping import OwnAccount
from yiyang.base.ids import UserId
from yiyang.base.models import AuditEntry
from yiyang.base.scoping import EVERYWHERE, Role, acting


@pytest.fixture
def zheng(db: None) -> Colleague:
    """郑工, system administrator."""
    return colleague("zheng", "郑工", "system_admin", "1502")


@pytest.fixture
def wu_gong(db: None) -> Colleague:
    """吴工, security officer of the district 150204."""
    return colleague("wugong", "吴工", "security_officer", "150204")


@pytest.fixture
def liu(db: None) -> User:
    return official("liu", "刘干事", ("grid_worker", HERE))


def written(action: str) -> list[AuditEntry]:
    with acting(Role.AUDIT, EVERYWHERE):
        return list(AuditEntry.objects.filter(action=action))


def proved(client: Client) -> Client:
    session = client.session
    session["proved_at"] = timezone.localtime().isoformat()
    session.save()
    return client


def letters(page: str) -> list[str]:
    return re.findall(r'<code class="letters">([^<]+)</code>', page)


def test_a_new_colleague_comes_in_with_the_start_password_an_app_and_a_password_of_her_own(
    zheng: Colleague, wu_gong: Colleague, client: Client
) -> None:
    page = zheng.client.post("/k/accounts/new/", {"login": "wang.li", "name": "王丽"}).content.decode()
    login, password = letters(page)
    refused = client.post("/sign-in/", {"username": login, "password": password}).content.decode()
    assert "没有职责" in refused
    today = timezone.localdate()
    given = {
        "login": login,
        "duty": "grid_worker",
        "since": f"{today}",
        "until": f"{today + timedelta(days=90)}",
    }
    assert wu_gong.client.post(f"/k/duties/new/?place={HERE}", given)["Location"].endswith("said=given")

    assert (
        client.post("/sign-in/", {"username": login, "password": password})["Location"] == "/sign-in/enrol/"
    )
    user = User.objects.get(login=login)
    secret = factors.waiting_secret(user_id=UserId(user.pk), now=timezone.localtime())
    codes = client.post("/sign-in/enrol/", {"code": totp.code_at(secret, timezone.localtime())})
    assert len(letters(codes.content.decode())) == 10
    assert client.get("/sign-in/onward/")["Location"] == "/sign-in/new-password/"
    assert client.get("/w/").status_code == 302
    same = client.post("/sign-in/new-password/", {"password": password, "again": password})
    assert "和现在的一样" in same.content.decode()
    differs = client.post("/sign-in/new-password/", {"password": "one long word here", "again": "another"})
    assert "两次填的不一样" in differs.content.decode()
    own = "quiet mornings by the river"
    assert client.post("/sign-in/new-password/", {"password": own, "again": own})["Location"] == "/w/"
    assert client.get("/w/").status_code == 200
    assert [one.subject_id for one in written("account_opened")] == [user.pk]
    assert [one.subject_id for one in written("duty_granted")] == [user.pk]
    assert password not in str(written("account_opened")[0].__dict__)


@pytest.mark.parametrize(
    ("login", "name", "says"),
    [
        ("liu", "别人", "已经有人用了"),
        ("Liu", "刘", "小写字母"),
        ("", "刘", "请填用户名"),
        ("liu2", "", "请填本人姓名"),
    ],
)
def test_a_bad_new_account_is_told_why_and_opens_nothing(
    zheng: Colleague, liu: User, login: str, name: str, says: str
) -> None:
    answer = zheng.client.post("/k/accounts/new/", {"login": login, "name": name})
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert User.objects.filter(kind="STAFF").count() == 2


def test_accounts_are_found_by_a_part_of_name_or_login_and_older_people_are_not_there(
    zheng: Colleague, liu: User
) -> None:
    User.objects.create(login="person:1", kind="PERSON", name="", person_id=1)
    assert "刘干事" in zheng.client.get("/k/accounts/?q=刘").content.decode()
    page = zheng.client.get("/k/accounts/?q=person").content.decode()
    assert "没有这样的账号" in page
    older = User.objects.get(login="person:1")
    assert zheng.client.get(f"/k/accounts/{older.pk}/").status_code == 404


def test_out_of_use_and_back_with_one_button_each(zheng: Colleague, liu: User) -> None:
    client = Client()
    client.force_login(liu)
    path = f"/k/accounts/{liu.pk}/"
    assert zheng.client.post(f"{path}act/", {"act": "close"})["Location"] == f"{path}?said=close"
    assert "这个账号已经停用" in client.get("/w/").content.decode()
    assert "恢复使用" in zheng.client.get(path).content.decode()
    zheng.client.post(f"{path}act/", {"act": "reopen"})
    liu.refresh_from_db()
    assert liu.is_active
    assert len(written("account_closed")) == len(written("account_reopened")) == 1


def test_unlocking_is_offered_where_something_is_locked(zheng: Colleague, liu: User) -> None:
    path, now = f"/k/accounts/{liu.pk}/", timezone.localtime()
    assert ">解锁<" not in zheng.client.get(path).content.decode()
    for _ in range(5):
        locking.failed(login="liu", ip="203.0.113.7", now=now)
    page = zheng.client.get(path).content.decode()
    assert "在 1 个地址被锁" in page
    zheng.client.post(f"{path}act/", {"act": "unlock"})
    assert locking.locked_at(login="liu", now=now) == 0


def test_a_reset_wants_the_administrator_proved_and_ends_password_factor_and_sessions(
    zheng: Colleague, liu: User
) -> None:
    staff.enrolled(liu, at=timezone.localtime() - timedelta(hours=1))
    path = f"/k/accounts/{liu.pk}/reset/"
    assert zheng.client.post(path)["Location"].startswith("/sign-in/again/")
    assert standing.factors_of(UserId(liu.pk)).totp
    assert "先打电话或当面核实" in proved(zheng.client).get(path).content.decode()
    login, password = letters(zheng.client.post(path).content.decode())
    liu.refresh_from_db()
    assert (login, liu.must_change, liu.version_why) == ("liu", True, EndReason.PASSWORD)
    assert liu.check_password(password)
    assert not standing.factors_of(UserId(liu.pk)).any


@pytest.mark.parametrize("act", ["close", "reopen", "unlock"])
def test_nobody_keeps_the_own_account(zheng: Colleague, act: str) -> None:
    answer = zheng.client.post(f"/k/accounts/{zheng.user.pk}/act/", {"act": act})
    assert answer.status_code == 422
    assert "不能自己" in answer.content.decode()


def test_an_unknown_act_does_nothing(zheng: Colleague, liu: User) -> None:
    zheng.client.post(f"/k/accounts/{liu.pk}/act/", {"act": "delete"})
    liu.refresh_from_db()
    assert (liu.is_active, liu.session_version) == (True, 1)


def grant(wu_gong: Colleague, place: str = HERE, **of: str) -> str:
    today = timezone.localdate()
    form = {
        "login": "liu",
        "duty": "township_official",
        "since": f"{today}",
        "until": f"{today + timedelta(days=365)}",
        **of,
    }
    answer = wu_gong.client.post(f"/k/duties/new/?place={place}", form)
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


@pytest.mark.parametrize(
    ("of", "says"),
    [
        ({"duty": "approver"}, "不能由同一个人担任"),
        ({"duty": "auditor"}, "不能由同一个人担任"),
        ({"duty": "king"}, "没有这种职责"),
        ({"login": "nobody"}, "没有这个账号"),
        ({"login": "wugong"}, "自己的职责不能自己"),
        ({"until": "2099-01-01"}, "最长授予一年"),
        ({"until": "2020-01-01"}, "最长授予一年"),
        ({"since": "2020-01-01"}, "不能从过去"),
        ({"since": "明天"}, "2026-11-20 这样"),
    ],
)
def test_a_duty_that_cannot_be_given_is_refused_in_words_and_what_was_typed_stays(
    wu_gong: Colleague, liu: User, of: dict[str, str], says: str
) -> None:
    page = grant(wu_gong, **of)
    assert says in page
    assert of.get("login", "liu") in page
    assert Duty.objects.filter(user=liu).count() == 1


def test_a_place_outside_the_branch_is_not_in_the_address_of_this_officer(
    wu_gong: Colleague, liu: User
) -> None:
    page = wu_gong.client.get("/k/duties/new/?place=150207").content.decode()
    assert "管青山区" in page
    officer = selectors.actor_of(wu_gong.user, on=timezone.localdate())
    today = timezone.localdate()
    with pytest.raises(DutyRefused, match="outside"):
        granting.give_duty(
            actor=officer, login="liu", duty="official", prefix="150207", since=today,
            until=today + timedelta(days=9), now=timezone.localtime(),
        )  # fmt: skip


def test_the_way_to_a_place_is_links_down_the_tree(wu_gong: Colleague) -> None:
    page = wu_gong.client.get("/k/duties/new/?place=150204001&login=liu").content.decode()
    assert "place=150204001021&amp;login=liu" in page
    assert 'value="liu"' in page
    assert "place=15&" not in page, "above the own branch there is no link"


def test_a_duty_taken_away_is_dead_at_the_next_request(wu_gong: Colleague, liu: User) -> None:
    client = Client()
    client.force_login(liu)
    assert client.get("/w/").status_code == 200
    duty = liu.duties.get()
    page = wu_gong.client.get("/k/duties/?q=刘").content.decode()
    assert f"/k/duties/{duty.pk}/take/" in page
    assert "收回刘干事的职责" in wu_gong.client.get(f"/k/duties/{duty.pk}/take/").content.decode()
    assert wu_gong.client.post(f"/k/duties/{duty.pk}/take/")["Location"].endswith("said=taken")
    assert "职责有变动" in client.get("/w/").content.decode()
    assert [one.division for one in written("duty_taken")] == [HERE]
    assert wu_gong.client.post(f"/k/duties/{duty.pk}/take/").status_code == 422


def test_a_duty_outside_the_branch_is_absent_and_cannot_be_taken(wu_gong: Colleague) -> None:
    other = official("far", "远方的", ("grid_worker", "150207001001"))
    duty = other.duties.get()
    assert "远方的" not in wu_gong.client.get("/k/duties/").content.decode()
    assert wu_gong.client.get(f"/k/duties/{duty.pk}/take/").status_code == 404
    assert wu_gong.client.post(f"/k/duties/{duty.pk}/take/").status_code == 422
    duty.refresh_from_db()
    assert duty.until > timezone.localdate()


def test_neither_of_the_two_does_the_others_work(zheng: Colleague, wu_gong: Colleague, liu: User) -> None:
    assert zheng.client.get("/k/duties/").status_code == 403
    assert wu_gong.client.get("/k/accounts/").status_code == 403
    admin = selectors.actor_of(zheng.user, on=timezone.localdate())
    officer = selectors.actor_of(wu_gong.user, on=timezone.localdate())
    with pytest.raises(NotYourDuty):
        keeping.close_account(actor=officer, user_id=UserId(liu.pk), now=timezone.localtime())
    with pytest.raises(NotYourDuty):
        granting.take_duty(actor=admin, duty_id=liu.duties.get().pk, now=timezone.localtime())
    with pytest.raises(OwnAccount):
        keeping.close_account(actor=admin, user_id=UserId(zheng.user.pk), now=timezone.localtime())
