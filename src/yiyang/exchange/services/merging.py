"""Rows that were let in go into the records, chunk by chunk: a chunk is whole or not at all."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from django.db import IntegrityError, transaction

from yiyang.base.log import audit
from yiyang.base.scoping import EVERYWHERE, Role, Scope, acting
from yiyang.exchange import registry, storing
from yiyang.exchange.choices import BatchState, RowAct, RowState, TicketKind
from yiyang.exchange.kinds import kind_of
from yiyang.exchange.kinds.declaring import Entry, Kind, Taking, Verdict
from yiyang.exchange.models import Batch, Row, Ticket
from yiyang.exchange.services import leasing, staging
from yiyang.exchange.services.reading import WORKING, Clock, taking_of
from yiyang.people import services as people
from yiyang.regions import codes

log = logging.getLogger(__name__)
CHUNK = 2_000
TRIES = 3
WHOLE = 1_000_000
OPEN_ROWS = (RowState.READY, RowState.WAITING)


def merge_batch(batch_id: int, *, holder: str, clock: Clock) -> Batch:
    """Merge what is ready; what must be judged becomes a ticket. Interrupted, it goes on where it stopped.

    Raises:
        LostLease: another process has taken the file.
    """
    last = 0
    while True:
        done = _tried(batch_id, last, holder, clock)
        if done is None:
            return _finish(batch_id, holder, clock)
        last = done


def try_batch(batch_id: int, *, holder: str, clock: Clock) -> Batch:
    """What merging would come to: the same chunks over the same rows, rolled back here; nobody has approved.

    Raises:
        LostLease: no such file, or another process is at it.
    """
    with acting(Role.JOB, EVERYWHERE, actor_id=WORKING.label, purpose=leasing.PURPOSE):
        Batch.objects.filter(pk=batch_id, holder="").update(holder=holder)
        last: int | None = 0
        while last is not None:
            last = _tried(batch_id, last, holder, clock)
        _look_for_likely(batch_id, holder, clock)
        batch = leasing.hold(batch_id, holder=holder, now=clock())
        transaction.set_rollback(True)
    return batch


def _tried(batch_id: int, last: int, holder: str, clock: Clock) -> int | None:
    """One chunk; somebody registered in the same second is found by the next look."""
    for turn in range(TRIES):
        try:
            return _merge_chunk(batch_id, last, holder, clock)
        except IntegrityError:
            if turn == TRIES - 1:
                raise
            log.warning("batch %s: the records changed meanwhile; looking again", batch_id)
    raise AssertionError("unreachable")


def _merge_chunk(batch_id: int, last: int, holder: str, clock: Clock) -> int | None:
    with acting(Role.JOB, EVERYWHERE, actor_id=WORKING.label, purpose=leasing.PURPOSE):
        now = clock()
        batch = leasing.hold(batch_id, holder=holder, now=now)
        kind = kind_of(batch.kind)
        waiting = Row.objects.filter(batch=batch, state__in=OPEN_ROWS, pk__gt=last).order_by("pk")
        rows = list(waiting[: WHOLE if kind.at_once else CHUNK])
        if not rows:
            return None
        taking = taking_of(batch, WORKING, now)
        staging.recount(batch, rows, _merge_rows(rows, kind, taking, batch))
        batch.save(
            update_fields=["read", "merged", "unchanged", "rejected", "waiting", "to_add", "to_change"]
        )
        return rows[-1].pk


def _merge_rows(rows: Sequence[Row], kind: Kind, taking: Taking, batch: Batch) -> list[Verdict]:
    """Judge again under lock of the chunk: what was true at checking may have changed since."""
    entries = entries_of(rows)
    verdicts = kind.judge(entries, taking)
    ready = [(e, v) for e, v in zip(entries, verdicts, strict=True) if v.state is RowState.READY]
    with acting(Role.JOB, taking.scope, actor_id=WORKING.label, purpose=f"import {batch.pk}"):
        added = kind.merge(ready, taking)
    told = [
        replace(v, state=RowState.MERGED, person_id=added.get(entry.line, v.person_id))
        if v.state is RowState.READY
        else v
        for entry, v in zip(entries, verdicts, strict=True)
    ]
    staging.settle_rows([(row.pk, verdict) for row, verdict in zip(rows, told, strict=True)])
    pairs = list(zip(rows, told, strict=True))
    staging.note_problems(batch, [(row.line, v.problem) for row, v in pairs if v.problem is not None])
    _open_tickets(batch, [(row, v) for row, v in pairs if v.state is RowState.WAITING], taking)
    return told


def entries_of(rows: Sequence[Row], *, decided: bool = False) -> list[Entry]:
    """What rows say, opened."""
    contents = storing.open_lines((row.pk, row.content) for row in rows if row.content is not None)
    return [Entry(row.line, content.values, decided) for row, content in zip(rows, contents, strict=True)]


def _open_tickets(batch: Batch, rows: Sequence[tuple[Row, Verdict]], taking: Taking) -> None:
    tickets = [
        Ticket(
            batch=batch,
            division=batch.division,
            line=row.line,
            kind=verdict.ticket or TicketKind.DIFFERENCE,
            person_id=verdict.person_id or 0,
            fields=list(verdict.fields),
            held_rank=verdict.held_rank,
            opened_at=taking.now,
        )
        for row, verdict in rows
    ]
    Ticket.objects.bulk_create(tickets, ignore_conflicts=True)


def _look_for_likely(batch_id: int, holder: str, clock: Clock) -> None:
    """Whoever was entered may be somebody registered under another number: people asks on its own page."""
    with acting(Role.JOB, EVERYWHERE, actor_id=WORKING.label, purpose=leasing.PURPOSE):
        now = clock()
        batch = leasing.hold(batch_id, holder=holder, now=now)
        entered = Row.objects.filter(batch=batch, state=RowState.MERGED, act=RowAct.ADD)
        ids = [one for one in entered.values_list("person_id", flat=True) if one is not None]
        # County by county: the registry of a whole city is a gigabyte while it is compared.
        for county, here in registry.by_county(ids).items():
            prefix = max(codes.prefix_of(batch.division), county, key=len)
            with acting(Role.JOB, Scope.of(prefix), actor_id=WORKING.label):
                people.find_among(person_ids=here, now=now)


def _finish(batch_id: int, holder: str, clock: Clock) -> Batch:
    _look_for_likely(batch_id, holder, clock)
    with acting(Role.JOB, EVERYWHERE, actor_id=WORKING.label, purpose=leasing.PURPOSE):
        now = clock()
        batch = leasing.hold(batch_id, holder=holder, now=now)
        staging.count(batch)
        batch.state, batch.finished_at = BatchState.DONE, now
        leasing.release(batch)
        batch.save()
        taking = taking_of(batch, WORKING, now)
        _tell(batch, taking)
        return batch


def _tell(batch: Batch, taking: Taking) -> None:
    audit.record(
        actor=WORKING,
        action="import_merged",
        now=taking.now,
        subject=("batch", batch.pk),
        division=batch.division,
        detail={
            name: getattr(batch, name) for name in ("read", "merged", "unchanged", "rejected", "waiting")
        },
    )
    if batch.merged:
        people.tell_many_changed(division=taking.prefix, now=taking.now)


@transaction.atomic
def merge_one(*, row: Row, batch: Batch, taking: Taking) -> Verdict:
    """One row that somebody has decided for, under the scope that is open; returns what became of it."""
    kind = kind_of(batch.kind)
    (entry,) = entries_of([row], decided=True)
    (verdict,) = kind.judge([entry], taking)
    if verdict.state is RowState.READY:
        kind.merge([(entry, verdict)], taking)
        verdict = replace(verdict, state=RowState.MERGED)
    staging.settle_rows([(row.pk, verdict)])
    return verdict
