"""What a system administrator does for colleagues: accounts and ways in, never a duty, never a person."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yiyang.accounts import guards, passwords
from yiyang.accounts.services import staff
from yiyang.base.actors import Actor
from yiyang.base.ids import UserId
from yiyang.base.log import audit
from yiyang.engine.errors import Refused

RIGHT = "keep_accounts"


class OwnAccount(Refused):
    code = "accounts.own_account"
    message = "自己的账号不能自己停用或重设。请另一位系统管理员办，或者在“我的登录设备”里改"


@transaction.atomic
def open_account(*, actor: Actor, login: str, name: str, now: datetime) -> tuple[UserId, str]:
    """A new account and its start password, told once; without a duty it opens nothing.

    Raises:
        NotYourDuty, BadLogin, LoginTaken
    """
    guards.check_may(actor, RIGHT)
    password = passwords.made()
    user = staff.open_staff_account(login=login, name=name, password=password, must_change=True, now=now)
    _remember(actor, "account_opened", UserId(user.pk), now)
    return UserId(user.pk), password


@transaction.atomic
def close_account(*, actor: Actor, user_id: UserId, now: datetime) -> None:
    """Raises NotYourDuty, OwnAccount, NoSuchAccount."""
    _check(actor, user_id)
    staff.close_account(user_id=user_id)
    _remember(actor, "account_closed", user_id, now)


@transaction.atomic
def reopen_account(*, actor: Actor, user_id: UserId, now: datetime) -> None:
    """Raises NotYourDuty, OwnAccount, NoSuchAccount."""
    _check(actor, user_id)
    staff.reopen_account(user_id=user_id)
    _remember(actor, "account_reopened", user_id, now)


@transaction.atomic
def unlock_account(*, actor: Actor, user_id: UserId, now: datetime) -> None:
    """Failures forgotten, at every address. Raises NotYourDuty, OwnAccount, NoSuchAccount."""
    _check(actor, user_id)
    staff.unlock(user_id=user_id)
    _remember(actor, "account_unlocked", user_id, now)


@transaction.atomic
def reset_account(*, actor: Actor, user_id: UserId, now: datetime) -> str:
    """Password and second factors anew; returns the start password, told once.

    Raises:
        NotYourDuty, OwnAccount, NoSuchAccount
    """
    _check(actor, user_id)
    password = staff.reset_all(user_id=user_id)
    _remember(actor, "account_reset", user_id, now)
    return password


def _check(actor: Actor, user_id: UserId) -> None:
    guards.check_may(actor, RIGHT)
    if actor.account == user_id:
        raise OwnAccount(f"{actor.label} about the own account")


def _remember(actor: Actor, action: str, user_id: UserId, now: datetime) -> None:
    audit.record(actor=actor, action=action, now=now, face="k", subject=("account", user_id))
