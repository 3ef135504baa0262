"""The second factor of people in office: an authenticator app, a passkey, or a code on paper."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.db import transaction

from yiyang.accounts import passwords, totp, webauthn
from yiyang.accounts.choices import EndReason
from yiyang.accounts.models import Passkey, RecoveryCode, Totp, User
from yiyang.accounts.services import sessions
from yiyang.base.ids import UserId
from yiyang.base.keys import sealing
from yiyang.engine.errors import Refused

PLACE = "accounts_totp.secret"
WAITS = timedelta(hours=1)
CODES = 10
PASSKEYS = 10


class FactorWrong(Refused):
    code = "accounts.factor_wrong"
    message = "验证码不对，或者已经用过。请等下一个验证码再填"


class FactorStays(Refused):
    code = "accounts.factor_stays"
    message = "这是最后一种验证方式，不能删。请先加另一种"


@transaction.atomic
def waiting_secret(*, user_id: UserId, now: datetime) -> str:
    """The secret to put into an app now: the same one while it waits, for an hour at most."""
    User.objects.select_for_update().get(pk=user_id)
    waiting = Totp.objects.filter(user_id=user_id, confirmed_at=None).first()
    if waiting is not None and waiting.secret is not None and abs(now - waiting.made_at) < WAITS:
        return sealing.unseal(PLACE, waiting.pk, waiting.secret)
    Totp.objects.filter(user_id=user_id, confirmed_at=None).delete()
    return _keep_secret(user_id, totp.new_secret(), now)


@transaction.atomic
def confirm_totp(*, user_id: UserId, code: str, now: datetime, keeping: int | None = None) -> list[str]:
    """The app shows the right code: it counts from now on. Returns recovery codes where there are none yet.

    Raises:
        FactorWrong: another app, another account, or a clock that is off.
    """
    waiting = Totp.objects.select_for_update().filter(user_id=user_id, confirmed_at=None).first()
    step = None
    if waiting is not None and waiting.secret is not None:
        step = totp.matching_step(
            sealing.unseal(PLACE, waiting.pk, waiting.secret), _digits(code), now=now, after=0
        )
    if waiting is None or step is None:
        raise FactorWrong("the code of the new app does not fit")
    Totp.objects.filter(user_id=user_id, confirmed_at__isnull=False).delete()
    waiting.confirmed_at, waiting.last_step = now, step
    waiting.save(update_fields=["confirmed_at", "last_step"])
    sessions.end_all(user_id=user_id, why=EndReason.FACTOR, keeping=keeping)
    return _first_codes(user_id, now)


@transaction.atomic
def prove(*, user_id: UserId, code: str, now: datetime) -> str:
    """Six digits of the app or a recovery code, used up by this; says which it was.

    Raises:
        FactorWrong
    """
    typed = code.strip()
    held = Totp.objects.select_for_update().filter(user_id=user_id, confirmed_at__isnull=False).first()
    if held is not None and held.secret is not None:
        secret = sealing.unseal(PLACE, held.pk, held.secret)
        step = totp.matching_step(secret, _digits(typed), now=now, after=held.last_step)
        if step is not None:
            held.last_step = step
            held.save(update_fields=["last_step"])
            return "totp"
    used = RecoveryCode.objects.filter(user_id=user_id, digest=_digest(user_id, typed), used_at=None)
    if used.update(used_at=now):
        return "recovery"
    raise FactorWrong("no factor fits this code")


@transaction.atomic
def renew_recovery_codes(*, user_id: UserId, now: datetime) -> list[str]:
    """Ten new codes, told once; the old ones open nothing any more."""
    RecoveryCode.objects.filter(user_id=user_id).delete()
    codes = [passwords.made() for _ in range(CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user_id=user_id, digest=_digest(user_id, code), made_at=now) for code in codes
    )
    return codes


@transaction.atomic
def add_passkey(
    *,
    user_id: UserId,
    site: str,
    state: webauthn.State,
    answer: str,
    label: str,
    now: datetime,
    keeping: int | None = None,
) -> list[str]:
    """Keep the public half of a new key. Returns recovery codes where there are none yet.

    Raises:
        PasskeyRefused
    """
    answered = webauthn.made(site, state, answer)
    if Passkey.objects.filter(credential_id=answered.credential_id).exists():
        raise webauthn.PasskeyRefused("known already", message="这个通行密钥已经登记过了")
    if Passkey.objects.filter(user_id=user_id).count() >= PASSKEYS:
        raise webauthn.PasskeyRefused("too many", message=f"最多登记 {PASSKEYS} 个，请先删掉不用的")
    Passkey.objects.create(
        user_id=user_id,
        credential_id=answered.credential_id,
        credential=answered.credential,
        sign_count=answered.count,
        label=label.strip() or "通行密钥",
        made_at=now,
    )
    sessions.end_all(user_id=user_id, why=EndReason.FACTOR, keeping=keeping)
    return _first_codes(user_id, now)


@transaction.atomic
def prove_passkey(*, user_id: UserId, site: str, state: webauthn.State, answer: str, now: datetime) -> None:
    """The device has signed our challenge with a key of this account.

    Raises:
        PasskeyRefused: also where its count stands still, which is how a copied key shows.
    """
    held = list(Passkey.objects.select_for_update().filter(user_id=user_id))
    answered = webauthn.shown(site, state, [bytes(one.credential) for one in held], answer)
    key = next(one for one in held if bytes(one.credential_id) == answered.credential_id)
    if (answered.count or key.sign_count) and answered.count <= key.sign_count:
        raise webauthn.PasskeyRefused(f"passkey {key.pk}: count {answered.count} after {key.sign_count}")
    key.sign_count, key.used_at = answered.count, now
    key.save(update_fields=["sign_count", "used_at"])


@transaction.atomic
def remove_passkey(*, user_id: UserId, passkey_id: int, keeping: int | None = None) -> None:
    """Raises FactorStays: nothing else would be left."""
    User.objects.select_for_update().get(pk=user_id)
    others = Passkey.objects.filter(user_id=user_id).exclude(pk=passkey_id).exists()
    if not others and not Totp.objects.filter(user_id=user_id, confirmed_at__isnull=False).exists():
        raise FactorStays("the last factor")
    Passkey.objects.filter(user_id=user_id, pk=passkey_id).delete()
    sessions.end_all(user_id=user_id, why=EndReason.FACTOR, keeping=keeping)


@transaction.atomic
def give_demo_secret(*, user_id: UserId, now: datetime) -> str:
    """An authenticator that the console plays; only for accounts that say they are demonstrations.

    Raises:
        FactorStays: a real account's app is on a real phone.
    """
    if not User.objects.filter(pk=user_id, is_demo=True).exists():
        raise FactorStays(f"account {user_id} is no demonstration")
    Totp.objects.filter(user_id=user_id).delete()
    secret = _keep_secret(user_id, totp.new_secret(), now)
    Totp.objects.filter(user_id=user_id).update(confirmed_at=now)
    return secret


def demo_code(*, login: str, now: datetime) -> str:
    """The code that opens a demonstration account now; the next one where this half minute's is used up.

    Raises:
        FactorStays: a real account, or no such account: its code is on a phone and nowhere else.
    """
    held = Totp.objects.filter(user__login=login, user__is_demo=True, confirmed_at__isnull=False).first()
    if held is None or held.secret is None:
        raise FactorStays(f"{login!r} is no demonstration account with an app: its codes are on a phone")
    secret = sealing.unseal(PLACE, held.pk, held.secret)
    return totp.next_code(secret, now=now, after=held.last_step)


def _keep_secret(user_id: UserId, secret: str, now: datetime) -> str:
    row = Totp.objects.create(user_id=user_id, made_at=now)  # the seal needs the row's id
    row.secret = sealing.seal(PLACE, row.pk, secret)
    row.save(update_fields=["secret"])
    return secret


def _first_codes(user_id: UserId, now: datetime) -> list[str]:
    has = RecoveryCode.objects.filter(user_id=user_id, used_at=None).exists()
    return [] if has else renew_recovery_codes(user_id=user_id, now=now)


def _digits(code: str) -> str:
    """Apps show the six in two groups, and some people type full-width digits."""
    return "".join(f"{int(sign)}" for sign in code if sign.isdecimal())


def _digest(user_id: UserId, code: str) -> bytes:
    """Sixty random bits need no slow hash; the account in it keeps equal codes apart."""
    plain = "".join(sign for sign in code.lower() if sign.isalnum())
    return hashlib.sha256(f"{user_id}:{plain}".encode()).digest()
