"""How this room keeps what is personal: sealed pieces of a file, sealed lines; nothing in plain."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.db import connection

from yiyang.base.keys import sealing
from yiyang.base.keys.sealing import Sealed
from yiyang.engine.tabling import BadFile, Format, format_of
from yiyang.engine.tabling.lines import MAX_BYTES
from yiyang.exchange.guards import TooLarge
from yiyang.exchange.kinds.declaring import Values
from yiyang.exchange.models import Batch, Piece

PIECE = 1 << 20
PIECE_PLACE, ROW_PLACE, TOLD_PLACE = "exchange_piece.content", "exchange_row.content", "exchange_batch.told"


@dataclass(frozen=True)
class Looked:
    """What can be said of a file before it is taken."""

    format: Format
    size: int
    mark: bytes
    marks: list[bytes]  # under every living key


def look_at(file: IO[bytes]) -> Looked:
    """Size, format and mark of a file; read once, block by block.

    Raises:
        TooLarge, BadFile
    """
    file.seek(0)
    digest, size, head = hashlib.sha256(), 0, b""
    while block := file.read(PIECE):
        head = head or block[:4096]
        size += len(block)
        if size > MAX_BYTES:
            raise TooLarge(f"more than {MAX_BYTES} bytes")
        digest.update(block)
    return Looked(format_of(head), size, *marks_of(digest.hexdigest()))


def marks_of(digest: str) -> tuple[bytes, list[bytes]]:
    """Keyed: whoever holds the database only cannot try which file it was. To write, and to look for."""
    text = f"file:{digest}"
    return sealing.ring().blind("id_number", text), sealing.found_by("id_number", text)


def keep(batch: Batch, file: IO[bytes]) -> None:
    """The file in sealed pieces, one megabyte at a time."""
    file.seek(0)
    number = 0
    while block := file.read(PIECE):
        (piece_id,) = draw_ids("exchange_piece", 1)
        packed = base64.b64encode(zlib.compress(block, 1)).decode()
        Piece.objects.create(
            id=piece_id, batch=batch, division=batch.division, number=number,
            content=sealing.seal(PIECE_PLACE, piece_id, packed),
        )  # fmt: skip
        number += 1


def put_together(batch: Batch, path: Path) -> None:
    """The file as it came, readable by this process only; the caller removes it.

    Raises:
        BadFile: its pieces are gone.
    """
    path.touch(mode=0o600)
    size = 0
    with path.open("wb") as file:
        for piece in Piece.objects.filter(batch=batch).order_by("number").iterator(chunk_size=8):
            block = zlib.decompress(
                base64.b64decode(sealing.unseal(PIECE_PLACE, piece.pk, _there(piece.content)))
            )
            size += file.write(block)
    if size != batch.size:
        raise BadFile(f"{size} of {batch.size} bytes", message="文件没有收全。请重新上传")


def _there(content: Sealed | None) -> Sealed:
    assert content is not None
    return content


def tell(batch: Batch, **said: Any) -> None:
    """Add to what is known about the file itself; the caller saves."""
    batch.told = sealing.seal(TOLD_PLACE, batch.pk, json.dumps(told_of(batch) | said, ensure_ascii=False))


def told_of(batch: Batch) -> dict[str, Any]:
    """File name, header, notes, and why it was bad."""
    if batch.told is None:
        return {}
    found: dict[str, Any] = json.loads(sealing.unseal(TOLD_PLACE, batch.pk, batch.told))
    return found


@dataclass(frozen=True)
class Content:
    """A line as it stood and as it was read."""

    cells: Sequence[str]
    values: Values


def seal_lines(lines: Iterable[tuple[int, Content | None]]) -> list[str | None]:
    """Many lines by one look at the key ring; None stays None."""
    seal, written = sealing.ring().seal, json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
    return [
        None
        if content is None
        else seal(ROW_PLACE, row_id, written.encode({"c": content.cells, "v": dict(content.values)}))
        for row_id, content in lines
    ]


def open_lines(lines: Iterable[tuple[int, Sealed]]) -> list[Content]:
    """The same back again."""
    opened = sealing.ring().open
    found = (json.loads(opened(ROW_PLACE, row_id, sealed)) for row_id, sealed in lines)
    return [Content(line["c"], line["v"]) for line in found]


def open_line(row_id: int, sealed: Sealed) -> Content:
    return open_lines([(row_id, sealed)])[0]


def draw_ids(table: str, count: int) -> list[int]:
    """Ids before the rows: what is sealed is bound to its row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
        )
        return [row[0] for row in cursor.fetchall()]


def in_blocks[T](items: Iterator[T], size: int) -> Iterator[list[T]]:
    block: list[T] = []
    for item in items:
        block.append(item)
        if len(block) == size:
            yield block
            block = []
    if block:
        yield block
