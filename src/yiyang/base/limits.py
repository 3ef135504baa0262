"""How often somebody may do something: a bucket of tokens for each key, kept in PostgreSQL.

One statement a take, so that two web machines share one bucket and nobody counts twice. What a bucket is
about is hashed with the secret of the installation: a dump of the table names no login, address or phone.
Alarms never pass through here: nobody in need is asked to wait.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac

from yiyang.engine.errors import BrokenInvariant, Refused

TAKE = """
INSERT INTO base_limit AS kept (key, tokens, allowed, at) VALUES (%(key)s, %(burst)s - 1, true, %(now)s)
ON CONFLICT (key) DO UPDATE SET (tokens, allowed, at) = (
  SELECT CASE WHEN had.tokens >= 1 THEN had.tokens - 1 ELSE had.tokens END, had.tokens >= 1, excluded.at
    FROM (SELECT least(%(burst)s, kept.tokens + %(rate)s / 60 *
            greatest(0, extract(epoch FROM excluded.at - kept.at)::double precision)) AS tokens) had)
RETURNING allowed, tokens"""


class TooMany(Refused):
    """Too often; the sentence says from when on it goes again."""

    code = "base.too_many"
    message = "次数太多了。请过一会儿再试"
    status = 429

    def __init__(self, detail: str = "", *, again_at: datetime) -> None:
        super().__init__(detail, message=f"次数太多了。请在 {again_at:%H:%M:%S} 以后再试")
        self.again_at = again_at


def take(key: str, *, rate_per_minute: float, burst: int, now: datetime) -> None:
    """Take one token of ``burst``, which come back at ``rate_per_minute``.

    Taken in the caller's transaction: an act that is rolled back gives its token back, so a page that
    counts attempts answers them instead of raising. A clock set back fills nothing and locks nobody out.

    Raises:
        TooMany: none left; ``again_at`` is when the next one is.
    """
    if rate_per_minute <= 0 or burst < 1:
        raise BrokenInvariant(f"a bucket of {burst} filled at {rate_per_minute} a minute never opens")
    values: dict[str, bytes | float | datetime] = {
        "key": _hidden(key),
        "burst": float(burst),
        "rate": float(rate_per_minute),
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKE, values)
        allowed, tokens = cursor.fetchone()
    if not allowed:
        wait = math.ceil((1 - tokens) * 60 / rate_per_minute)
        raise TooMany(f"bucket {key.split(':')[0]} is empty", again_at=now + timedelta(seconds=wait))


def _hidden(key: str) -> bytes:
    return salted_hmac("yiyang.limits", key, secret=settings.SECRET_KEY, algorithm="sha256").digest()
