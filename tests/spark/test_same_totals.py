"""Spark counts what DuckDB counts. Needs pyspark and a Java machine: run by its own make target."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.bench.invented_people import write_people
from yiyang.engine.sweeping import spark_engine
from yiyang.engine.sweeping.duckdb_engine import Sweeper
from yiyang.policies import library

DAY = dt.date(2026, 7, 1)


def test_both_engines_come_to_the_same_totals(tmp_path: Path) -> None:
    law, numbers = library.law_of(DAY), library.numbers()
    people = str(tmp_path / "people.parquet")
    write_people(people, 20_000)
    sweeper = Sweeper(threads=2, memory_limit="1GB", temp_folder=tmp_path)
    ours = sweeper.sweep(law, numbers, persons=people, receipts=None, out=tmp_path / "out").results
    theirs = spark_engine.totals(law, numbers, persons=people)
    assert set(theirs) == set(ours) - {"person_line"}
    for name, total in theirs.items():
        mine = ours[name]
        assert (total.eligible, total.cannot_tell, total.not_eligible) == (
            mine.eligible, mine.cannot_tell, mine.not_eligible,
        ), name  # fmt: skip
        assert total.amount_fen == (mine.amount_fen or 0), name
