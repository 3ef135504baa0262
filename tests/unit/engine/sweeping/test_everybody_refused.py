"""A snapshot in which nobody can be judged is still a sweep, with everybody listed as refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb

from tests.bench.invented_people import write_people
from yiyang.engine.sweeping.duckdb_engine import Sweeper
from yiyang.policies import library

DAY = dt.date(2026, 7, 1)


def test_where_no_county_is_known_everybody_is_refused_and_nobody_lost(tmp_path: Path) -> None:
    write_people(str(tmp_path / "people.parquet"), 20)
    placeless = tmp_path / "placeless.parquet"
    text = f"SELECT * REPLACE (NULL::INTEGER AS hukou_county) FROM read_parquet('{tmp_path}/people.parquet')"
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({text}) TO '{placeless}' (FORMAT parquet)").fetchall()
    sweeper = Sweeper(threads=1, memory_limit="500MB", temp_folder=tmp_path)
    swept = sweeper.sweep(
        library.law_of(DAY), library.numbers(), persons=str(placeless), receipts=None, out=tmp_path / "out"
    )
    assert (swept.people, swept.refused) == (20, 20)
