"""Who runs the server: ourselves, or an unprivileged account when we are root (PostgreSQL refuses root)."""

from __future__ import annotations

import os
import pwd
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from yiyang.site.embedded.sentences import CannotServe

_CANDIDATES = ("yiyang", "postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the system that the server's processes run under."""

    name: str
    uid: int
    gid: int


def server_account(data: Path, environ: Mapping[str, str]) -> Account | None:
    """None for an ordinary user (we are the server); for root the data's owner, or the first that exists.

    Raises:
        CannotServe: there is no such account.
    """
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        seen = data.stat()
        return _by_uid(seen.st_uid, seen.st_gid)
    if wanted := environ.get("YIYANG_SERVER_USER"):
        if (account := _by_name(wanted)) is None:
            raise CannotServe(f"YIYANG_SERVER_USER={wanted} is not an ordinary account of this system")
        return account
    for name in _CANDIDATES:
        if (account := _by_name(name)) is not None:
            return account
    raise CannotServe(
        "PostgreSQL refuses to run as root: create an account, for example: useradd --system yiyang"
    )


def check_way(account: Account | None, state: Path) -> None:
    """The server's account must be able to walk down to its files (root's home is closed to everybody else).

    Raises:
        CannotServe: names the first folder that is closed.
    """
    if account is None:
        return
    for folder in reversed([state, *state.parents]):
        if not _may_enter(account, folder):
            raise CannotServe(
                f"the account {account.name}, which runs PostgreSQL, may not enter {folder}:"
                " choose another folder with YIYANG_STATE"
            )


def own(folder: Path, account: Account | None) -> None:
    """Make ``folder`` (if it is not there) and give it to the server alone.

    Raises:
        CannotServe: it is a link or belongs to somebody else (the socket may lie in a shared folder).
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    mine = {os.geteuid(), account.uid if account else os.geteuid()}
    if folder.is_symlink() or folder.stat().st_uid not in mine:
        raise CannotServe(
            f"{folder} belongs to somebody else: remove it or choose another folder with YIYANG_STATE"
        )
    folder.chmod(0o700)
    give(folder, account)


def give(path: Path, account: Account | None) -> None:
    """Hand a file or folder of ours to the server's account."""
    if account is not None:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)


def _may_enter(account: Account, folder: Path) -> bool:
    seen = folder.stat()
    if seen.st_uid == account.uid:
        return bool(seen.st_mode & 0o100)
    if seen.st_gid == account.gid:
        return bool(seen.st_mode & 0o010)
    return bool(seen.st_mode & 0o001)


def _by_name(name: str) -> Account | None:
    try:
        found = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(found.pw_name, found.pw_uid, found.pw_gid) if found.pw_uid != 0 else None


def _by_uid(uid: int, gid: int) -> Account:
    try:
        found = pwd.getpwuid(uid)
    except KeyError:  # a container may run with a uid that has no name
        return Account(f"uid {uid}", uid, gid)
    return Account(found.pw_name, found.pw_uid, found.pw_gid)
