"""Where the key ring lies: a file of the service's user, mode 0400, replaced whole and never half written.

A KMS or HSM takes its place by another ``RingSource``: it hands out the same ring and says when it changed.
"""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from yiyang.base.keys import keyring, suites
from yiyang.base.keys.keyring import DATA, INDEX, INDEXED_FIELDS, Key, KeyRefused, KeyRing, NoKeys, State
from yiyang.base.keys.suites import Suite

VERSION = 2


class RingSource(Protocol):
    """What a place of keys must do."""

    def stamp(self) -> object:
        """Something that differs once the ring has changed; cheap, asked before every use."""

    def read(self) -> KeyRing:
        """The ring as it is now; raises NoKeys with one sentence."""


class RingFile:
    """The file source."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def stamp(self) -> object:
        try:
            found = os.stat(self.path)
        except OSError as error:
            raise _unreadable(self.path, error) from error
        return found.st_mtime_ns, found.st_ino, found.st_size

    def read(self) -> KeyRing:
        return read_ring(self.path)


def make_ring(
    path: Path,
    *,
    suite: Suite = Suite.A,
    fields: Iterable[str] = INDEXED_FIELDS,
    now: datetime | None = None,
) -> KeyRing:
    """Write a new key ring, readable by its owner only. An existing one is never touched.

    Raises:
        FileExistsError
        NoSuite: this machine cannot use the suite; nothing is written.
    """
    suites.check_supported(suite)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR)
    with os.fdopen(handle, "w") as file:
        made_at = now or datetime.fromtimestamp(os.fstat(handle).st_mtime, UTC)
        ring = keyring.fresh(suite, fields, now=made_at)
        file.write(_written(ring))
        file.flush()
        os.fsync(file.fileno())
    return ring


def read_ring(path: Path) -> KeyRing:
    """Raises NoKeys with the path when the file is absent, open to everybody, unreadable or damaged."""
    try:
        found = path.stat()
        if found.st_mode & stat.S_IRWXO:
            raise NoKeys(f"the key ring {path} is open to everybody on this machine: chmod 400 {path}")
        written = json.loads(path.read_text("utf-8"))
        if written.get("version") == VERSION:
            ring = KeyRing(tuple(map(_key, written["keys"])))
        else:
            ring = _first_form(written, datetime.fromtimestamp(found.st_mtime, UTC))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(path, error) from error
    for suite in {key.suite for key in ring.keys}:
        suites.check_supported(suite)
    return ring


def is_first_form(path: Path) -> bool:
    """A ring of the first release, to be written anew in the form of today."""
    return bool(json.loads(path.read_text("utf-8")).get("version") != VERSION)


def write_ring(path: Path, ring: KeyRing) -> None:
    """Replace the file in one step; its owner stays, and the bytes of the old one are overwritten."""
    was = path.stat()
    with path.open("rb") as old:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".keys-")
        try:
            with os.fdopen(handle, "w") as file:
                os.fchmod(handle, stat.S_IRUSR)
                if (was.st_uid, was.st_gid) != (os.geteuid(), os.getegid()):
                    os.fchown(handle, was.st_uid, was.st_gid)
                file.write(_written(ring))
                file.flush()
                os.fsync(handle)
            os.replace(name, path)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(name)
            raise
        _sync_folder(path.parent)
        _overwrite(old.fileno(), was.st_size)


@contextmanager
def changing(path: Path) -> Iterator[None]:
    """One change of the ring at a time.

    Raises:
        KeyRefused: another command is at it.
        NoKeys: the folder cannot be written to.
    """
    try:
        handle = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise NoKeys(f"the folder of the key ring {path} cannot be written to: {error.strerror}") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise KeyRefused(f"another command is changing the key ring {path}: wait for it to end") from error
    finally:
        os.close(handle)


def _overwrite(handle: int, size: int) -> None:
    """The old file has no name any more; what it held is wiped as far as the file system lets us."""
    with contextlib.suppress(OSError):
        os.fchmod(handle, stat.S_IRUSR | stat.S_IWUSR)
        writing = os.open(f"/proc/self/fd/{handle}", os.O_WRONLY)
        try:
            os.pwrite(writing, b"\0" * size, 0)
            os.fsync(writing)
        finally:
            os.close(writing)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unreadable(path: Path, error: Exception) -> NoKeys:
    return NoKeys(f"the key ring {path} cannot be read ({error}); set YIYANG_KEYS")


def _written(ring: KeyRing) -> str:
    keys = [
        {
            "key_id": key.key_id,
            "purpose": key.purpose,
            "suite": key.suite.value,
            "created": key.created.isoformat(),
            "state": key.state.value,
            "secret": base64.urlsafe_b64encode(key.secret).decode(),
        }
        for key in ring.keys
    ]
    return json.dumps({"version": VERSION, "keys": keys}, indent=1) + "\n"


def _key(written: dict[str, Any]) -> Key:
    state, secret = State(written["state"]), keyring._raw(written["secret"])
    if bool(secret) == (state is State.DESTROYED):
        raise ValueError(f"key {written['key_id']} is {state}, and its bytes say otherwise")
    created = datetime.fromisoformat(written["created"])
    return Key(written["key_id"], written["purpose"], Suite(written["suite"]), created, state, secret)


def _first_form(written: dict[str, Any], made_at: datetime) -> KeyRing:
    """``{"active": id, "data": {id: key}, "index": {field: key}}``, all of suite A."""
    active = written["active"]
    data = [
        Key(name, DATA, Suite.A, made_at, State.ACTIVE if name == active else State.DECRYPT_ONLY, raw)
        for name, raw in _keys(written["data"])
    ]
    index = [
        Key(f"{field}-1", INDEX + field, Suite.A, made_at, State.ACTIVE, raw)
        for field, raw in _keys(written["index"])
    ]
    # The one that writes stands last: none before it is taken for one that waits.
    return KeyRing((*sorted(data, key=lambda key: key.state is State.ACTIVE), *index))


def _keys(written: dict[str, str]) -> list[tuple[str, bytes]]:
    return [(name, keyring._raw(key)) for name, key in written.items()]
