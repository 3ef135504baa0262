"""The law in force: what the rulebook ships merged with approved revisions. No Django in here.

Shipped rows are never altered: an approved revision of the same key and place closes the open row on the
day it begins.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from yiyang.engine.errors import Missing
from yiyang.engine.ruling.benefits import LawOfDay, RuleSet
from yiyang.engine.ruling.casing import BadCase, Outcome, run_case
from yiyang.engine.ruling.declaring import FieldSpec, NumberSpec
from yiyang.engine.ruling.parameters import ParameterRow, Parameters, succeed
from yiyang.rulebook import reading
from yiyang.rulebook.cn.law import rules
from yiyang.rulebook.reading import ClauseSummary


class NoSuchClause(Missing):
    """A citation that resolves to nothing."""

    code = "policies.no_such_clause"
    message = "没有这一条依据"


@dataclass(frozen=True)
class LawInForce:
    """The rules of a day and the numbers of every place."""

    rules: LawOfDay
    numbers: Parameters


@dataclass(frozen=True)
class CaseRun:
    """One written case: the file it stands in and how it went."""

    file: str
    outcome: Outcome


def book() -> RuleSet:
    """All rules with all their versions."""
    return rules


def fields() -> dict[str, FieldSpec]:
    """The columns of the data contract by name."""
    return dict(rules.fields)


def number_specs() -> dict[str, NumberSpec]:
    """Every number of the law by key: Chinese title, unit, bounds."""
    return dict(rules.numbers)


@cache
def shipped_rows() -> tuple[ParameterRow, ...]:
    """Every row of every parameter file.

    Raises:
        BadLawFile: names file, entry and column.
    """
    files = reading.shipped_files("parameters", "*.toml")
    return tuple(row for path in files for row in reading.parameter_rows(path, rules.numbers))


@lru_cache(maxsize=64)
def law_of(day: dt.date) -> LawOfDay:
    """The rules in force on one day, built once."""
    return rules.at(day)


@cache
def _shipped_numbers() -> Parameters:
    return Parameters(shipped_rows())


def numbers(extra: Iterable[ParameterRow] = ()) -> Parameters:
    """Shipped rows and approved revisions together.

    Raises:
        Overlap: two rows of one key begin in one place on one day.
    """
    revisions = tuple(extra)
    if not revisions:
        return _shipped_numbers()
    return _merged(revisions)


@lru_cache(maxsize=8)
def _merged(revisions: tuple[ParameterRow, ...]) -> Parameters:
    # Remembered by value: a list page asks for the same revisions once per person.
    return Parameters(succeed(shipped_rows(), revisions))


def law_in_force(county: int, day: dt.date, extra: Iterable[ParameterRow] = ()) -> LawInForce:
    """What holds in one county on one day.

    Rules are declared for the whole nation and differ by numbers only, so every county gets one text; the
    argument keeps callers honest for the day a city changes the shape of a rule.
    """
    if not 0 <= county <= 999999:
        raise ValueError(f"a county has six digits, not {county}")
    return LawInForce(law_of(day), numbers(extra))


@cache
def clauses() -> dict[tuple[str, str], ClauseSummary]:
    """Every clause summary by document and clause id."""
    files = reading.shipped_files("clauses", "*.md")
    return {(c.doc, c.clause): c for path in files for c in reading.clauses(path)}


def clauses_around(prefix: str) -> list[tuple[str, str]]:
    """Clauses of the places above a branch, of itself and of those below: not of other places."""
    return [
        cite
        for cite, said in clauses().items()
        if prefix.startswith(said.place) or said.place.startswith(prefix)
    ]


def clause(doc: str, clause: str) -> ClauseSummary:
    """One clause in our words.

    Raises:
        NoSuchClause: the citation resolves to nothing.
    """
    found = clauses().get((doc, clause))
    if found is None:
        raise NoSuchClause(f"no clause {clause} of document {doc} in the rulebook")
    return found


def rows_of(path: Path) -> list[ParameterRow]:
    """The rows of a parameter file somebody wrote, to be tried out.

    Raises:
        BadLawFile: names the file, the entry and the column.
    """
    return list(reading.parameter_rows(path, rules.numbers))


def case_files() -> list[Path]:
    """The cases shipped with the rulebook."""
    return reading.shipped_files("cases", "*.toml")


def run_cases(paths: Sequence[Path] | None = None) -> list[CaseRun]:
    """Run case files against the shipped law; without paths the shipped cases.

    Raises:
        BadLawFile: a file cannot be read.
        BadCase: an entry cannot be understood; file and entry are named.
    """
    runs: list[CaseRun] = []
    for path in case_files() if paths is None else paths:
        for i, case in enumerate(reading.cases(path), start=1):
            try:
                runs.append(CaseRun(str(path), run_case(rules, numbers(), case)))
            except BadCase as bad:
                raise BadCase(f"{path}, entry {i}: {bad}") from None
    return runs
