"""What a change of law does, in one scan: changed numbers and changed rules computed beside the old ones.

Only what the change touches is computed twice. People are counted per county of the result's own place, and
a few of each group are named by the lowest hash of their id: the same people each time it is asked.
"""
# ruff: noqa: S608 - the text is made of names of the law and of paths the caller owns

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from yiyang.engine.ruling.benefits import LawOfDay, Rule, uses
from yiyang.engine.ruling.expressions import By, Expr, Number, walk
from yiyang.engine.ruling.parameters import Parameters

from .plans import Plan, WideNumbers, levels_sql

Group = Literal["gained", "lost", "more", "less"]
GROUPS: tuple[Group, ...] = ("gained", "lost", "more", "less")
SAMPLE = 20
NEW = "new_"


@dataclass(frozen=True)
class Side:
    """One of the two laws: rules of the day and numbers."""

    law: LawOfDay
    numbers: Parameters


@dataclass
class CountyDifference:
    """One result in one county: how many people, and fen a month (or once) before and after.

    ``now_unknown``: could be told before and cannot any more; ``now_known`` the other way round. All counts
    together with ``same`` make ``people``.
    """

    people: int = 0
    gained: int = 0
    lost: int = 0
    more: int = 0
    less: int = 0
    now_unknown: int = 0
    now_known: int = 0
    before_fen: int = 0
    after_fen: int = 0

    @property
    def same(self) -> int:
        moved = self.gained + self.lost + self.more + self.less + self.now_unknown + self.now_known
        return self.people - moved


COUNTED = ("gained", "lost", "more", "less", "now_unknown", "now_known", "before_fen", "after_fen")


@dataclass
class Difference:
    """One result that the change touches: by county, and a few person ids of each group."""

    benefit: str
    unit: str
    counties: dict[int, CountyDifference] = field(default_factory=dict)
    people: dict[Group, list[int]] = field(default_factory=dict)

    def total(self) -> CountyDifference:
        """All counties together."""
        whole = CountyDifference()
        for county in self.counties.values():
            _add(whole, county)
        return whole


@dataclass(frozen=True)
class Compared:
    """Two laws over one snapshot: ``people`` = compared + ``refused``; ``results`` only what is touched."""

    people: int
    refused: int
    results: list[Difference]


def touched(before: Plan, after: Plan) -> list[str]:
    """Results whose tree or numbers differ, and everything built upon them, in the order of the new law.

    Results that only the old law knows come last.
    """
    changed = _changed_columns(before.numbers, after.numbers)
    dirty: list[str] = []
    for name, tree in after.law.trees.items():
        old = before.law.trees.get(name)
        if (
            old is None
            or repr(old) != repr(tree)
            or uses(tree) & set(dirty)
            or any(isinstance(n, Number) and n.column in changed for n in walk(tree))
        ):
            dirty.append(name)
    return dirty + [name for name in before.law.trees if name not in after.law.trees]


def _changed_columns(before: WideNumbers, after: WideNumbers) -> set[str]:
    changed: set[str] = set()
    for by, counties in after.rows.items():
        for county, numbers in counties.items():
            old = before.rows.get(by, {}).get(county, {})
            changed |= {f"{by}_{key}" for key, value in numbers.items() if old.get(key) != value}
    return changed


def difference_sql(
    before: Plan, after: Plan, by: By, *, persons: str, where: str = "", all_lots: bool = False
) -> tuple[str, list[Rule]]:
    """The text of the one scan and the benefits it tells of; one row per county.

    Results of one place only: grouping by pairs of counties costs more than a scan for each place.

    Args:
        where: rows of ``persons`` to look at.
        all_lots: look for examples among everybody; otherwise among one in ``FEW_LOTS`` by lot, which is
            enough for any group of some thousands and far cheaper.

    Raises:
        ValueError: the two laws are of different days, so that everything would differ.
    """
    if before.law.day != after.law.day:
        raise ValueError("a rehearsal compares two laws of one day")
    dirty = touched(before, after)
    found = (_rule(before, after, name) for name in dirty)
    told = [rule for rule in found if rule.is_benefit and rule.by == by]
    needed = {used for rule in told if rule.name in after.law.trees for used in after.law.closure(rule.name)}
    again: dict[str, Expr] = {name: after.law.trees[name] for name in dirty if name in needed}
    below = {used for tree in again.values() for used in uses(tree)} - set(dirty)
    old = before.law.only(({rule.name for rule in told} | below) & set(before.law.trees))
    renamed = {name: f"{NEW}{name}" for name in again}
    now = Plan(old, before.dialect, before.numbers)
    later = Plan(after.law.only(set(again)), after.dialect, after.numbers, NEW, renamed)
    inner = [f"{by}_county AS county", "person_id", f"{lot_sql('person_id')} AS lot"]
    outer = ["county", "count(*) AS people"]
    for rule in told:
        inner += _moves(rule, rule.name in old.trees, rule.name in again)
        outer += _columns(rule, "" if all_lots else f" AND lot < {RANGE // FEW_LOTS}")
    tail = f"SELECT {', '.join(outer)} FROM (SELECT {', '.join(inner)} FROM r) GROUP BY county"
    return levels_sql([now, later], again, persons=persons, tail=tail, where=where), told


