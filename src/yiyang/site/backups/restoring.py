"""The way back: looked through first, then into an empty database, in one transaction."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import psycopg

from yiyang.base.keys import parcels
from yiyang.base.keys.keyring import KeyRing
from yiyang.engine.errors import Refused
from yiyang.faces.console.progress import Progress
from yiyang.site.backups import manifests, programs, taking
from yiyang.site.backups.manifests import BadBackup, Manifest

ROLES = ("yiyang_owner", "yiyang_web", "yiyang_work", "yiyang_app", "yiyang_job")


class NotEmpty(Refused):
    code = "site.not_empty"
    message = "目标数据库不是空的，没有恢复任何内容"


class NotTheSame(BadBackup):
    code = "site.not_the_same"
    message = "恢复出来的行数与备份时不一致"


def restore(backup: Path, ring: KeyRing, owner_url: str, scratch: Path, progress: Progress) -> Manifest:
    """Bring a backup into an empty database whose owner the address names. All of it, or nothing.

    Args:
        scratch: folder for the opened files; private, gone afterwards.

    Raises:
        BadBackup, WrongParcel, NotEmpty, NoProgram, ProgramFailed, NoRoom, BadFolder
    """
    manifest = manifests.read(backup, ring)
    with progress.step("look through the files"):
        manifests.check_files(backup, manifest)
    tools = programs.for_restore(check_empty(owner_url), manifest.dumped_by)
    with taking.plain_words(scratch):
        scratch.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=scratch) as plain:
            with progress.step("open"):
                _opened(backup, manifest, ring, Path(plain))
            with progress.step("restore"):
                # One transaction: a full disk, a kill -9 or a lost connection leaves the target empty.
                words = [
                    "-Fd",
                    "--single-transaction",
                    "--exit-on-error",
                    "--no-owner",
                    f"--dbname={owner_url}",
                ]
                tools.run("pg_restore", [*words, plain])
    with progress.step("compare row counts"):
        compare(owner_url, manifest)
    return manifest


def check_empty(owner_url: str) -> int:
    """The server's major version.

    Raises:
        NotEmpty: there are tables.
        ProgramFailed: it does not answer.
    """
    try:
        with psycopg.connect(owner_url) as db:
            found = db.execute(
                "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                " WHERE n.nspname !~ '^(pg_|information_schema)'"
            ).fetchall()
            if found[0][0]:
                raise NotEmpty(
                    f"the database {db.info.dbname} holds {found[0][0]} tables and indexes:"
                    " a backup goes into an empty one"
                )
            missing = [name for name in ROLES if not _role(db, name)]
            if missing:
                raise NotEmpty(f"the server has no role {missing[0]}: run roles.sql there first")
            return db.info.server_version // 10_000
    except psycopg.Error as error:
        raise programs.ProgramFailed(f"the target does not answer: {str(error).strip()}") from error


def _role(db: psycopg.Connection[tuple[object, ...]], name: str) -> bool:
    return bool(db.execute("SELECT FROM pg_roles WHERE rolname = %s", [name]).fetchall())


def compare(owner_url: str, manifest: Manifest) -> None:
    """Raises NotTheSame: names the first table that differs."""
    with psycopg.connect(owner_url) as db:
        have = taking.counted(db)
    for table in sorted(manifest.tables.keys() | have.keys()):
        if have.get(table) != manifest.tables.get(table):
            raise NotTheSame(
                f"{table} has {have.get(table)} rows and had {manifest.tables.get(table)} in the backup"
            )


def _opened(backup: Path, manifest: Manifest, ring: KeyRing, plain: Path) -> None:
    for name in manifest.files:
        with (backup / name).open("rb") as sealed:
            inside = taking.strip_sealed(name)
            handle = os.open(plain / inside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                for chunk in parcels.open_stream(ring, inside, sealed):
                    file.write(chunk)
