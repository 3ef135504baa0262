"""Run the sweep on DuckDB: the default engine. Reads Parquet, writes Parquet, remembers nothing."""
# ruff: noqa: S608 - the text is made of names of the law and of paths the caller owns

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from yiyang.engine.errors import Refused, Unavailable
from yiyang.engine.ruling.benefits import LawOfDay
from yiyang.engine.ruling.expressions import By
from yiyang.engine.ruling.parameters import Parameters

from . import tails
from .contracts import refusal_sql
from .differences import Compared, Difference, Side, difference_sql, gather, short_of_examples
from .plans import PLACES, Plan, wide_numbers

OUTPUTS = ("entitlement", "by_place", "unserved", "to_assess", "refused")


class BadSnapshot(Refused):
    """The snapshot cannot be swept: not there, a column missing, or one person in it twice."""

    code = "sweeping.bad_snapshot"
    message = "人员快照不完整，无法普查，请重新导出"


class SweepBroken(Unavailable):
    """Memory or disk ran out, or a file went away: nothing was left half written."""

    code = "sweeping.broken"
    message = "普查中断，没有留下半截结果，请稍后重试"


@dataclass(frozen=True)
class Tally:
    """What one result came to over everybody swept; ``None`` where the count means nothing."""

    eligible: int
    cannot_tell: int
    not_eligible: int
    served: int | None
    unserved: int | None
    amount_fen: int | None
    unserved_fen: int | None


@dataclass(frozen=True)
class Swept:
    """One finished sweep: ``people`` = swept + ``refused``; ``results`` by name and ``person_line``."""

    as_of: str
    people: int
    refused: int
    results: dict[str, Tally]
    rules_digest: str
    numbers_digest: str
    folder: Path


