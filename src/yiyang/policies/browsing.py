"""The law as one reads it: a result with its conditions and numbers, one number over places and time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from yiyang.engine.ruling.benefits import LawOfDay
from yiyang.engine.ruling.expressions import Choose, Connect, Exclusive
from yiyang.engine.ruling.parameters import Cite, ParameterRow, chain
from yiyang.policies import library
from yiyang.rulebook.reading import ClauseSummary


@dataclass(frozen=True)
class Provision:
    """One result of the law: who, by which place, on which numbers and clauses.

    ``join``: ``first`` the first condition that holds decides, ``any`` one is enough, ``all`` every one is
    needed, ``largest`` the conditions are titles of results of which the largest is paid.
    """

    name: str
    title: str
    plain: str
    unit: str
    by: str
    marks: tuple[str, ...]
    join: str
    conditions: tuple[str, ...]
    fields: tuple[str, ...]  # titles of the facts that are read
    keys: tuple[str, ...]
    cites: tuple[Cite, ...]


@lru_cache(maxsize=8)
def provisions(on: date) -> dict[str, Provision]:
    """Every result in force on a day by name, in the order of the law."""
    law = library.law_of(on)
    return {name: _provision(law, name) for name, rule in law.rules.items() if rule.is_benefit}


def _provision(law: LawOfDay, name: str) -> Provision:
    rule = law.rules[name]
    only = law.only({name})
    keys = set(only.number_keys())
    join, conditions = _conditions(law, name)
    return Provision(
        name,
        rule.title,
        rule.plain,
        rule.unit,
        rule.by,
        tuple(rule.marks),
        join,
        conditions,
        tuple(law.fields[field].title for field in only.inputs()),
        tuple(key for key in law.number_specs if key in keys),
        rule.cites,
    )


def _conditions(law: LawOfDay, name: str) -> tuple[str, tuple[str, ...]]:
    match law.trees[name]:
        case Choose(arms, _):
            return "first", tuple(label for _, _, label in arms if label)
        case Connect(op, parts):
            return ("any" if op == "or" else "all"), tuple(label for _, label in parts if label)
        case Exclusive(members, _):
            return "largest", tuple(law.rules[member.name].title for member in members)
        case _:
            return "all", ()


def is_about(row: ParameterRow, place: int) -> bool:
    """Whether a row shapes numbers of a place or of something below it."""
    return row.place in chain(place) or f"{row.place:06d}".startswith(_prefix(place))


def _prefix(place: int) -> str:
    code = f"{place:06d}"
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def rows_about(rows: Iterable[ParameterRow], keys: Iterable[str], place: int) -> list[ParameterRow]:
    """Rows of these numbers that touch a place: by number, nation first, then by day.

    The places below come after the place itself, so that a city sees where its counties differ.
    """
    wanted = {key: n for n, key in enumerate(keys)}
    found = [row for row in rows if row.key in wanted and is_about(row, place)]
    return sorted(found, key=lambda row: (wanted[row.key], row.place, row.since))


def keys_for(cite: Cite) -> tuple[str, ...]:
    """Numbers of which a shipped row rests on this clause, whatever the day."""
    return tuple(dict.fromkeys(row.key for row in library.shipped_rows() if row.cite == cite))


def results_using(key: str, on: date) -> tuple[str, ...]:
    """Names of the results that read a number."""
    return tuple(one.name for one in provisions(on).values() if key in one.keys)


def results_citing(cite: Cite, on: date) -> tuple[str, ...]:
    """Names of the results that rest on a clause, by their rule or by one of their numbers."""
    keys = set(keys_for(cite))
    return tuple(one.name for one in provisions(on).values() if cite in one.cites or keys & set(one.keys))


def summary_of(cite: Cite) -> ClauseSummary | None:
    """A clause in our words, from files; None for an unknown citation."""
    return library.clauses().get((cite.doc, cite.clause))
