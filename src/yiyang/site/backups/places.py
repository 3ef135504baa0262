"""Where the database, the key ring and the backups of this installation are."""

from __future__ import annotations

import os
from pathlib import Path

from yiyang.base.keys import ringfile
from yiyang.base.keys.keyring import KeyRing
from yiyang.engine.errors import Refused, Unavailable
from yiyang.site import databases
from yiyang.site.embedded import Server, default_state


class NoOwner(Unavailable):
    code = "site.no_owner"
    message = "缺少数据库属主的地址"


class NoBackup(Refused):
    code = "site.no_backup"
    message = "没有找到备份"


def backups() -> Path:
    return default_state(os.environ) / "backups"


def ring() -> KeyRing:
    """Raises NoKeys."""
    return ringfile.read_ring(Path(os.environ.get("YIYANG_KEYS") or default_state(os.environ) / "keys.json"))


def owner_url() -> str:
    """The address of the role that owns the tables and sees every row; the embedded server is started.

    Raises:
        NoOwner: an external database without DATABASE_OWNER_URL.
        CannotServe
    """
    server = databases.embedded(os.environ)
    if server is not None:
        server.start()
        server.prepare()
        return server.url("yiyang_owner")
    if url := os.environ.get("DATABASE_OWNER_URL"):
        return url
    raise NoOwner(
        "DATABASE_OWNER_URL is not set: backups and restores need the address with role yiyang_owner"
    )


def target_url(target: str) -> str:
    """An address as it stands; a plain name is a database of the embedded server, made if it is not there.

    Raises:
        NoOwner: a plain name where DATABASE_URL leads to another server.
    """
    if target.startswith(("postgresql://", "postgres://")):
        return target
    server: Server | None = databases.embedded(os.environ)
    if server is None:
        raise NoOwner(f"DATABASE_URL leads to another server: name the target as an address, not {target!r}")
    server.start()
    server.prepare(target)
    return server.url("yiyang_owner", target)
