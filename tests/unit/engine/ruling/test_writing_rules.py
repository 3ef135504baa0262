"""What an author of rules may and may not write: refused when the law is built, with a helpful sentence."""
# ruff: noqa: ARG005 - a rule takes (p, law) even where it reads only one of them

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from yiyang.engine.ruling.benefits import Body, Facts, Law, RuleSet
from yiyang.engine.ruling.declaring import FieldSpec, NumberSpec, UnknownName
from yiyang.engine.ruling.expressions import Expr, cases, least, share
from yiyang.engine.ruling.measuring import UnitMismatch
from yiyang.engine.ruling.parameters import Cite

DAY = dt.date(2026, 7, 1)
CITE = Cite("example", "1")


def ruleset() -> RuleSet:
    fields = (
        FieldSpec("age", "年龄", "year", False),
        FieldSpec("level", "等级", "class", True),
        FieldSpec("meals", "餐数", "meal/month", False),
        FieldSpec("alone", "独居", "bool", True),
    )
    numbers = (
        NumberSpec("old", "年龄", "year"),
        NumberSpec("fen", "数", "fen/month"),
        NumberSpec("meal_fen", "每餐", "fen/meal"),
        NumberSpec("part", "比例", "percent"),
    )
    return RuleSet("try", fields, numbers)


def build(body: Body, unit: str = "fen/month") -> Expr:
    rules = ruleset()
    body.__name__ = "benefit"
    rules.rule("试", unit=unit, by="hukou", cite=CITE)(body)
    return rules.at(DAY).trees["benefit"]


@pytest.mark.parametrize(
    "body",
    [
        lambda p, law: cases((p.age >= law.old and p.alone, law.fen)),
        lambda p, law: cases((p.age >= law.old or p.alone, law.fen)),
        lambda p, law: law.meal_fen if not p.alone else law.fen,
        lambda p, law: law.fen if p.alone else law.meal_fen,
        lambda p, law: cases((1 <= p.level <= 3, law.fen)),
    ],
)
def test_and_or_not_if_are_refused_with_what_to_write_instead(body: Body) -> None:
    with pytest.raises(TypeError, match=r"write & \| ~ and cases"):
        build(body)


def test_a_division_must_name_its_rounding() -> None:
    divide: Callable[[Facts, Law], Expr] = lambda p, law: law.fen / 2  # noqa: E731
    with pytest.raises(TypeError, match="share"):
        build(divide)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (lambda p, law: law.fen + law.meal_fen, "fen/month and fen/meal"),
        (lambda p, law: cases((p.alone, law.fen), (p.level >= 1, law.meal_fen)), "arms of cases"),
        (lambda p, law: cases((p.age >= 80, law.fen)), "dated row"),
        (lambda p, law: cases((p.age >= law.fen, law.fen)), "year and fen/month"),
        (lambda p, law: law.meal_fen, "declared unit"),
        (lambda p, law: law.fen + 500, "dated row"),
        (lambda p, law: cases((p.level, law.fen)), "yes or no"),
        (lambda p, law: least(law.fen, p.meals), "least"),
        (lambda p, law: share(law.fen, p.meals, rounding="down"), "share"),
        (lambda p, law: law.meal_fen * p.level, "cannot be multiplied"),
    ],
)
def test_units_that_do_not_fit_are_refused(body: Body, said: str) -> None:
    with pytest.raises(UnitMismatch, match=said):
        build(body)


@pytest.mark.parametrize(
    "body",
    [
        lambda p, law: law.meal_fen * p.meals,
        lambda p, law: law.meal_fen * least(p.meals, 0),
        lambda p, law: share(law.fen, law.part, rounding="half_up"),
        lambda p, law: cases((p.level >= 3, law.fen), (p.alone, law.fen * 2)),
    ],
)
def test_units_that_fit_are_accepted(body: Body) -> None:
    build(body)


@pytest.mark.parametrize("body", [lambda p, law: p.agee, lambda p, law: law.fenn])
def test_an_unknown_name_fails_when_the_law_is_built(body: Body) -> None:
    with pytest.raises(UnknownName, match=r"agee|fenn"):
        build(body)


def test_an_unknown_cell_of_a_table_fails_when_the_law_is_built() -> None:
    with pytest.raises(UnknownName, match="fen_00"):
        build(lambda p, law: law.grid("fen", (p.level, 3), (p.level, 3)))


def test_no_citation_no_benefit() -> None:
    with pytest.raises(ValueError, match="no citation"):
        ruleset().rule("试", unit="bool", by="hukou", cite=())


def test_a_later_wording_takes_over_on_its_day() -> None:
    rules = ruleset()
    turn = dt.date(2027, 1, 1)

    @rules.rule("试", unit="fen/month", by="hukou", cite=CITE, until=turn)
    def benefit(p: Facts, law: Law) -> Expr:
        return cases((p.age >= law.old, law.fen))

    @rules.rule("试", unit="fen/month", by="hukou", cite=CITE, since=turn, of="benefit")
    def benefit_for_people_alone(p: Facts, law: Law) -> Expr:
        return cases((p.alone, law.fen))

    old, new = rules.at(turn - dt.timedelta(days=1)), rules.at(turn)
    assert "alone" not in old.inputs()
    assert "alone" in new.inputs()
    assert old.digest() != new.digest()


def test_two_wordings_in_force_on_one_day_are_refused() -> None:
    rules = ruleset()
    for name in ("benefit", "other"):
        body: Body = lambda p, law: law.fen  # noqa: E731
        body.__name__ = name
        rules.rule("试", unit="fen/month", by="hukou", cite=CITE, of="benefit")(body)
    with pytest.raises(ValueError, match="two versions"):
        rules.at(DAY)


def test_results_that_need_each_other_are_refused() -> None:
    rules = ruleset()

    @rules.rule("甲", unit="fen/month", by="hukou", cite=CITE)
    def one(p: Facts, law: Law) -> Expr:
        return p.two + law.fen

    @rules.rule("乙", unit="fen/month", by="hukou", cite=CITE)
    def two(p: Facts, law: Law) -> Expr:
        return p.one + law.fen

    with pytest.raises(ValueError, match="cycle"):
        rules.at(DAY)
    assert one is not two


def test_equal_laws_have_equal_digests() -> None:
    def law_digest() -> str:
        rules = ruleset()
        body: Body = lambda p, law: cases((p.age >= law.old, law.fen, "年满"))  # noqa: E731
        body.__name__ = "benefit"
        rules.rule("试", unit="fen/month", by="hukou", cite=CITE)(body)
        return rules.at(DAY).digest()

    assert law_digest() == law_digest()
