"""What a backup says of itself: that it is whole, and what the restored database must come to."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path

from yiyang.base.keys import parcels
from yiyang.base.keys.keyring import KeyRing
from yiyang.engine.errors import Refused

NAME = re.compile(r"yiyang-\d{8}T\d{6}Z")
FILE = "manifest.json"
FORM = 1


class BadBackup(Refused):
    """This folder is no backup that may be restored."""

    code = "site.bad_backup"
    message = "备份不完整或被改动过，没有恢复任何内容"


@dataclass(frozen=True)
class Manifest:
    """``files``: name -> [bytes, SHA-256] as sealed; ``tables``: name -> rows in the same snapshot."""

    taken_at: str
    release: str
    place: str
    server: int
    dumped_by: int
    key: str
    migrations: list[list[str]]
    tables: dict[str, int]
    files: dict[str, list[int | str]]
    chain: dict[str, object] = field(default_factory=dict)
    form: int = FORM

    @property
    def rows(self) -> int:
        return sum(self.tables.values())


def write(folder: Path, manifest: Manifest, ring: KeyRing) -> None:
    """The last file of a backup; signed, so that nobody exchanges it together with the others."""
    content = _canonical(asdict(manifest))
    signed = {"manifest": asdict(manifest), "mac": parcels.key_named(ring, manifest.key).mac(content)}
    (folder / FILE).touch(0o600)
    (folder / FILE).write_text(json.dumps(signed, ensure_ascii=False, indent=1), "utf-8")


def read(folder: Path, ring: KeyRing) -> Manifest:
    """The manifest of a whole backup; its files are not looked at yet.

    Raises:
        BadBackup: half-written, of another form, or changed.
        WrongParcel: sealed under another key ring.
    """
    if not folder.is_dir():
        raise BadBackup(f"{folder} is no folder")
    if not (folder / FILE).exists():
        raise BadBackup(f"{folder} has no {FILE}: it is no backup, or one that was never finished")
    try:
        signed = json.loads((folder / FILE).read_text("utf-8"))
        manifest = Manifest(**signed["manifest"])
        mac = str(signed["mac"])
    except (ValueError, KeyError, TypeError) as error:
        raise BadBackup(f"{folder / FILE} cannot be read: it is changed or cut off") from error
    if manifest.form != FORM:
        raise BadBackup(f"{folder} is of form {manifest.form}; this release reads form {FORM}")
    try:
        key = parcels.key_named(ring, manifest.key)
    except parcels.WrongParcel as error:
        raise parcels.WrongParcel(f"{folder}: {error}") from error
    if key.mac(_canonical(asdict(manifest))) != mac:
        raise BadBackup(f"{folder / FILE} is not what was written")
    return manifest


def check_files(folder: Path, manifest: Manifest) -> None:
    """Raises BadBackup: a file is missing, too short, or not what was written."""
    for name, (size, digest) in manifest.files.items():
        path = folder / name
        if Path(name).name != name or not path.is_file():
            raise BadBackup(f"{path} is missing")
        if path.stat().st_size != size:
            raise BadBackup(f"{path} has {path.stat().st_size:,} bytes instead of {size:,}: it is cut off")
        if parcels.digest_of(path) != digest:
            raise BadBackup(f"{path} is not what was written: a byte has changed")


def all_in(folder: Path) -> list[Path]:
    """Finished backups in a folder, the newest first."""
    if not folder.is_dir():
        return []
    found = [path for path in folder.iterdir() if NAME.fullmatch(path.name) and (path / FILE).exists()]
    return sorted(found, key=lambda path: path.name, reverse=True)


def _canonical(content: dict[str, object]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
