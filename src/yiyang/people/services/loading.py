"""Bulk entry of people: columns in, encrypted rows out, set-based from beginning to end."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction

from yiyang.base import sealing
from yiyang.people.facts import STATE_COLUMNS

if TYPE_CHECKING:
    import pyarrow as pa

PERSON_COLUMNS = (
    "id",
    "code",
    "division",
    "hukou_division",
    "name",
    "initials",
    "sex",
    "born_on",
    "ethnicity",
    "household_no",
    "id_number",
    "id_number_bidx",
    "phone",
    "phone_bidx",
    "phone_last4_bidx",
    "address",
    "synthetic",
    "recorded_at",
)
FACT_COLUMNS = ("person_id", "key", "value", "source", "valid_from", "recorded_at")


@dataclass(frozen=True)
class Loaded:
    people: int
    facts: int


@transaction.atomic
def load_people(people: pa.Table, facts: pa.Table, state: pa.Table, *, now: datetime) -> Loaded:
    """Enter synthetic people of one county: records, dated facts, state. All or nothing.

    Args:
        people: person_id, code, division, hukou_division, name, name_initials, sex, birth_on, id_number,
            phone, address, ethnicity, household_no; n rows.
        facts: person_id, key, value, source, valid_from, recorded_at.
        state: the columns of ``people_state``; n rows.
        now: when they were recorded.
    """
    _copy("people_person", PERSON_COLUMNS, _sealed_rows(people, now))
    _copy_table("people_fact", FACT_COLUMNS, facts)
    _copy_table("people_state", STATE_COLUMNS, state)
    return Loaded(people.num_rows, facts.num_rows)


def _sealed_rows(people: pa.Table, now: datetime) -> Iterator[tuple[object, ...]]:
    """Encrypt field by field; the additional data holds the row's id, so it must be drawn before."""
    ring, at = sealing.ring(), now.isoformat()
    columns = [people.column(name).to_pylist() for name in people.column_names]
    names = people.column_names
    for values in zip(*columns, strict=True):
        row = dict(zip(names, values, strict=True))
        person_id, phone, number = row["person_id"], row["phone"], row["id_number"]
        yield (
            person_id,
            row["code"],
            row["division"],
            row["hukou_division"],
            row["name"],
            row["name_initials"],
            row["sex"],
            row["birth_on"],
            row["ethnicity"],
            row["household_no"],
            ring.seal("people_person.id_number", person_id, number),
            _hex(ring.blind("id_number", number)),
            phone and ring.seal("people_person.phone", person_id, phone),
            phone and _hex(ring.blind("phone", phone)),
            phone and _hex(ring.blind("phone_last4", phone[-4:])),
            ring.seal("people_person.address", person_id, row["address"]),
            True,
            at,
        )


def _hex(raw: bytes) -> str:
    return "\\x" + raw.hex()


def _stage(table: str, columns: tuple[str, ...]) -> str:
    """A table with row policies takes no COPY: rows are staged, then inserted under the policy."""
    stage = f"stage_{table}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{stage}")
        cursor.execute(
            f"CREATE TEMP TABLE {stage} ON COMMIT DROP AS "
            f"SELECT {', '.join(columns)} FROM {table} WITH NO DATA"
        )
    return stage


def _move(stage: str, table: str, columns: tuple[str, ...]) -> None:
    listed = ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {stage}")
        cursor.execute(f"DROP TABLE {stage}")


def _copy(table: str, columns: tuple[str, ...], rows: Iterator[tuple[object, ...]]) -> None:
    stage = _stage(table, columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {stage} FROM STDIN (FORMAT csv)") as copy:
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        for i, row in enumerate(rows, start=1):
            writer.writerow(row)
            if i % 5000 == 0:
                copy.write(buffer.getvalue())
                buffer.seek(0)
                buffer.truncate()
        copy.write(buffer.getvalue())
    _move(stage, table, columns)


def _copy_table(table: str, columns: tuple[str, ...], rows: pa.Table) -> None:
    """Whole columns at once: Arrow writes the text, PostgreSQL reads it."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    stage = _stage(table, columns)
    options = arrow_csv.WriteOptions(include_header=False)
    with connection.cursor() as cursor, cursor.copy(f"COPY {stage} FROM STDIN (FORMAT csv)") as copy:
        for batch in rows.select(list(columns)).to_batches(max_chunksize=100_000):
            sink = pa.BufferOutputStream()
            arrow_csv.write_csv(pa.Table.from_batches([batch]), sink, options)
            copy.write(sink.getvalue().to_pybytes())
    _move(stage, table, columns)
