"""Every sealed field and blind index under new keys, while pages and jobs go on.

1. FILL   The new keys wait: everybody can open what they seal, nobody writes with them. The second column of
          each unique index is filled; whoever writes a row fills it as well.
2. SEAL   The new keys write. Every row is sealed again and indexed again; searches ask for both indexes.
          While the first column of a unique index holds old and new, the second one keeps it unique.
3. CHECK  Pass after pass until one finds nothing left: it also catches what a transaction wrote that had
          begun under the old ring.

A row is changed only if it still holds the ciphertext that was read, so nobody's change is overwritten.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from yiyang.base.actors import process
from yiyang.base.choices import Phase
from yiyang.base.keys import keyring, resealing, sealing
from yiyang.base.keys.keyring import DATA, INDEX, KeyRefused, KeyRing
from yiyang.base.keys.resealing import Done, Rows
from yiyang.base.keys.sealing import SealedTable
from yiyang.base.log import audit
from yiyang.base.models import Rotation
from yiyang.base.scoping import EVERYWHERE, Role, acting
from yiyang.engine.errors import BrokenInvariant

ROTATING = process("keys")
BATCH = 5_000
PASSES = 5
PATIENCE = 60.0  # seconds to wait for transactions that began under the old ring

Activate = Callable[[list[str]], None]
Told = Callable[[str, int, int], None]  # phase, fields so far, rows of this batch


class CannotRotate(BrokenInvariant):
    code = "base.cannot_rotate"


@dataclass
class Report:
    """What a run did."""

    fields: int = 0
    rows: int = 0
    damaged: list[str] = field(default_factory=list)  # "table.column of row id": did not open, left alone
    clashing: list[str] = field(default_factory=list)  # rows whose index another row holds already


def open_run() -> Rotation | None:
    """The run that was begun and not ended."""
    with acting(Role.JOB, EVERYWHERE, actor_id=ROTATING.label):
        return Rotation.objects.filter(finished_at=None).first()


def begin(keys: dict[str, str], *, now: datetime) -> Rotation:
    """Note the run before the first row is touched.

    Raises:
        CannotRotate: a table cannot be re-sealed by the role of background work.
    """
    with acting(Role.JOB, EVERYWHERE, actor_id=ROTATING.label):
        resealing.check_granted(sealing.sealed_tables())
        return Rotation.objects.create(started_at=now, keys=keys)


def carry_on(run: Rotation, *, activate: Activate, told: Told, clock: Callable[[], datetime]) -> Report:
    """From wherever the run stands to its end.

    Args:
        activate: makes these keys write, in the ring that everybody reads.
    """
    report, tables = Report(), sealing.sealed_tables()
    if run.phase == Phase.FILL:
        for table in tables:
            if table.nexts:
                _through(run, table, report, told)
        _wait_for_others()
        activate(list(run.keys.values()))
        _wait_for_others()
        _enter(run, Phase.SEAL)
    if run.phase == Phase.SEAL:
        for table in tables:
            _through(run, table, report, told)
        _enter(run, Phase.CHECK)
    for _ in range(PASSES):
        _wait_for_others()
        before = report.fields
        for table in tables:
            _through(run, table, report, told)
        if report.fields == before:
            break
        _enter(run, Phase.CHECK)
    else:
        raise CannotRotate("rows keep coming under the old key: a process does not read the changed ring")
    _end(run, report, clock())
    return report


def _end(run: Rotation, report: Report, now: datetime) -> None:
    with acting(Role.JOB, EVERYWHERE, actor_id=ROTATING.label):
        run.finished_at = now
        run.save(update_fields=["finished_at"])
        audit.record(
            actor=ROTATING,
            action="keys_rotated",
            now=now,
            purpose="rotation of keys",
            detail={
                "keys": run.keys,
                "fields": run.fields,
                "damaged": len(report.damaged),
                "clashing": len(report.clashing),
            },
        )


def _enter(run: Rotation, phase: Phase) -> None:
    run.phase, run.progress = phase, {}
    with acting(Role.JOB, EVERYWHERE, actor_id=ROTATING.label):
        run.save(update_fields=["phase", "progress"])


def _through(run: Rotation, table: SealedTable, report: Report, told: Told) -> None:
    """One table to its end: a batch is encrypted while the one before it is written."""
    with ThreadPoolExecutor(1) as worker:
        ahead: tuple[Rows, Future[Done]] | None = None
        for rows in _batches(table, run):
            ring = sealing.ring()
            coming = rows, worker.submit(_worked, table, rows, ring, run)
            if ahead:
                _write(run, table, ahead[1].result(), report, told)
            ahead = coming
        if ahead:
            _write(run, table, ahead[1].result(), report, told)


def _worked(table: SealedTable, rows: Rows, ring: KeyRing, run: Rotation) -> Done:
    if run.phase == Phase.FILL:
        return resealing.filled(table, rows, ring, run.keys)
    return resealing.resealed(table, rows, ring)


def _batches(table: SealedTable, run: Rotation) -> Iterator[Rows]:
    after: int | None = run.progress.get(table.table)
    while True:
        with acting(Role.JOB, EVERYWHERE, actor_id=ROTATING.label):
            rows = resealing.read_rows(table, after=after, limit=BATCH)
        if not rows:
            return
        after = rows[-1][0]
        yield rows


def _write(run: Rotation, table: SealedTable, done: Done, report: Report, told: Told) -> None:
    with acting(Role.JOB, EVERYWHERE, actor_id=ROTATING.label):
        try:
            with transaction.atomic():
                resealing.write_rows(table, done)
        except IntegrityError:
            report.clashing += _one_by_one(table, done)
        run.progress[table.table] = done.last
        run.fields += done.fields
        run.save(update_fields=["progress", "fields"])
    report.fields += done.fields
    report.rows += done.read
    report.damaged += [field for field in done.damaged if field not in report.damaged]
    told(run.phase, report.fields, done.read)


def _one_by_one(table: SealedTable, done: Done) -> list[str]:
    """Find the rows that cannot be told apart; the others are written."""
    clashing = []
    for single in done.singles():
        try:
            with transaction.atomic():
                resealing.write_rows(table, single)
        except IntegrityError:
            clashing.append(f"{table.table} row {single.last}")
    return clashing


def _wait_for_others() -> None:
    """Until every transaction is over that may still hold the ring as it was before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")
        mark = cursor.fetchone()[0]
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot()) >= %s::xid8", [mark])
            if cursor.fetchone()[0]:
                return
            time.sleep(0.05)


