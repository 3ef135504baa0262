from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from yiyang.engine.errors import Missing
from yiyang.engine.ruling.parameters import Cite, Merge, ParameterRow, Resolved
from yiyang.policies import library
from yiyang.policies.choices import COUNTS_AS_LAW, OPEN_STATES, RevisionState
from yiyang.policies.library import LawInForce
from yiyang.policies.models import Clause, Revision

MERGES: dict[str, Merge] = {"override": "override", "floor": "floor", "add": "add"}


class NoSuchRevision(Missing):
    code = "policies.no_such_revision"


class NumberMissing(Missing):
    code = "policies.number_missing"
    message = "这一天这个地方还没有定这个标准，请先在政策里补上"


@dataclass(frozen=True)
class ClauseShown:
    """One clause as a page shows it: our words, and the document's own where it was imported."""

    doc: str
    clause: str
    title: str
    number: str
    issuer: str
    day: str
    summary: str
    sentence: str  # empty: the document is not imported (原文未导入)


def approved_rows() -> tuple[ParameterRow, ...]:
    """Every number that officials brought into the law, in force or scheduled, as the engine reads them."""
    rows = Revision.objects.filter(state__in=COUNTS_AS_LAW).order_by("key", "place", "since", "pk")
    return tuple(as_row(r) for r in rows)


def as_row(r: Revision) -> ParameterRow:
    """The draft as it would stand in the law."""
    # The end of an approved row follows from the next one; a stored end would say it twice.
    cite = Cite(r.doc, r.clause)
    return ParameterRow(r.key, r.place, r.since, None, r.value, r.unit, cite, MERGES[r.merge], r.verified)


def law_on(day: date) -> LawInForce:
    """Rules and numbers of a day: what is shipped and what officials approved."""
    return LawInForce(library.law_of(day), library.numbers(approved_rows()))


def number(key: str, county: int, on: date) -> int:
    """One number of the law for a place and day, for those who need it outside a rule.

    Raises:
        NumberMissing: a gap; it is not zero.
    """
    value = law_on(on).numbers.resolve(key, county, on).value
    if value is None:
        raise NumberMissing(f"{key} is not set for {county} on {on}")
    return value


def resolved(key: str, county: int, on: date) -> Resolved:
    """The same with every row that shaped it."""
    return law_on(on).numbers.resolve(key, county, on)


def unit_of(key: str) -> str | None:
    spec = library.number_specs().get(key)
    return spec.unit if spec else None


def shipped_begins(key: str, place: int, since: date) -> bool:
    """Does a shipped row of this key and place begin on this very day?"""
    return any((r.key, r.place, r.since) == (key, place, since) for r in library.shipped_rows())


def clause_of(doc: str, clause: str) -> ClauseShown | None:
    """One clause in our words, with its imported sentence if there is one; None for an unknown citation."""
    try:
        summary = library.clause(doc, clause)
    except library.NoSuchClause:
        return None
    imported = Clause.objects.filter(document__doc=doc, number=clause).values_list("text", flat=True).first()
    return ClauseShown(
        doc,
        clause,
        summary.title,
        summary.number,
        summary.issuer,
        f"{summary.date}",
        summary.text,
        imported or "",
    )


def fingerprint(r: Revision) -> str:
    """What a rehearsal was made for: an edited draft has another one."""
    text = f"{r.key}|{r.place}|{r.since}|{r.value}|{r.unit}|{r.merge}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def revision_of(code: UUID) -> Revision:
    """One revision by its public code.

    Raises:
        NoSuchRevision
    """
    found = Revision.objects.filter(code=code).first()
    if found is None:
        raise NoSuchRevision(f"no revision {code} here")
    return found


def revision_by_id(revision_id: int) -> Revision:
    """The same by id, for rooms that were handed one."""
    found = Revision.objects.filter(pk=revision_id).first()
    if found is None:
        raise NoSuchRevision(f"no revision {revision_id} here")
    return found


def revisions_in(prefix: str) -> QuerySet[Revision]:
    """Revisions of a branch, newest first; nothing comes along."""
    found = Revision.objects.filter(division__gte=prefix, division__lt=prefix + "~")
    return found.order_by("-proposed_at", "-pk")


def waiting_in(prefix: str) -> QuerySet[Revision]:
    """Drafts that wait for somebody, the earliest day of force first."""
    return revisions_in(prefix).filter(state__in=OPEN_STATES).order_by("since", "pk")


def due_on(day: date) -> QuerySet[Revision]:
    """Scheduled numbers whose day has come."""
    return Revision.objects.filter(state=RevisionState.SCHEDULED, since__lte=day).order_by("since", "pk")
