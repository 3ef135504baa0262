"""The sweep table out of the database and into files, within the caller's scope and transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from django.db import connection

from yiyang.people.facts import FACTS, STATE_COLUMNS


def export_state(path: Path) -> int:
    """Everybody whom the scope shows, as CSV with a header, one row a person. Returns how many.

    The file holds personal data without names: 0600, in a folder that the caller removes.
    """
    return _copy_out(f"SELECT {', '.join(STATE_COLUMNS)} FROM people_state", path)


def export_facts(path: Path) -> int:
    """Every word of every source about those people, for sweeps as of a past day."""
    return _copy_out("SELECT person_id, key, value, valid_from, recorded_at FROM people_fact", path)


def _copy_out(query: str, path: Path) -> int:
    path.touch(mode=0o600)
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)") as copy, path.open("wb") as file:
            for block in copy:
                file.write(block)
        return int(cursor.rowcount)


def state_types() -> dict[str, str]:
    """DuckDB types of the sweep table by column."""
    types = {"person_id": "BIGINT", "division": "VARCHAR"}
    types |= dict.fromkeys(("birth_ymd", "hukou_county", "residence_county"), "INTEGER")
    types |= {key: "BOOLEAN" if spec.boolean else "SMALLINT" for key, spec in FACTS.items()}
    return {column: types[column] for column in STATE_COLUMNS}


def as_known_sql(state: Path, facts: Path, *, as_of: date, known_at: datetime) -> str:
    """DuckDB text: the sweep table as of a past day, by what had been recorded until then.

    Args:
        state: Parquet of ``export_state``: who, where and born when.
        facts: Parquet of ``export_facts``.
    """
    keys: Sequence[str] = list(FACTS)
    # -1 stands for "the source no longer knows": arg_max would pass over a NULL to an older word.
    pivot = ", ".join(
        f"arg_max(coalesce(value, -1), (valid_from, recorded_at)) FILTER (key = '{key}') AS {key}"
        for key in keys
    )
    columns = ", ".join(_said(key) for key in keys)
    return f"""
        SELECT s.person_id, s.division, s.birth_ymd, s.hukou_county, s.residence_county, {columns}
          FROM read_parquet('{state}') s LEFT JOIN (
            SELECT person_id, {pivot} FROM read_parquet('{facts}')
             WHERE valid_from <= DATE '{as_of}' AND recorded_at <= TIMESTAMPTZ '{known_at.isoformat()}'
             GROUP BY person_id) f USING (person_id)"""


def _said(key: str) -> str:
    spec, value = FACTS[key], f"nullif(f.{key}, -1)"
    if spec.known:
        value = f"coalesce({value}, 0)"
    return f"CAST({value} AS {'BOOLEAN' if spec.boolean else 'SMALLINT'}) AS {key}"
