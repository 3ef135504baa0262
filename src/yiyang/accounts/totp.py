"""Codes of an authenticator app (RFC 6238): six digits, half a minute each, one step of grace."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives import constant_time
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

STEP = 30
DIGITS = 6
GRACE = 1  # steps before and after: phones and servers do not agree to the second
SECRET_BYTES = 20
ISSUER = "颐养"


def new_secret() -> str:
    """160 random bits as base32: what the app is told."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def code_at(secret: str, now: datetime) -> str:
    return _code(secret, _step(now))


def matching_step(secret: str, code: str, *, now: datetime, after: int) -> int | None:
    """The half minute whose code this is; only ones later than ``after``, so that each goes once."""
    if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
        return None
    found = None
    for step in range(_step(now) - GRACE, _step(now) + GRACE + 1):
        # Every step is compared, whatever was found: the time it takes tells nothing.
        if constant_time.bytes_eq(_code(secret, step).encode(), code.encode()) and step > after:
            found = step
    return found


def next_code(secret: str, *, now: datetime, after: int) -> str:
    """The code of now, or of the next half minute where this one is used up; that one goes already."""
    return _code(secret, max(_step(now), min(after + 1, _step(now) + GRACE)))


def address(secret: str, login: str) -> str:
    """What the square picture says to the app."""
    query = urlencode({"secret": secret, "issuer": ISSUER, "digits": DIGITS, "period": STEP})
    return f"otpauth://totp/{quote(ISSUER)}:{quote(login)}?{query}"


def grouped(secret: str) -> str:
    """In groups of four, to be typed."""
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def _step(now: datetime) -> int:
    return int(now.timestamp()) // STEP


def _code(secret: str, step: int) -> str:
    # The default of RFC 6238, and all that many apps read; HMAC needs no collision-free hash.
    app = TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP, enforce_key_length=False)  # noqa: S303
    return app.generate(step * STEP).decode()
