"""``yiyang backup``: one sealed copy of the database, and a second one elsewhere."""

from __future__ import annotations

import argparse
import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path

from yiyang.faces.console.progress import Progress
from yiyang.site.backups import places, taking

KEEP = 14


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, help="folder of the backups; default: backups in the state folder")
    parser.add_argument("--copy-to", type=Path, help="second place: another disk or machine")
    parser.add_argument("--keep", type=_at_least_one, default=KEEP, help=f"how many stay in each; {KEEP}")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Take it, copy it, let the oldest go.

    Raises:
        NoKeys, NoOwner, NoProgram, ProgramFailed, NoRoom, BadFolder
    """
    began, progress = time.monotonic(), Progress(quiet=options.json)
    to: Path = options.to or places.backups()
    ring = places.ring()
    now = datetime.now(UTC)
    place = os.environ.get("YIYANG_PLACE", "1502")
    made, manifest = taking.take(places.owner_url(), ring, to, place=place, now=now, progress=progress)
    where = [made]
    if options.copy_to:
        with progress.step("copy to the second place"):
            where.append(taking.copy(made, options.copy_to))
    gone = [path for folder in where for path in taking.drop_old(folder.parent, options.keep)]
    size = sum(path.stat().st_size for path in made.iterdir())
    answer = {
        "backup": str(made),
        "places": [str(path) for path in where],
        "bytes": size,
        "rows": manifest.rows,
        "dropped": [str(path) for path in gone],
        "seconds": round(time.monotonic() - began, 1),
    }
    if options.json:
        print(json.dumps(answer, ensure_ascii=False))
        return 0
    print(f"{made}: {manifest.rows:,} rows, {size:,} bytes, {answer['seconds']} s, {len(where)} places")
    for path in gone:
        print(f"dropped {path}")
    print("the key ring is not in it: keep that one apart, or this copy cannot be opened")
    return 0


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of 1 or more")
    return int(text)
