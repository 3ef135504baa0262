"""What every format comes down to: a header and numbered lines of cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from yiyang.engine.errors import Refused

type Cell = str | int | float | bool | date | None

MAX_BYTES = 200_000_000
MAX_ROWS = 1_000_000
MAX_COLUMNS = 200
MAX_CELLS = 12_000_000  # a workbook is held whole while it is read
MAX_TEXT = 2_000  # characters of one cell
HEADER_WITHIN = 10  # lines: above the header stands at most a title


class BadFile(Refused):
    """The file as a whole cannot be read; nothing of it was taken."""

    code = "engine.bad_file"
    message = "这份文件读不了，没有导入任何内容"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something was not taken. Neither text ever holds what stood in the cell.

    Attributes:
        code: stable, for counting.
        reason: what is wrong, Chinese.
        hint: what to do about it, Chinese.
        column: index in the line, None for the line as a whole.
    """

    code: str
    reason: str
    hint: str
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line below the header, numbered as the file numbers it; in JSON the n-th object."""

    number: int
    cells: tuple[Cell, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """An open table. ``lines`` is read once; ``notes`` says what was left aside, in Chinese."""

    header: tuple[str, ...]
    header_line: int
    lines: Iterator[Line]
    notes: tuple[str, ...] = field(default=())


type Known = Callable[[str], bool]
"""Whether a cell of the header is a column that somebody waits for."""


def header_among(rows: Sequence[Sequence[Cell]], known: Known) -> int:
    """Which of the first rows is the header: the one with most known names, the earliest of equals.

    Raises:
        BadFile: not one known name in any of them.
    """
    counts = [sum(1 for cell in row if isinstance(cell, str) and known(cell)) for row in rows]
    most = max(counts, default=0)
    if most == 0:
        raise BadFile(
            "no known column name in the first lines",
            message="前 10 行里没有找到表头。第一行应写列名，例如“姓名”“身份证号”；请用下载的模板填写",
        )
    return counts.index(most)


def header_of(row: Sequence[Cell]) -> tuple[str, ...]:
    """The names as written, empty columns at the end left out."""
    names = ["" if cell is None else str(cell).strip() for cell in row]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise BadFile(
            f"{len(names)} columns", message=f"列太多：{len(names)} 列，最多 {MAX_COLUMNS} 列。请用模板填写"
        )
    return tuple(names)


def cut(cells: Sequence[Cell], width: int) -> tuple[tuple[Cell, ...], tuple[Fault, ...]]:
    """Cells under the header; what stands beyond it is a fault, and so is a text too long to be an entry."""
    faults = []
    if any(cell not in (None, "") for cell in cells[width:]):
        faults.append(
            Fault("extra_cells", "这一行比表头多出内容", "内容可能错了位，请对齐表头；文字里的逗号要加引号")
        )
    kept = tuple(cells[:width]) + (None,) * (width - len(cells))
    for index, cell in enumerate(kept):
        if isinstance(cell, str) and len(cell) > MAX_TEXT:
            reason = f"这一格有 {len(cell)} 个字，最多 {MAX_TEXT} 个"
            faults.append(Fault("too_long", reason, "多半是引号没有配对，把几行连成了一格", index))
    return kept, tuple(faults)


def too_many(count: int) -> None:
    """Raises BadFile beyond the most lines a file may have."""
    if count > MAX_ROWS:
        raise BadFile(
            f"more than {MAX_ROWS} lines", message=f"超过 {MAX_ROWS:,} 行。请按旗县区或街道拆成几份再上传"
        )
