"""R15: the published description and what is served agree, whatever is sent; by schemathesis, every check."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from tests.factories.outside import free_port
from yiyang.accounts.machines import RIGHTS
from yiyang.site.embedded import TEST_SETTINGS, Server

KEYS = 6
HERE = Path(__file__).resolve().parent
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "partners.md"
SECRET = re.compile(r"key (\S+)\nsecret (\S+)")


@dataclass(frozen=True)
class Served:
    """A site with a small county on loopback, and some keys to it."""

    url: str
    keys: tuple[tuple[str, str], ...]


def _command(env: dict[str, str], *words: str) -> str:
    command = [sys.executable, "-m", "yiyang.site.cli", *words]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    folder = Path(tempfile.mkdtemp(prefix="yiyang-test-"))
    folder.chmod(0o755)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("YIYANG_", "DATABASE_"))}
    env = kept | {"YIYANG_STATE": str(folder / "state"), "YIYANG_PLACE": "150206"}
    server, port = Server(folder / "state", TEST_SETTINGS), free_port()
    server.start()
    pages: subprocess.Popen[bytes] | None = None
    try:
        _command(env, "demo", "--city", "150206", "--scale", "0.02", "--no-serve", "--json")
        words = ["accounts", "machine-key", "test", "150206", *RIGHTS, "--source", "HEALTH"]
        found = [SECRET.search(_command(env, *words)) for _ in range(KEYS)]
        keys = tuple((one[1], one[2]) for one in found if one)
        command = [sys.executable, "-m", "yiyang.site.cli", "serve", "--port", str(port)]
        pages = subprocess.Popen(
            command, env=env, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _wait(f"http://127.0.0.1:{port}/health/")
        yield Served(f"http://127.0.0.1:{port}", keys)
    finally:
        if pages is not None:
            pages.send_signal(signal.SIGTERM)
            pages.wait(20)
        server.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


def _wait(url: str) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until:
        with contextlib.suppress(requests.RequestException):
            requests.get(url, timeout=20)
            return
        time.sleep(0.2)
    raise AssertionError("the site does not answer")


def test_r15_every_check_on_every_operation_fails_nowhere(served: Served) -> None:
    env = os.environ | {"R15_URL": served.url, "R15_KEYS": " ".join(w for key in served.keys for w in key)}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:django",
        "--noconftest",
    ]
    command += ["-c", os.devnull, "--rootdir", str(HERE.parent), str(HERE / "described_interface.py")]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:]
    assert f"{len(RIGHTS)} passed" in done.stdout


def test_r15_the_runnable_example_of_the_guide_reads_every_decision(served: Served) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.S)
    key, secret = served.keys[0]
    code += f"\nprint(len(list(new_decisions({served.url!r}, {key!r}, {secret!r}))))\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 10
