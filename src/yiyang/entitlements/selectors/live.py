"""Results that nobody stores, computed while a page waits: the law as one text of SQL over one branch.

The text is the sweep's own, in the dialect of PostgreSQL, run on Django's connection under the scope of
whoever asks: row security decides who is looked at.
"""
# ruff: noqa: S608 - the text is made of names and numbers of the law; what somebody typed is bound

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from yiyang.engine.errors import Refused
from yiyang.engine.ruling.benefits import Rule
from yiyang.engine.ruling.expressions import By, Choose, Connect, Result
from yiyang.engine.sweeping import plans
from yiyang.engine.sweeping.plans import Plan
from yiyang.policies import selectors as policies

BRANCH = "p.division >= %(lo)s AND p.division < %(hi)s"


class NotComputable(Refused):
    code = "entitlements.not_computable"
    message = "没有这一类名单，请从列出的里选"


@dataclass(frozen=True)
class Due:
    """One page of a due list: ids with the reason in the law's own words, and how many there are in all."""

    people: tuple[tuple[int, str], ...]
    total: int
    cannot_tell: int


def due_in(prefix: str, benefit: str, *, on: date, limit: int, offset: int = 0) -> Due:
    """Those of a branch for whom one result holds today, the oldest first.

    Raises:
        NotComputable: the law of the day has no such result.
    """
    plan = _plan(prefix, [benefit], on)
    rule, told_by = plan.law.rules[benefit], _told_by(plan, benefit)
    text = plans.sweep_sql(
        plan,
        persons="people_state",
        tail=f"SELECT person_id, why_{told_by} FROM r WHERE {_holds(rule)} "
        "ORDER BY birth_ymd, person_id LIMIT %(limit)s OFFSET %(offset)s",
        extra=("birth_ymd",),
        reasons=[told_by],
        where=BRANCH,
    )
    total, cannot_tell = counts_in(prefix, [benefit], on=on)[benefit]
    labels = _labels(plan, told_by)
    with connection.cursor() as cursor:
        cursor.execute(text, {"lo": prefix, "hi": prefix + "~", "limit": limit, "offset": offset})
        found = tuple((row[0], labels.get(row[1] or 0, "")) for row in cursor.fetchall())
    return Due(found, total, cannot_tell)


def counts_in(prefix: str, benefits: Sequence[str], *, on: date) -> dict[str, tuple[int, int]]:
    """Per result: for how many of a branch it holds, and of how many it cannot be told.

    Raises:
        NotComputable: the law of the day has no such result.
    """
    plan = _plan(prefix, benefits, on)
    columns = [
        f"count(*) FILTER (WHERE {_holds(plan.law.rules[name])}), count(*) FILTER (WHERE {name} IS NULL)"
        for name in benefits
    ]
    text = plans.sweep_sql(
        plan, persons="people_state", tail=f"SELECT {', '.join(columns)} FROM r", where=BRANCH
    )
    with connection.cursor() as cursor:
        cursor.execute(text, _bounds(prefix))
        row = cursor.fetchone()
    return {name: (row[2 * i], row[2 * i + 1]) for i, name in enumerate(benefits)}


def _plan(prefix: str, benefits: Iterable[str], on: date) -> Plan:
    law = policies.law_on(on)
    wanted = set(benefits)
    if not wanted or not wanted <= law.rules.rules.keys():
        raise NotComputable(f"no such results: {sorted(wanted - law.rules.rules.keys())}")
    cut = law.rules.only(wanted)
    return Plan(cut, "postgres", plans.wide_numbers(cut, law.numbers, _counties(prefix)))


def _counties(prefix: str) -> dict[By, list[int]]:
    """Counties of registration and of residence of everybody in the branch: then no number is missing."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT hukou_county, residence_county FROM people_state p WHERE {BRANCH}",
            _bounds(prefix),
        )
        rows = cursor.fetchall()
    # An empty branch still needs a table of numbers: any county will do for nobody.
    somewhere = rows or [(0, 0)]
    return {"hukou": [row[0] for row in somewhere], "residence": [row[1] for row in somewhere]}


def _bounds(prefix: str) -> dict[str, str]:
    return {"lo": prefix, "hi": prefix + "~"}


def _holds(rule: Rule) -> str:
    return rule.name if rule.unit == "bool" else f"({rule.name} > 0)"


def _told_by(plan: Plan, benefit: str) -> str:
    """A result that only repeats another one is explained by that other one."""
    tree = plan.law.trees[benefit]
    while isinstance(tree, Connect) and len(tree.parts) == 1 and isinstance(tree.parts[0][0], Result):
        benefit = tree.parts[0][0].name
        tree = plan.law.trees[benefit]
    return benefit


def _labels(plan: Plan, benefit: str) -> dict[int, str]:
    """What the reason code says: the first condition that holds, or the only one."""
    tree = plan.law.trees[benefit]
    if isinstance(tree, Connect) and tree.op == "and":
        return {1: "、".join(label for _, label in tree.parts)}
    if isinstance(tree, Connect):
        return {i: label for i, (_, label) in enumerate(tree.parts, start=1)}
    if isinstance(tree, Choose):
        return {i: label for i, (_, _, label) in enumerate(tree.arms, start=1)}
    return {}
