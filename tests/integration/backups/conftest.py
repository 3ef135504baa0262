"""A small county in an installation of its own, backed up once; tests work on copies of that backup."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from yiyang.site.embedded import Server


@dataclass
class Installation:
    """One state folder and the command line on it."""

    state: Path

    def environment(self, **more: str) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("YIYANG_", "DATABASE_"))}
        return kept | {"YIYANG_STATE": str(self.state), "YIYANG_PLACE": "150206"} | more

    def command(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "yiyang.site.cli", *words],
            env=self.environment(**more),
            capture_output=True,
            text=True,
            check=False,
        )

    def done(self, *words: str, **more: str) -> dict[str, Any]:
        """A command that must do well; what it told."""
        ended = self.command(*words, "--json", **more)
        assert ended.returncode == 0, ended.stderr
        told: dict[str, Any] = json.loads(ended.stdout)
        return told

    def refused(self, *words: str, **more: str) -> str:
        """A command that must not; its one sentence."""
        ended = self.command(*words, "--json", **more)
        assert ended.returncode in (1, 2), ended.stdout
        assert "Traceback" not in ended.stderr
        (sentence,) = ended.stderr.strip().splitlines()
        return sentence


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    folder = Path(tempfile.mkdtemp(prefix="yiyang-test-"))
    folder.chmod(0o755)
    found = Installation(folder / "state")
    server = Server(found.state)
    try:
        found.done("demo", "--city", "150206", "--scale", "0.05", "--no-serve")
        yield found
    finally:
        server.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def original(installation: Installation) -> Path:
    return Path(installation.done("backup")["backup"])


@pytest.fixture
def backup(original: Path, tmp_path: Path) -> Path:
    """A copy that a test may damage."""
    return Path(shutil.copytree(original, tmp_path / original.name))
