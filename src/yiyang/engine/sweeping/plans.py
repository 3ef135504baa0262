"""Render the law of a day as one SQL text: one CTE per level of dependence, no library.

Unknown stays unknown in every engine, and costs nothing where the data contract and the numbers leave no
gap. Numbers that are the same in every county become literals; the others are joined from a small table that
stands in the text itself, so that the text is the whole law and can be read by an auditor.
"""

# ruff: noqa: S608 - the text is made of names and numbers of the law, never of what somebody typed

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from yiyang.engine.ruling.benefits import LawOfDay
from yiyang.engine.ruling.expressions import (
    Binary,
    By,
    Call,
    Choose,
    Connect,
    Exclusive,
    Expr,
    Field,
    Grid,
    Literal_,
    Not,
    Number,
    Result,
    children,
    walk,
)
from yiyang.engine.ruling.parameters import Parameters

Dialect = Literal["duckdb", "spark", "postgres"]
DIVIDE: Mapping[Dialect, str] = {"duckdb": "({} // {})", "spark": "({} div {})", "postgres": "({} / {})"}
PLACES: tuple[By, ...] = ("hukou", "residence")


@dataclass(frozen=True)
class WideNumbers:
    """Every number a law asks for, per place and county.

    Args:
        rows: place -> county -> key -> value; a gap is None.
        complete: no person of the sweep lives or is registered outside these counties. Otherwise every
            number may be unknown, and such a person is kept by an outer join.
    """

    rows: Mapping[By, Mapping[int, Mapping[str, int | None]]]
    complete: bool

    @cached_property
    def constants(self) -> dict[str, int]:
        """Column -> value, where it is known and the same in every county."""
        found: dict[str, int] = {}
        if self.complete:
            for by, counties in self.rows.items():
                for key in next(iter(counties.values()), {}):
                    values = {numbers[key] for numbers in counties.values()}
                    value = next(iter(values))
                    if len(values) == 1 and value is not None:
                        found[f"{by}_{key}"] = value
        return found

    @cached_property
    def gaps(self) -> frozenset[str]:
        """Columns unknown in some county."""
        return frozenset(
            f"{by}_{key}"
            for by, counties in self.rows.items()
            for numbers in counties.values()
            for key, value in numbers.items()
            if value is None or not self.complete
        )


def wide_numbers(
    law: LawOfDay, parameters: Parameters, counties: Mapping[By, Iterable[int]], *, complete: bool = True
) -> WideNumbers:
    """Resolve the numbers a law asks for, per place of the person and county."""
    rows: dict[By, dict[int, dict[str, int | None]]] = {}
    for by in PLACES:
        keys = sorted({n.key for n in law.numbers() if n.by == by})
        if keys:
            rows[by] = {
                county: {key: parameters.resolve(key, county, law.day).value for key in keys}
                for county in sorted(set(counties[by]))
            }
    return WideNumbers(rows, complete)


