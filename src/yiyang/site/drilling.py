"""``yiyang restore-drill``: a backup into an empty server of its own, and a look at what came back."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from yiyang.faces.console.progress import Progress
from yiyang.site import starting
from yiyang.site.backups import manifests, places, restoring
from yiyang.site.drill import Seen
from yiyang.site.embedded import Server, files

RTO_SECONDS = 30 * 60
LOGINS = ("work", "web")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("backup", type=Path, nargs="?", help="folder of one backup; default: the newest")
    parser.add_argument("--from", dest="folder", type=Path, help="folder of backups to take the newest of")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Restore, look, throw away; exit code 1 if anything is not as it was or it took too long.

    Raises:
        NoBackup, NoKeys, BadBackup, WrongParcel, CannotServe, NoRoom
    """
    backup = options.backup or newest(options.folder or places.backups())
    progress, began = Progress(quiet=options.json), time.monotonic()
    seen, manifest = drill(backup, progress)
    seconds = round(time.monotonic() - began, 1)
    seen.append(Seen("time", seconds <= RTO_SECONDS, f"{seconds} s of at most {RTO_SECONDS} s"))
    ok = all(one.ok for one in seen)
    if options.json:
        checks = [vars(one) for one in seen]
        print(
            json.dumps(
                {"backup": str(backup), "ok": ok, "seconds": seconds, "checks": checks}, ensure_ascii=False
            )
        )
    else:
        print(f"{backup}, taken at {manifest.taken_at}:")
        for one in seen:
            print(f"{'ok    ' if one.ok else 'FAILED'} {one.check}: {one.said}")
    return 0 if ok else 1


def newest(folder: Path) -> Path:
    """Raises NoBackup."""
    for found in manifests.all_in(folder):
        return found
    raise places.NoBackup(f"no finished backup lies in {folder}: run `yiyang backup`, or name one")


def drill(backup: Path, progress: Progress) -> tuple[list[Seen], manifests.Manifest]:
    """What every check saw on a server that is gone afterwards."""
    ring = places.ring()
    manifests.read(backup, ring)  # before a server is started for it
    with empty_server() as server, _quiet_end(server):
        with progress.step("an empty server"):
            server.start()
            server.prepare()
        owner = server.url("yiyang_owner")
        manifest = restoring.restore(backup, ring, owner, server.state / "restores", progress)
        seen = [
            Seen(
                "row counts", True, f"{manifest.rows:,} rows in {len(manifest.tables)} tables, all as before"
            )
        ]
        environment = _environment(server.state)
        with progress.step("tables of this release"):
            seen.append(_migrated(environment, manifest))
        with progress.step("checks"):
            for login in LOGINS:
                seen += _checked(login, environment)
    return seen, manifest


@contextlib.contextmanager
def empty_server() -> Iterator[Server]:
    """A state folder beside the real one, lent the programs that are unpacked there."""
    state = starting.state_folder()
    state.mkdir(parents=True, exist_ok=True)
    for torn in state.glob("drill-*"):
        shutil.rmtree(torn, ignore_errors=True)
    files.unpack(state)
    folder = Path(tempfile.mkdtemp(prefix="drill-", dir=state))
    folder.chmod(0o755)  # the server's account walks through; what lies in it is closed
    try:
        (folder / files.home(state).name).symlink_to(files.home(state))
        yield Server(folder, {"fsync": "off", "max_connections": "20"})
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _quiet_end(server: Server) -> Iterator[None]:
    try:
        yield
    finally:
        server.stop("immediate")


def _environment(state: Path) -> dict[str, str]:
    """This installation's settings and keys, the other server's database."""
    keys = os.environ.get("YIYANG_KEYS") or str(starting.state_folder() / "keys.json")
    mine = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    return mine | {"YIYANG_STATE": str(state), "YIYANG_KEYS": keys}


def _migrated(environment: Mapping[str, str], manifest: manifests.Manifest) -> Seen:
    words = [sys.executable, "-m", "yiyang.site.cli", "migrate", "--quiet"]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    said = f"{len(manifest.migrations)} migrations were in it, of release {manifest.release}"
    return Seen("migrations", done.returncode == 0, said if done.returncode == 0 else _last(done.stderr))


def _checked(login: str, environment: Mapping[str, str]) -> list[Seen]:
    words = [sys.executable, "-m", "yiyang.site.drill", login]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    try:
        return [Seen(**one) for one in json.loads(done.stdout)]
    except ValueError:
        return [Seen(f"checks of {login}", False, _last(done.stderr))]


def _last(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "it said nothing"
