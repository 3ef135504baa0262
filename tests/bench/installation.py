"""An installation of its own for a bench: embedded PostgreSQL as shipped (fsync on), migrated, places in.

Everything of Django is imported after the environment is set, hence inside functions.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yiyang.site.embedded import Server

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "data"
"""Reference tables beside the project; where they are absent, only our own places can be measured."""


def add_arguments(parser: argparse.ArgumentParser, *, region: bool) -> None:
    """The words all these benches share."""
    parser.add_argument("--state", type=Path, help="state folder to use or make; kept afterwards")
    parser.add_argument("--keep", action="store_true", help="keep a state folder made for this run")
    parser.add_argument("--quick", action="store_true", help="a small size, only to try the bench out")
    if region:
        parser.add_argument("--from", dest="source", type=Path, default=REFERENCE)
        parser.add_argument("--place", default="15", help="prefix of the region in the reference tables")


@contextmanager
def state_folder(options: argparse.Namespace) -> Iterator[Path]:
    """The folder of this run; a fresh one is removed afterwards unless it shall be kept."""
    if options.state is not None:
        options.state.mkdir(parents=True, exist_ok=True)
        options.state.chmod(0o755)
        yield options.state
        return
    folder = Path(tempfile.mkdtemp(prefix="yiyang-bench-"))
    folder.chmod(0o755)  # the server runs under an account of its own and must get in
    try:
        yield folder
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)


def environment(state: Path, process: str = "work") -> dict[str, str]:
    """The environment of commands that work on that folder."""
    return {
        **{key: value for key, value in os.environ.items() if not key.startswith(("YIYANG_", "DATABASE_"))},
        "YIYANG_STATE": str(state),
        "YIYANG_PROCESS": process,
        "DJANGO_SETTINGS_MODULE": "yiyang.site.settings",
    }


@contextmanager
def opened(options: argparse.Namespace, process: str = "work") -> Iterator[Server]:
    """A running, migrated installation; the server is stopped afterwards.

    Args:
        process: ``work`` signs in as background processes do and loads the project's own places; ``web`` as
            pages do, on what is there.
    """
    with state_folder(options) as folder:
        fresh = environment(folder, process)
        for key in [key for key in os.environ if key.startswith(("YIYANG_", "DATABASE_"))]:
            del os.environ[key]
        os.environ.update(fresh)
        from yiyang.site import starting
        from yiyang.site.embedded import Server

        server = Server(folder)
        try:
            starting.start_embedded()
            starting.set_up_django()
            starting.migrate()
            from django.db import connections

            if process == "work":
                from yiyang.faces.console import seeding

                seeding.load_places()
            yield server
            connections.close_all()
        finally:
            server.stop()


def size_on_disk(server: Server) -> float:
    """Megabytes of the server's data, without its log of changes."""
    files = (path for path in (server.data / "base").rglob("*") if path.is_file())
    return sum(path.stat().st_size for path in files) / 1e6
