"""Reading the log: filtered, page by page however fast it grows, and who looked at one thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Max, Min, QuerySet
from django.utils.timezone import get_current_timezone

from yiyang.base.models import AuditEntry
from yiyang.base.scoping import Scope

COUNTED_TO = 10_000  # beyond that a filter is told as "more than"


@dataclass(frozen=True)
class Wanted:
    """Which lines; an empty word is no condition. Days are whole days here."""

    subject: tuple[str, tuple[int, ...]] | None = None  # several ids where records became one
    actor: str = ""  # a label, or part of a name
    action: str = ""
    prefix: str = ""
    face: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Looked:
    """One actor's acts on one thing."""

    actor: str
    actor_name: str
    duty: str
    times: int
    first: datetime
    last: datetime


def matching(wanted: Wanted) -> QuerySet[AuditEntry]:
    """The newest first; only what the scope shows."""
    found = AuditEntry.objects.order_by("-id")
    if wanted.subject is not None:
        found = found.filter(subject_kind=wanted.subject[0], subject_id__in=wanted.subject[1])
    if wanted.actor:
        label = ":" in wanted.actor
        found = found.filter(actor=wanted.actor) if label else found.filter(actor_name=wanted.actor)
    if wanted.action:
        found = found.filter(action=wanted.action)
    if wanted.prefix:
        scope = Scope.of(wanted.prefix)
        found = found.filter(division__gte=scope.lo, division__lt=scope.hi)
    if wanted.face:
        found = found.filter(face=wanted.face)
    if wanted.since:
        found = found.filter(at__gte=_midnight(wanted.since))
    if wanted.until:
        found = found.filter(at__lt=_midnight(wanted.until + timedelta(days=1)))
    return found


def page_of(wanted: Wanted, *, below: int | None, size: int) -> tuple[list[AuditEntry], int | None]:
    """A page and where the next one begins: below an id, so that new lines move nothing."""
    found = matching(wanted)
    if below is not None:
        found = found.filter(id__lt=below)
    rows = list(found[: size + 1])
    return rows[:size], rows[size - 1].pk if len(rows) > size else None


def count_of(wanted: Wanted) -> int:
    """How many, ``COUNTED_TO`` at most."""
    return matching(wanted).values("pk")[:COUNTED_TO].count()


def who_looked_at(kind: str, subject_ids: Sequence[int]) -> list[Looked]:
    """Everybody who opened this thing or did something to it, the last one first."""
    found = (
        AuditEntry.objects.filter(subject_kind=kind, subject_id__in=subject_ids)
        .exclude(action__startswith="row_")
        .values("actor", "duty")
        .annotate(times=Count("pk"), first=Min("at"), last=Max("at"), actor_name=Max("actor_name"))
        .order_by("-last", "actor")
    )
    return [Looked(**row) for row in found]


def last_proof() -> AuditEntry | None:
    """The line of the last time somebody reckoned the chain again."""
    return AuditEntry.objects.filter(action="audit_verified").order_by("-id").first()


def actors_of(entries: Iterable[AuditEntry]) -> set[int]:
    """Accounts of staff behind these lines: rows written by the database itself carry no name."""
    labels = {entry.actor for entry in entries if entry.actor.startswith("staff:")}
    return {int(label.removeprefix("staff:")) for label in labels if label[6:].isdigit()}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, get_current_timezone())
