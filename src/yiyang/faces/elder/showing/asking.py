"""Asking to be called, and disagreeing: what is asked, by whom and until when it is answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from yiyang.entitlements.choices import AppealGround
from yiyang.faces.elder import wording, words
from yiyang.faces.shared.texts import day_zh, when_zh


@dataclass(frozen=True, slots=True)
class Caller:
    """Who will call: a name if one is known, and the place she calls from."""

    place: str
    name: str = ""
    woman: bool | None = None

    @property
    def short(self) -> str:
        return self.name or "社区的人"

    @property
    def pronoun(self) -> str:
        return {True: "她", False: "他", None: "人"}[self.woman]


@dataclass(frozen=True, slots=True)
class CallPage:
    """Confirm one call: who, when, what about, to which phone; 先不办 is a real answer."""

    caller: Caller
    when: str
    matter: str
    phone_tail: str
    back: str
    """Address of the page she came from."""


@dataclass(frozen=True, slots=True)
class CallDonePage:
    """The call is asked for: the same four facts, and how to stop it."""

    caller: Caller
    when: str
    matter: str
    phone_tail: str
    code: str


def call_when(due: date, *, today: date) -> str:
    """``今天下午 5 点前`` where an hour was promised, ``11月25日 星期三前`` where only a day was."""
    return f"{when_zh(due, today=today) if isinstance(due, datetime) else day_zh(due)}前"


def matter_of(*, benefit: str = "", about: str = "", title: str = "") -> str:
    """What a call is about: a benefit, or one of the subjects of ``words.CALLS``."""
    if benefit:
        known = words.BENEFITS.get(benefit)
        return known.matter if known else f"问{wording.benefit_name(benefit, title)}"
    return words.CALLS.get(about, words.CALLS["other"])


@dataclass(frozen=True, slots=True)
class Choice:
    """One big row to tap."""

    code: str
    words: str
    icon: str
    note: str = ""


CALL_CHOICES = (
    Choice("money", words.CALLS["money"], "coin"),
    Choice("visit", words.CALLS["visit"], "person", "不花钱"),
    Choice("care", words.CALLS["care"], "house"),
    Choice("other", words.CALLS["other"], "ask"),
)
ICONS = {"amount": "coin", "not_received": "coin", "facts": "person", "refused": "ask", "unclear": "call"}
GROUNDS = {
    "amount": AppealGround.AMOUNT,
    "not_received": AppealGround.NOT_RECEIVED,
    "facts": AppealGround.FACT,
    "refused": AppealGround.OTHER,
    "unclear": AppealGround.OTHER,
}
NOTES = {"unclear": "请打电话问我"}
FITTING = {
    "receiving": ("amount", "not_received", "facts", "unclear"),
    "unclaimed": ("amount", "facts", "unclear"),
    "unknown": ("facts", "refused", "unclear"),
    "not_now": ("facts", "refused", "unclear"),
}
"""What one can disagree with, by how the result stands."""


def disagree_choices(group: str) -> tuple[Choice, ...]:
    """The rows to tap for a result of this group (``Standing.group``)."""
    return tuple(
        Choice(code, words.DISAGREEMENTS[code], ICONS[code], NOTES.get(code, "")) for code in FITTING[group]
    )


@dataclass(frozen=True, slots=True)
class CallbackPage:
    """What should the call be about."""

    choices: tuple[Choice, ...] = CALL_CHOICES


@dataclass(frozen=True, slots=True)
class DisagreePage:
    """What do you disagree with: one tap."""

    benefit: str
    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class DisagreeConfirmPage:
    """Before it is sent: what, who looks at it, until when she is answered; own words if she likes."""

    benefit: str
    name: str
    matter: str
    """Code out of ``words.DISAGREEMENTS``."""
    reviewer: str
    answered_by: date
    own_words: str = ""
    fault: str = ""

    @property
    def matter_words(self) -> str:
        return words.DISAGREEMENTS[self.matter]


@dataclass(frozen=True, slots=True)
class DisagreeDonePage:
    """It is on its way: by whom and until when it is answered, and how to take it back."""

    name: str
    matter_words: str
    reviewer: str
    answered_by: date
    by_phone: bool
    code: str


def words_to_send(own_words: str, *, matter: str, by_phone: bool) -> str:
    """Her own words, after what her taps said and no ground of the form holds."""
    said = ["我应该能领。"] if matter == "refused" else []
    if by_phone:
        said.append("请先打电话问我。")
    return "".join([*said, own_words.strip()])
