"""Lines of a file as rows of this room: sealed, counted, with the reasons of those that are not taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import connection
from django.db.models import Count, F

from yiyang.exchange import storing
from yiyang.exchange.choices import RowAct, RowState
from yiyang.exchange.kinds.declaring import Problem, Verdict
from yiyang.exchange.models import Batch, Rejection, Row
from yiyang.exchange.parsing import Parsed

ADD_ROWS = """
INSERT INTO exchange_row (id, batch_id, division, line, state, act, person_id, content)
SELECT r.id, %s, %s, r.line, r.state, r.act, r.person_id, r.content
  FROM unnest(%s::bigint[], %s::integer[], %s::text[], %s::text[], %s::bigint[], %s::text[])
       AS r (id, line, state, act, person_id, content)"""
SETTLE_ROWS = """
UPDATE exchange_row r
   SET state = n.state, act = n.act, person_id = coalesce(n.person_id, r.person_id),
       content = CASE WHEN n.state IN ('MERGED', 'UNCHANGED') THEN NULL ELSE r.content END
  FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[]) AS n (id, state, act, person_id)
 WHERE r.id = n.id"""
UNREAD = Verdict(RowState.REJECTED)
FIGURES: Mapping[tuple[str, str | None], str] = {
    (RowState.READY, RowAct.ADD): "to_add",
    (RowState.READY, RowAct.CHANGE): "to_change",
    (RowState.MERGED, None): "merged",
    (RowState.UNCHANGED, None): "unchanged",
    (RowState.REJECTED, None): "rejected",
    (RowState.WAITING, None): "waiting",
}
"""Which figure of a batch a row of that state (and act) counts in."""


def write_rows(batch: Batch, parsed: Sequence[Parsed], verdicts: Sequence[Verdict | None]) -> None:
    """Stage lines of one block; what a line says is sealed, a line that changes nothing says nothing."""
    told = [verdict or UNREAD for verdict in verdicts]
    ids = storing.draw_ids("exchange_row", len(parsed))
    contents = storing.seal_lines(
        (row_id, None if verdict.state is RowState.UNCHANGED else storing.Content(line.cells, line.values))
        for row_id, line, verdict in zip(ids, parsed, told, strict=True)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            ADD_ROWS,
            [
                batch.pk,
                batch.division,
                ids,
                [line.number for line in parsed],
                [verdict.state.value for verdict in told],
                [verdict.act.value for verdict in told],
                [verdict.person_id for verdict in told],
                contents,
            ],
        )
    note_problems(
        batch,
        [
            (line.number, problem)
            for line, verdict in zip(parsed, told, strict=True)
            for problem in (*line.problems, *([verdict.problem] if verdict.problem else []))
        ],
    )


def note_problems(batch: Batch, problems: Sequence[tuple[int, Problem]]) -> None:
    Rejection.objects.bulk_create(
        (
            Rejection(
                batch=batch, division=batch.division, line=line, field=problem.field, fault=problem.fault,
                reason=problem.reason, hint=problem.hint,
            )
            for line, problem in problems
        ),
        batch_size=5_000,
    )  # fmt: skip


def reject_line(batch: Batch, line: int, problem: Problem) -> None:
    """A line staged before turns out to be in doubt."""
    changed = Row.objects.filter(batch=batch, line=line).exclude(state=RowState.REJECTED)
    if changed.update(state=RowState.REJECTED, act=RowAct.NONE):
        note_problems(batch, [(line, problem)])


def settle_rows(settled: Sequence[tuple[int, Verdict]]) -> None:
    """Write what became of rows; what stands in the records is no longer kept here."""
    with connection.cursor() as cursor:
        cursor.execute(
            SETTLE_ROWS,
            [
                [row_id for row_id, _ in settled],
                [verdict.state.value for _, verdict in settled],
                [verdict.act.value for _, verdict in settled],
                [verdict.person_id for _, verdict in settled],
            ],
        )


def count(batch: Batch) -> None:
    """The figures of a batch from its rows; the caller saves."""
    rows = Row.objects.filter(batch=batch)
    by_state = dict(rows.values_list("state").annotate(n=Count("id")).order_by())
    by_act = dict(rows.filter(state=RowState.READY).values_list("act").annotate(n=Count("id")).order_by())
    batch.read = sum(by_state.values())
    batch.merged = by_state.get(RowState.MERGED, 0)
    batch.unchanged = by_state.get(RowState.UNCHANGED, 0)
    batch.rejected = by_state.get(RowState.REJECTED, 0)
    batch.waiting = by_state.get(RowState.WAITING, 0)
    batch.to_add, batch.to_change = by_act.get(RowAct.ADD, 0), by_act.get(RowAct.CHANGE, 0)


def recount(batch: Batch, rows: Sequence[Row], after: Sequence[Verdict]) -> None:
    """The same figures after one chunk, without counting all rows of the file again; the caller saves."""
    for row, verdict in zip(rows, after, strict=True):
        for state, act, by in ((row.state, row.act, -1), (verdict.state, verdict.act, 1)):
            name = FIGURES.get((state, act)) or FIGURES.get((state, None))
            if name is not None:
                setattr(batch, name, getattr(batch, name) + by)


def shift(batch: Batch, before: RowState, after: RowState) -> None:
    """One row changed its state after the batch was counted."""
    Batch.objects.filter(pk=batch.pk).update(
        **{before.value.lower(): F(before.value.lower()) - 1, after.value.lower(): F(after.value.lower()) + 1}
    )
