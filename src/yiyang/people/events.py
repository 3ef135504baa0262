from __future__ import annotations

from dataclasses import dataclass

from yiyang.base.outbox import Event
from yiyang.base.scoping import Scope


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

    @property
    def scope(self) -> Scope:
        # What stands at the old place has to follow: a scope of the new one alone would not see it.
        return Scope.around(self.was, self.division)


@dataclass(frozen=True, kw_only=True)
class PersonDied(Event):
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ManyChanged(Event):
    """A file changed many records of a branch at once; ``division`` is its prefix."""
