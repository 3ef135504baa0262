"""Who does something: an argument of every service, never read from a session."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from yiyang.base.ids import PersonId, UserId
from yiyang.base.scoping import NOBODY, Scope
from yiyang.engine.errors import BrokenInvariant


class ActorKind(StrEnum):
    STAFF = "STAFF"
    PERSON = "PERSON"  # an older person, or family under a mandate
    PROCESS = "PROCESS"  # a job of the house itself


@dataclass(frozen=True)
class Actor:
    """A signed-in person or process with the duty it acts under just now."""

    kind: ActorKind
    user_id: UserId | None
    name: str
    duty: str = ""
    rights: frozenset[str] = frozenset()
    prefix: str = ""  # the branch of the duty, as a division prefix; empty = no place, sees nobody
    speaks_for: frozenset[PersonId] = frozenset()

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
