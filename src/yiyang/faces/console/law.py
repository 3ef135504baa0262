"""``yiyang law list|check|cases|docs``: the law in force, whether it is whole, whether the cases hold."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
from pathlib import Path

from yiyang.engine.ruling.benefits import Rule
from yiyang.faces.console.days import day_of
from yiyang.policies import checking, describing, library

PLACE = re.compile(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parts = parser.add_subparsers(dest="part", required=True)
    listing = parts.add_parser("list", help="benefits in force at a place on a day")
    listing.add_argument("--place", required=True, help="division code, 2 to 12 digits, e.g. 150203")
    listing.add_argument("--on", type=day_of, help="day, YYYY-MM-DD; today if left out")
    checks = parts.add_parser("check", help="citations, coverage and counts of the shipped law")
    cases = parts.add_parser("cases", help="run case files; without files the shipped ones")
    cases.add_argument("files", nargs="*", type=Path, metavar="FILE")
    docs = parts.add_parser("docs", help="write docs/generated/benefits.md")
    docs.add_argument("--to", type=Path, default=Path("docs/generated/benefits.md"))
    for part in (listing, checks, cases):
        part.add_argument("--json", action="store_true", help="one JSON object on standard output")


def run(options: argparse.Namespace) -> int:
    parts = {"list": _list, "check": _check, "cases": _cases, "docs": _docs}
    return parts[options.part](options)


def _list(options: argparse.Namespace) -> int:
    if not PLACE.fullmatch(options.place):
        print(
            f"yiyang: a place is a division code of 2, 4, 6, 9 or 12 digits, not {options.place}",
            file=sys.stderr,
        )
        return 2
    county = int(options.place[:6].ljust(6, "0"))
    day = options.on or dt.date.today()  # noqa: DTZ011 - the face reads the clock: today, here
    force = library.law_in_force(county, day)
    rows = [_described(rule, county, force) for rule in force.rules.rules.values() if rule.is_benefit]
    if options.json:
        law = {"rules": force.rules.digest(), "parameters": force.numbers.digest()}
        print(
            json.dumps(
                {"place": options.place, "on": str(day), "law": law, "benefits": rows}, ensure_ascii=False
            )
        )
        return 0
    for row in rows:
        print(f"{row['benefit']:32} {row['unit']:10} {row['by']:10} {row['title']}")
    print(f"{len(rows)} benefits at {options.place} on {day}; every amount is an example until verified")
    return 0


def _described(rule: Rule, county: int, force: library.LawInForce) -> dict[str, object]:
    law = force.rules.only({rule.name})
    resolved = {key: force.numbers.resolve(key, county, law.day) for key in law.number_keys()}
    return {
        "benefit": rule.name,
        "title": rule.title,
        "plain_title": rule.plain_title or rule.title,
        "unit": rule.unit,
        "by": rule.by,
        "cites": [{"doc": c.doc, "clause": c.clause} for c in rule.cites],
        "marks": list(rule.marks),
        "numbers": {key: found.value for key, found in resolved.items()},
        "verified": all(step.verified for found in resolved.values() for step in found.steps),
    }


def _check(options: argparse.Namespace) -> int:
    faults = checking.check_law()
    counts = checking.counted()
    if options.json:
        found = [{"where": f.where, "what": f.what} for f in faults]
        print(json.dumps({"faults": found, "counts": counts}, ensure_ascii=False))
    else:
        for fault in faults:
            print(f"{fault.where}: {fault.what}")
        shipped = ", ".join(f"{place} {sum(c.values())}" for place, c in counts.items())
        print(f"{len(faults)} faults; entries by place: {shipped}")
    return 1 if faults else 0


def _cases(options: argparse.Namespace) -> int:
    runs = library.run_cases(options.files or None)
    failed = [r for r in runs if r.outcome.complaints]
    if options.json:
        said = [
            {"file": r.file, "case": r.outcome.name, "complaints": list(r.outcome.complaints)} for r in failed
        ]
        print(json.dumps({"passed": len(runs) - len(failed), "failed": said}, ensure_ascii=False))
    else:
        for r in failed:
            print(f"{r.file}: {r.outcome.name}: {'; '.join(r.outcome.complaints)}")
        print(f"{len(runs) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def _docs(options: argparse.Namespace) -> int:
    options.to.parent.mkdir(parents=True, exist_ok=True)
    options.to.write_text(describing.benefits_page(), encoding="utf-8")
    print(f"written: {options.to}")
    return 0
