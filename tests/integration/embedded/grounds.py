"""A piece of ground for one test, and commands run on it in processes of their own."""

from __future__ import annotations

import json
import os
import pwd
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yiyang.site.embedded import TEST_SETTINGS, Server

AM_ROOT = os.geteuid() == 0
ACCOUNTS = ["root", "ordinary"] if AM_ROOT else ["ordinary"]
CHILD = Path(__file__).with_name("child.py")


@dataclass
class Ground:
    """Where one test may build: ``state`` is not there yet, the programs can be lent to it."""

    folder: Path
    programs: Path

    @property
    def state(self) -> Path:
        return self.folder / "state"

    @property
    def data(self) -> Path:
        return self.state / "data"

    def lend(self, state: Path | None = None, who: str = "ordinary") -> Path:
        """Make a state folder with the shared programs in it."""
        state = state or self.state
        state.mkdir()
        (state / self.programs.name).symlink_to(self.programs)
        self.give(state, who)
        return state

    def give(self, folder: Path, who: str) -> None:
        """To the account that a child of this kind runs under."""
        if AM_ROOT and who == "ordinary":
            nobody = pwd.getpwnam("nobody")
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)

    def server(self) -> Server:
        return Server(self.state, TEST_SETTINGS)

    def begin(self, who: str, act: str, *more: str, **env: str) -> subprocess.Popen[str]:
        """Start one command in a process of its own."""
        words = [sys.executable, str(CHILD), who, str(self.state), act, *more]
        return subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd="/", env=os.environ | env)

    def run(self, who: str, act: str, *more: str, **env: str) -> dict[str, Any]:
        """One command in a process of its own; what it told."""
        return told(self.begin(who, act, *more, **env))

    def leftovers(self) -> set[str]:
        """What stands in the state folder beside the programs and the lock."""
        if not self.state.exists():
            return set()
        return {path.name for path in self.state.iterdir()} - {self.programs.name, "lock"}

    def kill_server(self) -> int:
        """As a power cut to the postmaster: kill -9, no goodbye."""
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        return pid


def told(child: subprocess.Popen[str]) -> dict[str, Any]:
    """What a child printed."""
    said, _ = child.communicate(timeout=120)
    assert child.returncode == 0, said
    answer = json.loads(said)
    assert isinstance(answer, dict)
    return answer
