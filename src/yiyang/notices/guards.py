"""Whether a number can be reached at all in this installation, asked by pages before a code is made."""

from __future__ import annotations

from yiyang.engine import identifying
from yiyang.engine.errors import Refused
from yiyang.notices import channels
from yiyang.notices.choices import Channel


class CannotSend(Refused):
    code = "notices.cannot_send"
    message = "现在还发不了短信。请打 12349，请人帮您进来"


def check_can_send(channel: Channel, phone: str) -> None:
    """A demonstration reaches invented numbers only, a gateway real ones only.

    Raises:
        CannotSend: nobody may believe that a message is on its way. Says nothing about who is known.
        NoCarrier
    """
    if channels.carrier_of(channel).real != identifying.can_be_dialled(phone):
        raise CannotSend(f"no way by {channel.value} to a phone ending in {phone[-4:]}")
