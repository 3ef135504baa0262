"""Whether this installation can serve, and what somebody should look at. No figure here is about a person."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from yiyang.base import pulse
from yiyang.base.keys import sealing
from yiyang.engine.errors import HouseError

LAG_S = 15 * 60
OLDEST_KEY_DAYS = 400
LEAST_FREE = 0.05
DAY_S = 86_400


@dataclass(frozen=True)
class Seen:
    """``needed``: without it no page can be served."""

    name: str
    title: str
    ok: bool
    says: str
    needed: bool = False


def look(now: float) -> list[Seen]:
    """Each thing looked at by itself: one that fails hides no other."""
    found = [_seen("database", "数据库", _database, needed=True)]
    if found[0].ok:
        found += [_seen("migrations", "数据表", _migrations, needed=True), _seen("outbox", "消息", _outbox)]
    found.append(_seen("keys", "密钥", lambda: _keys(now), needed=True))
    return [*found, _seen("disk", "磁盘", _disk)]


def _seen(name: str, title: str, act: Callable[[], tuple[bool, str]], *, needed: bool = False) -> Seen:
    try:
        ok, says = act()
    except (Error, OSError, HouseError):
        # Why is for the log: an address or a path is nobody's business out here.
        return Seen(name, title, False, "没有答复", needed)
    return Seen(name, title, ok, says, needed and not ok)


def _database() -> tuple[bool, str]:
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True, f"{(time.monotonic() - began) * 1000:.0f} 毫秒答复"


@cache
def _of_this_release() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations or {})


def _migrations() -> tuple[bool, str]:
    missing = _of_this_release() - set(MigrationRecorder(connection).applied_migrations())
    return not missing, f"差 {len(missing)} 步没有更新" if missing else "与程序一致"


def _outbox() -> tuple[bool, str]:
    news = pulse.waiting()
    says = f"{news.events} 条在等，最久 {news.oldest_s:.0f} 秒"
    return news.oldest_s < LAG_S, says


def _keys(now: float) -> tuple[bool, str]:
    sealing.ring()
    days = int((now - Path(settings.YIYANG_KEYS).stat().st_mtime) // DAY_S)
    return True, f"读得到，已用 {days} 天" + ("，该换了" if days > OLDEST_KEY_DAYS else "")


def _disk() -> tuple[bool, str]:
    folder = Path(settings.STATE)
    space = shutil.disk_usage(folder if folder.exists() else os.sep)
    free = space.free / space.total
    return free >= LEAST_FREE, f"空 {free:.0%}"
