"""Keys of other systems: made and revoked by the operator, proved at every request, answers kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from yiyang.accounts import machines
from yiyang.accounts.models import MachineAnswer, MachineKey, MachineNonce
from yiyang.base import limits
from yiyang.base.actors import Actor, ActorKind, process
from yiyang.base.keys import sealing
from yiyang.base.log import audit
from yiyang.base.scoping import PREFIX_LENGTHS
from yiyang.engine.errors import Conflict, Forbidden, Refused

PLACE = "accounts_machinekey.secret"
OPERATOR = process("operator")


class KeyRefused(Refused):
    code = "accounts.machine_key_refused"
    message = "机器密钥没有建成，请核对权限、地区和天数"


class NoSuchMachine(Refused):
    code = "accounts.no_such_machine"
    message = "没有这个机器密钥"


class NotSigned(Forbidden):
    """Not heard: no key, a wrong or old signature, a nonce used before. One answer for all of them."""

    code = "accounts.not_signed"
    message = "签名无效，请求没有受理"
    status = 401


class OtherBody(Conflict):
    code = "accounts.other_body"
    message = "同一个幂等键已用于另一份内容"


@dataclass(frozen=True)
class Shown:
    """A new key; the secret is shown this once."""

    key_id: str
    secret: str


@dataclass(frozen=True)
class Signature:
    """What the headers of a request say."""

    key_id: str
    at: str
    nonce: str
    signature: str


@transaction.atomic
def open_key(
    *, name: str, rights: Iterable[str], prefix: str, source: str, days: int, now: datetime
) -> Shown:
    """Make a key for one system, one branch, some rights, a year at most.

    Raises:
        KeyRefused
    """
    wanted = sorted(set(rights))
    if not wanted or not set(wanted) <= set(machines.RIGHTS):
        raise KeyRefused(f"rights are some of {', '.join(machines.RIGHTS)}")
    if not (prefix.isascii() and prefix.isdigit() and len(prefix) in PREFIX_LENGTHS):
        raise KeyRefused(f"a place is 2, 4, 6, 9 or 12 digits, not {prefix!r}")
    if not 1 <= days <= machines.LONGEST_DAYS:
        raise KeyRefused(f"a key is good for 1 to {machines.LONGEST_DAYS} days, not {days}")
    if {"send_facts", "send_receipts"} & set(wanted) and not source:
        raise KeyRefused("a system that sends says whose word it is: name the source")
    secret = secrets.token_urlsafe(32)
    made = MachineKey.objects.create(
        key_id=f"mk_{secrets.token_hex(8)}", name=name, source=source, rights=wanted, prefix=prefix,
        made_at=now, until=(now + timedelta(days=days)).date(),
    )  # fmt: skip
    made.secret = sealing.seal(PLACE, made.pk, secret)
    made.save(update_fields=["secret"])
    audit.record(
        actor=OPERATOR, action="machine_key_opened", now=now, subject=("machine", made.pk),
        division=prefix.ljust(12, "0"), detail={"key": made.key_id, "rights": wanted},
    )  # fmt: skip
    return Shown(made.key_id, secret)


@transaction.atomic
def revoke_key(*, key_id: str, now: datetime) -> None:
    """Dead at the next request.

    Raises:
        NoSuchMachine
    """
    if not MachineKey.objects.filter(key_id=key_id, revoked_at=None).update(revoked_at=now):
        raise NoSuchMachine(f"no key {key_id!r} that is in use")
    audit.record(actor=OPERATOR, action="machine_key_revoked", now=now, detail={"key": key_id})


@transaction.atomic
def prove(
    *, signature: Signature, method: str, target: str, body: bytes, guessable: bool, now: datetime
) -> tuple[Actor, str]:
    """Who signed this request, and whose word it is; heard once.

    Args:
        guessable: the request asks whether a number exists; counted here, where no refusal gives it back.

    Raises:
        NotSigned
        TooMany: this key asks too often.
    """
    key = MachineKey.objects.filter(key_id=signature.key_id[:32]).first()
    # An unknown key costs the same work as a known one.
    secret = sealing.unseal(PLACE, key.pk, key.secret) if key and key.secret else "-" * 43
    text = "\n".join((method, target, signature.at, signature.nonce, hashlib.sha256(body).hexdigest()))
    wanted = hmac.new(secret.encode(), text.encode(), "sha256").hexdigest()
    right = hmac.compare_digest(wanted.encode(), signature.signature.encode())
    if key is None or not right or key.revoked_at is not None or key.until <= now.date():
        raise NotSigned("unknown, revoked or expired key, or a signature that does not fit")
    _check_fresh(signature, now)
    limits.take(
        f"machine:{key.key_id}", rate_per_minute=machines.REQUESTS_A_MINUTE, burst=machines.BURST, now=now
    )
    if guessable:
        a_minute = machines.LOOKUPS_A_MINUTE
        limits.take(f"machine-find:{key.key_id}", rate_per_minute=a_minute, burst=a_minute, now=now)
    actor = Actor(ActorKind.MACHINE, None, key.key_id, rights=frozenset(key.rights), prefix=key.prefix)
    return actor, key.source


def _check_fresh(signature: Signature, now: datetime) -> None:
    if not signature.at.isascii() or not signature.at.isdigit() or len(signature.at) > 12:
        raise NotSigned("the time is seconds since 1970")
    if abs(now.timestamp() - int(signature.at)) > machines.SKEW.total_seconds():
        raise NotSigned(f"the time is more than {machines.SKEW.seconds} s away from ours: look at the clock")
    if not 16 <= len(signature.nonce) <= 64 or not signature.nonce.isascii():
        raise NotSigned("a nonce is 16 to 64 characters")
    MachineNonce.objects.filter(key_id=signature.key_id, seen_at__lt=now - machines.NONCE_KEPT).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_machinenonce (key_id, nonce, seen_at) VALUES (%s, %s, %s)"
            " ON CONFLICT DO NOTHING RETURNING id",
            [signature.key_id, signature.nonce, now],
        )
        if cursor.fetchone() is None:
            raise NotSigned("this request has been heard already")


def earlier_answer(*, actor: Actor, request_key: str, content: bytes, now: datetime) -> object | None:
    """The answer this request got before; else it is claimed, in the caller's transaction.

    Two at once: the second waits for the first and then reads its answer.

    Raises:
        OtherBody: the key stands for another address or body.
    """
    digest = hashlib.sha256(content).digest()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_machineanswer (machine, request_key, digest, asked_at)"
            " VALUES (%s, %s, %s, %s) ON CONFLICT (machine, request_key) DO NOTHING RETURNING id",
            [actor.label, request_key, digest, now],
        )
        if cursor.fetchone() is not None:
            return None
    found = MachineAnswer.objects.get(machine=actor.label, request_key=request_key)
    if bytes(found.digest) != digest:
        raise OtherBody("this idempotency key was used for another body")
    kept: object = found.answer
    return kept


def keep_answer(*, actor: Actor, request_key: str, answer: object) -> None:
    MachineAnswer.objects.filter(machine=actor.label, request_key=request_key).update(answer=answer)
