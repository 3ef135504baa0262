"""A file comes in: looked at, kept in sealed pieces, recognised if it was here before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from django.db import transaction

from yiyang.base.actors import Actor, ActorKind
from yiyang.base.log import audit
from yiyang.exchange import guards, storing
from yiyang.exchange.choices import LIVING, RANKS, BatchState
from yiyang.exchange.kinds import kind_of
from yiyang.exchange.models import Batch, Feed
from yiyang.people import selectors as people
from yiyang.people.choices import Purpose, Source
from yiyang.people.guards import check_weighed


@dataclass(frozen=True)
class Upload:
    """What somebody says about a file; ``name`` is the file's own name and is kept sealed."""

    kind: str
    source: Source
    as_of: date
    name: str
    prefix: str
    feed: Feed | None = None


@dataclass(frozen=True)
class Received:
    """``known``: the same bytes were here before, and nothing new was taken."""

    batch: Batch
    known: bool


@transaction.atomic
def receive_file(*, actor: Actor, upload: Upload, file: IO[bytes], now: datetime) -> Received:
    """Take a file in; it is read by a process afterwards.

    Raises:
        NotYourDuty, NoSuchKind, DayRefused
        TooLarge: more than 200 MB; nothing was kept.
        BadFile: no table by its first bytes.
        NotAssessed: nobody has weighed what sharing does to people.
    """
    check_weighed(people.impact_noted(Purpose.SHARING, on=now.date()), Purpose.SHARING)
    if actor.kind is ActorKind.STAFF:
        guards.check_can_upload(actor, as_of=upload.as_of, today=now.date())
    elif upload.as_of > now.date():
        raise guards.DayRefused(f"as of {upload.as_of}, after {now.date()}")
    kind, looked = kind_of(upload.kind), storing.look_at(file)
    division = upload.prefix.ljust(12, "0")
    before = Batch.objects.filter(
        mark__in=looked.marks, kind=kind.code, division=division, source=upload.source, state__in=LIVING
    ).first()
    if before is not None:
        _note(actor, "import_known", before, now)
        return Received(before, known=True)
    batch = Batch.objects.create(
        division=division,
        kind=kind.code,
        source=upload.source,
        rank=upload.feed.rank if upload.feed else RANKS[upload.source],
        as_of=upload.as_of,
        feed=upload.feed,
        state=BatchState.RECEIVED,
        format=looked.format,
        size=looked.size,
        mark=looked.mark,
        uploaded_by_id=actor.user_id,
        uploaded_at=now,
    )
    storing.tell(batch, name=upload.name[:200])
    batch.save(update_fields=["told"])
    storing.keep(batch, file)
    _note(actor, "import_received", batch, now)
    return Received(batch, known=False)


def _note(actor: Actor, action: str, batch: Batch, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        now=now,
        subject=("batch", batch.pk),
        division=batch.division,
        detail={"kind": batch.kind, "source": batch.source, "bytes": batch.size},
    )
