"""A workbook is an archive: what it declares and what it holds are looked at before anything is unpacked."""

from __future__ import annotations

import copy
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from yiyang.engine.tabling.lines import BadFile

MAX_MEMBERS = 2_000
MAX_TOTAL = 1_000_000_000  # bytes unpacked
MAX_RATIO = 200
RATIO_FROM = 5_000_000  # bytes: a small member may be as regular as it likes
BLOCK = 1 << 20
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)


def check(path: Path) -> None:
    """Refuse bombs, macros and passwords by the directory of the archive alone.

    Raises:
        BadFile: with the reason.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise BadFile(f"no readable archive: {error}", message="表格文件已损坏，打不开。请重新导出") from None
    _check_sizes(members)
    names = {member.filename.lower() for member in members}
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise BadFile(
            "a workbook with macros",
            message="这份表格里有宏（程序），不能导入。请另存为不带宏的 .xlsx 再上传",
        )
    if any(member.flag_bits & 0x1 for member in members):
        raise BadFile("an encrypted archive", message="这份表格加了密码。请去掉密码再上传")
    if "xl/workbook.xml" not in names:
        raise BadFile(
            "no workbook inside", message="这不是 .xlsx 表格（可能是压缩包、文档或 ods）。请另存为 .xlsx"
        )


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    total = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    bombs = [
        m for m in members if m.file_size > RATIO_FROM and m.file_size > MAX_RATIO * max(1, m.compress_size)
    ]
    overlapping = len({member.header_offset for member in members}) < len(members)
    if len(members) > MAX_MEMBERS or total > MAX_TOTAL or bombs or overlapping:
        raise BadFile(
            f"{len(members)} members, {packed} bytes that declare {total}",
            message="这份表格解压后大得不正常，没有打开。请用模板重新填写，或拆成几份",
        )


def blocks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """One member, block by block, never more than it declares.

    Raises:
        BadFile: it holds more than it declares, is damaged, or defines entities of its own.
    """
    declared = archive.getinfo(name)
    told = copy.copy(declared)
    told.file_size += 1  # so that one byte too many is seen and not cut off
    seen, tail = 0, b""
    try:
        with archive.open(told) as member:
            while block := member.read(BLOCK):
                seen += len(block)
                if seen > declared.file_size:
                    raise BadFile(
                        f"{name} is larger than declared", message="这份表格的内容与目录不符，没有打开"
                    )
                if _DOCTYPE.search(tail + block):
                    raise BadFile(
                        f"{name} defines entities", message="这份表格里夹带了不该有的定义，没有打开"
                    )
                tail = block[-16:]
                yield block
    except (zipfile.BadZipFile, zipfile.zlib.error, EOFError, NotImplementedError) as error:  # type: ignore[attr-defined]
        raise BadFile(f"{name}: {error}", message="表格文件已损坏，打不开。请重新导出") from None


def whole(archive: zipfile.ZipFile, name: str, limit: int = 2_000_000) -> bytes:
    """A small member at once; an absent one is empty."""
    if name not in archive.namelist():
        return b""
    if archive.getinfo(name).file_size > limit:
        raise BadFile(f"{name} is too large", message="这份表格的目录大得不正常，没有打开")
    return b"".join(blocks(archive, name))
