"""Tables that we give out: every cell is text, nothing a spreadsheet would reckon with."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from yiyang.engine.tabling.opening import Format
from yiyang.engine.tabling.texts import is_formula
from yiyang.engine.tabling.workbooks import GUIDE_SHEET

WORKBOOK = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
WIDE = 24


def write_table(path: Path, kind: Format, header: Sequence[str], lines: Iterable[Sequence[str]]) -> int:
    """Write a table in one of the three formats; returns how many lines."""
    if kind is Format.XLSX:
        return _workbook(path, header, lines)
    if kind is Format.JSON:
        return _objects(path, header, lines)
    return _text(path, header, lines)


def _text(path: Path, header: Sequence[str], lines: Iterable[Sequence[str]]) -> int:
    """UTF-8 with the mark that spreadsheets ask for; a sign in front keeps them from reckoning."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([_harmless(name) for name in header])
        for count, cells in enumerate(lines, start=1):  # noqa: B007  # counts the lines
            writer.writerow([_harmless(cell) for cell in cells])
    return count


def _harmless(cell: str) -> str:
    return f"'{cell}" if is_formula(cell) or cell[:1] in ("\t", "\r") else cell


def _objects(path: Path, header: Sequence[str], lines: Iterable[Sequence[str]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for count, cells in enumerate(lines, start=1):
            pairs = {name: cell or None for name, cell in zip(header, cells, strict=True)}
            file.write(("" if count == 1 else ",") + "\n" + json.dumps(pairs, ensure_ascii=False))
        file.write("\n]\n")
    return count


def _workbook(path: Path, header: Sequence[str], lines: Iterable[Sequence[str]]) -> int:
    count = 0
    with xlsxwriter.Workbook(str(path), WORKBOOK) as book:
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
        sheet = book.add_worksheet("数据")
        sheet.set_column(0, len(header) - 1, WIDE, text)
        sheet.freeze_panes(1, 0)
        _write_line(sheet, 0, header, bold)
        for count, cells in enumerate(lines, start=1):
            _write_line(sheet, count, cells, text)
    return count


def _write_line(
    sheet: xlsxwriter.worksheet.Worksheet, line: int, cells: Sequence[str], form: xlsxwriter.format.Format
) -> None:
    for column, cell in enumerate(cells):
        if cell:
            sheet.write_string(line, column, cell, form)


@dataclass(frozen=True, slots=True)
class Explained:
    """One column of a template."""

    title: str
    says: str
    example: str
    required: bool
    also: Sequence[str]


def write_template(path: Path, title: str, columns: Sequence[Explained]) -> None:
    """A workbook to fill in: text columns, one line that shows how, a sheet that explains each column."""
    with xlsxwriter.Workbook(str(path), {**WORKBOOK, "constant_memory": False}) as book:
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(title)
        sheet.set_column(0, max(len(columns) - 1, 0), WIDE, text)
        sheet.freeze_panes(1, 0)
        _write_line(sheet, 0, [column.title for column in columns], bold)
        _write_line(sheet, 1, [column.example for column in columns], text)
        guide = book.add_worksheet(GUIDE_SHEET)
        guide.set_column(0, 3, 36, wrap)
        _write_line(guide, 0, ["列", "要不要填", "怎么填", "也认得的列名"], bold)
        for line, column in enumerate(columns, start=1):
            must = "必须填" if column.required else "可以不填；空着表示没有说"
            _write_line(guide, line, [column.title, must, column.says, "、".join(column.also)], wrap)
        _write_line(guide, len(columns) + 2, ["第二行是示例，上传时不读，可以删掉"], wrap)
