"""Six digits on their way to somebody who wants to come in, or who has to say yes once more."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from yiyang.accounts import services as accounts
from yiyang.notices.choices import Channel
from yiyang.notices.services.sending import NOWHERE, Address, send
from yiyang.notices.texts import Text


@transaction.atomic
def send_code(
    *,
    to: Address,
    index: bytes,
    known: bool,
    channel: Channel,
    block: str,
    now: datetime,
    purpose: str = "sign_in",
) -> None:
    """Make a code for a phone and send it; for an unknown phone the same work is done, and goes nowhere.

    Raises:
        CodeTooSoon, CodesUsedUp
    """
    code = accounts.make_code(phone_bidx=index, block=block, purpose=purpose, now=now)
    send(
        to=to if known else NOWHERE,
        text=Text(f"{purpose}_code", {"code": code}),
        channel=channel,
        about=purpose,
        now=now,
        urgent=True,
        expires_at=now + timedelta(minutes=accounts.CODE_MINUTES),
    )
