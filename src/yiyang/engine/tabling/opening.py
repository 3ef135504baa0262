"""What a file is, by its first bytes and never by its name, and how it is opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from yiyang.engine.tabling import archives, objects, texts, workbooks
from yiyang.engine.tabling.lines import BadFile, Known, Table

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD = 4096
FOREIGN = {
    b"%PDF": "PDF",
    b"\xff\xd8\xff": "图片",
    b"\x89PNG": "图片",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"\x1f\x8b": "压缩包",
    b"MZ": "程序",
    b"\x7fELF": "程序",
    b"<!DOCTYPE": "网页",
    b"<html": "网页",
    b"<?xml": "XML",
}


class Format(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


def format_of(head: bytes) -> Format:
    """The format by the first bytes.

    Raises:
        BadFile: none of ours, with what to do instead.
    """
    if not head.strip():
        raise BadFile("the file is empty", message="文件是空的，请检查后再上传")
    if head.startswith(OLE):
        raise BadFile(
            "an old binary workbook or an encrypted one",
            message="这是旧格式 .xls，或是加了密码的表格。请在表格软件里去掉密码，另存为 .xlsx 再上传",
        )
    if head.startswith(b"PK"):
        return Format.XLSX
    for magic, what in FOREIGN.items():
        if head.lower().startswith(magic.lower()):
            raise BadFile(
                f"not a table: {magic!r}", message=f"这是{what}，不是表格。请上传 xlsx、csv 或 json"
            )
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Format.CSV  # UTF-16 by its mark
    if b"\x00" in head:
        raise BadFile("binary data", message="这不是表格文件。请上传 xlsx、csv 或 json")
    return Format.JSON if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"[", b"{") else Format.CSV


@contextmanager
def open_table(path: Path, known: Known) -> Iterator[Table]:
    """Open a table whose header names some known columns.

    Raises:
        BadFile: cannot be read as a whole; one Chinese sentence says why and what to do.
    """
    with path.open("rb") as file:
        kind = format_of(file.read(HEAD))
    if kind is Format.XLSX:
        archives.check(path)
        yield workbooks.open_workbook(path, known)
    elif kind is Format.JSON:
        yield objects.open_objects(path, known)
    else:
        with texts.open_text(path, known) as table:
            yield table