@dataclass(frozen=True, eq=False)
class Plan:
    """One sweep: which law, which numbers, for which engine.

    ``prefix`` stands before the columns of a rehearsed law, ``renamed`` maps the names it computes anew.
    """

    law: LawOfDay
    dialect: Dialect
    numbers: WideNumbers
    prefix: str = ""
    renamed: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _nullable_results(self) -> dict[str, bool]:
        found: dict[str, bool] = {}
        for name, tree in self.law.trees.items():
            found[name] = self._nullable(tree, found)
        return found

    def nullable(self, node: Expr) -> bool:
        """May this come to *cannot tell*: by the data contract, a gap in the numbers or another rule?"""
        return self._nullable(node, self._nullable_results)

    def _nullable(self, node: Expr, results: Mapping[str, bool]) -> bool:
        match node:
            case Field(name):
                return self.law.fields[name].nullable
            case Number():
                return node.column in self.numbers.gaps
            case Result(name):
                return results[name]
            case Literal_(value):
                return value is None
            case Grid():
                return True  # a key outside the table finds no cell
            case _:
                return any(self._nullable(child, results) for child in children(node))

    def sql(self, node: Expr) -> str:
        """One expression as text."""
        match node:
            case Literal_(None):
                return "NULL"
            case Literal_(value):
                return str(value).upper() if isinstance(value, bool) else str(value)
            case Field(name):
                return name
            case Result(name):
                return self.renamed.get(name, name)
            case Number():
                value = self.numbers.constants.get(node.column)
                return f"{self.prefix}{node.column}" if value is None else str(value)
            case Not(inner):
                return f"(NOT {self.sql(inner)})"
            case Binary("+" | "-" | "*" as op, left, right):
                return f"({self.wide(left)} {op} {self.wide(right)})"
            case Binary(op, left, right):
                return f"({self.sql(left)} {op.upper()} {self.sql(right)})"
            case Connect(op, parts):
                return f"({f' {op.upper()} '.join(self.sql(part) for part, _ in parts)})"
            case Call(name, args):
                return self.call(name, args)
            case Grid():
                return self.grid(node)
            case Choose(arms, otherwise):
                return self.choose(node, [self.sql(then) for _, then, _ in arms], self.sql(otherwise))
            case Exclusive():
                return self.exclusive(node)
        raise TypeError(node)

    def wide(self, node: Expr) -> str:
        """An operand of arithmetic: small columns overflow early, so everything is computed in 64 bits."""
        text = self.sql(node)
        return text if isinstance(node, Binary) else f"CAST({text} AS BIGINT)"

    def call(self, name: str, args: Sequence[Expr]) -> str:
        match name, args:
            case (("least" | "greatest"), _):
                # All three engines skip NULL in these: the guard keeps unknown unknown.
                return self.guarded(args, f"{name}({', '.join(map(self.wide, args))})")
            case "years", [birth]:
                return self.divide(f"({self.law.day_ymd} - {self.sql(birth)})", "10000")
            case "div_down", [a, b]:
                return self.divide(self.wide(a), self.wide(b))
            case "div_half_up", [a, b]:
                return self.divide(f"(2 * {self.wide(a)} + {self.wide(b)})", f"(2 * {self.wide(b)})")
            case "div_up", [a, b]:
                return self.divide(f"({self.wide(a)} + {self.wide(b)} - 1)", self.wide(b))
        raise TypeError(name)

    def guarded(self, parts: Sequence[Expr], text: str) -> str:
        """``text``, or unknown if any part that may be unknown is."""
        unknown = [f"{self.sql(p)} IS NULL" for p in parts if self.nullable(p)]
        return f"CASE WHEN {' OR '.join(unknown)} THEN NULL ELSE {text} END" if unknown else text

    def grid(self, node: Grid) -> str:
        weights = [10**i for i in reversed(range(len(node.keys)))]
        at = " + ".join(
            f"{w} * CAST({self.sql(k)} AS INTEGER)" for w, (k, _) in zip(weights, node.keys, strict=True)
        )
        cells = " ".join(
            f"WHEN {int(''.join(map(str, combo)))} THEN {self.sql(number)}" for combo, number in node.cells()
        )
        return f"CASE {at} {cells} END"

    def choose(self, node: Choose, values: Sequence[str], otherwise: str) -> str:
        arms: list[str] = []
        for (when, _, _), value in zip(node.arms, values, strict=True):
            test = self.sql(when)
            arms.append(f"WHEN {test} THEN {value}")
            if self.nullable(when):
                arms.append(f"WHEN {self.unknown(when)} THEN NULL")
        return f"CASE {' '.join(arms)} ELSE {otherwise} END"

    def unknown(self, node: Expr) -> str:
        """When is this condition unknown, given that it does not hold? As cheap as its shape allows."""
        match node:
            case Binary("and" | "or", _, _) | Connect():
                return f"{self.sql(node)} IS NULL"
            case Binary(_, left, right):
                return " OR ".join(
                    f"{self.sql(side)} IS NULL" for side in (left, right) if self.nullable(side)
                )
            case _:
                return f"{self.sql(node)} IS NULL"

    def exclusive(self, node: Exclusive) -> str:
        names = [self.sql(member) for member in node.members]
        best = f"greatest({', '.join(names)})"
        if node.want == "amount":
            return self.guarded(node.members, best)
        arms = " ".join(f"WHEN {name} = {best} THEN {i}" for i, name in enumerate(names, start=1))
        return self.guarded(node.members, f"CASE WHEN {best} = 0 THEN 0 {arms} END")

    def why(self, node: Expr) -> str | None:
        """The reason code: 1-based arm, 0 = none of them, NULL = unknown; None for a tree without arms."""
        match node:
            case Choose(arms, _):
                text = self.choose(node, [str(i) for i in range(1, len(arms) + 1)], "0")
            case Connect("or", parts):
                some = " ".join(f"WHEN {self.sql(p)} THEN {i}" for i, (p, _) in enumerate(parts, start=1))
                text = f"CASE {some} WHEN {self.sql(node)} IS NULL THEN NULL ELSE 0 END"
            case Connect():
                text = f"CASE WHEN {self.sql(node)} THEN 1 WHEN {self.sql(node)} IS NULL THEN NULL ELSE 0 END"
            case Exclusive(members, "amount"):
                text = self.exclusive(Exclusive(members, "winner"))
            case _:
                return None
        return f"CAST({text} AS SMALLINT)"

    def divide(self, a: str, b: str) -> str:
        return DIVIDE[self.dialect].format(a, b)

    def joined(self, by: By) -> list[Number]:
        """Numbers of one place that must be joined, being different from county to county.

        Of a rehearsed law only those that its own, renamed results read.
        """
        names = self.renamed or self.law.trees
        found = {n.column: n for name in names for n in walk(self.law.trees[name]) if isinstance(n, Number)}
        constants = self.numbers.constants
        return [n for column, n in sorted(found.items()) if n.by == by and column not in constants]


