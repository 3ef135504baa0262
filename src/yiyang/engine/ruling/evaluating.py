"""One person, one day, every step kept: the reference meaning of a rule.

Kleene logic: unknown is neither yes nor no. A tree is turned into nested closures once per law, because a
page explains some 45 results at a time. The sweep must agree with this file, missing data included.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from .benefits import LawOfDay, uses
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
from .parameters import Parameters, Resolved

Value = int | bool | None
OTHERWISE = "其他情形"


@dataclass(slots=True)
class Finding:
    """What one rule came to and everything it looked at.

    ``arm``: 1-based arm that decided, 0 = none of them, None = unknown or no arms. ``steps``: the labelled
    conditions looked at, in order. ``numbers`` by key as resolved; ``uses`` other results by name.
    """

    value: Value = None
    arm: int | None = None
    label: str | None = None
    steps: list[tuple[str, bool | None]] = field(default_factory=list)
    inputs: dict[str, Value] = field(default_factory=dict)
    numbers: dict[str, Resolved] = field(default_factory=dict)
    uses: dict[str, Value] = field(default_factory=dict)


class _Look:
    """What the closures of one evaluation share."""

    __slots__ = ("day", "finding", "person", "places", "resolve", "values")

    def __init__(self, law: LawOfDay, parameters: Parameters, person: Mapping[str, Value]) -> None:
        self.person = person
        self.resolve = parameters.resolve
        self.day = law.day
        self.places = {
            "hukou": int(person.get("hukou_county") or 0),
            "residence": int(person.get("residence_county") or 0),
        }
        self.values: dict[str, Value] = {}
        self.finding = Finding()


Step = Callable[[_Look], Value]


def evaluate(law: LawOfDay, parameters: Parameters, person: Mapping[str, Value]) -> dict[str, Finding]:
    """All results of one person.

    Args:
        person: columns of the sweep table; an absent column is unknown. ``hukou_county`` and
            ``residence_county`` absent or 0 mean: only the nation's numbers are known.

    Returns:
        One finding per rule of ``law``, in its order.
    """
    look = _Look(law, parameters, person)
    findings: dict[str, Finding] = {}
    for name, step in _steps_of(law).items():
        findings[name] = finding = look.finding = Finding()
        finding.value = look.values[name] = step(look)
    return findings


def missing(law: LawOfDay, findings: Mapping[str, Finding], name: str) -> list[str]:
    """The facts to ask for before ``name`` can be told, if it cannot be told now.

    Looks below only into results that are unknown themselves: a gap that did no harm is not asked for.
    """
    blocked, stack = set[str](), [name]
    seen = set[str]()
    while stack:
        at = stack.pop()
        if at in seen or findings[at].value is not None:
            continue
        seen.add(at)
        blocked |= {column for column, value in findings[at].inputs.items() if value is None}
        stack += uses(law.trees[at]) & set(findings[at].uses)
    return sorted(blocked)


def at_least(law: LawOfDay, findings: Mapping[str, Finding], name: str) -> int | None:
    """Of an exclusive group with an unknown member, the fen that are sure whatever the unknown turns out."""
    tree = law.trees[name]
    if not isinstance(tree, Exclusive) or tree.want != "amount" or findings[name].value is not None:
        return None
    return max((int(findings[m.name].value or 0) for m in tree.members), default=0)


_programs: WeakKeyDictionary[LawOfDay, dict[str, Step]] = WeakKeyDictionary()


def _steps_of(law: LawOfDay) -> dict[str, Step]:
    found = _programs.get(law)
    if found is None:
        maker = _Maker(law)
        found = _programs[law] = {name: maker.top(tree) for name, tree in law.trees.items()}
    return found


class _Maker:
    """Turns nodes into closures; names follow the nodes."""

    def __init__(self, law: LawOfDay) -> None:
        self.law = law

    def top(self, tree: Expr) -> Step:
        if isinstance(tree, Choose):
            return self.choose(tree, top=True)
        if isinstance(tree, Connect):
            return self.connect(tree, top=True)
        return self.make(tree)

    def make(self, node: Expr) -> Step:
        match node:
            case Literal_(value):
                return lambda _: value
            case Field(name):
                return _field(name)
            case Result(name):
                return _result(name)
            case Number(key, by):
                return _number(key, by)
            case Not(inner):
                return _not(self.make(inner))
            case Binary(op, left, right):
                a, b = self.make(left), self.make(right)
                return _kleene(op == "or", a, b) if op in ("and", "or") else _binary(op, a, b)
            case Connect():
                return self.connect(node, top=False)
            case Choose():
                return self.choose(node, top=False)
            case Call(name, args):
                return _call(name, [self.make(arg) for arg in args], self.law.day_ymd)
            case Grid(_, _, keys):
                cells = {combo: self.make(number) for combo, number in node.cells()}
                return _grid([self.make(key) for key, _ in keys], cells)
            case Exclusive(members, want):
                titles = [self.law.rules[m.name].title for m in members]
                return _exclusive([self.make(m) for m in members], titles, want == "amount")
        raise TypeError(node)

    def choose(self, node: Choose, *, top: bool) -> Step:
        arms = [
            (i, self.make(when), self.make(then), label)
            for i, (when, then, label) in enumerate(node.arms, start=1)
        ]
        return _choose(arms, self.make(node.otherwise), top)

    def connect(self, node: Connect, *, top: bool) -> Step:
        parts = [(i, self.make(part), label) for i, (part, label) in enumerate(node.parts, start=1)]
        return _connect(node.op == "or", parts, top)


def _field(name: str) -> Step:
    def field_(look: _Look) -> Value:
        value = look.finding.inputs[name] = look.person.get(name)
        return value

    return field_


def _result(name: str) -> Step:
    def result(look: _Look) -> Value:
        value = look.finding.uses[name] = look.values[name]
        return value

    return result


def _number(key: str, by: str) -> Step:
    def number(look: _Look) -> Value:
        found = look.finding.numbers[key] = look.resolve(key, look.places[by], look.day)
        return found.value

    return number


def _not(inner: Step) -> Step:
    def not_(look: _Look) -> Value:
        value = inner(look)
        return None if value is None else not value

    return not_


def _kleene(decides: bool, left: Step, right: Step) -> Step:
    def kleene(look: _Look) -> Value:
        a = left(look)
        if a is decides:
            return a
        b = right(look)
        return b if b is decides else None if a is None or b is None else not decides

    return kleene


_OPERATORS: Mapping[str, Callable[[int, int], int | bool]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "=": operator.eq, "<>": operator.ne,
    ">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt,
}  # fmt: skip


def _binary(op: str, left: Step, right: Step) -> Step:
    compute = _OPERATORS[op]

    def binary(look: _Look) -> Value:
        a, b = left(look), right(look)
        return None if a is None or b is None else compute(a, b)

    return binary


def _grid(keys: list[Step], cells: Mapping[tuple[int, ...], Step]) -> Step:
    def grid(look: _Look) -> Value:
        position = tuple([key(look) for key in keys])
        cell = None if None in position else cells.get(tuple([int(at or 0) for at in position]))
        return None if cell is None else cell(look)

    return grid


def _choose(arms: list[tuple[int, Step, Step, str]], otherwise: Step, top: bool) -> Step:
    def choose(look: _Look) -> Value:
        for i, when, then, label in arms:
            holds = when(look)
            if label:
                look.finding.steps.append((label, None if holds is None else bool(holds)))
            if holds is None:
                return None
            if holds:
                if top:
                    look.finding.arm, look.finding.label = i, label or None
                return then(look)
        if top:
            look.finding.arm, look.finding.label = 0, OTHERWISE
        return otherwise(look)

    return choose


def _connect(decides: bool, parts: list[tuple[int, Step, str]], top: bool) -> Step:
    """``decides`` True: any_of, the first that holds; False: all_of, the first that fails."""

    def connect(look: _Look) -> Value:
        unknown = False
        for i, part, label in parts:
            holds = part(look)
            if label:
                look.finding.steps.append((label, None if holds is None else bool(holds)))
            if holds is None:
                unknown = True
            elif bool(holds) is decides:
                if top:
                    arm = i if decides else 0
                    look.finding.arm, look.finding.label = arm, label if decides else OTHERWISE
                return decides
        if unknown:
            return None
        if top:
            look.finding.arm = 0 if decides else 1
            look.finding.label = OTHERWISE if decides else "、".join(label for _, _, label in parts if label)
        return not decides

    return connect


def _exclusive(members: list[Step], titles: list[str], amount: bool) -> Step:
    def exclusive(look: _Look) -> Value:
        found = [member(look) for member in members]
        steps = [(title, None if v is None else v > 0) for title, v in zip(titles, found, strict=True)]
        known = [int(v) for v in found if v is not None]
        if amount:
            look.finding.steps += steps
        if len(known) < len(found):
            return None
        best = max(known)
        winner = 0 if best == 0 else 1 + known.index(best)
        if not amount:
            return winner
        look.finding.arm = winner
        look.finding.label = titles[winner - 1] if winner else OTHERWISE
        return best

    return exclusive


def _call(name: str, args: list[Step], day_ymd: int) -> Step:
    compute = _calls(day_ymd)[name]

    def call(look: _Look) -> Value:
        values = [arg(look) for arg in args]
        known = [v for v in values if v is not None]
        return None if len(known) < len(values) else compute(known)

    return call


def _calls(day_ymd: int) -> Mapping[str, Callable[[list[int]], int]]:
    return {
        "least": min,
        "greatest": max,
        "years": lambda v: (day_ymd - v[0]) // 10000,
        "div_down": lambda v: v[0] // v[1],
        "div_half_up": lambda v: (2 * v[0] + v[1]) // (2 * v[1]),
        "div_up": lambda v: (v[0] + v[1] - 1) // v[1],
    }
