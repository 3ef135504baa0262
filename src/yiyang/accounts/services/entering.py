"""Who somebody is, proved: the password first, then a second factor; each with its own lock.

None of these is one transaction: a failure that is refused must still be counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import authenticate

from yiyang.accounts.models import User
from yiyang.accounts.services import factors, locking
from yiyang.accounts.services.locking import Locked
from yiyang.accounts.webauthn import PasskeyRefused, State
from yiyang.base import limits
from yiyang.base.ids import UserId
from yiyang.engine.errors import Refused

DOOR_A_MINUTE, DOOR_BURST = 60, 120  # one address: a whole office behind it signs in at half past eight
FACTOR_A_MINUTE, FACTOR_BURST = 1, 30  # one account from everywhere: a million codes are not tried out


class WrongPassword(Refused):
    code = "accounts.wrong_password"
    message = "用户名或密码不对。请核对后再试"


@dataclass(frozen=True)
class Proof:
    """What was given as the second factor: typed digits, or a device's answer to our challenge."""

    code: str = ""
    answer: str = ""
    site: str = ""
    state: State | None = None


def check_password(*, login: str, password: str, ip: str, now: datetime) -> User:
    """The account behind login and password.

    The same words and the same work for an unknown login, a wrong password and an account out of use.

    Raises:
        TooMany: this address tries too much.
        Locked: five failures of this login from here.
        WrongPassword: with how many tries are left.
    """
    limits.take(f"door:{ip}", rate_per_minute=DOOR_A_MINUTE, burst=DOOR_BURST, now=now)
    locking.check_open(login=login, ip=ip, now=now)
    user = authenticate(None, login=login, password=password)
    if not isinstance(user, User):
        left = locking.failed(login=login, ip=ip, now=now)
        raise WrongPassword("wrong login or password", message=f"{WrongPassword.message}。{_left(left)}")
    locking.succeeded(login=login, ip=ip)
    return user


def check_factor(*, user_id: UserId, login: str, proof: Proof, ip: str, now: datetime) -> str:
    """The second factor of an account whose password was right; says which one it was.

    Raises:
        TooMany, Locked, FactorWrong, PasskeyRefused
    """
    second = locking.SECOND + login
    limits.take(f"factor:{user_id}", rate_per_minute=FACTOR_A_MINUTE, burst=FACTOR_BURST, now=now)
    locking.check_open(login=second, ip=ip, now=now)
    try:
        used = _used(user_id, proof, now)
    except (factors.FactorWrong, PasskeyRefused) as refusal:
        left = locking.failed(login=second, ip=ip, now=now)
        refusal.message = f"{refusal.message}。{_left(left)}"
        raise
    locking.succeeded(login=second, ip=ip)
    return used


def check_both(*, user_id: UserId, password: str, proof: Proof, ip: str, now: datetime) -> str:
    """The full proof of somebody who is in already, before something that wants it.

    Raises:
        TooMany, Locked, WrongPassword, FactorWrong, PasskeyRefused
    """
    login = User.objects.values_list("login", flat=True).get(pk=user_id)
    check_password(login=login, password=password, ip=ip, now=now)
    return check_factor(user_id=user_id, login=login, proof=proof, ip=ip, now=now)


def _used(user_id: UserId, proof: Proof, now: datetime) -> str:
    if not proof.answer:
        return factors.prove(user_id=user_id, code=proof.code, now=now)
    if proof.state is None:
        raise PasskeyRefused("an answer to no challenge")
    factors.prove_passkey(user_id=user_id, site=proof.site, state=proof.state, answer=proof.answer, now=now)
    return "passkey"


def _left(left: int) -> str:
    return f"再错 {left} 次要等 15 分钟" if left else "已经错了 5 次，请过 15 分钟再试"


__all__ = ["Locked", "Proof", "WrongPassword", "check_both", "check_factor", "check_password"]
