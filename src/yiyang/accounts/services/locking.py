"""Five failures from one address lock one login there for a quarter of an hour; elsewhere it stays open.

Unknown logins are counted alike, so a lock tells nobody whether a login exists.
"""

from __future__ import annotations

import ipaddress
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from yiyang.accounts.models import Lock
from yiyang.engine.errors import Refused

FAILURES = 5
SECOND = "2:"  # before a login: failures of its second factor, counted apart
LOCKED_FOR = timedelta(minutes=15)


class Locked(Refused):
    """Too many failures from here."""

    code = "accounts.locked"
    message = "错得太多了，请过 15 分钟再试"
    status = 429

    def __init__(self, detail: str = "", *, until: datetime) -> None:
        says = f"错了 {FAILURES} 次，请在 {until:%H:%M:%S} 以后再试；着急的话请本单位系统管理员解锁"
        super().__init__(detail, message=says)
        self.until = until


def check_open(*, login: str, ip: str, now: datetime) -> None:
    """Raises Locked, for as long as it was said: a clock set back makes no lock longer."""
    lock = Lock.objects.filter(login_key=_login(login), place_key=_place(ip)).first()
    if lock is not None and lock.until is not None and now < lock.until <= now + LOCKED_FOR:
        raise Locked("locked after failures", until=lock.until.astimezone(now.tzinfo))


@transaction.atomic
def failed(*, login: str, ip: str, now: datetime) -> int:
    """Count one failure; returns how many more there may be, 0 where this one has locked."""
    lock, _ = Lock.objects.get_or_create(
        login_key=_login(login), place_key=_place(ip), defaults={"failures": 0, "last_at": now}
    )
    lock = Lock.objects.select_for_update().get(pk=lock.pk)
    stale = lock.until is not None or abs(now - lock.last_at) > LOCKED_FOR
    lock.failures = 1 if stale else lock.failures + 1
    lock.last_at = now
    lock.until = now + LOCKED_FOR if lock.failures >= FAILURES else None
    lock.save(update_fields=["failures", "last_at", "until"])
    return FAILURES - lock.failures


def succeeded(*, login: str, ip: str) -> None:
    """Who came in starts from nought again, here."""
    Lock.objects.filter(login_key=_login(login), place_key=_place(ip)).update(failures=0, until=None)


def unlock(*, login: str) -> int:
    """Everywhere, first and second step; returns how many counts there were to forget."""
    both = (_login(login), _login(SECOND + login))
    counted = Lock.objects.filter(login_key__in=both).exclude(failures=0, until=None)
    return counted.update(failures=0, until=None)


def locked_at(*, login: str, now: datetime) -> int:
    """At how many addresses this login is locked now, in either step."""
    both = (_login(login), _login(SECOND + login))
    return Lock.objects.filter(login_key__in=both, until__gt=now, until__lte=now + LOCKED_FOR).count()


def _login(login: str) -> bytes:
    return _hidden("login", login.strip().lower())


def _place(ip: str) -> bytes:
    """One address; of the newer kind the whole network of a house, which changes its ends at will."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return _hidden("place", "unknown")
    if address.version == 6:
        return _hidden("place", f"{ipaddress.ip_network((address, 64), strict=False)}")
    return _hidden("place", f"{address}")


def _hidden(kind: str, text: str) -> bytes:
    return salted_hmac(f"yiyang.lock.{kind}", text, secret=settings.SECRET_KEY, algorithm="sha256").digest()
