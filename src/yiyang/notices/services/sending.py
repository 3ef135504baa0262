"""Writing a message down: what it says is sealed before it is stored, and it leaves after the commit."""

from __future__ import annotations

import functools
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction

from yiyang.base.ids import PersonId
from yiyang.base.keys import sealing
from yiyang.notices.choices import Channel, NoticeState, Reason
from yiyang.notices.models import Notice
from yiyang.notices.services import delivering
from yiyang.notices.texts import Text


@dataclass(frozen=True)
class Address:
    """Where to: the number is handed over by the caller, who read it; ``person_id`` for an inbox."""

    phone: str = field(default="", repr=False)
    person_id: PersonId | None = None
    division: str = ""


NOWHERE = Address()


@transaction.atomic
def send(
    *,
    to: Address,
    text: Text,
    channel: Channel,
    about: str,
    now: datetime,
    urgent: bool = False,
    expires_at: datetime | None = None,
) -> Notice:
    """Write one message; an inbox has it at once, a phone after the commit.

    Args:
        to: ``NOWHERE`` is written, picked up and refused like any other: an unknown number costs the same.
        about: what it belongs to, as ``kind:code``; never a name or a number.
        urgent: a code somebody waits for: it leaves at once, not with the next turn of ``yiyang work``.
    """
    row_id = _next_id()
    contents = sealing.seal(
        "notices_notice.contents", row_id, json.dumps(dict(text.values), ensure_ascii=False)
    )
    phone = sealing.seal("notices_notice.phone", row_id, to.phone)
    notice = Notice(
        id=row_id,
        channel=channel,
        text_key=text.key,
        contents=contents,
        phone=phone if to.phone else None,
        person_id=to.person_id,
        division=to.division,
        about=about,
        urgent=urgent,
        state=NoticeState.DELIVERED if channel is Channel.INBOX else NoticeState.QUEUED,
        made_at=now,
        next_at=now,
        expires_at=expires_at,
    )
    notice.save(force_insert=True)
    if channel is Channel.INBOX:
        delivering.note(row_id, NoticeState.DELIVERED, Reason.NONE, carrier="inbox", at=now)
    elif urgent:
        transaction.on_commit(functools.partial(_soon().submit, delivering.deliver_urgent, row_id, now))
    return notice


def _next_id() -> int:
    """The id before the row: what is sealed is bound to it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('notices_notice_id_seq')")
        return int(cursor.fetchone()[0])


@functools.cache
def _soon() -> ThreadPoolExecutor:
    """Codes leave in a thread of their own: the page answers in the same time whoever was asked for."""
    return ThreadPoolExecutor(2, thread_name_prefix="notices")


@transaction.atomic
def note_read(*, person_id: PersonId, now: datetime) -> int:
    """The person has opened her inbox. Returns how many were new."""
    unread = Notice.objects.filter(person_id=person_id, channel=Channel.INBOX, read_at=None)
    return unread.update(read_at=now)
