from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yiyang.base.outbox import Event


@dataclass(frozen=True, kw_only=True)
class LawChanged(Event):
    """Numbers of the law came into force on a day. ``division`` is the prefix of their branch."""

    keys: tuple[str, ...]
    on: date
