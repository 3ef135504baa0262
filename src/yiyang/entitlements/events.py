from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yiyang.base.outbox import Event


@dataclass(frozen=True, kw_only=True)
class EntitlementsChanged(Event):
    """New decisions stand for one person."""

    person_id: int
    benefits: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class HelpAsked(Event):
    """A person asked to be called about a benefit, or about help in general."""

    person_id: int
    benefit: str
    application_id: int
    call_by: date


@dataclass(frozen=True, kw_only=True)
class HelpWithdrawn(Event):
    person_id: int
    benefit: str
    application_id: int


@dataclass(frozen=True, kw_only=True)
class SweepFinished(Event):
    """Everybody of a branch was judged anew; ``division`` is the prefix of the branch."""

    sweep_id: int
