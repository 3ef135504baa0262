"""A line of a file to the values of a kind, or to all the reasons why not. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yiyang.engine.tabling import Line
from yiyang.engine.tabling.cells import Unreadable, text_of
from yiyang.engine.tabling.headers import Mapped, mapped, plain
from yiyang.engine.tabling.lines import Cell
from yiyang.exchange.feeds import RowCheck
from yiyang.exchange.kinds.declaring import Faulty, Kind, Problem, Taking, Values

REASON, HINT, WHERE = "退回原因", "怎么改", "原来的行号"
OURS = (REASON, HINT, WHERE)
EXAMPLE = "示例"


@dataclass(frozen=True)
class Reading:
    """How the columns of one file come to the columns of a kind."""

    kind: Kind
    header: tuple[str, ...]
    columns: Mapped
    agreed: RowCheck | None = None  # what a feed agreed with the department

    def title_at(self, index: int | None) -> str:
        return self.header[index] if index is not None and index < len(self.header) else ""


@dataclass(frozen=True)
class Parsed:
    """One line: ``problems`` is empty if it was read whole."""

    number: int
    cells: tuple[str, ...]
    values: Values
    problems: tuple[Problem, ...] = field(default=())


def names_of(kind: Kind, mapping: Mapping[str, str] | None = None) -> dict[str, tuple[str, ...]]:
    """Every name a column may go by; a department's own name comes first."""
    own = mapping or {}
    return {key: ((own[key], *names) if key in own else names) for key, names in kind.names.items()}


def knows(names: Mapping[str, Sequence[str]], cell: str) -> bool:
    word = plain(cell)
    return any(word == plain(name) for key, all_names in names.items() for name in (key, *all_names))


def reading_of(
    kind: Kind,
    header: tuple[str, ...],
    names: Mapping[str, Sequence[str]],
    schema: Mapping[str, Any] | None = None,
) -> Reading:
    """Raises BadFile: a column twice, or a required one missing."""
    agreed = None if schema is None else RowCheck(schema)
    return Reading(kind, header, mapped(header, names, kind.required, OURS), agreed)


def parse(line: Line, reading: Reading, taking: Taking) -> Parsed:
    """Every fault of the line is told, not only the first."""
    problems = [
        Problem(fault.code, fault.reason, fault.hint, reading.title_at(fault.column))
        for fault in line.faults
        if fault.column is None or fault.column in reading.columns.places.values()
    ]
    spoilt = {fault.column for fault in line.faults}
    values: dict[str, str | int | bool | None] = {}
    for column in reading.kind.columns:
        at = reading.columns.places.get(column.key)
        if at is None or at in spoilt:
            continue
        cell = line.cells[at]
        if _empty(cell):
            if column.required:
                problems.append(Problem("empty", f"“{column.title}”没有填", "这一项必须填", column.title))
            continue
        try:
            values[column.key] = column.read(cell)
        except Unreadable as fault:
            problems.append(Problem(fault.fault, fault.reason, fault.hint, column.title))
    if reading.agreed is not None:
        problems += reading.agreed.problems(_as_sent(line, reading.header))
    if not problems:
        problems += _fit(reading.kind, values, taking)
    return Parsed(line.number, tuple(text_of(cell) for cell in line.cells), values, tuple(problems))


def _as_sent(line: Line, header: Sequence[str]) -> dict[str, object]:
    """The row under the department's own names; an empty cell is absent."""
    pairs = zip(header, line.cells, strict=True)
    return {name: f"{cell}" if isinstance(cell, date) else cell for name, cell in pairs if not _empty(cell)}


def _empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _fit(kind: Kind, values: Values, taking: Taking) -> list[Problem]:
    try:
        kind.check(values, taking)
    except Faulty as fault:
        return [Problem(fault.fault, fault.reason, fault.hint, kind.column(fault.field).title)]
    return []


def is_example(line: Line) -> bool:
    """The line of our template that shows how to fill it in."""
    return any(isinstance(cell, str) and cell.startswith(EXAMPLE) for cell in line.cells)


@dataclass
class Twins:
    """Lines of one file about the same thing, found by digest: no second copy of the file is held."""

    kind: Kind
    seen: dict[bytes, tuple[int, bytes]] = field(default_factory=dict)

    def twin_of(self, parsed: Parsed) -> tuple[int, bool] | None:
        """The earlier line about the same thing, and whether it says the same."""
        key = hashlib.blake2b(self.kind.same(parsed.values).encode(), digest_size=12).digest()
        said = json.dumps(dict(parsed.values), sort_keys=True, ensure_ascii=False)
        content = hashlib.blake2b(said.encode(), digest_size=12).digest()
        first = self.seen.setdefault(key, (parsed.number, content))
        return None if first[0] == parsed.number else (first[0], first[1] == content)
