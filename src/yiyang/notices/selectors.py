from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yiyang.base.ids import PersonId
from yiyang.base.keys import sealing
from yiyang.notices import texts
from yiyang.notices.choices import Channel, NoticeState
from yiyang.notices.models import Notice
from yiyang.notices.texts import Text


@dataclass(frozen=True)
class Letter:
    """One message as it lies in the inbox of a person."""

    code: UUID
    title: str
    body: str
    made_at: datetime
    read: bool


def text_of(notice: Notice) -> Text:
    """The opened text; a code that has left is wiped and opens as dots."""
    wording = texts.TEXTS[notice.text_key]
    if notice.contents is None:
        gaps = texts.gaps_of(wording.sms) | texts.gaps_of(wording.voice)
        return Text(notice.text_key, dict.fromkeys(gaps, "……"))
    return Text(
        notice.text_key, json.loads(sealing.unseal("notices_notice.contents", notice.pk, notice.contents))
    )


def phone_of(notice: Notice) -> str:
    return "" if notice.phone is None else sealing.unseal("notices_notice.phone", notice.pk, notice.phone)


def inbox_of(person_id: PersonId, limit: int = 20) -> Sequence[Letter]:
    """What was said to this person here, newest first."""
    rows = Notice.objects.filter(person_id=person_id, channel=Channel.INBOX).order_by("-made_at", "-pk")
    return [_letter(row) for row in rows[:limit]]


def unread_of(person_id: PersonId) -> int:
    return Notice.objects.filter(person_id=person_id, channel=Channel.INBOX, read_at=None).count()


def states_of(about: str) -> list[tuple[Channel, NoticeState]]:
    """How every message about one thing has fared, oldest first."""
    rows = Notice.objects.filter(about=about).order_by("made_at", "pk").values_list("channel", "state")
    return [(Channel(channel), NoticeState(state)) for channel, state in rows]


def _letter(row: Notice) -> Letter:
    text = text_of(row)
    title = texts.TEXTS[row.text_key].title
    return Letter(row.code, title, texts.written(text), row.made_at, row.read_at is not None)
