"""A rehearsed rule of another shape: new, gone or rewritten, told in the same one scan."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb

from tests.bench.invented_people import people_sql
from yiyang.engine.ruling.benefits import Facts, Law, LawOfDay, RuleSet
from yiyang.engine.ruling.expressions import Expr, cases
from yiyang.engine.ruling.parameters import Cite
from yiyang.engine.sweeping.differences import Difference, Side
from yiyang.engine.sweeping.duckdb_engine import Sweeper
from yiyang.policies import library

DAY = dt.date(2026, 7, 1)
CITE = Cite("example-oldest-old", "3")


def law(*, from_ninety: bool, with_meals: bool) -> LawOfDay:
    """A small law over the shipped columns and numbers, in two shapes."""
    rules = RuleSet("try", tuple(library.fields().values()), tuple(library.number_specs().values()))

    @rules.fact("周岁", unit="year")
    def age(p: Facts, law: Law) -> Expr:
        return library.law_of(DAY).trees["age"]

    @rules.rule("高龄津贴", unit="fen/month", by="residence", cite=CITE)
    def allowance(p: Facts, law: Law) -> Expr:
        start = law.aged_90_age if from_ninety else law.aged_80_age
        return cases((p.age >= start, law.aged_80_fen, "高龄"))

    if with_meals:

        @rules.rule("餐", unit="bool", by="residence", cite=CITE)
        def meals(p: Facts, law: Law) -> Expr:
            return p.age >= law.meal_age

    return rules.at(DAY)


def compare(folder: Path, before: LawOfDay, after: LawOfDay) -> dict[str, Difference]:
    with duckdb.connect() as connection:
        text = people_sql(500, elsewhere=False)
        connection.execute(f"COPY ({text}) TO '{folder}/people.parquet' (FORMAT parquet)").fetchall()
    sweeper = Sweeper(threads=1, memory_limit="300MB", temp_folder=folder)
    sides = [Side(side, library.numbers()) for side in (before, after)]
    found = sweeper.differences(sides[0], sides[1], persons=f"{folder}/people.parquet")
    return {difference.benefit: difference for difference in found.results}


def test_a_later_age_takes_from_those_between(tmp_path: Path) -> None:
    found = compare(
        tmp_path, law(from_ninety=False, with_meals=False), law(from_ninety=True, with_meals=False)
    )
    total = found["allowance"].total()
    assert total.lost > 0
    assert total.gained == 0
    assert total.before_fen > total.after_fen > 0


def test_a_new_benefit_is_all_gain_and_an_abolished_one_all_loss(tmp_path: Path) -> None:
    without, with_meals = law(from_ninety=False, with_meals=False), law(from_ninety=False, with_meals=True)
    gained = compare(tmp_path, without, with_meals)
    lost = compare(tmp_path, with_meals, without)
    assert set(gained) == set(lost) == {"meals"}
    assert gained["meals"].total().gained == lost["meals"].total().lost > 0
