"""Reads tables of places and says what is wrong with them, line by line; nothing is stored here.

Two formats are understood, told apart by the header: our own (``code,name,kind,parent,valid_from``) and the
statistical table of twelve-digit codes (``code,code_short,name,level,parent,kind``). In the second the kinds
are somebody's guess by the ending of the name, so they are ignored and ours are used.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yiyang.engine.errors import Refused
from yiyang.regions import codes
from yiyang.regions.codes import Kind, Level

OWN_COLUMNS = ("code", "name", "kind", "parent", "valid_from")
REFERENCE_COLUMNS = ("code", "code_short", "name", "level", "parent", "kind")
REFERENCE_DAY = date(2023, 6, 30)
"""Cut-off of the statistical table of 2023 that the reference format carries."""


class BadTable(Refused):
    code = "regions.bad_table"
    message = "区划表有错，没有导入任何内容"


@dataclass(frozen=True, slots=True)
class Division:
    """One place as a table gives it: code and parent of twelve digits, the nation's parent empty."""

    code: str
    name: str
    kind: Kind
    parent: str
    valid_from: date

    @property
    def level(self) -> Level:
        return codes.level_of(self.code)

    @property
    def function_zone(self) -> bool:
        return self.kind is Kind.FUNCTION_ZONE


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: the line of the file (header = 1), the field, and what is wrong, in English."""

    line: int
    field: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.field}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a table holds: the good rows in file order, and the faults; rows in = rows + faulty lines."""

    rows: tuple[Division, ...]
    problems: tuple[Problem, ...]
    lines: tuple[int, ...]
    """Line number of each row, for faults found later."""

    def or_refuse(self, name: str) -> tuple[Division, ...]:
        """The rows, if there is not one fault.

        Raises:
            BadTable: names the file, the first fault and how many there are.
        """
        if self.problems:
            raise BadTable(f"{name}: {len(self.problems)} fault(s), first: {self.problems[0]}")
        return self.rows


