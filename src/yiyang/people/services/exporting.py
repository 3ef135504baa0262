"""The sweep table out of the database and into files, within the caller's scope and transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    return _copy_out(
        "SELECT coalesce(m.merged_into_id, f.person_id) AS person_id, f.key, f.value, f.valid_from, "
        "f.recorded_at FROM people_fact f LEFT JOIN (SELECT id, merged_into_id FROM people_person "
        "WHERE merged_into_id IS NOT NULL) m ON m.id = f.person_id",
        path,
    )


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


def as_known_steps(
    state: Path, facts: Path, *, days: Mapping[date, datetime], folder: Path
) -> Iterator[tuple[date | None, str]]:
    """DuckDB texts that write the sweep table as of several days, by what had been recorded until then.

    Most people's facts did not change between the first day and now: they are pivoted once, the others
    once a day.

    Args:
        state: Parquet of ``export_state``: who, where and born when.
        facts: Parquet of ``export_facts``.
        days: day -> until when what was recorded counts.
        folder: where ``state-<day>.parquet`` goes.

    Yields:
        The day that a text writes, None for a preparing one; to be run in order on one connection.
    """
    first, known_at = min(days.items())
    words = f"read_parquet('{facts}')"
    late = f"valid_from > DATE '{first}' OR recorded_at > TIMESTAMPTZ '{known_at.isoformat()}'"
    yield None, f"CREATE TEMP TABLE changing AS SELECT DISTINCT person_id FROM {words} WHERE {late}"
    yield (
        None,
        f"CREATE TEMP TABLE settled AS {_pivot(f'{words} w ANTI JOIN changing USING (person_id)', 'true')}",
    )
    yield None, f"CREATE TEMP TABLE words AS SELECT * FROM {words} w SEMI JOIN changing USING (person_id)"
    columns = ", ".join(_said(key) for key in FACTS)
    for day, until in days.items():
        then = f"valid_from <= DATE '{day}' AND recorded_at <= TIMESTAMPTZ '{until.isoformat()}'"
        text = f"""
            SELECT s.person_id, s.division, s.birth_ymd, s.hukou_county, s.residence_county, {columns}
              FROM read_parquet('{state}') s
              LEFT JOIN (FROM settled UNION ALL {_pivot("words", then)}) f USING (person_id)"""
        yield day, f"COPY ({text}) TO '{folder}/state-{day}.parquet' (FORMAT parquet, COMPRESSION zstd)"


def _pivot(source: str, where: str) -> str:
    """The last word per person and fact, as columns. -1 stands for "the source no longer knows"."""
    # arg_max would pass over a NULL to an older word, hence the -1.
    last = ", ".join(
        f"arg_max(coalesce(value, -1), (valid_from, recorded_at)) FILTER (key = '{key}') AS {key}"
        for key in FACTS
    )
    return f"SELECT person_id, {last} FROM {source} WHERE {where} GROUP BY person_id"


def _said(key: str) -> str:
    spec, value = FACTS[key], f"nullif(f.{key}, -1)"
    if spec.known:
        value = f"coalesce({value}, 0)"
    return f"CAST({value} AS {'BOOLEAN' if spec.boolean else 'SMALLINT'}) AS {key}"
