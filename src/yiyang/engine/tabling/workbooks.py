"""Workbooks (.xlsx): values by calamine, formulas found in the sheet itself."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from html import unescape
from itertools import chain, islice
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from yiyang.engine.tabling import archives
from yiyang.engine.tabling.lines import (
    HEADER_WITHIN,
    MAX_CELLS,
    BadFile,
    Cell,
    Fault,
    Known,
    Line,
    Table,
    cut,
    header_among,
    header_of,
    too_many,
)

GUIDE_SHEET = "填写说明"
FORMULA = Fault("formula", "这一格是公式，不是内容", "复制这一列，用“选择性粘贴—数值”贴回去，再上传")
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>(\s*<(?:\w+:)?f\b)?', re.S)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_LARGEST_CELL = 4_000_000


def open_workbook(path: Path, known: Known) -> Table:
    """The first visible sheet that holds something; others that do are named in the notes.

    Raises:
        BadFile: nothing to read, damaged, or a cell so far out that the sheet would not fit.
    """
    with zipfile.ZipFile(path) as archive:
        parts = _parts(archive)
        for name in ("xl/sharedStrings.xml", "xl/styles.xml"):
            if name in archive.namelist():
                for _ in archives.blocks(archive, name):
                    pass
        formulas = {sheet: _look_through(archive, part) for sheet, part in parts.items()}
    try:
        book = CalamineWorkbook.from_path(str(path))
        chosen, others = _chosen(book)
        found = _numbered(chosen)
        first = list(islice(found, HEADER_WITHIN))
    except CalamineError as error:
        raise BadFile(
            f"{type(error).__name__}: {error}", message="表格文件已损坏，打不开。请重新导出"
        ) from None
    at = header_among([cells for _, cells in first], known)
    header = header_of(first[at][1])
    notes = [f"工作表“{name}”没有读：只读第一张有内容的工作表" for name in others]
    if above := sum(1 for _, cells in first[:at] if any(cell not in (None, "") for cell in cells)):
        notes.append(f"表头上面的 {above} 行没有读")
    rest = chain(first[at + 1 :], found)
    skipped = chosen.start[1] if chosen.start else 0  # rows begin at the first column that holds something
    lines = _lines(rest, len(header), formulas.get(chosen.name, {}), skipped)
    return Table(header, first[at][0], lines, tuple(notes))


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> member that holds it."""
    book = archives.whole(archive, "xl/workbook.xml").decode("utf-8", "replace")
    relations = archives.whole(archive, "xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {}
    for text in _RELATION.findall(relations):
        pairs = _attributes(text)
        target = pairs.get("Target", "")
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        targets[pairs.get("Id", "")] = whole
    found = {}
    for text in _SHEET.findall(book):
        pairs = _attributes(text)
        relation = next((value for key, value in pairs.items() if key.endswith(":id")), "")
        if targets.get(relation, "") in archive.namelist():
            found[pairs.get("name", "")] = targets[relation]
    return found


def _attributes(text: str) -> dict[str, str]:
    return {key: unescape(one or other) for key, one, other in _ATTRIBUTE.findall(text)}


def _look_through(archive: zipfile.ZipFile, part: str) -> dict[int, set[int]]:
    """Line -> columns (from 0) that hold a formula; refuses a sheet too wide and deep to be held."""
    found: dict[int, set[int]] = {}
    width = depth = formulas = placed = 0
    tail = b""
    for block in archives.blocks(archive, part):
        data = tail + block
        end = data.rfind(b"<c")
        end = end if end > 0 else max(0, len(data) - 64)
        here, tail = data[:end], data[end:]
        if len(tail) > _LARGEST_CELL:
            raise BadFile("one cell is larger than any entry", message="有一格大得不正常，没有打开这份表格")
        width, depth, placed = _place(here, found, width, depth, placed)
        formulas += len(_FORMULA.findall(here))
    width, depth, placed = _place(tail, found, width, depth, placed)
    formulas += len(_FORMULA.findall(tail))
    if width * depth > MAX_CELLS:
        raise BadFile(
            f"a sheet of {depth} lines and {width} columns",
            message="表格铺得太开：最后一格离得很远。请删掉空行空列和零散的格子，或拆成几份",
        )
    if formulas > placed:
        raise BadFile("formulas in cells without address", message=f"表格里有公式。{FORMULA.hint}")
    return found


def _place(
    data: bytes, found: dict[int, set[int]], width: int, depth: int, placed: int
) -> tuple[int, int, int]:
    for letters, number, formula in _CELL.findall(data):
        column, line = _column(letters), int(number)
        width, depth = max(width, column + 1), max(depth, line)
        if formula:
            found.setdefault(line, set()).add(column)
            placed += 1
    return width, depth, placed


def _column(letters: bytes) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + letter - 64
    return value - 1


def _chosen(book: CalamineWorkbook) -> tuple[CalamineSheet, list[str]]:
    """The sheet to read and the names of others with something in them, our own guide left out."""
    holding = []
    for meta in book.sheets_metadata:
        if meta.typ is SheetTypeEnum.WorkSheet and meta.name != GUIDE_SHEET:
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.end is not None:
                holding.append((meta.visible is not SheetVisibleEnum.Visible, sheet))
    holding.sort(key=lambda pair: pair[0])
    if not holding:
        raise BadFile("no sheet holds anything", message="表格里没有内容，请检查后再上传")
    return holding[0][1], [sheet.name for _, sheet in holding[1:]]


type _Value = int | float | str | bool | time | date | datetime | timedelta


def _numbered(sheet: CalamineSheet) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    for number, row in enumerate(sheet.iter_rows(), start=1):
        too_many(number - HEADER_WITHIN)
        yield number, tuple(_cell(value) for value in row)


def _cell(value: _Value) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, time | timedelta):
        return str(value)
    return None if value == "" else value


def _lines(
    rows: Iterator[tuple[int, tuple[Cell, ...]]], width: int, formulas: dict[int, set[int]], skipped: int
) -> Iterator[Line]:
    for number, cells in rows:
        here = {column - skipped for column in formulas.get(number, ())}
        if all(cell is None for cell in cells) and not here:
            continue
        kept, faults = cut(cells, width)
        wrong = tuple(
            Fault(FORMULA.code, FORMULA.reason, FORMULA.hint, column)
            for column in sorted(here)
            if column < width
        )
        yield Line(number, kept, faults + wrong)
