"""``yiyang places``: trees of divisions, with the days on which they hold."""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from yiyang.base.scoping import EVERYWHERE, Role, acting
from yiyang.faces.console.days import day_of
from yiyang.regions import importing, selectors, services
from yiyang.regions.importing import Difference


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    for name, says in (
        ("difference", "what a table would begin, end and rename; nothing is written"),
        ("load", "bring a table into force from a day"),
    ):
        act = acts.add_parser(name, help=says, description=says)
        act.add_argument("file", type=Path, help="CSV: code, name, kind, parent")
        act.add_argument("--on", type=day_of, help="first day; today if left out")
        act.add_argument("--json", action="store_true")
    acts.choices["load"].add_argument("--source", required=True, help="where the table comes from")


def run(options: argparse.Namespace) -> int:
    """Compare or load one table.

    Raises:
        BadTable: faults in the file, by line, or a day already past.
    """
    on: date = options.on or timezone.localdate()
    rows = importing.read_file(options.file).or_refuse(options.file.name)
    with acting(Role.JOB, EVERYWHERE, actor_id="process:places"):
        if options.act == "load":
            change = services.load_table(rows, source=options.source, on=on)
        else:
            change = services.difference_of(rows, on=on)
        in_force = selectors.in_force(on).count()
    answer = _told(change, in_force)
    print(
        json.dumps(answer, ensure_ascii=False)
        if options.json
        else _words(answer, loaded=options.act == "load")
    )
    return 0


def _told(change: Difference, in_force: int) -> dict[str, Any]:
    return {
        "on": f"{change.on}",
        "added": [[row.code, row.name] for row in change.added],
        "removed": [[row.code, row.name] for row in change.removed],
        "renamed": [[row.code, row.before, row.after] for row in change.renamed],
        "moved": [[row.before, row.after, row.name] for row in change.moved],
        "in_force": in_force,
    }


def _words(answer: dict[str, Any], *, loaded: bool) -> str:
    verb = "now in force" if loaded else "would change"
    lines = [f"from {answer['on']}, {verb}:"]
    for kind in ("added", "removed", "renamed", "moved"):
        lines.append(f"  {kind} {len(answer[kind])}")
        lines += [f"    {' '.join(row)}" for row in answer[kind][:20]]
        if len(answer[kind]) > 20:
            lines.append(f"    … and {len(answer[kind]) - 20} more (--json lists all)")
    lines.append(f"  places in force: {answer['in_force']}")
    return "\n".join(lines)
