"""Coming in: phone number, code by SMS; one field a page, what was typed is kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The phone number. ``fault``: what is wrong and how to repair it; ``value``: what she typed."""

    value: str = ""
    fault: str = ""
    why: str = ""
    """Why she is asked again: ``为了安全请再收一次短信。您填的都还在。``"""
    onward: str = ""
    """Where she wanted to go; a path of this site, checked by the view."""


@dataclass(frozen=True, slots=True)
class SignInCodePage:
    """The six digits. ``voice``: somebody can call and read them out; never shown where nobody can."""

    phone_tail: str
    value: str = ""
    fault: str = ""
    hint: str = ""
    """Only in a demo: where the digits are to be seen."""
    voice: bool = False
    called: bool = False
    """The phone rings: the digits are read out just now."""
    onward: str = ""


@dataclass(frozen=True, slots=True)
class GoOnPage:
    """What was typed before she had to come in again: sent on as it was."""

    path: str
    fields: tuple[tuple[str, str], ...]


ASKED_AGAIN = "为了安全请再收一次短信。您填的都还在。"


@dataclass(frozen=True, slots=True)
class WhoPage:
    """Several people share the phone: is it she. One name at a time; each sees only her own record."""

    address: str
    name: str
