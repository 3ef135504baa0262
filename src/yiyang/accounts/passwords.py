"""What a password must be: long, not common, not made of one's own name. No list of required signs."""

from __future__ import annotations

import secrets

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from yiyang.engine.errors import Refused

LEAST = 12
LEAST_DIFFERENT = 5
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread when copied from paper
CORE = 5  # letters that a common word must have to be looked for inside a password


class WeakPassword(Refused):
    code = "accounts.weak_password"
    message = "这个密码不能用"


def check_strong(password: str, *, login: str) -> None:
    """Raises WeakPassword: says in words what to do instead."""
    common = CommonPasswordValidator()
    if len(password) < LEAST:
        raise WeakPassword("too short", message=f"密码至少 {LEAST} 个字符，可以是几个词连起来")
    if len(set(password)) < LEAST_DIFFERENT:
        raise WeakPassword("too few signs", message="密码里重复的字符太多，请换一个")
    if password.isdecimal():
        raise WeakPassword("digits only", message="只有数字容易被猜到，请用几个词连起来")
    if login and login.lower() in password.lower():
        raise WeakPassword("contains the login", message="密码里不能含用户名，请换一个")
    letters = "".join(sign for sign in password.lower() if sign.isalpha())
    try:
        common.validate(password)
    except ValidationError as error:
        raise WeakPassword("common", message="这个密码太常见，容易被猜到，请换一个") from error
    # "Password-2026!" is the common word with a year behind it.
    if len(letters) >= CORE and letters in common.passwords:
        raise WeakPassword("a common word", message="只是常见词加数字，容易被猜到，请换一个")


def made() -> str:
    """Twelve signs in groups of four, for one use."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
