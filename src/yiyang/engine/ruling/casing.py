"""Run written cases against a law: pure, so that an official's file and a test mean the same.

A case says on which day which person comes to which results, because of which number and for which reason.
Facts not given are unknown where the data contract allows it, else false or 0; a date of birth not given
is unknown as well, since no date is 0.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from yiyang.engine.errors import Refused

from .benefits import LawOfDay, RuleSet
from .declaring import ALWAYS, FieldSpec
from .evaluating import Finding, Value, evaluate, missing
from .explaining import reason
from .parameters import MERGES, Cite, Merge, ParameterRow, Parameters

OLDEST = 130
"""Years: beyond this a date of birth is a slip, not a person."""

KEYS = frozenset({"name", "on", "person", "expect", "because", "reason", "missing", "number", "note"})
PLACES = ("hukou_county", "residence_county")
OWN = Cite("case-file", "-")
"""What a number written in a case file cites when it cites nothing."""


class BadCase(Refused):
    """A case cannot be understood: says which entry and why."""

    code = "ruling.bad_case"
    message = "案例写得不对，请按提示改正"


@dataclass(frozen=True)
class Outcome:
    """One case and what was wrong with the law's answer; no complaints means it passed."""

    name: str
    complaints: tuple[str, ...]


def run_case(book: RuleSet, parameters: Parameters, case: Mapping[str, object]) -> Outcome:
    """Hold one written case against the law of its day.

    Raises:
        BadCase: an unknown key, field, benefit or number; a value of the wrong kind or out of range.
    """
    name = _text(case, "name")
    try:
        return Outcome(name, tuple(_complaints(book, parameters, case)))
    except BadCase as bad:
        raise BadCase(f"case “{name}”: {bad}") from None


def _complaints(book: RuleSet, parameters: Parameters, case: Mapping[str, object]) -> list[str]:
    if unknown := sorted(set(case) - KEYS):
        raise BadCase(f"unknown entries {', '.join(unknown)}; known are {', '.join(sorted(KEYS))}")
    on = _day(case.get("on"), "on")
    law = book.at(on)
    numbers = parameters.instead(rows_of(book, case.get("number", [])))
    person = person_of(book, _table(case, "person"), on)
    found = evaluate(law, numbers, person)
    expect = _table(case, "expect")
    if not expect:
        raise BadCase("nothing under expect")
    checks = [*_values(law, found, expect), *_words(law, found, case)]
    return [f"{what}: got {_said(got)}, want {_said(want)}" for what, got, want in checks if got != want]


Check = tuple[str, object, object]


def _values(law: LawOfDay, found: Mapping[str, Finding], expect: Mapping[str, object]) -> list[Check]:
    checks: list[Check] = []
    for name, want in expect.items():
        _known(law, name, "expect")
        if not (isinstance(want, int) or want == "unknown"):
            raise BadCase(f"expect {name}: a whole number, true, false or “unknown”, not {want!r}")
        checks.append((name, found[name].value, None if want == "unknown" else want))
    return checks


def _words(law: LawOfDay, found: Mapping[str, Finding], case: Mapping[str, object]) -> list[Check]:
    checks: list[Check] = []
    for name, written in _table(case, "because").items():
        _known(law, name, "because")
        used = _steps_of(law, found, name)
        for want in written if isinstance(written, list) else [written]:
            checks.append((f"{name} because", want if want in used else ", ".join(sorted(used)), want))
    for name, want in _table(case, "reason").items():
        _known(law, name, "reason")
        checks.append((f"reason of {name}", reason(found[name]), want))
    for name, want in _table(case, "missing").items():
        _known(law, name, "missing")
        if not isinstance(want, list):
            raise BadCase(f"missing {name}: a list of fields")
        if strange := sorted(str(f) for f in want if f not in law.fields):
            raise BadCase(f"missing {name}: unknown field {', '.join(strange)}")
        checks.append((f"missing for {name}", missing(law, found, name), sorted(want)))
    return checks


def _steps_of(law: LawOfDay, found: Mapping[str, Finding], name: str) -> set[str]:
    """Every row that shaped the result, those of the results it uses included."""
    resolved = [r for used in law.closure(name) for r in found[used].numbers.values()]
    return {f"{step.key}@{step.place}" for r in resolved for step in r.steps}


def person_of(book: RuleSet, written: Mapping[str, object], on: dt.date) -> dict[str, Value]:
    """What an official writes (a date of birth, one county) as columns of the sweep table.

    Raises:
        BadCase: unknown field, wrong kind, out of range, born after ``on`` or 130 years before it.
    """
    facts: dict[str, Value] = {
        spec.name: None if spec.nullable or spec.unit == "ymd" else False if spec.unit == "bool" else 0
        for spec in book.fields.values()
    }
    facts |= dict.fromkeys(PLACES, 0)
    for name, value in written.items():
        if name == "birth":
            facts["birth_ymd"] = _birth(value, on)
        elif name == "county":
            facts |= dict.fromkeys(PLACES, _county(value, name))
        elif name in PLACES:
            facts[name] = _county(value, name)
        elif name in book.fields:
            facts[name] = _fact(book.fields[name], value, on)
        else:
            raise BadCase(f"person: unknown field {name}")
    if "county" in written:
        facts |= {place: _county(written[place], place) for place in PLACES if place in written}
    return facts


