"""JSON: an array of objects, or one object a line; read piece by piece."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path

from yiyang.engine.tabling.lines import (
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

BLOCK = 1 << 16
LARGEST = 1_000_000  # characters of one object
NESTED = Fault("nested", "这一项里还套着别的内容", "每一项只能是文字、数字、是否，或空")
TWICE = Fault("twice", "同一个名称在这一条里写了两次", "每个名称只写一次")
NO_OBJECT = Fault("no_object", "这一条不是“名称: 内容”的形式", '每一条写成 {"姓名": "…", "身份证号": "…"}')


_START = re.compile(r"[\s,]*")


class _Pairs(list[tuple[str, object]]):
    """An object as written, names that stand twice included."""


def open_objects(path: Path, known: Known) -> Table:
    """Names of all objects make the header, in the order in which they first appear.

    Raises:
        BadFile: no JSON, not UTF-8, or no known name in it.
    """
    names: dict[str, int] = {}
    for pairs in _objects(path):
        if isinstance(pairs, _Pairs):
            for name, _ in pairs:
                names.setdefault(name.strip(), len(names))
    header_among([tuple(names)], known)
    header = header_of([name or " " for name in names])
    return Table(header, 0, _lines(path, {name: i for i, name in enumerate(names)}))


def _lines(path: Path, places: dict[str, int]) -> Iterator[Line]:
    for number, pairs in enumerate(_objects(path), start=1):
        too_many(number)
        if not isinstance(pairs, _Pairs):
            yield Line(number, (None,) * len(places), (NO_OBJECT,))
            continue
        cells: list[Cell] = [None] * len(places)
        faults: list[Fault] = []
        seen: set[str] = set()
        for name, value in pairs:
            at = places[name.strip()]
            if name.strip() in seen:
                faults.append(Fault(TWICE.code, TWICE.reason, TWICE.hint, at))
            seen.add(name.strip())
            if value is None or isinstance(value, str | int | float | bool):
                cells[at] = value or None if isinstance(value, str) else value
            else:
                faults.append(Fault(NESTED.code, NESTED.reason, NESTED.hint, at))
        kept, more = cut(cells, len(places))
        yield Line(number, kept, (*faults, *more))


def _objects(path: Path) -> Iterator[object]:
    """Every element, one after the other; never the whole file at once."""
    decoder = json.JSONDecoder(object_pairs_hook=_Pairs, parse_constant=_no_number, parse_int=_whole)
    pieces = _pieces(path)
    text = next(pieces, "").lstrip()
    array = text.startswith("[")
    at, count = int(array), 0
    while True:
        at = _START.match(text, at).end()  # type: ignore[union-attr]  # matches the empty text too
        if at == len(text):
            text, at = next(pieces, ""), 0
            if text:
                continue
            if array:
                raise _no_json(count + 1)  # cut off before its end
            return
        if array and text[at] == "]":
            _check_end(text[at + 1 :], pieces, count)
            return
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = len(text)
        if end == len(text):  # cut by the end of the piece, or wrong
            piece = next(pieces, "") if end - at <= LARGEST else ""
            if piece:
                text, at = text[at:] + piece, 0
                continue
            value, end = _last(decoder, text, at, count)
        count += 1
        at = end
        yield value


def _last(decoder: json.JSONDecoder, text: str, at: int, count: int) -> tuple[object, int]:
    try:
        return decoder.raw_decode(text, at)
    except (ValueError, RecursionError):
        raise _no_json(count + 1) from None


def _check_end(text: str, pieces: Iterator[str], count: int) -> None:
    if text.strip() or any(piece.strip() for piece in pieces):
        raise _no_json(count + 1)


def _pieces(path: Path) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                yield decoder.decode(block)
            yield decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise BadFile(
            "JSON that is not UTF-8", message="JSON 文件的编码不是 UTF-8。请另存为 UTF-8 再上传"
        ) from None


def _no_json(number: int) -> BadFile:
    return BadFile(
        f"no JSON at object {number}", message=f"第 {number} 条起不是合法的 JSON，没有导入任何内容"
    )


def _no_number(word: str) -> object:
    raise ValueError(word)


def _whole(digits: str) -> int:
    if len(digits) > 30:
        raise ValueError("too long for a number")
    return int(digits)
