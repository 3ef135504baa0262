"""Facts and benefits: named, dated, cited expressions, put in order of dependence.

No citation, no benefit; two versions in force on one day are an error; an ``exclusive`` group is one
primitive, so two benefits of it can never be paid together. Names, numbers and units are checked when the
law of a day is built.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypedDict, Unpack

from .declaring import ALWAYS, FieldSpec, NumberSpec, UnknownName
from .expressions import By, Exclusive, Expr, Field, Grid, Number, Result, walk
from .measuring import check_unit
from .parameters import Cite

Mark = Literal["lead", "stored", "due_list", "money"]
"""lead: unserved people go to the work list. stored: a decision row is kept. due_list: a plain-age service,
counted and listed, not a lead. money: counts for the person-level line."""


class Facts:
    """``p`` inside a rule: columns of the sweep table and results of other rules."""

    def __init__(self, fields: Mapping[str, FieldSpec], rules: Mapping[str, object]) -> None:
        self._fields, self._rules = fields, rules

    def __getattr__(self, name: str) -> Expr:
        if name in self._rules:
            return Result(name)
        if name in self._fields:
            return Field(name)
        raise UnknownName(f"neither a column of the data contract nor a rule in force: {name}")


class Law:
    """``law`` inside a rule: a number of the law, whatever it is on the day and in the place."""

    def __init__(self, by: By, numbers: Mapping[str, NumberSpec]) -> None:
        self._by: By = by
        self._numbers = numbers

    def __getattr__(self, key: str) -> Number:
        if key not in self._numbers:
            raise UnknownName(f"no number of the law is declared as {key}")
        return Number(key, self._by)

    def grid(self, prefix: str, *keys: tuple[Expr, int]) -> Expr:
        """A number from a small table of the law, e.g. meal[hardship 0-3][class 0-2]."""
        grid = Grid(prefix, self._by, keys)
        for _, number in grid.cells():
            if number.key not in self._numbers:
                raise UnknownName(f"no number of the law is declared as {number.key}")
        return grid


Body = Callable[[Facts, Law], Expr]


class Wording(TypedDict, total=False):
    """What pages need beside the official title."""

    plain_title: str
    plain: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Rule:
    """One version of one fact or benefit.

    ``plain_title`` and ``plain`` are for the older person's own pages: everyday words, no official ones.
    """

    name: str
    title: str
    unit: str
    by: By
    cites: tuple[Cite, ...]
    body: Body = field(repr=False)
    since: dt.date = ALWAYS
    until: dt.date | None = None
    plain_title: str = ""
    plain: str = ""
    marks: tuple[Mark, ...] = ()

    @property
    def is_benefit(self) -> bool:
        return bool(self.cites)

    @property
    def lead(self) -> bool:
        return "lead" in self.marks

    @property
    def stored(self) -> bool:
        return "stored" in self.marks

    @property
    def due_list(self) -> bool:
        return "due_list" in self.marks

    @property
    def money(self) -> bool:
        return "money" in self.marks

    @property
    def is_amount(self) -> bool:
        """Counted in fen, as opposed to yes/no, a rank or a class."""
        return self.unit.startswith("fen/")


class RuleSet:
    """Everything the rulebook declares, all versions."""

    def __init__(
        self, name: str, fields: tuple[FieldSpec, ...], numbers: tuple[NumberSpec, ...] = ()
    ) -> None:
        self.name = name
        self.fields = {spec.name: spec for spec in fields}
        self.numbers = {cell.key: cell for spec in numbers for cell in spec.cells()}
        self.versions: dict[str, list[Rule]] = {}

    def fact(self, title: str, *, unit: str, by: By = "residence") -> Callable[[Body], Body]:
        """A derived fact: no money, no citation."""
        return self._register(lambda body: Rule(body.__name__, title, unit, by, (), body))

    def rule(
        self, title: str, *, unit: str, by: By, cite: Cite | tuple[Cite, ...],
        since: dt.date = ALWAYS, until: dt.date | None = None, of: str | None = None,
        **wording: Unpack[Wording],
    ) -> Callable[[Body], Body]:  # fmt: skip
        """A benefit. A later wording is a second function with ``of="name"`` and its own dates.

        Raises:
            ValueError: no citation, or an end before the beginning.
        """
        cites = (cite,) if isinstance(cite, Cite) else cite
        if not cites:
            raise ValueError(f"{title}: no citation, no benefit")
        if until is not None and until <= since:
            raise ValueError(f"{title}: ends on {until}, before it begins on {since}")
        return self._register(
            lambda body: Rule(of or body.__name__, title, unit, by, cites, body, since, until, **wording)
        )

    def exclusive(
        self, name: str, *members: str, title: str, unit: str, by: By, cite: Cite,
        **wording: Unpack[Wording],
    ) -> None:  # fmt: skip
        """Declare ``name`` (amount paid) and ``name_from`` (which member pays, 0 = none)."""
        for member in members:
            if member not in self.versions:
                raise UnknownName(f"{name}: no rule is declared as {member}")

        def amount(_p: Facts, _law: Law) -> Expr:
            return Exclusive(tuple(Result(m) for m in members), "amount")

        def winner(_p: Facts, _law: Law) -> Expr:
            return Exclusive(tuple(Result(m) for m in members), "winner")

        self._register(lambda body: Rule(name, title, unit, by, (cite,), body, **wording))(amount)
        self._register(lambda body: Rule(f"{name}_from", f"{title}来源", "member", by, (), body))(winner)

    def _register(self, make: Callable[[Body], Rule]) -> Callable[[Body], Body]:
        def register(body: Body) -> Body:
            rule = make(body)
            if rule.name in self.fields:
                raise ValueError(f"{rule.name}: a column of the data contract has this name")
            self.versions.setdefault(rule.name, []).append(rule)
            return body

        return register

    def at(self, day: dt.date) -> LawOfDay:
        """Run each function once: the law of one day, in order of dependence.

        Raises:
            ValueError: two versions in force on one day, or a cycle.
            UnknownName: a rule names a column, rule or number that does not exist.
            UnitMismatch: an expression mixes units.
        """
        rules: dict[str, Rule] = {}
        for name, versions in self.versions.items():
            now = [v for v in versions if v.since <= day and (v.until is None or day < v.until)]
            if len(now) > 1:
                raise ValueError(f"{name}: two versions in force on {day}")
            if now:
                rules[name] = now[0]
        facts = Facts(self.fields, rules)
        trees = {name: rule.body(facts, Law(rule.by, self.numbers)) for name, rule in rules.items()}
        law = LawOfDay(rules, in_order(trees), self.fields, self.numbers, day)
        for name, tree in law.trees.items():
            check_unit(name, tree, rules[name].unit, self.fields, self.numbers, rules)
        return law


@dataclass(frozen=True, eq=False)
class LawOfDay:
    """The rules in force on one day as trees; a tree stands after everything it uses."""

    rules: Mapping[str, Rule]
    trees: Mapping[str, Expr]
    fields: Mapping[str, FieldSpec]
    number_specs: Mapping[str, NumberSpec]
    day: dt.date

    @property
    def day_ymd(self) -> int:
        return self.day.year * 10000 + self.day.month * 100 + self.day.day

    def only(self, names: frozenset[str] | set[str]) -> LawOfDay:
        """The same law cut down to some results and whatever they use."""
        wanted = {used for name in names for used in self.closure(name)}
        trees = {name: tree for name, tree in self.trees.items() if name in wanted}
        rules = {name: rule for name, rule in self.rules.items() if name in wanted}
        return LawOfDay(rules, trees, self.fields, self.number_specs, self.day)

    def numbers(self) -> list[Number]:
        """Every number the rules ask for, once per place it is asked of, by column name."""
        found = {n.column: n for tree in self.trees.values() for n in walk(tree) if isinstance(n, Number)}
        return [found[column] for column in sorted(found)]

    def number_keys(self) -> list[str]:
        return sorted({n.key for n in self.numbers()})

    def inputs(self) -> list[str]:
        """Columns of the sweep table that the rules read."""
        return sorted({n.name for tree in self.trees.values() for n in walk(tree) if isinstance(n, Field)})

    def levels(self) -> dict[str, int]:
        """Level of dependence: 1 uses no other rule."""
        level: dict[str, int] = {}
        for name, tree in self.trees.items():
            level[name] = 1 + max((level[d] for d in uses(tree)), default=0)
        return level

    def closure(self, want: str) -> set[str]:
        """The result and every result below it."""
        found: set[str] = set()
        stack = [want]
        while stack:
            if (name := stack.pop()) not in found:
                found.add(name)
                stack += uses(self.trees[name])
        return found

    def marked(self, mark: Mark) -> list[str]:
        """Names of the results with one mark, in the order of declaration."""
        return [name for name, rule in self.rules.items() if mark in rule.marks]

    def digest(self) -> str:
        """Twelve hex digits over names, units, citations and trees: equal law, equal digest."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        text = repr([(n, self.rules[n].unit, self.rules[n].cites, self.trees[n]) for n in sorted(self.trees)])
        return hashlib.sha256(text.encode()).hexdigest()[:12]


def uses(tree: Expr) -> set[str]:
    """Names of the results a tree reads directly."""
    return {n.name for n in walk(tree) if isinstance(n, Result)}


def in_order(trees: Mapping[str, Expr]) -> dict[str, Expr]:
    """Trees after everything they use.

    Raises:
        ValueError: a cycle, or a rule used on a day it is not in force.
    """
    done: dict[str, Expr] = {}
    while len(done) < len(trees):
        ready = [n for n, t in trees.items() if n not in done and uses(t) <= set(done)]
        if not ready:
            raise ValueError(f"cycle, or a rule not in force, among {sorted(set(trees) - set(done))}")
        done |= {n: trees[n] for n in ready}
    return done
