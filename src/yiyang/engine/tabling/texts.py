"""CSV as offices export it: UTF-8, GB18030 or UTF-16, sometimes two in one file; several delimiters."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from yiyang.engine.tabling.lines import (
    HEADER_WITHIN,
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

DELIMITERS = ",\t;|，"
LONGEST_LINE = 1_000_000  # bytes
BLOCK = 1 << 16
MARK = "\udcff"
"""Stands in a line that is written in another encoding than the file: no decoder ever gives it."""

MIXED = Fault(
    "mixed_encoding",
    "这一行的文字编码和整份文件不一样，可能是乱码",
    "请打开原文件核对这一行的文字，统一另存为 UTF-8",
)
FORMULA = Fault("formula", "这一格以 = + - @ 开头，会被当成公式", "去掉开头的符号再上传")
SIGNS = frozenset("=+-@")
TEXT_FORMULA = re.compile(r'="([^"]*)"')
NUMBER = re.compile(r"[+-]?[0-9][0-9 .,%-]*(?:[eE][+-]?[0-9]+)?|-+")
BOTH = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}")  # a Chinese sign in UTF-8

csv.field_size_limit(LONGEST_LINE)


@dataclass(frozen=True, slots=True)
class Encoding:
    name: str  # utf-8, gb18030 or utf-16
    mixed: int = 0  # lines of another one


@contextmanager
def open_text(path: Path, known: Known) -> Iterator[Table]:
    """Open delimited text.

    Raises:
        BadFile: no readable encoding, or lines that are no table.
    """
    encoding = encoding_of(path)
    delimiter = _delimiter(path, encoding)
    with path.open("rb") as file:
        rows = _rows(csv.reader(_texts(file, encoding), delimiter=delimiter))
        first = list(islice(rows, HEADER_WITHIN))
        at = header_among([cells for _, cells in first], known)
        header = header_of([cell.replace(MARK, "") for cell in first[at][1]])
        notes = [f"表头上面的 {at} 行没有读"] if at else []
        if encoding.mixed:
            notes.append(f"有 {encoding.mixed} 行的文字编码和整份文件（{encoding.name}）不一样")
        yield Table(header, first[at][0], _lines(first[at + 1 :], rows, len(header)), tuple(notes))


def encoding_of(path: Path) -> Encoding:
    """What most of the lines are written in.

    Raises:
        BadFile: neither.
    """
    with path.open("rb") as file:
        head = file.read(4)
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            return Encoding("utf-16")
        file.seek(0)
        eight = other = unread = 0
        for raw in _raw_lines(file):
            if raw.isascii():
                continue
            if _decodes(raw, "utf-8"):
                eight += 1
            elif _decodes(raw, "gb18030"):
                other += 1
            else:
                unread += 1
    if unread > max(10, (eight + other) // 2):
        raise BadFile(
            "neither UTF-8 nor GB18030", message="文字编码看不懂。请用表格软件打开，另存为 CSV UTF-8 再上传"
        )
    return Encoding("utf-8", other + unread) if eight >= other else Encoding("gb18030", eight + unread)


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _raw_lines(file: BinaryIO) -> Iterator[bytes]:
    """Lines with their ends; a file that ends lines by CR alone is cut there too."""
    while raw := file.readline(LONGEST_LINE + 1):
        if len(raw) > LONGEST_LINE and not raw.endswith(b"\n") and b"\r" not in raw:
            raise BadFile("a line longer than a megabyte", message="有一行长得不正常，这不是表格")
        if b"\r" in raw.rstrip(b"\r\n"):
            yield from raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").splitlines(keepends=True)
        else:
            yield raw


def _texts(file: BinaryIO, encoding: Encoding) -> Iterator[str]:
    if encoding.name == "utf-16":
        yield from _wide(file)
        return
    for number, raw in enumerate(_raw_lines(file)):
        if b"\x00" in raw:
            raise BadFile("a NUL byte", message="文件里有不是文字的内容，这不是表格")
        yield _line(raw.removeprefix(b"\xef\xbb\xbf") if number == 0 else raw, encoding.name)


def _wide(file: BinaryIO) -> Iterator[str]:
    """UTF-16 line by line; its line ends are no single bytes."""
    decoder, rest = codecs.getincrementaldecoder("utf-16")(), ""
    try:
        while block := file.read(BLOCK):
            *lines, rest = (rest + decoder.decode(block)).split("\n")
            if len(rest) > LONGEST_LINE:
                raise BadFile("a line longer than a megabyte", message="有一行长得不正常，这不是表格")
            yield from (line + "\n" for line in lines)
        yield rest + decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise BadFile("broken UTF-16", message="文字编码看不懂。请另存为 CSV UTF-8 再上传") from None


def _line(raw: bytes, encoding: str) -> str:
    """One line; in another encoding than the file's it is read by that one and marked."""
    if raw.isascii():
        return raw.decode()
    other = "gb18030" if encoding == "utf-8" else "utf-8"
    fits = _decodes(raw, encoding)
    if fits and not (encoding == "gb18030" and BOTH.search(raw) and _decodes(raw, "utf-8")):
        return raw.decode(encoding)
    text = raw.decode(other) if _decodes(raw, other) else raw.decode(encoding, "replace")
    body = text.rstrip("\r\n")
    return body + MARK + text[len(body) :]


def _delimiter(path: Path, encoding: Encoding) -> str:
    """The sign that stands most often outside quotes in the first lines."""
    with path.open("rb") as file:
        first = [re.sub('"[^"]*"', "", text) for text in islice(_texts(file, encoding), HEADER_WITHIN)]
    counts = {sign: sum(line.count(sign) for line in first) for sign in DELIMITERS}
    return max(DELIMITERS, key=lambda sign: (counts[sign], -DELIMITERS.index(sign)))


def _rows(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of the line each begins on."""
    begun, count = 1, 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadFile(
                f"line {begun}: {error}", message=f"第 {begun} 行起不是表格：引号没有配对"
            ) from None
        number, begun = begun, reader.line_num + 1  # type: ignore[attr-defined]  # csv's own reader
        if any(cell.strip() for cell in cells):
            count += 1
            too_many(count - HEADER_WITHIN)
            yield number, cells


def _lines(
    first: list[tuple[int, list[str]]], rest: Iterator[tuple[int, list[str]]], width: int
) -> Iterator[Line]:
    for number, cells in chain(first, rest):
        yield _read(number, cells, width)


def _read(number: int, cells: list[str], width: int) -> Line:
    faults: tuple[Fault, ...] = ()
    if any(MARK in cell for cell in cells):
        cells = [cell.replace(MARK, "") for cell in cells]
        faults = (MIXED,)
    kept, more = cut([_plain(cell) for cell in cells], width)
    wrong = tuple(
        Fault(FORMULA.code, FORMULA.reason, FORMULA.hint, index)
        for index, cell in enumerate(kept)
        if isinstance(cell, str) and is_formula(cell)
    )
    return Line(number, kept, faults + more + wrong)


def _plain(text: str) -> Cell:
    """Spreadsheets are kept from making numbers of texts by ``="150…"`` or a leading quote: both are text."""
    text = text.strip()
    if text.startswith('="') and (found := TEXT_FORMULA.fullmatch(text)) is not None:
        return found[1]
    return text.lstrip("'") or None


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would reckon with it. Numbers and phone numbers with a country code are none."""
    return text[:1] in SIGNS and not NUMBER.fullmatch(text)
