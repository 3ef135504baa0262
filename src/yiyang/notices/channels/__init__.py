"""Who carries a message out of the house: chosen by a setting for each channel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.conf import settings

from yiyang.engine.errors import Unavailable
from yiyang.notices.choices import Channel, NoticeState, Reason


class NoCarrier(Unavailable):
    code = "notices.no_carrier"
    message = "发消息的通道没有设好，请联系系统管理员"


@dataclass(frozen=True)
class Message:
    """What is carried: opened just before, and never written down."""

    code: UUID
    channel: Channel
    phone: str
    text_key: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Outcome:
    """What came of one attempt; ``again``: the same may succeed later."""

    state: NoticeState
    reason: Reason = Reason.NONE
    gateway_ref: str = ""
    again: bool = False


class Carrier(Protocol):
    """A plug-in. ``real``: it reaches phones of the real world, so invented numbers never go there."""

    @property
    def name(self) -> str: ...

    @property
    def real(self) -> bool: ...

    def carry(self, message: Message) -> Outcome: ...


def carrier_of(channel: Channel) -> Carrier:
    """The plug-in that the settings name.

    Raises:
        NoCarrier: none is set, or a name that nobody knows.
    """
    from yiyang.notices.channels import console, file, gateway

    name = {Channel.SMS: settings.YIYANG_SMS, Channel.VOICE: settings.YIYANG_VOICE}.get(channel, "")
    carriers: dict[str, Callable[[], Carrier]] = {
        "console": console.Console,
        "file": file.File,
        "http": gateway.from_settings,
    }
    if name not in carriers:
        raise NoCarrier(f"YIYANG_{channel} is {name!r}: console, file or http")
    return carriers[name]()


def has_voice() -> bool:
    """Whether somebody can be called and read to."""
    return bool(settings.YIYANG_VOICE)
