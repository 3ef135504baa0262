"""News travels upward: an event is written in the same transaction as the act, heard at least once.

The table holds ids and values only, never personal data. A handler is idempotent: its ``(event, handler)``
mark is written in the same transaction as its effect.
"""

from __future__ import annotations

import contextvars
import logging
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime, timedelta
from typing import Any, Protocol, TypeVar, get_type_hints

from django.db import connection, transaction

from yiyang.base import scoping
from yiyang.base.models import Heard, OutboxEntry
from yiyang.base.scoping import Acting, Role, Scope
from yiyang.engine.errors import BrokenInvariant

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=2)
BREATHS = 5  # news of news of news; deeper than any chain of rooms


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened: past tense, ids and values only."""

    division: str  # where; the process that hears it takes this as its scope
    at: datetime
    event_id: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def scope(self) -> Scope:
        """How far whoever hears it may look."""
        return Scope.of(self.division) if self.division else scoping.NOBODY


E = TypeVar("E", bound=Event)
E_contra = TypeVar("E_contra", bound=Event, contravariant=True)


class Handler(Protocol[E_contra]):
    def __call__(self, event: E_contra) -> None: ...


_published: contextvars.ContextVar[list[uuid.UUID] | None] = contextvars.ContextVar("published", default=None)
_kinds: dict[str, type[Event]] = {}
_handlers: dict[str, dict[str, Callable[[Any], None]]] = defaultdict(dict)


def hears[E: Event](kind: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Mark a function of an upper room as a handler; ``apps.ready()`` imports it."""

    def register(handler: Callable[[E], None]) -> Callable[[E], None]:
        _kinds[kind.__name__] = kind
        _handlers[kind.__name__][f"{handler.__module__}.{handler.__name__}"] = handler
        return handler

    return register


def handlers_of(kind: type[Event]) -> list[str]:
    return sorted(_handlers.get(kind.__name__, {}))


def publish(event: Event) -> None:
    """Write the event in the caller's transaction."""
    if not connection.in_atomic_block:
        raise BrokenInvariant("an event outside a transaction could be lost")
    _kinds.setdefault(type(event).__name__, type(event))
    payload = {name: _plain(value) for name, value in asdict(event).items() if name != "event_id"}
    OutboxEntry.objects.create(
        event_id=event.event_id, name=type(event).__name__, payload=payload, occurred_at=event.at
    )
    if (heard_of := _published.get()) is not None:
        heard_of.append(event.event_id)


@contextmanager
def collecting() -> Iterator[list[uuid.UUID]]:
    """The ids of all events published inside, for ``deliver_at_once`` after the commit."""
    ids: list[uuid.UUID] = []
    token = _published.set(ids)
    try:
        yield ids
    finally:
        _published.reset(token)


def _plain(value: object) -> object:
    return (
        value.isoformat()
        if isinstance(value, date)
        else str(value)
        if isinstance(value, uuid.UUID)
        else value
    )


def _event_of(entry: OutboxEntry) -> Event:
    kind = _kinds[entry.name]
    hints = get_type_hints(kind)
    values: dict[str, Any] = {"event_id": entry.event_id}
    for spec in fields(kind):
        if spec.name in entry.payload:
            value = entry.payload[spec.name]
            hint = hints[spec.name]
            if hint is datetime:
                value = datetime.fromisoformat(value)
            elif hint is date:
                value = date.fromisoformat(value)
            elif isinstance(value, list):
                value = tuple(value)
            values[spec.name] = value
    return kind(**values)


def deliver_due(now: datetime, *, limit: int = 100) -> int:
    """Lease and deliver up to ``limit`` waiting events; returns how many were done.

    Called by ``yiyang work`` in a loop, as the job role; of one instant, what was published first is heard
    first. An event whose handler fails waits for the
    lease to end, with its error kept; nobody else's event waits for it.
    """
    with scoping.acting(Role.JOB, actor_id="process:outbox"):
        free = OutboxEntry.objects.filter(done_at=None).exclude(lease_until__gt=now)
        entries = list(free.select_for_update(skip_locked=True).order_by("occurred_at", "number")[:limit])
        OutboxEntry.objects.filter(pk__in=[e.pk for e in entries]).update(lease_until=now + LEASE)
    return sum(_deliver(entry, now) for entry in entries)


def _deliver(entry: OutboxEntry, now: datetime) -> bool:
    errors: list[str] = []
    for name, handler in _handlers.get(entry.name, {}).items():
        try:
            scope = _event_of(entry).scope
            with scoping.acting(Role.JOB, scope, actor_id="process:outbox", purpose=entry.name):
                hear(entry, name, handler, now)
        except Exception as failure:  # one that fails must stop neither the other events nor their hearers
            log.exception("event %s failed", entry.event_id)
            errors.append(f"{type(failure).__name__}: {failure}"[:500])
    with scoping.acting(Role.JOB, actor_id="process:outbox"):
        found = OutboxEntry.objects.filter(pk=entry.pk)
        if errors:
            found.update(last_error=errors[0], attempts=entry.attempts + 1)
        else:
            found.update(done_at=now, last_error="", attempts=entry.attempts + 1)
    return not errors


def hear(entry: OutboxEntry, name: str, handler: Callable[[Any], None], now: datetime) -> None:
    """Call one handler once: the mark and the effect stand or fall together."""
    with transaction.atomic():
        _, first = Heard.objects.get_or_create(
            event_id=entry.event_id, handler=name, defaults={"heard_at": now}
        )
        if first:
            handler(_event_of(entry))


def deliver_at_once(events: Sequence[uuid.UUID], acting: Acting, now: datetime) -> None:
    """After a request has committed: let its news be heard in the same breath, under the same scope.

    News of those who hear (facts, then decisions, then leads) is heard as well. Whatever fails here, or
    reaches further than this scope, is left to ``yiyang work``; the request has long been answered for.
    """
    for _ in range(BREATHS):
        with collecting() as further:
            for event_id in events:
                _hear_soon(event_id, acting, now)
        if not further:
            return
        events = further


def _hear_soon(event_id: uuid.UUID, acting: Acting, now: datetime) -> None:
    try:
        with scoping.acting(acting.role, acting.scope, actor_id=acting.actor_id, purpose=acting.purpose):
            entry = OutboxEntry.objects.filter(pk=event_id, done_at=None).first()
            waiting = _handlers.get(entry.name, {}) if entry is not None else {}
            if entry is None or (waiting and not acting.scope.contains(_event_of(entry).scope)):
                return
            for name, handler in waiting.items():
                hear(entry, name, handler, now)
            OutboxEntry.objects.filter(pk=event_id).update(done_at=now)
    except Exception:
        log.exception("event %s is left to the process that works off the outbox", event_id)
