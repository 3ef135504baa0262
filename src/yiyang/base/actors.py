"""Who does something: an argument of every service, never read from a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from yiyang.base.ids import PersonId, UserId
from yiyang.base.scoping import NOBODY, Scope
from yiyang.engine.errors import BrokenInvariant


class ActorKind(StrEnum):
    STAFF = "STAFF"
    PERSON = "PERSON"  # an older person, or family under a mandate
    PROCESS = "PROCESS"  # a job of the house itself
    MACHINE = "MACHINE"  # another department's or a provider's system, by its key


@dataclass(frozen=True)
class Mandated:
    """By what somebody speaks for another: the living mandate of one person, as of this request."""

    code: UUID
    person_id: PersonId
    rights: frozenset[str]
    ends_on: date  # the last day it holds


@dataclass(frozen=True)
class Actor:
    """A signed-in person or process with the duty it acts under just now."""

    kind: ActorKind
    user_id: UserId | None
    name: str
    duty: str = ""
    rights: frozenset[str] = frozenset()
    prefix: str = ""  # the branch of the duty, as a division prefix; empty = no place, sees nobody
    speaks_for: frozenset[PersonId] = frozenset()  # herself, and those who gave her a living mandate
    mandates: tuple[Mandated, ...] = ()
    acting_for: PersonId | None = None  # the one whose pages these are

    @property
    def mandate(self) -> Mandated | None:
        """By what these pages are somebody else's; None on one's own."""
        return self.mandate_for(self.acting_for)

    def mandate_for(self, person_id: PersonId | None) -> Mandated | None:
        return next((one for one in self.mandates if one.person_id == person_id), None)

    @property
    def scope(self) -> Scope:
        return Scope.of(self.prefix) if self.prefix else NOBODY

    @property
    def label(self) -> str:
        """What audit rows and ``app.actor`` carry."""
        return f"{self.kind.value.lower()}:{self.user_id if self.user_id is not None else self.name}"

    @property
    def account(self) -> UserId:
        """The account of somebody signed in.

        Raises:
            BrokenInvariant: a process has none; the caller let it do a human act.
        """
        if self.user_id is None:
            raise BrokenInvariant(f"{self.name} has no account")
        return self.user_id

    def may(self, right: str) -> bool:
        return right in self.rights


def process(name: str) -> Actor:
    """A job of the house: it acts under its own name and is audited like anybody."""
    return Actor(ActorKind.PROCESS, None, name)
