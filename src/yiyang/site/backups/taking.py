"""A backup: one snapshot of the database, dumped and counted, sealed file by file, named when it is whole."""

from __future__ import annotations

import contextlib
import errno
import importlib.metadata
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from yiyang.base.keys import parcels
from yiyang.base.keys.keyring import KeyRing
from yiyang.engine.errors import Refused, Unavailable
from yiyang.faces.console.progress import Progress
from yiyang.site.backups import manifests, programs
from yiyang.site.backups.manifests import Manifest

HALF = ".half-"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class NoRoom(Unavailable):
    code = "site.no_room"
    message = "磁盘空间不够"


class BadFolder(Refused):
    code = "site.bad_folder"
    message = "这个文件夹不能用来放备份"


@contextlib.contextmanager
def plain_words(folder: Path) -> Iterator[None]:
    """The system's refusals inside the block as a sentence.

    Raises:
        NoRoom, BadFolder
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NoRoom(
                f"the disk or the quota that holds {folder} is full; nothing is left there"
            ) from error
        raise BadFolder(f"{error.filename or folder}: {error.strerror}") from error


def take(
    owner_url: str, ring: KeyRing, to: Path, *, place: str, now: datetime, progress: Progress
) -> tuple[Path, Manifest]:
    """One backup in a new folder below ``to``; a torn one leaves nothing behind.

    Raises:
        NoProgram, ProgramFailed, NoRoom, BadFolder
    """
    name = f"yiyang-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    with plain_words(to):
        to.mkdir(parents=True, exist_ok=True, mode=0o700)
        if (to / name).exists():
            raise BadFolder(f"{to / name} is there already: one backup a second")
        with half_made(to, name) as half, tempfile.TemporaryDirectory(prefix=".dump-", dir=to) as plain:
            manifest = _taken(owner_url, ring, Path(plain) / "dump", half, (place, now), progress)
            manifests.write(half, manifest, ring)
            _settle(half)
            half.rename(to / name)
    return to / name, manifest


def copy(backup: Path, to: Path) -> Path:
    """The second place: copied, looked through, and only then named.

    Raises:
        NoRoom, BadFolder
    """
    with plain_words(to):
        to.mkdir(parents=True, exist_ok=True, mode=0o700)
        if to.resolve() == backup.parent.resolve():
            raise BadFolder(f"{to} is where the backup lies already: a second place is another disk")
        with half_made(to, backup.name) as half:
            for path in backup.iterdir():
                shutil.copyfile(path, half / path.name)
                (half / path.name).chmod(0o600)
                if parcels.digest_of(half / path.name) != parcels.digest_of(path):
                    raise BadFolder(f"{half / path.name} does not read as it was written: look at the disk")
            _settle(half)
            half.rename(to / backup.name)
    return to / backup.name


def drop_old(folder: Path, keep: int) -> list[Path]:
    """All but the newest ``keep`` finished backups go; anything else in the folder is not ours."""
    old = manifests.all_in(folder)[keep:]
    for path in old:
        (path / manifests.FILE).unlink()  # from here on it is no backup, whatever happens
        shutil.rmtree(path)
    return old


@contextlib.contextmanager
def half_made(to: Path, name: str) -> Iterator[Path]:
    """A private folder to build in; it and what earlier torn runs left are gone afterwards."""
    for torn in [*to.glob(f"{HALF}*"), *to.glob(".dump-*")]:
        shutil.rmtree(torn, ignore_errors=True)
    half = to / f"{HALF}{name}"
    half.mkdir(mode=0o700)
    try:
        yield half
    finally:
        shutil.rmtree(half, ignore_errors=True)


def _taken(
    owner_url: str, ring: KeyRing, plain: Path, half: Path, about: tuple[str, datetime], progress: Progress
) -> Manifest:
    key, (place, now) = parcels.export_key(ring), about
    try:
        with psycopg.connect(owner_url) as db:
            db.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            server = db.info.server_version // 10_000
            tools = programs.for_dump(server)
            snapshot = str(db.execute("SELECT pg_export_snapshot()").fetchall()[0][0])
            with progress.step("dump"):
                words = [
                    "-Fd",
                    "-j2",
                    "-Z1",
                    f"--snapshot={snapshot}",
                    f"--file={plain}",
                    f"--dbname={owner_url}",
                ]
                tools.run("pg_dump", words)
            with progress.step("row counts"):
                tables, migrations = counted(db), _migrations(db)
    except psycopg.Error as error:
        raise programs.ProgramFailed(f"the database does not answer: {str(error).strip()}") from error
    with progress.step("seal"):
        files = {f"{path.name}.sealed": _sealed(path, key, half) for path in sorted(plain.iterdir())}
    return Manifest(
        taken_at=now.astimezone(UTC).isoformat(timespec="seconds"),
        release=importlib.metadata.version("yiyang"),
        place=place,
        server=server,
        dumped_by=tools.major,
        key=key.name,
        migrations=migrations,
        tables=tables,
        files=files,
    )


def counted(db: psycopg.Connection[tuple[object, ...]]) -> dict[str, int]:
    """Rows of every table the snapshot of this transaction shows."""
    names = db.execute(
        "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relkind = 'r' AND n.nspname !~ '^(pg_|information_schema)' ORDER BY 1, 2"
    ).fetchall()
    counts: dict[str, int] = {}
    for schema, name in names:
        table = sql.Identifier(str(schema), str(name))
        found = db.execute(sql.SQL("SELECT count(*) FROM {}").format(table)).fetchall()
        counts[str(name) if schema == "public" else f"{schema}.{name}"] = int(str(found[0][0]))
    return counts


def _migrations(db: psycopg.Connection[tuple[object, ...]]) -> list[list[str]]:
    rows = db.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
    return [[str(app), str(name)] for app, name in rows]


def _sealed(path: Path, key: parcels.ExportKey, half: Path) -> list[int | str]:
    target = half / f"{path.name}.sealed"
    with path.open("rb") as plain, _private(target) as sealed:
        parcels.seal_stream(key, path.name, plain, sealed)
    path.unlink()  # no longer than needed in the clear
    return [target.stat().st_size, parcels.digest_of(target)]


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _settle(folder: Path) -> None:
    """On the disk, not only in its cache, before the name says that it is whole."""
    for path in [*folder.iterdir(), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def strip_sealed(name: str) -> str:
    return re.sub(r"\.sealed$", "", name)
