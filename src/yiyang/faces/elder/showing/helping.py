"""Who may act for her: asking somebody, seeing who it is, stopping it; and the other side of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from yiyang.faces.elder.showing.asking import Choice

MOST_OPEN = 2
CALLED = {
    "daughter": "女儿",
    "son": "儿子",
    "spouse": "老伴",
    "grandchild": "孙辈",
    "other": "亲友",
}
"""How she calls whom she asks: code, then the word. Nobody has to type a name."""
CALLED_CHOICES = tuple(Choice(code, word, "person") for code, word in CALLED.items())
CAN = {"READ": "看补贴", "ASK": "请人帮忙", "APPEAL": "说不同意"}
SAID = {"given": "请好了。短信也告诉您了", "stopped": "停了。马上就不能办了"}


def can_words(rights: frozenset[str] | list[str]) -> str:
    """``看补贴、请人帮忙、说不同意``."""
    return "、".join(word for code, word in CAN.items() if code in rights)


@dataclass(frozen=True, slots=True)
class HelperLine:
    """One who may act for her."""

    code: str
    called: str
    can: str
    ends_on: date


@dataclass(frozen=True, slots=True)
class HelpersPage:
    """谁可以替我办事: the newest first, one tap stops each."""

    helpers: tuple[HelperLine, ...] = ()
    said: str = ""

    @property
    def open(self) -> tuple[HelperLine, ...]:
        return self.helpers[:MOST_OPEN]

    @property
    def more(self) -> tuple[HelperLine, ...]:
        return self.helpers[MOST_OPEN:]


@dataclass(frozen=True, slots=True)
class HelperPhonePage:
    """Whose phone: eleven digits."""

    value: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class HelperWhoPage:
    """Who it is, in her own words; ``kept`` carries the phone, sealed."""

    kept: str
    choices: tuple[Choice, ...] = CALLED_CHOICES


@dataclass(frozen=True, slots=True)
class HelperConfirmPage:
    """Who, what, until when; a code to her own phone makes it true. Without a phone: the window."""

    kept: str
    called: str
    phone_tail: str
    ends_on: date
    own_tail: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class HelperCodePage:
    """The six digits that say yes."""

    kept: str
    called: str
    own_tail: str
    value: str = ""
    fault: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody whose pages one may open: a code, and how she is spoken to."""

    code: str
    address: str
    note: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class ForWhomPage:
    """给谁办: those who asked for it; nobody, where all have stopped it."""

    people: tuple[Whom, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class MandatePage:
    """What she agreed to, for the one who acts for her; and how to stop acting."""

    address: str
    can: str
    ends_on: date


@dataclass(frozen=True, slots=True)
class Message:
    title: str
    body: str
    at: datetime
    fresh: bool


@dataclass(frozen=True, slots=True)
class MessagesPage:
    """给我的消息: the newest open, the others folded."""

    messages: tuple[Message, ...] = ()

    @property
    def first(self) -> Message | None:
        return self.messages[0] if self.messages else None

    @property
    def rest(self) -> tuple[Message, ...]:
        return self.messages[1:]
