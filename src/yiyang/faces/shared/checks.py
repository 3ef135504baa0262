"""What `check --deploy` looks at besides Django's own: the key ring."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils import timezone

from yiyang.base.keys import ringfile, sealing
from yiyang.base.keys.keyring import State
from yiyang.engine.errors import HouseError

LONGEST = timedelta(days=400)


@register(deploy=True)
def keys_are_kept(app_configs: Sequence[Any] | None, **_: Any) -> list[CheckMessage]:
    """The ring as this installation has it, today."""
    del app_configs
    return faults_of(Path(settings.YIYANG_KEYS), now=timezone.localtime())


def faults_of(path: Path, *, now: datetime) -> list[CheckMessage]:
    """Open to others, unreadable, incomplete, or holding a key that writes for longer than 400 days."""
    try:
        mode = path.stat().st_mode
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            return [Error(f"{path} is open to others: chmod 400 {path}", id="yiyang.E001")]
        ring = ringfile.read_ring(path)
        sealing.check_ring()
    except (OSError, HouseError) as error:
        return [Error(str(error), id="yiyang.E002")]
    return [
        Error(
            f"key {key.key_id} ({key.purpose}) writes since {key.created:%Y-%m-%d}, for more than"
            f" {LONGEST.days} days: run `yiyang keys rotate --purpose {key.purpose}`",
            id="yiyang.E003",
        )
        for key in ring.keys
        if key.state is State.ACTIVE and now - key.created > LONGEST
    ]
