"""``yiyang retention``: what each table keeps for how long; `--dry-run` counts, else what is over goes."""

from __future__ import annotations

import argparse
import json

from django.utils import timezone

from yiyang.base import retaining
from yiyang.base.retaining import Then


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="count only; nothing is changed")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    now = timezone.localtime()
    counts = retaining.over(now) if options.dry_run else retaining.keep_to_the_table(now)
    if options.json:
        print(json.dumps({"dry_run": options.dry_run, "rows": counts}))
        return 0
    for entry in retaining.entries():
        period = "" if entry.then is Then.KEEP else f"{entry.days} days"
        rows = "" if entry.then is Then.KEEP else f"{counts[entry.model]:,}"
        print(f"{entry.model:30} {entry.then:12} {period:10} {rows:>10}  {entry.why}")
    print("nothing was changed" if options.dry_run else f"{sum(counts.values()):,} rows")
    return 0
