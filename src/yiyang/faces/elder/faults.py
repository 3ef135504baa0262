"""What is wrong with what was typed, and how to repair it: never a blame, never a code."""

from __future__ import annotations


def phone_fault(digits: str, typed: str = "", *, length: int = 11) -> str:
    """What is wrong with a phone number and how to repair it; empty when it can be dialled.

    ``digits`` are what is left of ``typed`` after spaces, full-width digits and Chinese numerals were read.
    """
    if not digits:
        seen = "您写的里面没有数字" if typed.strip() else "还没有写手机号"
        return f"{seen}。手机号有 {length} 个数字。"
    if len(digits) != length:
        less = "少" if len(digits) < length else "多"
        return f"手机号{less}了 {abs(length - len(digits))} 个数字。要 {length} 个，您写了 {len(digits)} 个。"
    # Synthetic people have numbers that nobody can dial: they begin with three zeros.
    return "" if digits.startswith(("1", "000")) else "手机号是 1 开头的。请再看一下。"


def code_fault(digits: str, typed: str = "", *, length: int = 6) -> str:
    """What is wrong with the shape of the code; whether it is the right one only the server knows."""
    if not digits:
        seen = "您写的里面没有数字" if typed.strip() else "还没有写数字"
        return f"{seen}。短信里有 {length} 个数字。"
    if len(digits) != length:
        return f"要 {length} 个数字，您写了 {len(digits)} 个。请再看一下短信。"
    return ""


WRONG_CODE = "数字不对。请再看一下短信，有 6 个数字。"
"""The right length, but not the digits that were sent."""

MOST_WORDS = 500


def words_fault(length: int) -> str:
    """Too long for the box; anything else she writes is welcome."""
    return f"写得太长了，最多 {MOST_WORDS} 个字。请打电话说。" if length > MOST_WORDS else ""
