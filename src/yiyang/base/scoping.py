"""Who sees which rows: the scope of a transaction, enforced by the database's own policies.

A scope is set with ``set_config(…, true)``: it ends with the transaction and can never reach the next
request on the same connection. Without a scope every scoped table shows no row at all.
"""

from __future__ import annotations

import contextvars
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection, transaction

from yiyang.engine.errors import BrokenInvariant

PREFIX_LENGTHS = (2, 4, 6, 9, 12)


class Role(StrEnum):
    """The database role a transaction runs as; grants and policies are written for these."""

    APP = "yiyang_app"  # officials, community staff: rows of their division
    PERSON = "yiyang_person"  # an older person or family: rows of named people
    JOB = "yiyang_job"  # processes: rows of the division of the task
    SYSTEM = "yiyang_system"  # the system administrator: accounts, nobody's record
    SECURITY = "yiyang_security"  # the security officer: duties and alerts, nobody's record
    AUDIT = "yiyang_audit"  # the auditor: reads the log, changes nothing
    NONE = "none"  # the login itself: sign-in tables only


@dataclass(frozen=True)
class Scope:
    """Divisions in ``[lo, hi)``, compared byte by byte."""

    lo: str
    hi: str

    @classmethod
    def of(cls, prefix: str) -> Scope:
        """The branch under a division given by its prefix of 2, 4, 6, 9 or 12 digits."""
        if not (prefix.isascii() and prefix.isdigit() and len(prefix) in PREFIX_LENGTHS):
            raise ValueError(f"not a division prefix: {prefix!r}")
        return cls(prefix, prefix + "~")

    @classmethod
    def around(cls, one: str, other: str) -> Scope:
        """The smallest branch that holds two divisions; the whole installation where they share no region."""
        for length in reversed(PREFIX_LENGTHS):
            if one[:length] == other[:length] and len(one) >= length:
                return cls.of(one[:length])
        return EVERYWHERE

    def holds(self, division: str) -> bool:
        return self.lo <= division < self.hi

    def contains(self, other: Scope) -> bool:
        return self == EVERYWHERE or (self.lo <= other.lo and other.hi <= self.hi)


NOBODY = Scope("", "")  # '' becomes NULL in the policy: no row
EVERYWHERE = Scope("0", "9~")  # the whole installation: loaders and nightly runs of processes only


class ScopeWidened(BrokenInvariant):
    code = "base.scope_widened"


@dataclass(frozen=True)
class Acting:
    """Everything the database is told about who acts."""

    role: Role
    scope: Scope = NOBODY
    persons: tuple[int, ...] = ()
    actor_id: str = ""
    purpose: str = ""
    request_id: str = ""
    ip: str = ""

    def allows(self, inner: Acting) -> bool:
        same = inner.role is self.role and set(inner.persons) <= set(self.persons)
        return same and (inner.scope == NOBODY or self.scope.contains(inner.scope))


IDLE = Acting(Role.NONE)
_current: contextvars.ContextVar[Acting] = contextvars.ContextVar("acting", default=IDLE)


def current() -> Acting:
    """Who acts now; ``IDLE`` outside any ``acting`` block."""
    return _current.get()


def _tell(acting: Acting) -> None:
    """One statement; ``true`` = until the end of the transaction, never a plain SET."""
    settings = {
        "role": acting.role.value,
        "app.lo": acting.scope.lo,
        "app.hi": acting.scope.hi,
        "app.persons": ",".join(map(str, acting.persons)),
        "app.actor": acting.actor_id,
        "app.purpose": acting.purpose[:200],
        "app.request": acting.request_id,
        "app.ip": acting.ip,
    }
    calls = ", ".join("set_config(%s, %s, true)" for _ in settings)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [word for pair in settings.items() for word in pair])


@contextmanager
def acting(
    role: Role,
    scope: Scope = NOBODY,
    *,
    persons: Iterable[int] = (),
    actor_id: str = "",
    purpose: str = "",
    request_id: str = "",
    ip: str = "",
) -> Iterator[Acting]:
    """Open a transaction in which the database shows only what this actor may see.

    For requests, jobs and commands alike. An inner block may only narrow. Where a request came from is told
    to the database too: every line of the log carries it.

    Raises:
        ScopeWidened: an inner block asked for another role or for more than the outer one.
    """
    outer = _current.get()
    inner = Acting(
        role,
        scope,
        tuple(persons),
        actor_id or outer.actor_id,
        purpose or outer.purpose,
        request_id or outer.request_id,
        ip or outer.ip,
    )
    if outer is not IDLE and not outer.allows(inner):
        raise ScopeWidened(f"{outer.role}{outer.scope} cannot become {inner.role}{inner.scope}")
    token = _current.set(inner)
    nested = connection.in_atomic_block
    try:
        with transaction.atomic():
            _tell(inner)
            yield inner
            # Ending a block inside a transaction would leak this scope to the outer one; a rollback restores
            # by itself, and so does the end of the transaction.
            if nested and not connection.needs_rollback:
                _tell(outer)
    finally:
        _current.reset(token)