def uses_of(ring: KeyRing, key_id: str, told: Told) -> dict[str, int]:
    """How many rows of each table still need a key of sealed fields or of an index; none left out.

    Raises:
        KeyRefused: nobody can count what this purpose's keys are used for.
    """
    key = ring.key(key_id)
    if key.purpose != DATA and not key.purpose.startswith(INDEX):
        raise KeyRefused(f"key {key_id} ({key.purpose}) is kept: what it has signed outside is not counted")
    counts: dict[str, int] = {}
    with acting(Role.JOB, EVERYWHERE, actor_id=ROTATING.label):
        for table in sealing.sealed_tables():
            if key.purpose == DATA:
                counts |= resealing.count_sealed(table, key_id)
                continue
            after: int | None = None
            while rows := resealing.read_rows(table, after=after, limit=BATCH):
                after = rows[-1][0]
                for column, n in resealing.count_indexed(table, rows, ring, key).items():
                    counts[column] = counts.get(column, 0) + n
                told("COUNT", 0, len(rows))
    return {column: n for column, n in counts.items() if n}


def clear_second_columns(purpose: str) -> None:
    """After the old key is gone nothing is kept in the second column of its index."""
    for table in sealing.sealed_tables():
        for blind in table.blinds:
            if keyring.INDEX + blind.field == purpose and blind.column in table.nexts:
                with acting(Role.JOB, EVERYWHERE, actor_id=ROTATING.label):
                    resealing.clear(table, table.nexts[blind.column])


def audit_act(action: str, detail: dict[str, Any], *, now: datetime) -> None:
    """One row for an act on keys."""
    with acting(Role.JOB, EVERYWHERE, actor_id=ROTATING.label):
        audit.record(actor=ROTATING, action=action, now=now, purpose="keys", detail=detail)
