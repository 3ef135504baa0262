"""Bulk entry of people: columns in, encrypted rows out, set-based from beginning to end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction

from yiyang.base.keys import sealing
from yiyang.people.facts import STATE_COLUMNS
from yiyang.people.services.columns import Column, Kind, days, moments, run_with

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
    "id_number_bidx_next",
    "phone",
    "phone_bidx",
    "phone_last4_bidx",
    "address",
    "synthetic",
    "recorded_at",
)
SAME = {
    "id": "person_id",
    "code": "code",
    "division": "division",
    "hukou_division": "hukou_division",
    "name": "name",
    "initials": "name_initials",
    "sex": "sex",
    "born_on": "birth_on",
    "ethnicity": "ethnicity",
    "household_no": "household_no",
}
"""Columns that go in as they come."""

# Fourteen facts a person: as text through a staging table they would be half the time of loading a city.
ADD_FACTS = """
INSERT INTO people_fact (person_id, key, value, source, valid_from, recorded_at)
SELECT person_id, (%s::text[])[key], nullif(value, -1), (%s::text[])[source], valid_from, recorded_at
  FROM (SELECT unnest(%s::bigint[]) AS person_id, unnest(%s::integer[]) AS key,
               unnest(%s::integer[]) AS value, unnest(%s::integer[]) AS source,
               unnest(%s::date[]) AS valid_from, unnest(%s::timestamptz[]) AS recorded_at) t"""
FACTS_AT_ONCE = 100_000


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
    import pyarrow as pa

    people = people.append_column("synthetic", pa.repeat(True, people.num_rows))
    load_rows(people, state, now=now)
    _insert_facts(facts)
    return Loaded(people.num_rows, facts.num_rows)


def load_rows(people: pa.Table, state: pa.Table, *, now: datetime) -> None:
    """Records and their state, sealed and entered as whole columns, in the transaction that is open."""
    _copy_table("people_person", PERSON_COLUMNS, _sealed(people, now))
    _copy_table("people_state", STATE_COLUMNS, state)


def _sealed(people: pa.Table, now: datetime) -> pa.Table:
    """Encrypt column by column; the additional data holds the row's id, so it must be drawn before."""
    import pyarrow as pa

    ids: list[int] = people.column("person_id").to_pylist()
    phones: list[str | None] = people.column("phone").to_pylist()
    numbers: list[str] = people.column("id_number").to_pylist()
    ring = sealing.ring()
    indexes = [ring.blind("id_number", number) for number in numbers]
    columns = {target: people.column(source) for target, source in SAME.items()}
    columns |= {
        "id_number": pa.array(_seal("id_number", ids, numbers)),
        "id_number_bidx": pa.array([_hex(index) for index in indexes]),
        "id_number_bidx_next": pa.array([index.next and _hex(index.next) for index in indexes], pa.string()),
        "phone": pa.array(_seal("phone", ids, phones), pa.string()),
        "phone_bidx": pa.array([p and _hex(ring.blind("phone", p)) for p in phones], pa.string()),
        "phone_last4_bidx": pa.array(
            [p and _hex(ring.blind("phone_last4", p[-4:])) for p in phones], pa.string()
        ),
        "address": pa.array(_seal("address", ids, people.column("address").to_pylist()), pa.string()),
        "synthetic": people.column("synthetic"),
        "recorded_at": pa.repeat(now.isoformat(), len(ids)),
    }
    return pa.table(columns)


def _seal(field: str, ids: Sequence[int], texts: Sequence[str | None]) -> list[str | None]:
    seal, place = sealing.ring().seal, f"people_person.{field}"
    return [text and seal(place, row_id, text) for row_id, text in zip(ids, texts, strict=True)]


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


def _insert_facts(facts: pa.Table) -> None:
    """In the order of people: the facts of one person lie side by side and are read together."""
    for batch in facts.sort_by("person_id").to_batches(max_chunksize=FACTS_AT_ONCE):
        columns = {name: batch.column(name) for name in batch.schema.names}
        keys, sources = (columns[name].dictionary_encode() for name in ("key", "source"))
        run_with(
            ADD_FACTS,
            [
                keys.dictionary.to_pylist(),
                sources.dictionary.to_pylist(),
                Column(Kind.BIGINT, columns["person_id"].to_numpy()),
                Column(Kind.INTEGER, keys.indices.to_numpy() + 1),
                # No fact is below zero (``facts.FACTS``): -1 is free to say that the source knows no more.
                Column(Kind.INTEGER, columns["value"].fill_null(-1).to_numpy()),
                Column(Kind.INTEGER, sources.indices.to_numpy() + 1),
                days(columns["valid_from"].to_numpy(zero_copy_only=False)),
                moments(columns["recorded_at"].to_numpy(zero_copy_only=False)),
            ],
        )
