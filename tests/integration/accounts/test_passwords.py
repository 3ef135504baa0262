"""Staff sign in by password; nobody learns from the answer whether a login exists."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Enter
from tests.factories import people as make
from tests.factories import staff
from yiyang.accounts.backends import StaffPassword
from yiyang.accounts.hashers import Argon2
from yiyang.accounts.models import User
from yiyang.people import services as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def zhang(db: None) -> User:
    return staff.account()


def _counting(real: Callable[..., object], done: list[str]) -> Callable[..., object]:
    def counted(*args: object, **kwargs: object) -> object:
        done.append("hashed")
        return real(*args, **kwargs)

    return counted


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every time a password is hashed or held against a hash."""
    done: list[str] = []
    for name in ("encode", "verify"):
        monkeypatch.setattr(Argon2, name, _counting(getattr(Argon2, name), done))
    return done


def signs_in(login: str, password: str = staff.PASSWORD) -> User | None:
    return StaffPassword().authenticate(None, login=login, password=password)


def test_the_right_password_of_a_member_of_staff_lets_in(zhang: User) -> None:
    assert signs_in(zhang.login) == zhang
    assert zhang.password.startswith("argon2$argon2id$")


def test_a_wrong_one_an_unknown_login_and_an_account_out_of_use_cost_the_same_work(
    zhang: User, work: list[str]
) -> None:
    costs: dict[str, int] = {}
    idle = staff.account()
    User.objects.filter(pk=idle.pk).update(is_active=False)
    for name, login, password in (
        ("wrong", zhang.login, "another long word"),
        ("unknown", "nobody", staff.PASSWORD),
        ("out of use", idle.login, staff.PASSWORD),
        ("out of use, wrong", idle.login, "another long word"),
    ):
        work.clear()
        assert signs_in(login, password) is None
        costs[name] = len(work)
    assert set(costs.values()) == {1}, costs


def test_an_older_persons_account_has_no_password(as_process: Enter) -> None:
    with as_process("1502"):
        make.person(phone="00000000077")
    (account_id,) = people.accounts_of_phone("00000000077")
    user = User.objects.get(pk=account_id)
    assert not user.has_usable_password()
    for password in ("", "!", staff.PASSWORD):
        assert signs_in(user.login, password) is None
    user.set_password(staff.PASSWORD)  # even if somebody gave it one
    user.save()
    assert signs_in(user.login) is None


def test_the_session_of_an_account_out_of_use_ends(zhang: User) -> None:
    assert StaffPassword().get_user(zhang.pk) == zhang
    User.objects.filter(pk=zhang.pk).update(is_active=False)
    assert StaffPassword().get_user(zhang.pk) is None


def test_nothing_at_all_lets_nobody_in(zhang: User) -> None:
    assert StaffPassword().authenticate(None) is None
    assert signs_in(zhang.login, "") is None
