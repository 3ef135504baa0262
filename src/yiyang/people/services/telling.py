"""Telling an older person what was done in her name: in her inbox, and by a message to her phone."""

from __future__ import annotations

from datetime import datetime

from yiyang.base.ids import PersonId
from yiyang.notices import services as notices
from yiyang.notices.choices import Channel
from yiyang.notices.services import Address
from yiyang.notices.texts import Text
from yiyang.people import selectors


def tell(*, person_id: PersonId, text: Text, about: str, now: datetime) -> None:
    """In the caller's transaction: what was done and that she is told stand or fall together.

    Raises:
        NoSuchPerson: out of the scope.
    """
    person = selectors.person(person_id)
    here = Address(person_id=person_id, division=person.division)
    notices.send(to=here, text=text, channel=Channel.INBOX, about=about, now=now)
    if phone := selectors.phone_of(person):
        there = Address(phone, person_id, person.division)
        notices.send(to=there, text=text, channel=Channel.SMS, about=about, now=now)
