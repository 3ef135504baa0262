from __future__ import annotations

from dataclasses import dataclass

from yiyang.base.outbox import Event


@dataclass(frozen=True, kw_only=True)
class FactsChanged(Event):
    """Something became known about a person, or is no longer known."""

    person_id: int
    keys: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PersonMoved(Event):
    """``division`` is the new place of residence, ``was`` the old one."""

    person_id: int
    was: str


@dataclass(frozen=True, kw_only=True)
class PersonDied(Event):
    person_id: int