def _rule(before: Plan, after: Plan, name: str) -> Rule:
    return after.law.rules[name] if name in after.law.rules else before.law.rules[name]


MOVES = ("gained", "lost", "more", "less", "now_unknown", "now_known")


def _moves(rule: Rule, is_old: bool, is_new: bool) -> Iterable[str]:
    """Before, after and the move between them as a code: 0 the same, else the place in ``MOVES`` from 1.

    A result that one of the laws does not know counts as *no* there. Nearly everybody leaves at the first
    arm, which is what keeps a rehearsal cheap.
    """
    old = f"CAST({rule.name} AS BIGINT)" if is_old else "CAST(0 AS BIGINT)"
    new = f"CAST({NEW}{rule.name} AS BIGINT)" if is_new else "CAST(0 AS BIGINT)"
    yield (
        f"CASE WHEN {old} IS NOT DISTINCT FROM {new} THEN 0 "
        f"WHEN {new} IS NULL THEN 5 WHEN {old} IS NULL THEN 6 "
        f"WHEN {old} <= 0 THEN 1 WHEN {new} <= 0 THEN 2 WHEN {new} > {old} THEN 3 ELSE 4 END "
        f"AS move_{rule.name}"
    )
    if rule.is_amount:
        yield f"{old} AS old_{rule.name}"
        yield f"{new} AS after_{rule.name}"


def _columns(rule: Rule, drawn: str) -> Iterable[str]:
    for code, name in enumerate(MOVES, start=1):
        yield f"count(*) FILTER (WHERE move_{rule.name} = {code}) AS {name}_{rule.name}"
    before, after = (f"old_{rule.name}", f"after_{rule.name}") if rule.is_amount else ("0", "0")
    yield f"coalesce(sum({before}), 0) AS before_fen_{rule.name}"
    yield f"coalesce(sum({after}), 0) AS after_fen_{rule.name}"
    for code, group in enumerate(GROUPS, start=1):
        few = f"arg_min(person_id, lot, {SAMPLE}) FILTER (WHERE move_{rule.name} = {code}{drawn})"
        yield f"{few} AS few_{group}_{rule.name}"


LOT, RANGE, IDS = 2654435761, 4294967296, 2147483648
FEW_LOTS = 64


def lot_sql(person_id: str) -> str:
    """A fixed shuffle of ids: who is named as an example is neither the first nor anybody's choice."""
    return f"(({person_id} % {IDS}) * {LOT}) % {RANGE}"


def lot(person_id: int) -> int:
    """The same in Python."""
    return (person_id % IDS) * LOT % RANGE


def gather(told: Iterable[Rule], rows: Iterable[Mapping[str, object]]) -> list[Difference]:
    """Rows per county -> one difference per result."""
    found = {rule.name: Difference(rule.name, rule.unit) for rule in told}
    for row in rows:
        for name, difference in found.items():
            county = _whole(row["county"])
            here = difference.counties.setdefault(county, CountyDifference())
            _add(
                here, CountyDifference(_whole(row["people"]), *(_whole(row[f"{c}_{name}"]) for c in COUNTED))
            )
            for group in GROUPS:
                few = row[f"few_{group}_{name}"]
                if isinstance(few, list):
                    difference.people.setdefault(group, []).extend(few)
    for difference in found.values():
        difference.counties = dict(sorted(difference.counties.items()))
        difference.people = {g: sorted(p, key=lot)[:SAMPLE] for g, p in difference.people.items()}
    return list(found.values())


def short_of_examples(differences: Iterable[Difference]) -> bool:
    """Some group has people nobody was named of: it is small, so look among everybody."""
    for difference in differences:
        total = difference.total()
        for group in GROUPS:
            if len(difference.people.get(group, [])) < min(SAMPLE, int(getattr(total, group))):
                return True
    return False


def _add(whole: CountyDifference, part: CountyDifference) -> None:
    for name in ("people", *COUNTED):
        setattr(whole, name, getattr(whole, name) + getattr(part, name))


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"a count, not {value!r}")
    return value
