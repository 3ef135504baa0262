"""``pg_dump`` and ``pg_restore`` that fit the server, and what they said in one sentence."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from yiyang.engine.errors import Unavailable
from yiyang.site.embedded import default_state, files

DEBIAN = Path("/usr/lib/postgresql")
# From 17 on pg_restore sends a setting that servers before 17 do not know.
_NEW_SETTING = 17
_SECRET = re.compile(r"(postgres(?:ql)?://[^:@/\s]*):[^@\s]*@")
_FULL = re.compile(r"No space left on device|Disk quota exceeded|File too large|could not (?:write|extend)")


class NoProgram(Unavailable):
    code = "site.no_program"
    message = "这台机器上没有合适的 PostgreSQL 程序"


class ProgramFailed(Unavailable):
    code = "site.program_failed"
    message = "数据库程序没有做完"


@dataclass(frozen=True)
class Programs:
    """The programs of one release."""

    major: int
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self, name: str, words: Sequence[str]) -> str:
        """Raises ProgramFailed with its last reason; addresses with passwords are not repeated."""
        done = subprocess.run(
            [str(self.folder / name), *words],
            env=os.environ | {"LC_ALL": "C"} | dict(self.environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode != 0:
            raise ProgramFailed(f"{name} failed: {reason_of(done.stderr, done.returncode)}")
        return done.stdout


def reason_of(said: str, code: int) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    if _FULL.search(said) or code == -signal.SIGXFSZ:  # the signal of a file-size limit
        return "the disk or the quota is full: free some space or name another folder"
    reasons = [line for line in lines if "error:" in line or "FATAL" in line] or lines
    return _SECRET.sub(r"\1:…@", reasons[0]) if reasons else f"code {code}, no reason given"


def for_dump(server_major: int) -> Programs:
    """The oldest release that is not older than the server: its dump goes back into the same server.

    Raises:
        NoProgram
    """
    fitting = [found for found in installed() if found.major >= server_major]
    if not fitting:
        raise NoProgram(
            f"the server is PostgreSQL {server_major} and no pg_dump of {server_major} or newer is here:"
            f" install it, for example: apt-get install postgresql-client-{server_major}"
        )
    return fitting[0]


def for_restore(server_major: int, dumped_by: int) -> Programs:
    """A release that reads the dump and that the server understands.

    Raises:
        NoProgram
    """
    for found in installed():
        if found.major >= dumped_by and (found.major < _NEW_SETTING or server_major >= _NEW_SETTING):
            return found
    wanted = max(server_major, dumped_by) if server_major >= _NEW_SETTING else f"{dumped_by} to 16"
    raise NoProgram(
        f"a dump by pg_dump {dumped_by} into a PostgreSQL {server_major} needs a pg_restore of {wanted},"
        " which is not here: install it, or restore into a newer server"
    )


def installed() -> list[Programs]:
    """Every release on this machine, the oldest first: the system's and the embedded one."""
    found = [Programs(int(folder.parent.name), folder) for folder in sorted(DEBIAN.glob("[0-9]*/bin"))]
    found = [one for one in found if (one.folder / "pg_dump").exists()]
    if (path := shutil.which("pg_dump")) is not None and not found:
        found.append(Programs(_major_of(path), Path(path).parent))
    try:
        state = default_state(os.environ)
        state.mkdir(parents=True, exist_ok=True)
        files.unpack(state)
        home = files.home(state)
        found.append(Programs(int(files.major()), home / "bin", {"LD_LIBRARY_PATH": str(home / "lib")}))
    except Unavailable:
        pass  # no build for this machine: the system's have to do
    return sorted(found, key=lambda one: one.major)


def _major_of(path: str) -> int:
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+)(?:\.\d+)?", said)
    return int(found[1]) if found else 0
