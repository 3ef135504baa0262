"""What was not taken goes back as the file it came as: the same columns, with the reason and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from yiyang.engine.tabling import Format, writing
from yiyang.engine.tabling.writing import Explained
from yiyang.exchange import selectors, storing
from yiyang.exchange.kinds.declaring import Column, Kind
from yiyang.exchange.models import Batch
from yiyang.exchange.parsing import EXAMPLE, HINT, OURS, REASON, WHERE


def write_rejected(batch: Batch, path: Path) -> int:
    """Write the lines that go back; returns how many. The file holds personal data: 0600."""
    header = list(storing.told_of(batch).get("header", []))
    kept = [index for index, name in enumerate(header) if name not in OURS]
    path.touch(mode=0o600)
    columns = [*(header[index] for index in kept), REASON, HINT, WHERE]
    return writing.write_table(path, Format(batch.format), columns, _lines(batch, kept))


def write_template(kind: Kind, path: Path) -> None:
    """A workbook to fill in for one kind."""
    columns = [Explained(c.title, c.says, _example(c), c.required, c.also) for c in kind.columns]
    writing.write_template(path, kind.title, columns)


def _example(column: Column) -> str:
    return f"{EXAMPLE}甲" if column.key == "name" else column.example


def _lines(batch: Batch, kept: Sequence[int]) -> Iterator[list[str]]:
    told: dict[int, tuple[list[str], list[str]]] = {}
    for rejection in selectors.rejections_of(batch.pk):
        reasons, hints = told.setdefault(rejection.line, ([], []))
        reasons.append(f"{rejection.field}：{rejection.reason}" if rejection.field else rejection.reason)
        hints.append(rejection.hint)
    for row in selectors.rejected_rows(batch.pk).iterator(chunk_size=2000):
        cells = storing.open_line(row.pk, row.content).cells if row.content else []
        reasons, hints = told.get(row.line, ([], []))
        yield [*(cells[i] if i < len(cells) else "" for i in kept),
               "；".join(reasons), "；".join(dict.fromkeys(hints)), str(row.line)]  # fmt: skip


def summary_of(batch: Batch) -> dict[str, object]:
    """What a console prints of a batch: counts, state, nothing of a person."""
    return {
        "kind": batch.kind,
        "state": batch.state,
        **{name: getattr(batch, name) for name in ("read", "merged", "unchanged", "rejected", "waiting")},
        "to_add": batch.to_add,
        "to_change": batch.to_change,
    }
