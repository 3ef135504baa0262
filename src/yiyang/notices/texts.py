"""What messages say: by key, for the eye and for the ear. Plain words, for people who do not see well."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass, field

from yiyang.engine.errors import BrokenInvariant

SIGNATURE = "【颐养】"


@dataclass(frozen=True)
class Wording:
    """``sms`` is written, ``voice`` spoken (the same where empty), ``title`` heads it in the inbox."""

    title: str
    sms: str
    voice: str = ""


TEXTS: dict[str, Wording] = {
    "sign_in_code": Wording(
        "您要的数字",
        "验证码 {code}，5 分钟内写进去。谁问都别说，我们也不会问。",
        "您好，这里是颐养。您的六个数字是：{code}。再说一遍：{code}。最后一遍：{code}。谁问都别说。",
    ),
    "mandate_code": Wording(
        "您要的数字",
        "验证码 {code}，用来请人替您办事。不是您要请，就别告诉任何人。",
        "您好，这里是颐养。要请人替您办事，写这六个数字：{code}。再说一遍：{code}。不是您要请，就挂掉。",
    ),
    "mandate_given": Wording(
        "您请了人替您办事",
        "您请了{called}替您办事：{rights}。到{ends_on}为止。钱还是您自己的。想停，打 12349，马上停。",
    ),
    "mandate_held": Wording(
        "有人请您代办",
        "您家老人请您代办：{rights}。到{ends_on}为止。用这个手机号进来，就能办。",
    ),
    "mandate_ended": Wording(
        "不再替您办事", "{called}不再替您办事了。还想请人，打 12349，或者在手机上再请。"
    ),
    "done_for_you": Wording(
        "有人替您办了一件事", "{who}替您办了：{what}。不是您要办的，打 12349，马上给您停。"
    ),
}


@dataclass(frozen=True)
class Text:
    """The key of a text and what fills its gaps."""

    key: str
    values: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        wording = TEXTS.get(self.key)
        if wording is None:
            raise BrokenInvariant(f"no such text: {self.key}")
        gaps = gaps_of(wording.sms) | gaps_of(wording.voice)
        if gaps != set(self.values):
            raise BrokenInvariant(f"{self.key} wants {sorted(gaps)}, got {sorted(self.values)}")


def gaps_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def written(text: Text) -> str:
    return TEXTS[text.key].sms.format(**text.values)


def spoken(text: Text) -> str:
    """For a voice: digits one by one with a pause after each."""
    wording = TEXTS[text.key]
    return (wording.voice or wording.sms).format(
        **{name: digits_apart(value) for name, value in text.values.items()}
    )


def digits_apart(value: str) -> str:
    """``407`` is read as four, nought, seven: a comma is a pause for every voice. Dates stay whole."""
    return re.sub(r"(?<!\d)\d{4,}(?!\d|年)", lambda found: "，".join(found[0]), value)
