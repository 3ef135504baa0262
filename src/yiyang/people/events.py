from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, kw_only=True)
class PersonRegistered(Event):
    """A new record: whether she has another one somewhere in the city is looked at once more."""

    person_id: int

    @property
    def scope(self) -> Scope:
        # Of all her communities only the city sees the pair.
        return Scope.of(self.division[:4])


@dataclass(frozen=True, kw_only=True)
class DeathReported(Event):
    """One source says that she has died. Nothing ends before a second one says so; visits wait."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class DeathRefuted(Event):
    """She lives: what waited goes on."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class PersonRevived(Event):
    """A death had been entered wrongly."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class PersonAdmitted(Event):
    """She came into a hospital or a care home (``kind``)."""

    person_id: int
    kind: str
    since: date


@dataclass(frozen=True, kw_only=True)
class PersonDischarged(Event):
    """She left it."""

    person_id: int
    kind: str
    until: date


@dataclass(frozen=True, kw_only=True)
class MoveReceived(Event):
    """Another branch has agreed to take her over: she moves now."""

    person_id: int
    move_id: int
    was: str

    @property
    def scope(self) -> Scope:
        return Scope.around(self.was, self.division)


@dataclass(frozen=True, kw_only=True)
class PeopleMerged(Event):
    """Two records are one person: ``other_id`` is an alias from now on; it lay at ``was``."""

    merge_id: int
    survivor_id: int
    other_id: int
    was: str

    @property
    def scope(self) -> Scope:
        return Scope.around(self.was, self.division)


@dataclass(frozen=True, kw_only=True)
class PeopleUnmerged(Event):
    """They were two people after all; the other one lies at ``was`` again."""

    merge_id: int
    survivor_id: int
    other_id: int
    was: str

    @property
    def scope(self) -> Scope:
        return Scope.around(self.was, self.division)
