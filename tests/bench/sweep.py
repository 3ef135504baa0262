"""``python -m tests.bench.sweep --people 4757233``: sweep against SQL by hand, all results, what-if, explain.

CPU seconds of this process. The hand-written text has the same joins and the same guards for unknown, so that
the ratio is between equals. Prints one JSON object; exit 1 if a budget is broken or the totals differ.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from tests.bench.by_hand import EIGHT, sql_by_hand
from tests.bench.invented_people import people_sql, write_people
from tests.bench.reporting import report
from yiyang.engine.ruling.evaluating import evaluate
from yiyang.engine.ruling.explaining import explain
from yiyang.engine.sweeping import tails
from yiyang.engine.sweeping.differences import Side
from yiyang.engine.sweeping.duckdb_engine import Sweeper, survey
from yiyang.engine.sweeping.plans import Plan, sweep_sql, wide_numbers
from yiyang.policies import library

DAY = dt.date(2026, 7, 1)


def seconds(act: Callable[[], object], times: int = 3) -> float:
    """The best of some runs, CPU seconds: others on the machine only ever make it slower."""
    best = float("inf")
    for _ in range(times):
        started = time.process_time()
        act()
        best = min(best, time.process_time() - started)
    return best


def sweeps(connection: duckdb.DuckDBPyConnection, source: str) -> tuple[dict[str, float], bool]:
    """CPU seconds of the eight-benefit law, the same by hand, and all results; and do the totals agree."""
    law, numbers = library.law_of(DAY), library.numbers()
    counties, _, _ = survey(connection, law, source)
    eight = law.only(set(EIGHT))
    tail = f"SELECT {', '.join(f'sum(CAST({name} AS BIGINT)), count({name})' for name in EIGHT)} FROM r"
    plan = Plan(eight, "duckdb", wide_numbers(eight, numbers, counties))
    compiled = sweep_sql(plan, persons=source, tail=tail)
    by_hand = sql_by_hand(plan, source, tail)
    whole = Plan(law, "duckdb", wide_numbers(law, numbers, counties))
    everything = sweep_sql(whole, persons=source, tail=tails.totals_tail(tails.Layout(law)))
    equal = connection.execute(compiled).fetchall() == connection.execute(by_hand).fetchall()
    found = {
        "eight_cpu_s": seconds(lambda: connection.execute(compiled).fetchall()),
        "by_hand_cpu_s": seconds(lambda: connection.execute(by_hand).fetchall()),
        "all_cpu_s": seconds(lambda: connection.execute(everything).fetchall(), 2),
    }
    return {**found, "ratio": found["eight_cpu_s"] / found["by_hand_cpu_s"]}, equal


def what_if(people: str, folder: Path) -> float:
    """One city-wide amount changed: who gains and what it costs, by county."""
    law, before = library.law_of(DAY), library.numbers()
    after = before.replace({("aged_80_fen", 150000): 13000})
    sweeper = Sweeper(threads=2, memory_limit="1GB", temp_folder=folder)
    sides = Side(law, before), Side(law, after)
    return seconds(lambda: sweeper.differences(*sides, persons=people))


def explain_us(n: int = 2000) -> float:
    """Microseconds a person: evaluate and fully explain every result."""
    law, numbers = library.law_of(DAY), library.numbers()
    with duckdb.connect() as connection:
        cursor = connection.execute(people_sql(n))
        names = [column[0] for column in cursor.description or ()]
        people = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def act() -> None:
        for person in people:
            found = evaluate(law, numbers, person)
            for name in law.rules:
                explain(law, numbers, found, name)

    return seconds(act) / n * 1e6


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200_000)
    n = parser.parse_args(words).people
    with tempfile.TemporaryDirectory() as name, duckdb.connect() as connection:
        folder = Path(name)
        people = str(folder / "people.parquet")
        write_people(people, n)
        connection.execute("SET threads = 2").fetchall()
        found, equal = sweeps(connection, f"read_parquet('{people}')")
        found |= {"what_if_cpu_s": what_if(people, folder), "explain_us": explain_us()}
    code = report("sweep", found, people=n, equal=equal)
    return code if equal else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