def numbers_sql(plans: Sequence[Plan], by: By) -> str:
    """The numbers of one place as a small table in the text: ``county`` and a column per number and plan."""
    columns = [(plan, n) for plan in plans for n in plan.joined(by)]
    if not columns:
        return ""
    lines: list[str] = []
    for county in plans[0].numbers.rows[by]:
        cells = [str(county)]
        for plan, number in columns:
            value = plan.numbers.rows[by][county][number.key]
            text = "NULL" if value is None else str(value)
            # The first line settles the types of the whole table.
            cells.append(text if lines else f"CAST({text} AS BIGINT)")
        lines.append(f"({', '.join(cells)})")
    names = ", ".join(["county", *(f"{plan.prefix}{n.column}" for plan, n in columns)])
    return f"numbers_{by} AS (SELECT * FROM (VALUES {', '.join(lines)}) AS t({names}))"


def sweep_sql(
    plan: Plan, *, persons: str, tail: str, extra: Sequence[str] = (), reasons: Collection[str] = (),
    where: str = "",
) -> str:  # fmt: skip
    """The whole text.

    Args:
        persons: relation with the columns of the data contract.
        tail: reads from ``r``: person_id, both counties, ``extra`` columns, every column the rules read,
            every result, and ``why_<name>`` for the results in ``reasons``.
        where: rows of ``persons`` (as ``p``) to look at.
    """
    return levels_sql([plan], {}, persons=persons, tail=tail, extra=extra, reasons=reasons, where=where)


def levels_sql(
    plans: Sequence[Plan], again: Mapping[str, Expr], *, persons: str, tail: str, extra: Sequence[str] = (),
    reasons: Collection[str] = (), where: str = "",
) -> str:  # fmt: skip
    """One scan, one or two laws: results in ``again`` are computed a second time by ``plans[1]``."""
    ctes = [text for by in PLACES if (text := numbers_sql(plans, by))]
    ctes.append(f"l0 AS ({_base(plans, persons, extra, where)})")
    now, later = plans[0], plans[-1]
    level, new_level = now.law.levels(), later.law.levels() if again else {}
    deepest = max([*level.values(), *(new_level[name] for name in again)], default=0)
    for i in range(1, deepest + 1):
        parts = [f"{now.sql(tree)} AS {name}" for name, tree in now.law.trees.items() if level[name] == i]
        parts += [
            f"{why} AS why_{name}"
            for name, tree in now.law.trees.items()
            if level[name] == i and name in reasons and (why := now.why(tree))
        ]
        parts += [
            f"{later.sql(tree)} AS {later.renamed[name]}"
            for name, tree in again.items()
            if new_level[name] == i
        ]
        ctes.append(f"l{i} AS (SELECT {', '.join(['*', *parts])} FROM l{i - 1})")
    ctes.append(f"r AS (SELECT * FROM l{deepest})")
    return f"WITH {', '.join(ctes)} {tail}"


def _base(plans: Sequence[Plan], persons: str, extra: Sequence[str], where: str) -> str:
    inputs = sorted({column for plan in plans for column in plan.law.inputs()} - set(extra))
    columns = ["p.person_id", "p.hukou_county", "p.residence_county"]
    columns += [f"p.{column}" for column in (*extra, *inputs)]
    joins: list[str] = []
    for by in PLACES:
        if numbers := [f"{by}.{plan.prefix}{n.column}" for plan in plans for n in plan.joined(by)]:
            columns += numbers
            kind = "JOIN" if all(plan.numbers.complete for plan in plans) else "LEFT JOIN"
            joins.append(f"{kind} numbers_{by} {by} ON p.{by}_county = {by}.county")
    text = f"SELECT {', '.join(columns)} FROM {persons} p {' '.join(joins)}"
    return f"{text} WHERE {where}" if where else text
