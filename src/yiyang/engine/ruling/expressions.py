"""The words a rule is written in: a small, typed, immutable expression tree.

Twelve node kinds. ``and``/``or``/``not``/``if`` fail loudly; every division names its rounding; every
arm that a page shows carries the few words it is shown with. ``None`` (SQL ``NULL``) means *cannot tell*.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NoReturn

Rounding = Literal["down", "half_up", "up"]
By = Literal["hukou", "residence"]
"""Which of the two places of a person counts."""

Operator = Literal["+", "-", "*", ">=", ">", "<=", "<", "=", "<>", "and", "or"]


class Expr:
    """A value of one person; its operators build nodes and compute nothing."""

    def __add__(self, other: Expr | int) -> Expr:
        return Binary("+", self, lift(other))

    def __sub__(self, other: Expr | int) -> Expr:
        return Binary("-", self, lift(other))

    def __mul__(self, other: Expr | int) -> Expr:
        return Binary("*", self, lift(other))

    def __ge__(self, other: Expr | int) -> Expr:
        return Binary(">=", self, lift(other))

    def __gt__(self, other: Expr | int) -> Expr:
        return Binary(">", self, lift(other))

    def __le__(self, other: Expr | int) -> Expr:
        return Binary("<=", self, lift(other))

    def __lt__(self, other: Expr | int) -> Expr:
        return Binary("<", self, lift(other))

    def __eq__(self, other: object) -> Expr:  # type: ignore[override]  # builds a node, compares nothing
        return Binary("=", self, lift(other))

    def __ne__(self, other: object) -> Expr:  # type: ignore[override]  # as above
        return Binary("<>", self, lift(other))

    __hash__ = object.__hash__

    def __and__(self, other: Expr) -> Expr:
        return Binary("and", self, lift(other))

    def __or__(self, other: Expr) -> Expr:
        return Binary("or", self, lift(other))

    def __invert__(self) -> Expr:
        return Not(self)

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "a condition is not yes or no while the law is written: inside a rule write & | ~ and cases(), "
            "any_of() or all_of() instead of and, or, not, if and chained comparisons"
        )

    def __truediv__(self, other: object) -> NoReturn:
        raise TypeError("a rule never divides with / or //: write share(amount, part, whole, rounding=...)")

    __floordiv__ = __truediv__


@dataclass(frozen=True, eq=False)
class Literal_(Expr):
    """A whole number or a truth value written in the rule; amounts never stand here."""

    value: int | bool | None


@dataclass(frozen=True, eq=False)
class Field(Expr):
    """A column of the sweep table."""

    name: str


@dataclass(frozen=True, eq=False)
class Result(Expr):
    """What another fact or benefit came to."""

    name: str


@dataclass(frozen=True, eq=False)
class Number(Expr):
    """A dated number of the law, resolved for one of the person's two places."""

    key: str
    by: By

    @property
    def column(self) -> str:
        return f"{self.by}_{self.key}"


@dataclass(frozen=True, eq=False)
class Binary(Expr):
    op: Operator
    left: Expr
    right: Expr


@dataclass(frozen=True, eq=False)
class Not(Expr):
    inner: Expr


@dataclass(frozen=True, eq=False)
class Choose(Expr):
    """First arm whose condition is true; an unknown condition on the way makes the result unknown."""

    arms: tuple[tuple[Expr, Expr, str], ...]
    otherwise: Expr


@dataclass(frozen=True, eq=False)
class Connect(Expr):
    """Labelled conditions joined by Kleene ``or`` (one is enough) or ``and`` (all are needed)."""

    op: Literal["or", "and"]
    parts: tuple[tuple[Expr, str], ...]


@dataclass(frozen=True, eq=False)
class Call(Expr):
    """``years``, ``least``, ``greatest``, ``div_down``, ``div_half_up``, ``div_up``."""

    name: str
    args: tuple[Expr, ...]


@dataclass(frozen=True, eq=False)
class Grid(Expr):
    """A number looked up in a small table of the law, e.g. meal[hardship][class]; its cells are keys."""

    prefix: str
    by: By
    keys: tuple[tuple[Expr, int], ...]

    def cells(self) -> Iterator[tuple[tuple[int, ...], Number]]:
        for combo in itertools.product(*(range(size) for _, size in self.keys)):
            yield combo, Number(f"{self.prefix}_{''.join(map(str, combo))}", self.by)


@dataclass(frozen=True, eq=False)
class Exclusive(Expr):
    """Of several benefits that must not be drawn together, the largest one.

    ``want`` is ``amount`` or ``winner`` (1-based position in ``members``, 0 = none of them). Ties go to
    the member named first. One unknown member makes the whole unknown.
    """

    members: tuple[Result, ...]
    want: Literal["amount", "winner"]


def lift(value: object) -> Expr:
    """A plain whole number or truth value as a node; anything else is the author's slip."""
    if isinstance(value, Expr):
        return value
    if value is None or isinstance(value, int):
        return Literal_(value)
    raise TypeError(f"a rule knows whole numbers and true/false, not {value!r}")


Arm = tuple[Expr, Expr | int] | tuple[Expr, Expr | int, str]
Part = Expr | tuple[Expr, str]


def cases(*arms: Arm, otherwise: Expr | int = 0) -> Expr:
    """The first arm ``(condition, value[, label])`` that holds, else ``otherwise``."""
    if not arms:
        raise ValueError("cases() needs at least one arm")
    return Choose(
        tuple((arm[0], lift(arm[1]), arm[2] if len(arm) == 3 else "") for arm in arms), lift(otherwise)
    )


def any_of(*parts: Part) -> Expr:
    """True if one condition holds; unknown if none holds and one is unknown."""
    return Connect("or", _labelled(parts))


def all_of(*parts: Part) -> Expr:
    """True if every condition holds; false as soon as one does not, whatever is unknown besides."""
    return Connect("and", _labelled(parts))


def _labelled(parts: tuple[Part, ...]) -> tuple[tuple[Expr, str], ...]:
    if not parts:
        raise ValueError("any_of() and all_of() need at least one condition")
    return tuple(part if isinstance(part, tuple) else (part, "") for part in parts)


def least(*args: Expr | int) -> Expr:
    """The smallest; unknown if one of them is unknown."""
    return Call("least", tuple(map(lift, args)))


def greatest(*args: Expr | int) -> Expr:
    """The largest; unknown if one of them is unknown."""
    return Call("greatest", tuple(map(lift, args)))


def share(amount: Expr, part: Expr | int, whole: Expr | int = 100, *, rounding: Rounding) -> Expr:
    """``amount * part / whole`` in whole fen; operands must not be negative."""
    return Call(f"div_{rounding}", (amount * part, lift(whole)))


def years(birth_ymd: Expr) -> Expr:
    """Full years on the day of the law, from an integer like 19340501; 29 February turns on 1 March."""
    return Call("years", (birth_ymd,))


def children(node: Expr) -> tuple[Expr, ...]:
    """Every node directly below, conditions and values alike."""
    match node:
        case Binary(_, left, right):
            return (left, right)
        case Not(inner):
            return (inner,)
        case Choose(arms, otherwise):
            return (*(e for when, then, _ in arms for e in (when, then)), otherwise)
        case Connect(_, parts):
            return tuple(e for e, _ in parts)
        case Call(_, args):
            return args
        case Grid(_, _, keys):
            return (*(e for e, _ in keys), *(number for _, number in node.cells()))
        case Exclusive(members, _):
            return members
        case _:
            return ()


def walk(node: Expr) -> Iterator[Expr]:
    """The node and everything below it, parents first."""
    yield node
    for child in children(node):
        yield from walk(child)
