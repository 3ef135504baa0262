"""`yiyang db`: the embedded PostgreSQL by hand. A server named by DATABASE_URL is not ours to touch.

A face never imports `site`, which stands above it: whoever builds the parser hands the server over by
``parser.set_defaults(open_server=Server)``.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from yiyang.engine.errors import BrokenInvariant, Refused, Unavailable

_ACTS = {
    "start": "start it, with roles and database; print its address",
    "stop": "stop it",
    "status": "say running or stopped; exit code 1 when stopped",
    "url": "print its address",
    "psql": "open psql; words after -- go to it",
    "dump": "write the whole database into FILE, for pg_restore",
}


class EmbeddedServer(Protocol):
    """What this command needs of `yiyang.site.embedded.Server`."""

    state: Path

    def start(self, patience: float = 30) -> None: ...
    def stop(self, mode: str = "fast", patience: float = 30) -> None: ...
    def prepare(self, database: str = "yiyang") -> None: ...
    def answers(self) -> bool: ...
    def url(self, role: str = "yiyang_web", database: str = "yiyang") -> str: ...
    def program(self, name: str) -> Path | None: ...
    def program_environment(self) -> dict[str, str]: ...


class NotRunning(Refused):
    """The act needs a running server."""

    code = "console.not_running"
    message = "数据库没有启动"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """start | stop | status | url | psql | dump FILE."""
    acts = parser.add_subparsers(dest="act", required=True)
    for name, says in _ACTS.items():
        act = acts.add_parser(name, help=says, description=says)
        act.add_argument("--state", type=Path, help="state folder instead of YIYANG_STATE")
        act.add_argument("--role", default="postgres" if name in {"psql", "dump"} else "yiyang_web")
        act.add_argument("--database", default="yiyang")
        act.add_argument("--json", action="store_true")
        if name == "psql":
            act.add_argument("words", nargs="*")
        if name == "dump":
            act.add_argument("file", type=Path)


def run(options: argparse.Namespace) -> int:
    """Do one act on the embedded server."""
    if os.environ.get("DATABASE_URL"):
        return _somebody_elses(options)
    open_server = getattr(options, "open_server", None)
    if open_server is None:
        raise BrokenInvariant("the command line did not hand over the embedded server (open_server)")
    server: EmbeddedServer = open_server(options.state)
    if options.act == "psql":
        return _psql(server, options)
    if options.act == "dump":
        return _dump(server, options)
    if options.act == "start":
        server.start()
        server.prepare(options.database)
    elif options.act == "stop":
        server.stop()
    return _report(server, options)


def _report(server: EmbeddedServer, options: argparse.Namespace) -> int:
    url = server.url(options.role, options.database)
    up = server.answers()
    if options.json:
        print(
            json.dumps(
                {"managed": True, "running": up, "state": str(server.state), "url": url}, ensure_ascii=False
            )
        )
    elif options.act == "url" or (options.act == "start" and up):
        print(url)
    else:
        print("running" if up else "stopped")
    return 1 if options.act == "status" and not up else 0


def _somebody_elses(options: argparse.Namespace) -> int:
    sentence = "DATABASE_URL is set: that server is not ours to manage, so nothing was done"
    if options.json:
        print(json.dumps({"managed": False}))
    if options.act in {"psql", "dump"}:
        program = "psql" if options.act == "psql" else "pg_dump -Fc"
        print(f'{sentence}; use {program} "$DATABASE_URL"', file=sys.stderr)
        return 2  # a backup job must not take this for a backup
    print(sentence, file=sys.stderr)
    return 0


def _program(server: EmbeddedServer, name: str) -> tuple[str, Mapping[str, str]]:
    """Our own program with the environment it needs, else the system's."""
    if (ours := server.program(name)) is not None:
        return str(ours), os.environ | server.program_environment()
    if (found := shutil.which(name)) is not None:
        return found, os.environ
    raise Unavailable(f"{name} is not here: run `yiyang db start` once")


def _psql(server: EmbeddedServer, options: argparse.Namespace) -> int:
    _check_running(server)
    psql, environ = _program(server, "psql")
    words = [psql, server.url(options.role, options.database), *options.words]
    os.execve(psql, words, dict(environ))  # noqa: S606  psql takes the terminal, and its signals, over


def _dump(server: EmbeddedServer, options: argparse.Namespace) -> int:
    """The whole database into one file for `pg_restore`; a torn dump never takes the name."""
    _check_running(server)
    pg_dump, environ = _program(server, "pg_dump")
    target: Path = options.file
    half = target.with_name(f".{target.name}.half")
    try:
        half.unlink(missing_ok=True)
        half.touch(0o600)  # personal data: for the owner of the file alone
        done = subprocess.run(
            [pg_dump, "--format=custom", f"--file={half}", server.url(options.role, options.database)],
            env=environ,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            said = done.stderr.strip().splitlines() or ["no reason given"]
            raise Unavailable(f"the dump failed: {said[-1]}")
        half.replace(target)
    except OSError as error:
        raise Unavailable(f"{target} cannot be written: {error.strerror}") from error
    finally:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)
    size = target.stat().st_size
    print(json.dumps({"file": str(target), "bytes": size}) if options.json else f"{target}: {size:,} bytes")
    return 0


def _check_running(server: EmbeddedServer) -> None:
    if not server.answers():
        raise NotRunning("the embedded server is not running: run `yiyang db start`")
