"""``yiyang restore``: a backup into an empty database, all of it or nothing."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from yiyang.faces.console.progress import Progress
from yiyang.site import starting
from yiyang.site.backups import manifests, places, restoring


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("backup", type=Path, help="folder of one backup")
    parser.add_argument(
        "--to", required=True, metavar="DATABASE", help="address with role yiyang_owner, or an embedded name"
    )
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Raises BadBackup, WrongParcel, NotEmpty, NoKeys, NoOwner, NoProgram, ProgramFailed, NoRoom."""
    began, ring = time.monotonic(), places.ring()
    scratch = starting.state_folder() / "restores"
    manifests.read(options.backup, ring)  # before a database is made for it
    target = places.target_url(options.to)
    manifest = restoring.restore(options.backup, ring, target, scratch, Progress(quiet=options.json))
    answer = {
        "backup": str(options.backup),
        "taken_at": manifest.taken_at,
        "rows": manifest.rows,
        "seconds": round(time.monotonic() - began, 1),
    }
    if options.json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        print(f"restored what stood at {manifest.taken_at}: {manifest.rows:,} rows, {answer['seconds']} s")
    return 0