def read_file(path: Path, *, valid_from: date = REFERENCE_DAY) -> Reading:
    """A table from a file in UTF-8, with or without a byte-order mark."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return read_table(lines, valid_from=valid_from)


def read_table(lines: Iterable[str], *, valid_from: date = REFERENCE_DAY) -> Reading:
    """Read either format and check it.

    Args:
        lines: text lines, header first.
        valid_from: day from which a row of the reference format is known; ours names its own.

    Raises:
        BadTable: the header is of neither format.
    """
    table = csv.reader(lines)
    header = tuple(next(table, ()))
    if header not in (OWN_COLUMNS, REFERENCE_COLUMNS):
        raise BadTable(f"expected the columns {','.join(OWN_COLUMNS)}, found {','.join(header) or 'nothing'}")
    rows: list[Division] = []
    numbers: list[int] = []
    problems: list[Problem] = []
    for cells in table:
        found = _row(cells, header, valid_from)
        if isinstance(found, Division):
            rows.append(found)
            numbers.append(table.line_num)
        elif found is not None:
            problems.append(Problem(table.line_num, *found))
    problems += check_tree(rows, numbers, {problem.line for problem in problems})
    return Reading(tuple(rows), tuple(sorted(problems, key=lambda p: (p.line, p.field))), tuple(numbers))


def _row(cells: list[str], header: tuple[str, ...], valid_from: date) -> Division | tuple[str, str] | None:
    """A place, or (field, reason), or nothing for an empty line."""
    if not any(cells):
        return None
    if len(cells) != len(header):
        return "line", f"{len(cells)} cells where {len(header)} are expected"
    values = {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
    code, name = values["code"], values["name"]
    if not codes.is_division(code):
        return "code", f"not twelve digits: {code!r} (a spreadsheet may have made a number of it)"
    if not name:
        return "name", "empty"
    try:
        kind = codes.kind_of(code, name)
    except codes.BadDivision as error:
        return "code", str(error)
    if header == OWN_COLUMNS:
        if values["kind"] != kind:
            return "kind", f"{values['kind']!r} where the code says {kind}"
        try:
            valid_from = date.fromisoformat(values["valid_from"])
        except ValueError:
            return "valid_from", f"not a date like 2023-06-30: {values['valid_from']!r}"
    parent = values["parent"]
    if not parent and code != codes.NATION:
        parent = codes.parents_of(code)[-1] if kind is Kind.REGION else ""
    return Division(code, name, kind, parent, valid_from)


def check_tree(rows: list[Division], lines: list[int], faulty: set[int]) -> Iterator[Problem]:
    """Duplicates, orphans and parents of the wrong branch.

    The nation may be missing. With faulty lines in the file an absent parent may simply be one of them, and
    the message says so.
    """
    known: dict[str, int] = {}
    for row, line in zip(rows, lines, strict=True):
        if row.code in known:
            yield Problem(line, "code", f"{row.code} stands already on line {known[row.code]}")
        known.setdefault(row.code, line)
    hint = " (or its line is faulty)" if faulty else ""
    for row, line in zip(rows, lines, strict=True):
        if row.code == codes.NATION:
            continue
        expected = codes.parents_of(row.code)[-1]
        if row.parent != expected:
            yield Problem(line, "parent", f"{row.parent or 'empty'} where the code says {expected}")
        elif expected != codes.NATION and expected not in known:
            yield Problem(line, "parent", f"{expected} is not in the table{hint}")


@dataclass(frozen=True, slots=True)
class Renamed:
    code: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The same name under another code of the same city: a place that changed its parent or number."""

    before: str
    after: str
    name: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes on a day: rows of ``removed`` end there, rows of ``added`` begin there.

    ``moved`` pairs an ended code with a begun one; both stand in ``removed`` and ``added`` too. A renamed
    place ends under its old name and begins under the new one with the same code.
    """

    on: date
    added: tuple[Division, ...]
    removed: tuple[Division, ...]
    renamed: tuple[Renamed, ...]
    moved: tuple[Moved, ...]

    @property
    def empty(self) -> bool:
        return not (self.added or self.removed or self.renamed)


def difference(old: Iterable[Division], new: Iterable[Division], on: date) -> Difference:
    """What must be ended and begun on a day so that the table in force becomes the new one.

    Args:
        old: places in force just before ``on``, one row a code.
        new: places in force from ``on``; their own ``valid_from`` is ignored and becomes ``on``.
        on: first day of the new table.

    Raises:
        BadTable: an old row begins on or after ``on``: the past cannot be rewritten by a table.
    """
    before = {row.code: row for row in old}
    after = {row.code: row for row in new}
    late = next((row for row in before.values() if row.valid_from >= on), None)
    if late is not None:
        raise BadTable(f"{late.code} is in force since {late.valid_from}; a difference must be dated later")
    added = tuple(_since(after[code], on) for code in sorted(after.keys() - before.keys()))
    removed = tuple(before[code] for code in sorted(before.keys() - after.keys()))
    renamed = tuple(
        Renamed(code, before[code].name, after[code].name)
        for code in sorted(before.keys() & after.keys())
        if before[code].name != after[code].name
    )
    return Difference(on, added, removed, renamed, _moves(removed, added))


def _since(row: Division, on: date) -> Division:
    return Division(row.code, row.name, row.kind, row.parent, on)


def _moves(removed: tuple[Division, ...], added: tuple[Division, ...]) -> tuple[Moved, ...]:
    """Pairs that are beyond doubt: one ended and one begun place of this name and level in the city."""
    ended: dict[tuple[str, Level, str], list[str]] = {}
    begun: dict[tuple[str, Level, str], list[str]] = {}
    for rows, index in ((removed, ended), (added, begun)):
        for row in rows:
            index.setdefault((row.code[:4], row.level, row.name), []).append(row.code)
    pairs = (
        (ended[key][0], begun[key][0], key[2])
        for key in ended
        if len(ended[key]) == len(begun.get(key, ())) == 1
    )
    return tuple(Moved(*pair) for pair in sorted(pairs))
