"""A batch of rows under other keys: read, worked on without the database, written in one statement."""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection
from psycopg.adapt import Dumper
from psycopg.pq import Format

from yiyang.base.keys import keyring
from yiyang.base.keys.keyring import DATA, INDEX, Key, KeyRing, WrongSeal
from yiyang.base.keys.sealing import BlindIndex, SealedTable
from yiyang.engine.errors import BrokenInvariant

type Rows = list[tuple[Any, ...]]
"""(primary key, version of the row, sealed columns …, blind columns …, second columns …)."""

FIRST = 2  # where the columns begin
TEXT, BYTES = 25, 17  # types of PostgreSQL by their number there


class NotGranted(BrokenInvariant):
    code = "base.not_granted"


@dataclass
class Done:
    """What a batch has become: for each changed row its key, the version that was read, the new values."""

    columns: tuple[str, ...]  # that are set
    last: int = 0
    read: int = 0
    fields: int = 0
    ids: list[int] = field(default_factory=list)
    versions: list[int] = field(default_factory=list)
    new: list[tuple[str | bytes | None, ...]] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)

    def singles(self) -> Iterator[Done]:
        for row_id, version, new in zip(self.ids, self.versions, self.new, strict=True):
            yield Done(self.columns, row_id, 1, 0, [row_id], [version], [new])


def _columns(table: SealedTable) -> tuple[str, ...]:
    return (*table.sealed, *(blind.column for blind in table.blinds), *table.nexts.values())


def check_granted(tables: list[SealedTable]) -> None:
    """Raises NotGranted: the role that is acting may not read or change a sealed column."""
    for table in tables:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT bool_and(has_column_privilege(t, c, 'SELECT') AND"
                " has_column_privilege(t, c, 'UPDATE'))"
                " FROM (SELECT %s AS t, unnest(%s::text[]) AS c) wanted",
                [table.table, list(_columns(table))],
            )
            if not cursor.fetchone()[0]:
                raise NotGranted(
                    f"the role yiyang_job may not re-seal {table.table}: its migration must grant it"
                )


def read_rows(table: SealedTable, *, after: int | None, limit: int) -> Rows:
    where = "" if after is None else f"WHERE {table.key} > %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {table.key}, xmin::text::bigint, {', '.join(_columns(table))} FROM {table.table} {where}"
            f" ORDER BY {table.key} LIMIT {limit:d}",
            [] if after is None else [after],
        )
        return list(cursor.fetchall())


def filled(table: SealedTable, rows: Rows, ring: KeyRing, keys: Mapping[str, str]) -> Done:
    """The second columns, under the keys that are to take over; rows that have them are left alone."""
    chosen = [
        (blind, ring.key(keys[INDEX + blind.field]))
        for blind in table.blinds
        if blind.column in table.nexts and INDEX + blind.field in keys
    ]
    done = Done(tuple(table.nexts[blind.column] for blind, _ in chosen), rows[-1][0], len(rows))
    at = {column: i for i, column in enumerate(_columns(table), start=FIRST)}
    wanted = {blind.of for blind, _ in chosen}
    for row in rows:
        texts = _opened(table, row, ring, done, wanted)
        new = tuple(_index(blind, key, texts) for blind, key in chosen)
        if new != tuple(_raw(row[at[column]]) for column in done.columns):
            _add(done, row, new, len(new))
    return done


def resealed(table: SealedTable, rows: Rows, ring: KeyRing) -> Done:
    """Ciphertexts and indexes under the keys that write; rows that are so already are left alone.

    A field that does not open is named and stays as it is.
    """
    active = ring.active(DATA).key_id
    indexes = [(blind, ring.active(INDEX + blind.field)) for blind in table.blinds]
    done = Done(_columns(table), rows[-1][0], len(rows))
    width = FIRST + len(table.sealed)
    for row in rows:
        texts = _opened(table, row, ring, done)
        sealed, changed = [], 0
        for column, was in zip(table.sealed, row[FIRST:width], strict=True):
            if (text := texts.get(column)) is None or keyring.key_of_seal(was) == active:
                sealed.append(was)
                continue
            sealed.append(ring.seal(f"{table.table}.{column}", row[0], text))
            changed += 1
        found = tuple(_raw(value) for value in row[width:])
        blinds = tuple(
            _index(blind, key, texts) if blind.of in texts else found[i]
            for i, (blind, key) in enumerate(indexes)
        )
        new = (*blinds, *(None for _ in table.nexts))
        changed += sum(one != other for one, other in zip(blinds, found, strict=False))
        if changed or found[len(blinds) :] != new[len(blinds) :]:
            _add(done, row, (*sealed, *new), changed)
    return done


