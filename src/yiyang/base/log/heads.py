"""Heads of the chain, copied out of the database: what somebody with every right in it cannot rewrite.

One line a block: number, last line, moment, hash. The folder should lie on another disk or machine, be
printed, or be sent to the level above; the file only grows.
"""

from __future__ import annotations

import os
from datetime import UTC
from pathlib import Path

from yiyang.base.models import AuditSeal
from yiyang.engine.errors import Unavailable

FILE = "audit-heads.txt"
FIELDS = 4


class HeadsUnreadable(Unavailable):
    code = "base.heads_unreadable"
    message = "存在外面的记录封条读不到，请联系系统管理员"


def read(folder: Path) -> dict[int, bytes]:
    """Hash by number of the block; empty where nothing was copied out yet.

    Raises:
        HeadsUnreadable: names the file and the line.
    """
    path = folder / FILE
    try:
        text = path.read_text("ascii")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise HeadsUnreadable(f"the heads in {path} cannot be read: {error}") from error
    found: dict[int, bytes] = {}
    for number, line in enumerate(text.splitlines(), 1):
        try:
            no, _to_id, _at, head = line.split()
            found[int(no)] = bytes.fromhex(head)
        except ValueError as error:
            raise HeadsUnreadable(f"{path}, line {number} is no head: {error}") from error
    return found


def copy_out(folder: Path) -> int:
    """Append the heads of seals that are newer than the last one copied; how many.

    Raises:
        HeadsUnreadable: the folder or the file cannot be written or read.
    """
    last = max(read(folder), default=0)
    fresh = AuditSeal.objects.defer("leaves").filter(no__gt=last).order_by("no")
    text = "".join(_line(one) for one in fresh)
    if not text:
        return 0
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(handle)
    except OSError as error:
        raise HeadsUnreadable(f"the heads cannot be copied to {folder}: {error}") from error
    return text.count("\n")


def _line(seal: AuditSeal) -> str:
    at = seal.sealed_at.astimezone(UTC)
    return f"{seal.no} {seal.to_id} {at:%Y-%m-%dT%H:%M:%SZ} {bytes(seal.hash).hex()}\n"
