"""Staff for tests: an account with one duty and the actor behind it. Called outside ``acting`` blocks."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta

from tests.conftest import NOW
from yiyang.accounts import selectors, services, totp
from yiyang.accounts.models import User
from yiyang.accounts.services import factors
from yiyang.base.actors import Actor
from yiyang.base.ids import UserId

PASSWORD = "a long word for tests only"
_next = itertools.count(1)


def account(name: str = "张伟") -> User:
    return services.open_staff_account(login=f"t{next(_next)}", name=name, password=PASSWORD)


def actor(duty: str, prefix: str, *, name: str = "张伟") -> Actor:
    """Somebody with one duty for one branch, from a month ago until in eleven months."""
    on, user = NOW.date(), account(name)
    grant(user, duty, prefix, on - timedelta(days=30))
    return selectors.actor_of(user, on=on)


def grant(user: User, duty: str, prefix: str, since: date, days: int = 365) -> None:
    services.grant_duty(
        user_id=UserId(user.pk), duty=duty, prefix=prefix, since=since, until=since + timedelta(days=days),
        granted_by=None,
    )  # fmt: skip


def enrolled(user: User, *, at: datetime) -> str:
    """An authenticator app set up at that moment; gives its secret."""
    user_id = UserId(user.pk)
    secret = factors.waiting_secret(user_id=user_id, now=at)
    factors.confirm_totp(user_id=user_id, code=totp.code_at(secret, at), now=at)
    return secret
