"""A PostgreSQL that is not ours: by TCP on loopback, with passwords, started by hand."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from yiyang.site.embedded import files

PASSWORD = "only-for-tests"


@dataclass(frozen=True)
class Outside:
    """Where it answers, and its superuser."""

    port: int
    programs: Path

    @property
    def superuser(self) -> str:
        return f"postgresql://postgres:{PASSWORD}@127.0.0.1:{self.port}/postgres"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def outside_server() -> Iterator[Outside]:
    folder = Path(tempfile.mkdtemp(prefix="yiyang-outside-"))
    folder.chmod(0o755)
    try:
        files.unpack(folder)
        home = files.home(folder)
        account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        data, secret = folder / "data", folder / "password"
        secret.write_text(PASSWORD)
        data.mkdir(mode=0o700)
        if account:
            for path in (data, secret):
                os.chown(path, account.pw_uid, account.pw_gid)
        ids = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
        env = {"PATH": os.defpath, "LC_ALL": "C", "LD_LIBRARY_PATH": str(home / "lib")}
        words = ["--auth=scram-sha-256", f"--pwfile={secret}", "--encoding=UTF8", "--locale=C", "--no-sync"]
        subprocess.run(  # type: ignore[call-overload]
            [str(home / "bin/initdb"), "-U", "postgres", f"--pgdata={data}", *words],
            env=env, check=True, stdout=subprocess.DEVNULL, cwd="/", **ids,
        )  # fmt: skip
        port = free_port()
        options = [
            "-p",
            str(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "fsync=off",
            "-c",
            "unix_socket_directories=",
        ]
        server = subprocess.Popen(  # type: ignore[call-overload]
            [str(home / "bin/postgres"), "-D", str(data), *options],
            env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **ids,
        )  # fmt: skip
        found = Outside(port, home)
        try:
            _wait(found)
            yield found
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: Outside) -> None:
    for _ in range(150):
        try:
            psycopg.connect(server.superuser).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the outside PostgreSQL does not answer")