class Sweeper:
    """Holds the limits; every sweep opens and closes its own database.

    Args:
        threads: CPU threads.
        memory_limit: as DuckDB writes it, ``1GB``; beyond it data goes to ``temp_folder``.
        temp_folder: an existing folder for scratch files, emptied after each run.
    """

    def __init__(self, *, threads: int, memory_limit: str, temp_folder: Path) -> None:
        self.threads, self.memory_limit, self.temp_folder = threads, memory_limit, temp_folder

    @contextmanager
    def opened(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A fresh database whose scratch files vanish with it."""
        folder = Path(tempfile.mkdtemp(prefix="sweep-", dir=self.temp_folder))
        connection = duckdb.connect()
        try:
            connection.execute(f"SET threads = {self.threads}").fetchall()
            connection.execute(f"SET memory_limit = '{self.memory_limit}'").fetchall()
            connection.execute(f"SET temp_directory = '{_quoted(folder)}'").fetchall()
            # The order of rows means nothing here and keeping it costs memory.
            connection.execute("SET preserve_insertion_order = false").fetchall()
            connection.execute(f"ATTACH '{_quoted(folder / 'scratch.duckdb')}' AS scratch").fetchall()
            connection.execute("USE scratch").fetchall()
            yield connection
        except (duckdb.OutOfMemoryException, duckdb.IOException) as slip:
            raise SweepBroken(f"the sweep broke off: {_first_line(slip)}") from slip
        finally:
            connection.close()
            shutil.rmtree(folder, ignore_errors=True)

    def sweep(
        self, law: LawOfDay, numbers: Parameters, *, persons: str, receipts: str | None, out: Path
    ) -> Swept:
        """Sweep everybody in ``persons`` and write five Parquet files into ``out``.

        Args:
            persons: path or glob of Parquet with the columns of the data contract and ``division``.
            receipts: path or glob of Parquet (person_id, benefit), valid on the day; None = nobody receives.
            out: folder, made if absent; earlier outputs in it are replaced only when all five are ready.

        Raises:
            BadSnapshot: a column is missing, or one person stands in it twice.
            SweepBroken: memory, disk or a file gave out; ``out`` is as before.
        """
        if not list(_matching(persons)):
            raise BadSnapshot(f"no snapshot at {persons}")
        layout = tails.Layout(law)
        with self.opened() as connection:
            source = f"read_parquet('{_quoted(persons)}')"
            check_columns(connection, law, source)
            counties, people, refused = survey(connection, law, source)
            plan = Plan(law, "duckdb", wide_numbers(law, numbers, counties))
            refusal = refusal_sql(law.fields, law.day_ymd)
            known = None if receipts is None or not list(_matching(receipts)) else receipts
            scratch = tails.scratch_sql(
                plan, layout, persons=source,
                receipts=None if known is None else f"read_parquet('{_quoted(known)}')",
                where=f"({refusal}) IS NULL" if refused else "",
            )  # fmt: skip
            connection.execute(f"CREATE TABLE swept AS {scratch}").fetchall()
            texts = {
                "entitlement": tails.entitlement_sql(plan, layout),
                "by_place": tails.by_place_sql(layout),
                "unserved": tails.unserved_sql(layout),
                "to_assess": tails.to_assess_sql(plan, layout),
                "refused": f"SELECT person_id, reason FROM (SELECT person_id, {refusal} AS reason "
                f"FROM {source}) WHERE reason IS NOT NULL",
            }
            _write_all(connection, texts, out)
            results = _totals(connection, out)
        return Swept(law.day.isoformat(), people, refused, results, law.digest(), numbers.digest(), out)

    def differences(self, before: Side, after: Side, *, persons: str) -> Compared:
        """What the second law would change for everybody in ``persons``, per county of each result.

        Whom a sweep of that day would refuse is left out and counted.

        Raises:
            BadSnapshot: no such snapshot, or a column is missing.
            ValueError: the two laws are of different days.
        """
        if not list(_matching(persons)):
            raise BadSnapshot(f"no snapshot at {persons}")
        with self.opened() as connection:
            source = f"read_parquet('{_quoted(persons)}')"
            check_columns(connection, after.law, source)
            counties = _counties(connection, source)
            plans = [
                Plan(side.law, "duckdb", wide_numbers(side.law, side.numbers, counties))
                for side in (before, after)
            ]
            found = _differences(connection, plans, source, all_lots=False)
            if short_of_examples(found):
                found = _differences(connection, plans, source, all_lots=True)
            people, good = _people(connection, source), found[0].total().people if found else None
            if good is None:
                good = _people(connection, source, where=_fit(after.law))
        return Compared(people, people - good, found)


def _fit(law: LawOfDay) -> str:
    return f"({refusal_sql(law.fields, law.day_ymd)}) IS NULL"


def _people(connection: duckdb.DuckDBPyConnection, source: str, *, where: str = "true") -> int:
    return int(connection.execute(f"SELECT count(*) FROM {source} WHERE {where}").fetchall()[0][0])


def _differences(
    connection: duckdb.DuckDBPyConnection, plans: list[Plan], source: str, *, all_lots: bool
) -> list[Difference]:
    before, after = plans
    fit = _fit(after.law)
    found: list[Difference] = []
    for by in PLACES:
        text, told = difference_sql(before, after, by, persons=source, where=fit, all_lots=all_lots)
        if told:
            cursor = connection.execute(text)
            names = [str(column[0]) for column in cursor.description or ()]
            found += gather(told, [dict(zip(names, row, strict=True)) for row in cursor.fetchall()])
    return found


def _counties(connection: duckdb.DuckDBPyConnection, source: str) -> dict[By, list[int]]:
    rows = connection.execute(f"SELECT DISTINCT hukou_county, residence_county FROM {source}").fetchall()
    return {
        "hukou": sorted({row[0] for row in rows if row[0] is not None}),
        "residence": sorted({row[1] for row in rows if row[1] is not None}),
    }


def check_columns(connection: duckdb.DuckDBPyConnection, law: LawOfDay, source: str) -> None:
    """Every column the sweep reads is there.

    Raises:
        BadSnapshot: names the missing columns.
    """
    there = {row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
    needed = {"person_id", "division", "hukou_county", "residence_county", *law.fields}
    if absent := sorted(needed - there):
        raise BadSnapshot(f"the snapshot lacks the columns {', '.join(absent)}")


def survey(
    connection: duckdb.DuckDBPyConnection, law: LawOfDay, source: str
) -> tuple[dict[By, list[int]], int, int]:
    """One look at the snapshot: the counties in it, how many people, how many of them are refused.

    Raises:
        BadSnapshot: one person stands in it twice.
    """
    refusal = refusal_sql(law.fields, law.day_ymd)
    rows = connection.execute(
        f"SELECT hukou_county, residence_county, count(*), count({refusal}) FROM {source} GROUP BY ALL"
    ).fetchall()
    people = sum(row[2] for row in rows)
    distinct = connection.execute(f"SELECT count(DISTINCT person_id) FROM {source}").fetchall()[0][0]
    refused = sum(row[3] for row in rows)
    if distinct < people - refused:
        raise BadSnapshot(f"{people - distinct} rows repeat a person who already stands in the snapshot")
    good = [row for row in rows if row[0] is not None and row[1] is not None]
    # Where everybody is refused there is no county; 0 keeps the text whole and matches nobody.
    counties: dict[By, list[int]] = {
        "hukou": sorted({row[0] for row in good}) or [0],
        "residence": sorted({row[1] for row in good}) or [0],
    }
    return counties, people, refused


def _write_all(connection: duckdb.DuckDBPyConnection, texts: dict[str, str], out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        path = _quoted(out / f"{name}.parquet.part")
        connection.execute(f"COPY ({text}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)").fetchall()
    # Only now, with every file whole, do they take the place of the earlier ones.
    for name in texts:
        (out / f"{name}.parquet.part").replace(out / f"{name}.parquet")


def _totals(connection: duckdb.DuckDBPyConnection, out: Path) -> dict[str, Tally]:
    sums = ", ".join(f"sum({column})" for column in tails.COUNTS)
    rows = connection.execute(
        f"SELECT benefit, {sums} FROM read_parquet('{_quoted(out / 'by_place.parquet')}') GROUP BY benefit"
    ).fetchall()
    return {name: _tally(values) for name, *values in rows}


def _tally(values: list[int | None]) -> Tally:
    eligible, cannot_tell, not_eligible, *others = (None if v is None else int(v) for v in values)
    return Tally(eligible or 0, cannot_tell or 0, not_eligible or 0, *others)


def _matching(pattern: str) -> Iterator[Path]:
    path = Path(pattern)
    if "*" not in pattern:
        yield from [path] if path.exists() else []
        return
    fixed = Path(*path.parts[: next(i for i, part in enumerate(path.parts) if "*" in part)])
    yield from fixed.glob(str(path.relative_to(fixed)))


def _quoted(path: str | Path) -> str:
    return str(path).replace("'", "''")


def _first_line(slip: duckdb.Error) -> str:
    return str(slip).strip().splitlines()[0]
