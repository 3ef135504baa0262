from __future__ import annotations

import hmac
import secrets
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from yiyang.accounts import guards
from yiyang.accounts.choices import EndReason
from yiyang.accounts.models import Duty, SignInCode, User
from yiyang.accounts.services import sessions
from yiyang.accounts.services.staff import open_staff_account as open_staff_account
from yiyang.base import limits
from yiyang.base.ids import UserId
from yiyang.base.keys import sealing
from yiyang.engine.errors import Refused
from yiyang.regions import codes

CODE_MINUTES = 5
CODE_TRIES = 5
CODE_PAUSE = timedelta(seconds=60)
CODES_A_DAY = 10
MINUTES_A_DAY = 24 * 60


class DutyOver(Refused):
    code = "accounts.duty_over"
    message = "这项职责已经结束了，没有改动"


class CodeTooSoon(Refused):
    code = "accounts.code_too_soon"
    message = "刚刚发过了。请等一分钟再要，或者打 12349"


class CodesUsedUp(Refused):
    code = "accounts.codes_used_up"
    message = "今天要的次数太多了。请打 12349，请人帮您进来"


class CodeWrong(Refused):
    code = "accounts.code_wrong"
    message = "数字不对。请再看一下，一共有 6 个数字"


class CodeOver(Refused):
    code = "accounts.code_over"
    message = "这组数字已经过时了。请再要一组新的"


@transaction.atomic
def grant_duty(
    *, user_id: UserId, duty: str, prefix: str, since: date, until: date, granted_by: UserId | None
) -> Duty:
    """Give one duty for one branch.

    Raises:
        DutyRefused: unknown, longer than a year, or incompatible with one held at that time.
        BadScope: the place is no branch.
    """
    codes.scope_of(prefix)
    user = User.objects.select_for_update().only("pk").get(pk=user_id)  # some may read no more of it
    running = Duty.objects.filter(user=user, since__lt=until, until__gt=since)
    guards.check_grant(duty, set(running.values_list("duty", flat=True)), (until - since).days)
    sessions.end_all(user_id=user_id, why=EndReason.DUTY)
    return Duty.objects.create(
        user=user, duty=duty, prefix=prefix, since=since, until=until, granted_by_id=granted_by
    )


@transaction.atomic
def end_duty(*, duty_id: int, on: date) -> Duty:
    """Take a duty away: from this day on it gives nothing, and the next request is refused.

    Raises:
        DutyOver: no such duty, or it has ended already.
    """
    duty = Duty.objects.select_for_update().filter(pk=duty_id, until__gt=on).first()
    if duty is None:
        raise DutyOver(f"duty {duty_id} is not running on {on}")
    if duty.since >= on:
        duty.since = on - timedelta(days=1)  # a duty that never began keeps a period of its own
    duty.until = on
    duty.save(update_fields=["since", "until"])
    sessions.end_all(user_id=UserId(duty.user_id), why=EndReason.DUTY)
    return duty


@transaction.atomic
def make_code(*, phone_bidx: bytes, now: datetime, block: str = "", purpose: str = "") -> str:
    """A fresh six-digit code for a phone; the caller sends it, and only if the phone is known.

    Args:
        purpose: a code that was asked for one thing is wrong for any other.
        block: the block of addresses the wish comes from; empty = this machine, not counted.

    Raises:
        CodeTooSoon: less than a minute since the last.
        CodesUsedUp: ten today for this number, or as many as one block of addresses may ask for.
    """
    _queue_up(phone_bidx)
    sent = SignInCode.objects.filter(phone_bidx=phone_bidx, sent_at__gt=now - timedelta(days=1))
    if sent.filter(sent_at__gt=now - CODE_PAUSE).exists():
        raise CodeTooSoon
    if sent.count() >= CODES_A_DAY:
        raise CodesUsedUp("ten codes a day for one number")
    if block:
        _count_block(block, now)
    code = f"{secrets.randbelow(1_000_000):06d}"
    SignInCode.objects.create(
        phone_bidx=phone_bidx,
        digest=_digest(phone_bidx, code, purpose),
        sent_at=now,
        expires_at=now + timedelta(minutes=CODE_MINUTES),
    )
    return code


def _queue_up(phone_bidx: bytes) -> None:
    """One wish after the other for one number: two at once would both find that nothing was sent yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(phone_bidx[:8], signed=True)])


def _count_block(block: str, now: datetime) -> None:
    a_day = settings.YIYANG_CODES_PER_BLOCK
    try:
        limits.take(f"codes:{block}", rate_per_minute=a_day / MINUTES_A_DAY, burst=a_day, now=now)
    except limits.TooMany as error:
        raise CodesUsedUp("as many codes as one block of addresses may ask for") from error


def use_code(*, phone_bidx: bytes, code: str, now: datetime, purpose: str = "") -> None:
    """Use up the newest code of this phone. A wrong try is counted even though it is refused.

    Raises:
        CodeWrong: not this one; four more tries.
        CodeOver: too old, used, or tried too often.
    """
    with transaction.atomic():
        newest = (
            SignInCode.objects.select_for_update()
            .filter(phone_bidx=phone_bidx)
            .order_by("-sent_at", "-pk")
            .first()
        )
        alive = newest is not None and newest.used_at is None and now < newest.expires_at
        if newest is None or not alive or newest.tries >= CODE_TRIES:
            raise CodeOver
        right = hmac.compare_digest(newest.digest, _digest(phone_bidx, code, purpose))
        newest.tries += 1
        newest.used_at = now if right else None
        newest.save(update_fields=["tries", "used_at"])
    if not right:
        raise CodeWrong


def _digest(phone_bidx: bytes, code: str, purpose: str) -> str:
    # With a key from outside the database: a million codes are tried against a stolen hash in a second.
    return sealing.ring().blind("phone", f"code|{purpose}|{phone_bidx.hex()}|{code}").hex()
