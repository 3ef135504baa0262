"""The server itself: initialise, start, stop, ask."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from yiyang.site.embedded import accounts, files, preparing, sentences
from yiyang.site.embedded.sentences import CannotServe

SETTINGS = {
    "listen_addresses": "",  # no network: authentication is `trust`, the socket folder is 0700
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",  # loading a city would checkpoint again and again
    "checkpoint_timeout": "15min",
}
TEST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""Tests only: a crash of the machine may lose everything."""

_LONGEST_LOG = 10_000_000


class Server:
    """One embedded PostgreSQL in one state folder.

    Args:
        state: the folder; None = ``default_state()``.
        settings: server settings on top of ``SETTINGS``, e.g. ``TEST_SETTINGS``.
    """

    def __init__(self, state: Path | None = None, settings: Mapping[str, str] | None = None) -> None:
        self.state = (state or files.default_state()).absolute()
        self.data = self.state / "data"
        self.log = self.state / "server.log"
        self.socket = files.socket_folder(self.state)
        self.settings = SETTINGS | dict(settings or {})

    def url(self, role: str = "yiyang_web", database: str = "yiyang") -> str:
        """The address of one database for one role; no password, the socket's folder is the fence."""
        return (
            f"postgresql://{quote(role, safe='')}@/{quote(database, safe='')}?host={quote(str(self.socket))}"
        )

    def program(self, name: str) -> Path | None:
        """A program of the unpacked release (``psql``, ``pg_dump``), None before the first start."""
        path = files.home(self.state) / "bin" / name
        return path if path.exists() else None

    def program_environment(self) -> dict[str, str]:
        """What such a program needs beside the caller's environment."""
        return {"LD_LIBRARY_PATH": str(files.home(self.state) / "lib")}

    # -- ask ------------------------------------------------------------

    def running(self) -> bool:
        """There is a server process for our data. For a moment after a kill -9 this still says yes."""
        with sentences.plain_words(self.state):
            if not (self.data / "PG_VERSION").exists() or not files.home(self.state).exists():
                return False
            return self._run("pg_ctl", "-D", str(self.data), "status")[0] == 0

    def answers(self) -> bool:
        """The only proof: it takes connections."""
        return self.running() and self._run("pg_isready", "-q", "-h", str(self.socket))[0] == 0

    # -- act ------------------------------------------------------------

    def start(self, patience: float = 30) -> None:
        """Start it unless it already answers; safe from several processes at once and after a kill -9.

        Args:
            patience: seconds to wait for another command, and again for the server to answer.

        Raises:
            CannotServe: one sentence; nothing half-made stays behind.
        """
        files.check_name(self.state)
        files.check_socket(self.socket)
        with sentences.plain_words(self.state), files.alone(self.state, patience):
            account = self._account()
            accounts.check_way(account, self.state)
            files.unpack(self.state)
            self._must("postgres", "--version")  # says which shared library is missing on a slim system
            accounts.own(self.socket, account)
            if not (self.data / "PG_VERSION").exists():
                self._initialise(account)
            self._check_version()
            self._open_log(account)
            self._wake(patience)

    def stop(self, mode: str = "fast", patience: float = 30) -> None:
        """Stop it if it runs.

        Args:
            mode: ``smart``, ``fast`` or ``immediate``, as PostgreSQL means them.
            patience: seconds to wait for another command.

        Raises:
            CannotServe: it does not stop.
        """
        if not self.state.exists():
            return
        with sentences.plain_words(self.state), files.alone(self.state, patience):
            if not self.running():
                return
            if self._run("pg_ctl", "-s", "-w", "-D", str(self.data), "-m", mode, "stop")[0] != 0:
                time.sleep(1)  # a server killed a moment ago can be neither running nor stoppable
                if self.running():
                    raise CannotServe(f"PostgreSQL does not stop; see {self.log}")

    def prepare(self, database: str = "yiyang") -> None:
        """The roles, then the database, owned by the role that migrates. Idempotent."""
        preparing.prepare(self.url("postgres", "postgres"), database)

    # -- inside ------------------------------------------------------------

    def _account(self) -> accounts.Account | None:
        return accounts.server_account(self.data, os.environ)

    def _run(self, tool: str, *words: str) -> tuple[int, str]:
        """Run one program as the server's account: exit code and all it said."""
        account, home = self._account(), files.home(self.state)
        # Never a pipe for `pg_ctl start`: the server inherits it and we would wait for ever.
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(
                [str(home / "bin" / tool), *words],
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C", **self.program_environment()},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                check=False,
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
            )
            said.seek(0)
            return done.returncode, said.read().decode(errors="replace")

    def _must(self, tool: str, *words: str) -> None:
        code, said = self._run(tool, *words)
        if code != 0:
            raise CannotServe(sentences.of_output(tool, code, said, self.state))

    def _initialise(self, account: accounts.Account | None) -> None:
        """Make the data folder aside and move it into place whole: a torn one never blocks the next start."""
        quick = ["--no-sync"] if self.settings.get("fsync") == "off" else []
        with files.half_made(self.state, "initdb") as half:
            half.chmod(0o755)
            fresh = half / "data"
            accounts.own(fresh, account)
            # The builtin locale provider is absent before 17; C sorts alike everywhere.
            words = [
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--no-instructions",
            ]
            self._must("initdb", f"--pgdata={fresh}", *words, *quick)
            fresh.rename(self.data)

    def _check_version(self) -> None:
        have, want = (self.data / "PG_VERSION").read_text().strip(), files.major()
        if have != want:
            raise CannotServe(
                f"{self.data} holds data of PostgreSQL {have} and installed is {want}:"
                f" dump it with a PostgreSQL {have}, move the folder away, start and restore"
            )

    def _open_log(self, account: accounts.Account | None) -> None:
        if self.log.exists() and self.log.stat().st_size > _LONGEST_LOG and not self.running():
            self.log.rename(self.log.with_name("server.log.1"))
        self.log.touch(0o600)
        accounts.give(self.log, account)

    def _wake(self, patience: float) -> None:
        until = time.monotonic() + patience
        why = "it does not answer"
        while not self.answers():
            if time.monotonic() > until:
                raise CannotServe(f"PostgreSQL did not start within {patience:.0f} s: {why}; see {self.log}")
            if not self.running():
                why = self._launch(patience)
            time.sleep(0.1)

    def _launch(self, patience: float) -> str:
        """One try. Returns what it waits for; raises when another try would not help."""
        before = self.log.stat().st_size
        words = ["-k", str(self.socket)]
        for name, value in self.settings.items():
            words += ["-c", f"{name}={value}"]
        options = shlex.join(words)
        log, limit = str(self.log), str(max(1, round(patience)))
        code, said = self._run(
            "pg_ctl", "-s", "-w", "-t", limit, "-D", str(self.data), "-l", log, "-o", options, "start"
        )
        if code == 0 or self.running():
            return "it is still recovering"
        with self.log.open(errors="replace") as written:
            written.seek(before)
            said = written.read() or said
        sentence = sentences.of_log(said, socket=self.socket, log=self.log, state=self.state)
        if sentences.passes_by_itself(said):
            return sentence
        raise CannotServe(sentence)
