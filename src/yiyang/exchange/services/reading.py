"""Read a file into sealed lines, judge each against the records, and count what would happen."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from itertools import chain
from pathlib import Path

from yiyang.base.actors import Actor, process
from yiyang.base.log import audit
from yiyang.base.scoping import EVERYWHERE, Role, acting
from yiyang.engine.tabling import BadFile, Line, Table, open_table
from yiyang.exchange import parsing, storing
from yiyang.exchange.choices import BatchState, RowState
from yiyang.exchange.kinds import kind_of
from yiyang.exchange.kinds.declaring import Entry, Kind, Problem, Taking, Verdict
from yiyang.exchange.models import Batch, Piece, Rejection, Row
from yiyang.exchange.parsing import Parsed, Reading, Twins
from yiyang.exchange.services import leasing, staging
from yiyang.people.choices import Source
from yiyang.regions import codes

BLOCK = 5_000
WORKING = process("import")
Clock = Callable[[], datetime]


def taking_of(batch: Batch, actor: Actor, now: datetime) -> Taking:
    """What all lines of a batch share."""
    return Taking(
        actor, batch.pk, codes.prefix_of(batch.division), Source(batch.source), batch.rank, batch.as_of, now
    )


def read_batch(batch_id: int, *, holder: str, clock: Clock) -> Batch:
    """Stage every line with its verdict. Interrupted, it begins again; nothing of the records is touched.

    Raises:
        LostLease: another process has taken the file.
    """
    with _acting():
        batch = leasing.hold(batch_id, holder=holder, now=clock())
        Row.objects.filter(batch=batch).delete()
        Rejection.objects.filter(batch=batch).delete()
        mapping, schema = (batch.feed.mapping, batch.feed.schema) if batch.feed else (None, None)
    kind = kind_of(batch.kind)
    names = parsing.names_of(kind, mapping)
    with tempfile.TemporaryDirectory(prefix="yiyang-import-") as folder:
        path = Path(folder) / "file"
        try:
            with _acting():
                storing.put_together(batch, path)
            with open_table(path, lambda cell: parsing.knows(names, cell)) as table:
                reading = parsing.reading_of(kind, table.header, names, schema)
                return _stage(batch, table, reading, holder, clock)
        except BadFile as fault:
            return _bad(batch_id, fault, holder, clock())


def _acting() -> AbstractContextManager[object]:
    return acting(Role.JOB, EVERYWHERE, actor_id="process:import", purpose=leasing.PURPOSE)


def _stage(batch: Batch, table: Table, reading: Reading, holder: str, clock: Clock) -> Batch:
    twins, notes = Twins(reading.kind), list(table.notes)
    first = next(table.lines, None)
    if first is not None and parsing.is_example(first):
        notes.append(f"第 {first.number} 行是示例，没有读")
        first = None
    lines = chain([] if first is None else [first], table.lines)
    for block in storing.in_blocks(lines, BLOCK):
        with _acting():
            now = clock()
            leasing.hold(batch.pk, holder=holder, now=now)
            _stage_block(batch, block, reading, twins, taking_of(batch, WORKING, now))
    with _acting():
        batch = leasing.hold(batch.pk, holder=holder, now=clock())
        notes += [f"列“{name}”不认得，没有读" for name in reading.columns.unknown]
        storing.tell(batch, header=list(table.header), notes=notes)
        return _checked(batch, clock())


def _stage_block(batch: Batch, block: Sequence[Line], reading: Reading, twins: Twins, taking: Taking) -> None:
    parsed = [parsing.parse(line, reading, taking) for line in block]
    verdicts = _judged(parsed, reading.kind, twins, taking, batch)
    staging.write_rows(batch, parsed, verdicts)


def _judged(
    parsed: Sequence[Parsed], kind: Kind, twins: Twins, taking: Taking, batch: Batch
) -> list[Verdict | None]:
    """A verdict per line; None where the line itself could not be read."""
    verdicts: list[Verdict | None] = [None] * len(parsed)
    places = {line.number: index for index, line in enumerate(parsed)}
    asked: list[int] = []
    apart: list[tuple[int, int]] = []
    for index, line in enumerate(parsed):
        if line.problems:
            continue
        twin = twins.twin_of(line)
        if twin is None:
            asked.append(index)
        elif twin[1]:
            verdicts[index] = Verdict(RowState.UNCHANGED)
        else:
            apart += [(line.number, twin[0]), (twin[0], line.number)]
    found = kind.judge([Entry(parsed[i].number, parsed[i].values) for i in asked], taking)
    for index, verdict in zip(asked, found, strict=True):
        verdicts[index] = verdict
    for number, other in apart:
        if number in places:
            verdicts[places[number]] = Verdict(RowState.REJECTED, problem=_apart(other))
        else:
            staging.reject_line(batch, number, _apart(other))
    return verdicts


def _apart(other: int) -> Problem:
    """Neither of two lines is taken: which of them is right cannot be told from here."""
    return Problem("twins", f"和第 {other} 行是同一个人（同一件事），内容却不同", "请核对后只留一行")


def _checked(batch: Batch, now: datetime) -> Batch:
    staging.count(batch)
    batch.state = BatchState.CHECKED
    leasing.release(batch)
    batch.save()
    Piece.objects.filter(batch=batch).delete()
    audit.record(
        actor=WORKING,
        action="import_checked",
        now=now,
        subject=("batch", batch.pk),
        division=batch.division,
        detail={"read": batch.read, "rejected": batch.rejected, "waiting": batch.waiting},
    )
    return batch


def _bad(batch_id: int, fault: BadFile, holder: str, now: datetime) -> Batch:
    with _acting():
        batch = leasing.hold(batch_id, holder=holder, now=now)
        Row.objects.filter(batch=batch).delete()
        Rejection.objects.filter(batch=batch).delete()
        Piece.objects.filter(batch=batch).delete()
        storing.tell(batch, bad=fault.message)
        batch.state, batch.finished_at = BatchState.BAD, now
        leasing.release(batch)
        batch.save()
    return batch
