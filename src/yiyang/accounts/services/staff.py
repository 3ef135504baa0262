"""Accounts of people in office: opened, given a new password, put out of use."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction

from yiyang.accounts import passwords
from yiyang.accounts.choices import EndReason, UserKind
from yiyang.accounts.models import Passkey, RecoveryCode, Totp, User
from yiyang.accounts.services import locking, sessions
from yiyang.accounts.standing import NoSuchAccount as NoSuchAccount
from yiyang.base.ids import UserId
from yiyang.engine.errors import Conflict, Refused

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")


class LoginTaken(Conflict):
    code = "accounts.login_taken"
    message = "这个用户名已经有人用了，请换一个"


class BadLogin(Refused):
    code = "accounts.bad_login"
    message = "用户名用 2 到 64 个小写字母、数字、点、横线，以字母或数字开头"


class SamePassword(Refused):
    code = "accounts.same_password"
    message = "新密码和现在的一样，请换一个"


@transaction.atomic
def open_staff_account(
    *,
    login: str,
    name: str,
    password: str,
    must_change: bool = False,
    is_demo: bool = False,
    now: datetime | None = None,
) -> User:
    """A named person in office; there are no shared accounts.

    Raises:
        BadLogin, LoginTaken, WeakPassword
    """
    if not LOGIN.fullmatch(login):
        raise BadLogin(f"login {login!r}: 2 to 64 of a-z 0-9 . _ -, a letter or digit first")
    if not name.strip():
        raise BadLogin("an account without a name", message="请写姓名；不开没有名字的账号")
    passwords.check_strong(password, login=login)
    if User.objects.filter(login=login).exists():
        raise LoginTaken(f"login {login!r} is taken")
    user = User(login=login, name=name.strip(), kind=UserKind.STAFF, must_change=must_change, is_demo=is_demo)
    user.set_password(password)
    user.password_at = None if must_change else now
    user.save()
    return user


@transaction.atomic
def change_password(*, user_id: UserId, password: str, now: datetime, keeping: int | None = None) -> None:
    """The person's own new password; every session but ``keeping`` is over.

    Raises:
        WeakPassword, SamePassword
    """
    user = _locked(user_id)
    passwords.check_strong(password, login=user.login)
    if user.check_password(password):
        raise SamePassword
    user.set_password(password)
    user.password_at, user.must_change = now, False
    user.save(update_fields=["password", "password_at", "must_change"])
    sessions.end_all(user_id=user_id, why=EndReason.PASSWORD, keeping=keeping)


@transaction.atomic
def give_start_password(*, user_id: UserId) -> str:
    """A password for one use, told once; the person makes their own before anything else.

    Raises:
        NoSuchAccount
    """
    user = _locked(user_id)
    password = passwords.made()
    user.set_password(password)
    user.password_at, user.must_change = None, True
    user.save(update_fields=["password", "password_at", "must_change"])
    locking.unlock(login=user.login)
    sessions.end_all(user_id=user_id, why=EndReason.PASSWORD)
    return password


@transaction.atomic
def close_account(*, user_id: UserId) -> None:
    """Out of use from the next request on; nothing they did is lost.

    Raises:
        NoSuchAccount
    """
    user = _locked(user_id)
    user.is_active = False
    user.save(update_fields=["is_active"])
    sessions.end_all(user_id=user_id, why=EndReason.DISABLED)


@transaction.atomic
def reopen_account(*, user_id: UserId) -> None:
    """In use again; with the old password and factors, and with no session of before.

    Raises:
        NoSuchAccount
    """
    user = _locked(user_id)
    user.is_active = True
    user.save(update_fields=["is_active"])
    sessions.end_all(user_id=user_id, why=EndReason.CHANGED)


@transaction.atomic
def reset_factors(*, user_id: UserId) -> None:
    """The phone is lost: all second factors are gone, the next sign-in sets up new ones.

    Raises:
        NoSuchAccount
    """
    user = _locked(user_id)
    for model in (Totp, Passkey, RecoveryCode):
        model.objects.filter(user=user).delete()
    locking.unlock(login=user.login)
    sessions.end_all(user_id=user_id, why=EndReason.FACTOR)


@transaction.atomic
def reset_all(*, user_id: UserId) -> str:
    """Password and factors anew, for somebody who has neither; returns the start password.

    Raises:
        NoSuchAccount
    """
    reset_factors(user_id=user_id)
    return give_start_password(user_id=user_id)


@transaction.atomic
def unlock(*, user_id: UserId) -> int:
    """Failures are forgotten at once; returns from how many addresses.

    Raises:
        NoSuchAccount
    """
    return locking.unlock(login=_locked(user_id).login)


def _locked(user_id: UserId) -> User:
    user = User.objects.select_for_update().filter(pk=user_id, kind=UserKind.STAFF).first()
    if user is None:
        raise NoSuchAccount(f"no staff account {user_id}")
    return user
