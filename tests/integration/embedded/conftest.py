"""Ground that every account may walk on, and the programs unpacked once for all."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.embedded.grounds import Ground
from yiyang.site.embedded import files


@pytest.fixture(scope="session")
def programs() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="yiyang-programs-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        files.unpack(folder)
        yield files.home(folder)


@pytest.fixture
def ground(programs: Path) -> Iterator[Ground]:
    # Not pytest's own temporary folder: that is closed to the account that runs the server.
    folder = Path(tempfile.mkdtemp(prefix="yiyang-test-"))
    folder.chmod(0o755)
    ground = Ground(folder, programs)
    ground.give(folder, "ordinary")
    yield ground
    with contextlib.suppress(FileNotFoundError):
        ground.kill_server()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def other_folder(ground: Ground) -> Path:
    """A folder of the same ground that is no state folder."""
    other = ground.folder / "other"
    other.mkdir()
    other.chmod(0o755)
    return other
