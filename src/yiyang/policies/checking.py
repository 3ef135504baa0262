"""Is the shipped law whole: every citation resolves, every number is used, every result has its cases."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from yiyang.engine.ruling.benefits import Rule
from yiyang.engine.ruling.expressions import Choose, Connect, Exclusive
from yiyang.engine.ruling.parameters import Cite
from yiyang.policies import library
from yiyang.rulebook import reading

EDGE_OF_TIME = dt.date(9999, 12, 31)
COUNTS = "counts.toml"


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the law: where, and what to do about it."""

    where: str
    what: str


def check_law(day: dt.date = EDGE_OF_TIME) -> list[Fault]:
    """Every fault of the shipped rulebook; an empty list is a law that may be released.

    Raises:
        HouseError: a file cannot even be read.
    """
    return [*_citations(), *_numbers(day), *_wording(day), *_coverage(day), *_counts()]


def _cites() -> Iterator[tuple[str, Cite]]:
    for name, versions in library.book().versions.items():
        for rule in versions:
            yield from ((name, cite) for cite in rule.cites)
    for row in library.shipped_rows():
        yield f"{row.key}@{row.place} since {row.since}", row.cite


def _citations() -> Iterator[Fault]:
    known = library.clauses()
    for where, cite in _cites():
        if (cite.doc, cite.clause) not in known:
            yield Fault(where, f"cites clause {cite.clause} of {cite.doc}, which has no summary")


def _numbers(day: dt.date) -> Iterator[Fault]:
    asked = set(library.law_of(day).number_keys())
    given = {row.key for row in library.shipped_rows()}
    for key, spec in library.number_specs().items():
        if key not in asked and not spec.unused:
            yield Fault(key, "no rule reads this number; use it or mark it unused")
        if key in asked and spec.unused:
            yield Fault(key, "is marked unused, but a rule reads it")
        if key in asked and key not in given:
            yield Fault(key, "no place ships a value for it")


def _wording(day: dt.date) -> Iterator[Fault]:
    law = library.law_of(day)
    for name, rule in law.rules.items():
        if not rule.is_benefit:
            continue
        if not rule.plain or len(rule.plain) > 25:
            yield Fault(name, "needs a plain sentence of at most 25 characters")
        tree = law.trees[name]
        labels: list[str] = []
        if isinstance(tree, Choose):
            labels = [label for _, _, label in tree.arms]
        elif isinstance(tree, Connect):
            labels = [label for _, label in tree.parts]
        elif not isinstance(tree, Exclusive):
            yield Fault(name, "has no labelled arms: write cases(), any_of() or all_of()")
        if not all(labels):
            yield Fault(name, "has an arm without a label")
    for spec in law.fields.values():
        if spec.nullable and not spec.next_step:
            yield Fault(spec.name, "may be unknown, but says no next step")


def _coverage(day: dt.date) -> Iterator[Fault]:
    """Each benefit met by cases as eligible, not eligible and unknown, and each of its labels as a reason."""
    seen, reasons = _expected()
    for name, rule in library.law_of(day).rules.items():
        if not rule.is_benefit:
            continue
        for answer in ("eligible", "not eligible", "unknown"):
            if (name, answer) not in seen:
                yield Fault(name, f"no case in which it is {answer}")
        if missing := sorted(_arm_labels(day, rule) - reasons.get(name, set())):
            yield Fault(name, f"no case with the reason {'、'.join(missing)}")


def _arm_labels(day: dt.date, rule: Rule) -> set[str]:
    tree = library.law_of(day).trees[rule.name]
    if isinstance(tree, Choose):
        return {label for _, _, label in tree.arms}
    if isinstance(tree, Connect) and tree.op == "or":
        return {label for _, label in tree.parts}
    return set()


def _expected() -> tuple[set[tuple[str, str]], dict[str, set[str]]]:
    seen: set[tuple[str, str]] = set()
    reasons: dict[str, set[str]] = {}
    for path in library.case_files():
        for case in reading.cases(path):
            for name, want in _table(case, "expect").items():
                answer = "unknown" if want == "unknown" else "eligible" if want else "not eligible"
                seen.add((name, answer))
            for name, label in _table(case, "reason").items():
                reasons.setdefault(name, set()).add(str(label))
    return seen, reasons


def _table(case: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = case.get(key, {})
    return value if isinstance(value, dict) else {}


def counted() -> dict[str, dict[str, int]]:
    """What each place ships: numbers, clauses, cases; and how many benefits the nation declares."""
    found: dict[str, Counter[str]] = {path.name: Counter() for path in reading.places()}
    for kind, pattern in (("parameters", "*.toml"), ("clauses", "*.md"), ("cases", "*.toml")):
        for path in reading.shipped_files(kind, pattern):
            found[path.parent.parent.name][kind] += _entries(kind, path)
    book = library.book()
    found[book.name]["benefits"] = sum(versions[-1].is_benefit for versions in book.versions.values())
    return {place: dict(sorted(counts.items())) for place, counts in sorted(found.items())}


def _entries(kind: str, path: Path) -> int:
    if kind == "parameters":
        return len(list(reading.parameter_rows(path, library.number_specs())))
    return len(list(reading.clauses(path))) if kind == "clauses" else len(reading.cases(path))


def _counts() -> Iterator[Fault]:
    written = tomllib.loads((reading.HERE / COUNTS).read_text("utf-8"))
    found = counted()
    for place, counts in written.items():
        for kind, least in counts.items():
            now = found.get(place, {}).get(kind, 0)
            if now < least:
                yield Fault(place, f"ships {now} {kind}, {least} before; lower {COUNTS} on purpose")
    for place in sorted(set(found) - set(written)):
        yield Fault(place, f"is not counted in {COUNTS}")
