"""Which facts to ask for before a result can be told: the sweep's form of ``ruling.evaluating.missing``.

A fact is asked for only where the evaluation would look at it, finds it absent and stays unknown: an absent
level that hides nothing makes no visit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yiyang.engine.ruling.expressions import (
    Binary,
    Choose,
    Connect,
    Expr,
    Field,
    Grid,
    Number,
    Result,
    children,
)

from .plans import Plan

Guards = tuple[str, ...]


def asked_sql(plan: Plan, name: str, columns: Sequence[str]) -> str | None:
    """Text that comes to a bit mask over ``columns`` (first column = 1) of the facts ``name`` waits for.

    Returns:
        None if the result can never wait for any of them.
    """
    found: dict[str, list[str]] = {}
    for column, guards in _waits(plan, Result(name), ()):
        if column in columns:
            found.setdefault(column, []).append(" AND ".join((*guards, f"{column} IS NULL")))
    bits = [
        f"CASE WHEN {' OR '.join(f'({text})' for text in dict.fromkeys(texts))} "
        f"THEN {1 << columns.index(column)} ELSE 0 END"
        for column, texts in found.items()
    ]
    return f"CASE WHEN {name} IS NULL THEN {' + '.join(bits)} ELSE 0 END" if bits else None


def _waits(plan: Plan, node: Expr, guards: Guards) -> Iterator[tuple[str, Guards]]:
    """Every nullable column the evaluation may look at, with what must hold for it to come there."""
    match node:
        case Field(name):
            if plan.law.fields[name].nullable:
                yield name, guards
        case Result(name):
            yield from _waits(plan, plan.law.trees[name], (*guards, f"{name} IS NULL"))
        case Binary("and" | "or" as op, left, right):
            yield from _waits(plan, left, guards)
            yield from _waits(plan, right, (*guards, _undecided(plan, op, left)))
        case Connect(op, parts):
            for part, _ in parts:
                yield from _waits(plan, part, guards)
                guards = (*guards, _undecided(plan, op, part))
        case Choose(arms, otherwise):
            for when, then, _ in arms:
                yield from _waits(plan, when, guards)
                yield from _waits(plan, then, (*guards, plan.sql(when)))
                guards = (*guards, f"NOT COALESCE({plan.sql(when)}, TRUE)")
            yield from _waits(plan, otherwise, guards)
        case Grid(_, _, keys):
            for key, _ in keys:
                yield from _waits(plan, key, guards)
        case Number():
            return
        case _:
            for child in children(node):
                yield from _waits(plan, child, guards)


def _undecided(plan: Plan, op: str, part: Expr) -> str:
    """``part`` has not settled the matter, so the next one is looked at."""
    known = f"COALESCE({plan.sql(part)}, {'FALSE' if op == 'or' else 'TRUE'})"
    return f"NOT {known}" if op == "or" else known