def _opened(
    table: SealedTable, row: tuple[Any, ...], ring: KeyRing, done: Done, wanted: Collection[str] = ()
) -> dict[str, str | None]:
    """Texts by sealed column; one that does not open is left out and noted."""
    texts: dict[str, str | None] = {}
    for column, sealed in zip(table.sealed, row[FIRST:], strict=False):
        if wanted and column not in wanted:
            continue
        try:
            texts[column] = None if sealed is None else ring.open(f"{table.table}.{column}", row[0], sealed)
        except WrongSeal:
            done.damaged.append(f"{table.table}.{column} of row {row[0]}")
    return texts


def _index(blind: BlindIndex, key: Key, texts: Mapping[str, str | None]) -> bytes | None:
    text = texts.get(blind.of)
    return None if text is None else keyring.index_of(key, blind.reads(text))


def _add(done: Done, row: tuple[Any, ...], new: tuple[Any, ...], fields: int) -> None:
    done.ids.append(row[0])
    done.versions.append(row[1])
    done.new.append(new)
    done.fields += fields


def _raw(value: object) -> bytes | None:
    return None if value is None else bytes(value)  # type: ignore[call-overload]  # memoryview or bytes


def write_rows(table: SealedTable, done: Done) -> None:
    """Whole columns at once; a row that somebody has changed meanwhile is left to the next pass."""
    if not done.ids or not done.columns:
        return
    kinds = [TEXT if column in table.sealed else BYTES for column in done.columns]
    holes = ["%s::bigint[]", "%s::bigint[]", *("%s::text[]" if k == TEXT else "%s::bytea[]" for k in kinds)]
    columns = [Cells(kind, cells) for kind, cells in zip(kinds, zip(*done.new, strict=True), strict=True)]
    query = f"""
        UPDATE {table.table} t SET {", ".join(f"{column} = v.{column}" for column in done.columns)}
          FROM unnest({", ".join(holes)}) AS v (key, version, {", ".join(done.columns)})
         WHERE t.{table.key} = v.key AND t.xmin::text::bigint = v.version
           AND t.{table.key} BETWEEN %s AND %s"""
    raw = connection.connection
    assert isinstance(raw, psycopg.Connection)
    # Without the bounds the planner reads the whole table to find the rows of one batch.
    # Django's own cursors write parameters into the text; this one sends them beside it.
    with psycopg.Cursor(raw) as cursor:
        cursor.adapters.register_dumper(Cells, _CellsDumper)
        cursor.execute(query.encode(), [done.ids, done.versions, *columns, min(done.ids), max(done.ids)])


class Cells:
    """One array of texts or bytes as the server reads it: each with its length before it, -1 for none."""

    def __init__(self, kind: int, cells: Sequence[str | bytes | None]) -> None:
        parts = [struct.pack(">iiIii", 1, 1, kind, len(cells), 1)]
        for cell in cells:
            if cell is None:
                parts.append(b"\xff\xff\xff\xff")
            else:
                raw = cell.encode() if isinstance(cell, str) else cell
                parts += (len(raw).to_bytes(4, "big"), raw)
        self.raw = b"".join(parts)


class _CellsDumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: Cells) -> bytes:
        return obj.raw


def count_sealed(table: SealedTable, key_id: str) -> dict[str, int]:
    """Rows of each sealed column under this key."""
    counts = ", ".join(
        f"count(*) FILTER (WHERE split_part({column}, '|', 3) = %s)" for column in table.sealed
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts} FROM {table.table}", [key_id] * len(table.sealed))
        return {f"{table.table}.{c}": n for c, n in zip(table.sealed, cursor.fetchone(), strict=True)}


def count_indexed(table: SealedTable, rows: Rows, ring: KeyRing, key: Key) -> dict[str, int]:
    """Of these rows, how many stand under this key: the index of each is made again and compared."""
    counts: dict[str, int] = {}
    width = FIRST + len(table.sealed)
    chosen = [(i, blind) for i, blind in enumerate(table.blinds) if INDEX + blind.field == key.purpose]
    for row in rows if chosen else ():
        texts = _opened(table, row, ring, Done(()), {blind.of for _, blind in chosen})
        for i, blind in chosen:
            if (found := row[width + i]) is not None and bytes(found) == _index(blind, key, texts):
                name = f"{table.table}.{blind.column}"
                counts[name] = counts.get(name, 0) + 1
    return counts


def clear(table: SealedTable, column: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table.table} SET {column} = NULL WHERE {column} IS NOT NULL")
