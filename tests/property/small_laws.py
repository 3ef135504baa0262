"""Random small laws: a few fields, numbers with gaps, and rules built from every kind of node."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from yiyang.engine.ruling.benefits import Body, Facts, Law, LawOfDay, RuleSet
from yiyang.engine.ruling.declaring import FieldSpec, NumberSpec
from yiyang.engine.ruling.expressions import Expr, all_of, any_of, cases, greatest, least, share, years
from yiyang.engine.ruling.parameters import MERGES, Cite, ParameterRow, Parameters

COUNTIES = [150202, 150203, 620722]
DAY = dt.date(2026, 7, 1)
FIELDS = (
    FieldSpec("birth_ymd", "出生日期", "ymd", False, 19000101, 20991231),
    FieldSpec("level", "等级", "class", True, 0, 4),
    FieldSpec("hardship", "困难", "class", True, 0, 2),
    FieldSpec("months", "月数", "month", True, 0, 1200),
    FieldSpec("meals", "餐数", "meal/month", False, 0, 93),
    FieldSpec("alone", "独居", "bool", True),
    FieldSpec("in_home", "住机构", "bool", False),
)
NUMBERS = (
    NumberSpec("old_age", "年龄", "year"), NumberSpec("wait", "等待", "month"),
    NumberSpec("grave", "等级", "class"), NumberSpec("open", "开办", "flag"),
    NumberSpec("base_fen", "基数", "fen/month"), NumberSpec("top_fen", "上限", "fen/month"),
    NumberSpec("part", "比例", "percent"), NumberSpec("cap", "餐数", "meal/month"),
    NumberSpec("table_fen", "表", "fen/meal", grid=(3, 5)),
)  # fmt: skip
CITE = Cite("example", "1")


@st.composite
def small_laws(draw: st.DrawFn) -> tuple[LawOfDay, Parameters]:
    """A law of three or four results, each upon the earlier ones, and numbers with gaps."""
    rules = RuleSet("small", FIELDS, NUMBERS)

    def declare(name: str, body: Body, unit: str) -> None:
        body.__name__ = name
        rules.rule(name, unit=unit, by=draw(st.sampled_from(["hukou", "residence"])), cite=CITE)(body)

    seed = draw(st.integers(0, 2**30))
    declare("yes", lambda p, law: truth(p, law, seed, 3), "bool")
    declare("sum_a", lambda p, law: amount(p, law, seed // 7, 2), "fen/month")
    declare("sum_b", lambda p, law: cases((p.yes, amount(p, law, seed // 11, 2), "有")), "fen/month")
    rules.exclusive("most", "sum_a", "sum_b", title="就高", unit="fen/month", by="hukou", cite=CITE)
    declare(
        "upon", lambda p, law: any_of((p.most > 0, "有钱"), (truth(p, law, seed // 13, 2), "有事")), "bool"
    )
    return rules.at(DAY), Parameters(rows(draw, rules))


def rows(draw: st.DrawFn, rules: RuleSet) -> list[ParameterRow]:
    high = {"year": 100, "month": 300, "class": 4, "flag": 1, "percent": 100, "meal/month": 60}
    found: list[ParameterRow] = []
    for key, spec in rules.numbers.items():
        for place in (0, 150200, 150203):
            if draw(st.integers(0, 3)):
                value = draw(st.integers(0, high.get(spec.unit, 100_000)))
                merge = draw(st.sampled_from(MERGES)) if place else MERGES[0]
                found.append(
                    ParameterRow(key, place, dt.date(2020, 1, 1), None, value, spec.unit, CITE, merge)
                )
    return found


def truth(p: Facts, law: Law, seed: int, depth: int) -> Expr:
    """A condition, chosen by the digits of ``seed``."""
    leaves = [
        years(p.birth_ymd) >= law.old_age, p.level >= law.grave, p.hardship == 1, p.months < law.wait,
        law.open == 1, p.alone, p.in_home, p.level != 0, p.hardship > 0, p.level <= law.grave,
    ]  # fmt: skip
    if depth == 0:
        return leaves[seed % len(leaves)]
    left, right = truth(p, law, seed // 3, depth - 1), truth(p, law, seed // 5, depth - 1)
    return [
        left & right, left | right, ~left,
        any_of((left, "甲"), (right, "乙")), all_of((left, "甲"), (right, "乙")),
        cases((left, right, "甲"), otherwise=False), leaves[seed % len(leaves)],
    ][seed % 7]  # fmt: skip


def amount(p: Facts, law: Law, seed: int, depth: int) -> Expr:
    """Fen a month, chosen by the digits of ``seed``."""
    per_meal = law.grid("table_fen", (p.hardship, 3), (p.level, 5))
    leaves = [law.base_fen, law.top_fen, per_meal * least(p.meals, law.cap), law.base_fen + law.top_fen]
    if depth == 0:
        return leaves[seed % len(leaves)]
    one, two = amount(p, law, seed // 3, depth - 1), amount(p, law, seed // 5, depth - 1)
    when = truth(p, law, seed // 7, 1)
    return [
        cases((when, one, "甲"), (truth(p, law, seed // 11, 1), two, "乙")),
        least(one, two), greatest(one, two),
        share(one, law.part, rounding="down"), share(one, law.part, rounding="half_up"),
        share(one, law.part, rounding="up"), one + two,
    ][seed % 7]  # fmt: skip
