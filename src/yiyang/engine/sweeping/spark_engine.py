"""The same text on Spark, for a province that outgrows one machine. pyspark is imported only when used."""

from __future__ import annotations

from yiyang.engine.errors import Unavailable
from yiyang.engine.ruling.benefits import LawOfDay
from yiyang.engine.ruling.expressions import By
from yiyang.engine.ruling.parameters import Parameters

from . import tails
from .plans import Plan, sweep_sql, wide_numbers


class NoSpark(Unavailable):
    """pyspark or a Java machine is not installed here."""

    code = "sweeping.no_spark"
    message = "本机没有安装 Spark，请改用默认的普查方式"


def totals_sql(law: LawOfDay, numbers: Parameters, counties: dict[By, list[int]], persons: str) -> str:
    """The text Spark runs: one row, four numbers per result."""
    plan = Plan(law, "spark", wide_numbers(law, numbers, counties))
    return sweep_sql(plan, persons=persons, tail=tails.totals_tail(tails.Layout(law)))


def totals(law: LawOfDay, numbers: Parameters, *, persons: str, threads: int = 2) -> dict[str, tails.Total]:
    """Eligible, cannot tell, not eligible and fen of every result over all of ``persons`` (Parquet).

    Starting the Java machine takes tens of seconds: one session for a night, not one per question.

    Raises:
        NoSpark: pyspark is not installed.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as absent:
        raise NoSpark("pyspark is not installed: pip install 'yiyang[spark]'") from absent
    builder = SparkSession.builder.master(f"local[{threads}]").appName("yiyang-sweep")
    session = (
        builder.config("spark.ui.enabled", "false").config("spark.sql.ansi.enabled", "true").getOrCreate()
    )
    try:
        session.read.parquet(persons).createOrReplaceTempView("persons")
        counties: dict[By, list[int]] = {"hukou": [], "residence": []}
        for by, found in counties.items():
            rows = session.sql(f"SELECT DISTINCT {by}_county AS county FROM persons").collect()  # noqa: S608
            found += sorted(int(row["county"]) for row in rows)
        row = session.sql(totals_sql(law, numbers, counties, "persons")).collect()[0]
        return tails.read_totals(tails.Layout(law), row.asDict())
    finally:
        session.stop()
