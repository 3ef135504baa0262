"""Units through a tree: fen a month is not fen a meal, and an age is never compared with a bare 80.

A whole number in a rule has no unit: it may be compared with classes, ranks and flags (codes of a list),
it may scale, and zero fits anywhere; amounts, ages and months must come from the numbers of the law.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from .declaring import FieldSpec, NumberSpec
from .expressions import (
    Binary,
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
)  # fmt: skip

CODES = frozenset({"class", "flag", "rank", "member"})
BARE = "1"
"""The unit of a literal."""
ZERO = "0"
"""The literal zero: fits every unit but bool."""


class UnitMismatch(TypeError):
    """An expression mixes units: the author's slip."""


class Measured(Protocol):
    """A rule, as far as units go."""

    @property
    def unit(self) -> str: ...


def check_unit(
    name: str, tree: Expr, declared: str, fields: Mapping[str, FieldSpec],
    numbers: Mapping[str, NumberSpec], rules: Mapping[str, Measured],
) -> None:  # fmt: skip
    """Refuse a rule whose tree comes to another unit than the one it declares.

    Raises:
        UnitMismatch: with the name of the rule and the two units.
    """
    try:
        found = _Units(fields, numbers, rules).of(tree)
        _alike(found, declared, "the declared unit of the rule")
    except UnitMismatch as slip:
        raise UnitMismatch(f"{name}: {slip}") from None


class _Units:
    def __init__(
        self, fields: Mapping[str, FieldSpec], numbers: Mapping[str, NumberSpec],
        rules: Mapping[str, Measured],
    ) -> None:  # fmt: skip
        self.fields, self.numbers, self.rules = fields, numbers, rules

    def of(self, node: Expr) -> str:
        match node:
            case Literal_(value):
                return "bool" if isinstance(value, bool) else ZERO if not value else BARE
            case Field(name):
                return self.fields[name].unit
            case Result(name):
                return self.rules[name].unit
            case Number(key, _):
                return self.numbers[key].unit
            case Not(inner):
                return self.truth(inner)
            case Binary(op, left, right):
                return self.binary(op, left, right)
            case Connect(_, parts):
                for part, _ in parts:
                    self.truth(part)
                return "bool"
            case Choose(arms, otherwise):
                for when, _, _ in arms:
                    self.truth(when)
                return self.like([*(then for _, then, _ in arms), otherwise], "the arms of cases()")
            case Grid(_, _, keys):
                for at, _ in keys:
                    _alike(self.of(at), "class", "a key of a table")
                return self.like([number for _, number in node.cells()], "the cells of a table")
            case Exclusive(members, want):
                unit = self.like(members, "the members of an exclusive group")
                return "member" if want == "winner" else unit
            case Call(name, args):
                return self.call(name, args)
        raise TypeError(node)

    def truth(self, node: Expr) -> str:
        if (unit := self.of(node)) != "bool":
            raise UnitMismatch(f"a condition must be yes or no, not {unit}")
        return unit

    def like(
        self, nodes: tuple[Expr, ...] | list[Expr] | list[Number] | tuple[Result, ...], where: str
    ) -> str:
        unit, *others = map(self.of, nodes)
        for other in others:
            unit = _alike(unit, other, where)
        return unit

    def binary(self, op: str, left: Expr, right: Expr) -> str:
        if op in ("and", "or"):
            self.truth(left)
            return self.truth(right)
        a, b = self.of(left), self.of(right)
        if op == "*":
            return _product(a, b)
        if op in ("+", "-"):
            return _alike(a, b, f"the two sides of {op}")
        _alike(a, b, f"the two sides of {op}")
        return "bool"

    def call(self, name: str, args: tuple[Expr, ...]) -> str:
        if name == "years":
            _alike(self.of(args[0]), "ymd", "the date of years()")
            return "year"
        if name in ("least", "greatest"):
            return self.like(args, f"the values of {name}()")
        # share(): amount * part, whole. A percentage is taken of the literal 100.
        product, whole = args
        if not isinstance(product, Binary):
            raise UnitMismatch("share() takes an amount and a part")
        part, of = self.of(product.right), self.of(whole)
        if not (part == of or (part == "percent" and of == BARE)):
            raise UnitMismatch(f"share() takes a part in {part} of a whole in {of}")
        return self.of(product.left)


def _alike(a: str, b: str, where: str) -> str:
    if a == b or (b == ZERO and a != "bool"):
        return a
    if a == ZERO and b != "bool":
        return b
    if a == BARE and b in CODES:
        return b
    if b == BARE and a in CODES:
        return a
    raise UnitMismatch(f"{where} are in {_named(a)} and {_named(b)}")


def _named(unit: str) -> str:
    return "no unit (a number of the law must be a dated row)" if unit in (BARE, ZERO) else unit


def _product(a: str, b: str) -> str:
    """``fen/meal * meal/month = fen/month``; a bare number scales; codes and truth values never multiply."""
    if a in (BARE, ZERO):
        a, b = b, a
    if b in (BARE, ZERO):
        return a
    if "bool" in (a, b) or CODES & {a, b}:
        raise UnitMismatch(f"{a} cannot be multiplied by {b}")
    over, under = _split(a)
    more_over, more_under = _split(b)
    over, under = over + more_over, under + more_under
    for unit in list(over):
        if unit in under:
            over.remove(unit)
            under.remove(unit)
    top = "*".join(sorted(over)) or BARE
    return f"{top}/{'/'.join(sorted(under))}" if under else top


def _split(unit: str) -> tuple[list[str], list[str]]:
    over, *under = unit.split("/")
    return ([] if over == BARE else over.split("*"), under)