def _birth(value: object, on: dt.date) -> int:
    born = _day(value, "person birth")
    if born > on:
        raise BadCase(f"person birth: {born} is after {on}")
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if years >= OLDEST:
        raise BadCase(f"person birth: {born} makes a person of {years} years on {on}")
    return born.year * 10000 + born.month * 100 + born.day


def _fact(spec: FieldSpec, value: object, on: dt.date) -> Value:
    if spec.unit == "bool":
        if not isinstance(value, bool):
            raise BadCase(f"person {spec.name}: true or false, not {value!r}")
        return value
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadCase(f"person {spec.name}: a whole number, not {value!r}")
    if spec.unit == "ymd":
        try:
            return _birth(dt.date(value // 10000, value // 100 % 100, value % 100), on)
        except ValueError:
            raise BadCase(f"person {spec.name}: {value} is no date like 19340501") from None
    if (spec.low is not None and value < spec.low) or (spec.high is not None and value > spec.high):
        raise BadCase(f"person {spec.name}: {value} is not within {spec.low} to {spec.high}")
    return value


def _county(value: object, name: str) -> int:
    if isinstance(value, str) and value.isdecimal() and len(value) in (6, 12):
        value = int(value[:6])
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 999999:
        raise BadCase(f"person {name}: a county of six digits, not {value!r}")
    return value


def rows_of(book: RuleSet, written: object) -> list[ParameterRow]:
    """``[[case.number]]`` as rows; unit and cite may be left out, a table is written as ``grid``.

    Raises:
        BadCase: an unknown number, a missing or wrong entry.
    """
    if not isinstance(written, list):
        raise BadCase("number: write it as [[case.number]]")
    return [row for entry in written for row in _rows(book, entry)]


def _rows(book: RuleSet, entry: object) -> list[ParameterRow]:
    if not isinstance(entry, dict):
        raise BadCase("number: write it as [[case.number]]")
    key = _text(entry, "key")
    where = f"number {key}"
    allowed = {"key", "place", "since", "until", "value", "grid", "unit", "merge", "cite", "verified"}
    if unknown := sorted(set(entry) - allowed):
        raise BadCase(f"{where}: unknown entries {', '.join(unknown)}")
    cells = cells_of(key, entry.get("value"), entry.get("grid"))
    for cell, value in cells.items():
        spec = book.numbers.get(cell)
        if spec is None:
            raise BadCase(f"{where}: no number of the law has the key {cell}")
        if not spec.low <= value <= spec.high:
            raise BadCase(f"{where}: {value} is not within {spec.low} to {spec.high}")
        if entry.get("unit", spec.unit) != spec.unit:
            raise BadCase(f"{where}: its unit is {spec.unit}, not {entry['unit']}")
    since = _day(entry["since"], f"{where} since") if "since" in entry else ALWAYS
    until = _day(entry["until"], f"{where} until") if "until" in entry else None
    if until is not None and until <= since:
        raise BadCase(f"{where}: until {until} is not after since {since}")
    place, merge, cite = _place(entry, where), _merge(entry, where), _cite(entry, where)
    return [
        ParameterRow(cell, place, since, until, value, book.numbers[cell].unit, cite, merge)
        for cell, value in cells.items()
    ]


def cells_of(key: str, value: object, grid: object) -> dict[str, int]:
    """One number, or one per cell of a table: ``meal_fen`` with a grid gives ``meal_fen_00`` and so on.

    Raises:
        BadCase: neither or both are given, or one of them is no whole number.
    """
    if (value is None) == (grid is None):
        raise BadCase(f"number {key}: give either value or grid")
    if value is not None:
        return {key: _whole(key, value)}
    if not isinstance(grid, list) or not all(isinstance(line, list) for line in grid):
        raise BadCase(f"number {key}: a grid is a list of lines of whole numbers")
    return {f"{key}_{i}{j}": _whole(key, cell) for i, line in enumerate(grid) for j, cell in enumerate(line)}


def _whole(key: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadCase(f"number {key}: a whole number, not {value!r}")
    return value


def _place(entry: Mapping[str, object], where: str) -> int:
    place = entry.get("place")
    if isinstance(place, bool) or not isinstance(place, int) or not 0 <= place <= 999999:
        raise BadCase(f"{where}: place is six digits (0 for the nation), not {place!r}")
    return place


def _merge(entry: Mapping[str, object], where: str) -> Merge:
    written = entry.get("merge", "override")
    for merge in MERGES:
        if merge == written:
            return merge
    raise BadCase(f"{where}: merge is override, floor or add, not {written!r}")


def _cite(entry: Mapping[str, object], where: str) -> Cite:
    cite = entry.get("cite")
    if cite is None:
        return OWN
    if not isinstance(cite, dict) or set(cite) != {"doc", "clause"}:
        raise BadCase(f"{where}: cite is {{ doc = …, clause = … }}")
    return Cite(str(cite["doc"]), str(cite["clause"]))


def _known(law: LawOfDay, name: str, where: str) -> None:
    if name not in law.rules:
        raise BadCase(f"{where}: no result is called {name} on {law.day}")


def _table(case: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = case.get(key, {})
    if not isinstance(value, dict):
        raise BadCase(f"{key}: write it as a table {{ … }}")
    return value


def _text(entry: Mapping[str, object], key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value:
        raise BadCase(f"an entry without {key}")
    return value


def _day(value: object, where: str) -> dt.date:
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
        raise BadCase(f"{where}: a date like 2026-11-23, not {value!r}")
    return value


def _said(value: object) -> str:
    return "unknown" if value is None else str(value)
