"""One person, however many records were once made of her; what is said about her and not yet certain."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from yiyang.base.ids import PersonId
from yiyang.engine.errors import Missing
from yiyang.people.choices import UNDECIDED, MergeState, MoveState, ReportState, StayKind
from yiyang.people.models import DeathReport, Duplicate, Merge, Move, Person, Stay


class NoSuchCase(Missing):
    code = "people.no_such_case"


def root_of(person_id: int) -> PersonId:
    """The id that stands for the person now: her own, or that of the record hers was merged into."""
    into = Person.objects.filter(pk=person_id).values_list("merged_into_id", flat=True).first()
    return PersonId(into or person_id)


IDS = """
WITH root AS (SELECT coalesce(merged_into_id, id) AS id FROM people_person WHERE id = %s)
SELECT p.id FROM people_person p JOIN root r ON p.id = r.id OR p.merged_into_id = r.id
 ORDER BY p.id <> r.id, p.id"""


def ids_of(person_id: PersonId) -> tuple[PersonId, ...]:
    """The surviving id first, then every id merged into it: append-only rows are found by any of them."""
    with connection.cursor() as cursor:
        cursor.execute(IDS, [person_id])
        return tuple(PersonId(row[0]) for row in cursor.fetchall()) or (person_id,)


ALL_IDS = """
SELECT p.id FROM people_person p
  JOIN (SELECT coalesce(merged_into_id, id) AS id FROM people_person WHERE id = %s) r
    ON p.id = r.id OR p.merged_into_id = r.id
 UNION SELECT %s"""


def all_ids(person_id: PersonId) -> RawSQL:
    """The same as a part of another question: ``filter(person_id__in=all_ids(…))`` asks but once."""
    return RawSQL(ALL_IDS, [person_id, person_id])  # noqa: S611 - our own text, an id bound to it


def roots_of(person_ids: Iterable[int]) -> dict[int, PersonId]:
    """For many ids at once, those that stand for them; the unseen are left out."""
    rows = Person.objects.filter(pk__in=list(person_ids)).values_list("pk", "merged_into_id")
    return {pk: PersonId(into or pk) for pk, into in rows}


def aliases_of(person_id: PersonId) -> list[Person]:
    """The records merged into this one, oldest id first."""
    return list(Person.objects.filter(merged_into_id=person_id).order_by("pk"))


def merges_of(person_id: PersonId) -> QuerySet[Merge]:
    """Merges that ended in this record or left it, newest first; both records come along."""
    found = Merge.objects.filter(survivor_id__in=ids_of(person_id)).select_related("survivor", "other")
    return found.order_by("-proposed_at", "-pk")


def merge_of(code: UUID) -> Merge:
    """Raises NoSuchCase: absent, or one of the two is outside the scope."""
    found = Merge.objects.select_related("survivor", "other").filter(code=code).first()
    if found is None:
        raise NoSuchCase(f"no merge {code} here")
    return found


def merges_to_confirm() -> QuerySet[Merge]:
    """Merges of two ID numbers that wait for a second person, oldest first; both records come along."""
    found = Merge.objects.filter(state=MergeState.PROPOSED).select_related("survivor", "other")
    return found.order_by("proposed_at", "pk")


def duplicate_of(code: UUID) -> Duplicate:
    """Raises NoSuchCase: absent, or one of the two is outside the scope."""
    found = Duplicate.objects.select_related("a", "b").filter(code=code).first()
    if found is None:
        raise NoSuchCase(f"no pair {code} here")
    return found


def duplicates(*, decided: bool = False) -> QuerySet[Duplicate]:
    """Pairs of which the scope shows both, the most certain first; both records come along."""
    found = Duplicate.objects.select_related("a", "b")
    if decided:
        return found.exclude(state__in=UNDECIDED).order_by("-decided_at", "-pk")
    return found.filter(state__in=UNDECIDED, a__merged_into=None, b__merged_into=None).order_by(
        "state", "-score", "pk"
    )


def duplicates_of(person_id: PersonId) -> list[Duplicate]:
    """Undecided pairs that this person stands in; both records come along."""
    found = duplicates()
    return [*found.filter(a_id=person_id), *found.filter(b_id=person_id)]


def report_of(code: UUID) -> DeathReport:
    """Raises NoSuchCase."""
    found = DeathReport.objects.select_related("person").filter(code=code).first()
    if found is None:
        raise NoSuchCase(f"no death report {code} here")
    return found


def reports_waiting(person_id: PersonId) -> list[DeathReport]:
    """Words about a death that nobody has confirmed, oldest first."""
    found = DeathReport.objects.filter(person_id=person_id, state=ReportState.WAITING)
    return list(found.order_by("reported_at", "pk"))


def has_said(person_id: PersonId, source: str) -> bool:
    """Whether a source's word about her death waits already."""
    return any(report.source == source for report in reports_waiting(person_id))


def said_dead(person_ids: Iterable[int]) -> set[int]:
    """Those of these people about whom a death is said and not confirmed: shown as 待核实 everywhere."""
    rows = DeathReport.objects.filter(person_id__in=list(person_ids), state=ReportState.WAITING)
    return set(rows.values_list("person_id", flat=True))


def deaths_to_confirm(prefix: str) -> QuerySet[DeathReport]:
    """Reports of a branch that wait, oldest first; the person comes along."""
    found = DeathReport.objects.filter(
        division__gte=prefix, division__lt=prefix + "~", state=ReportState.WAITING
    )
    return found.select_related("person").order_by("reported_at", "pk")


def death_of(person_id: PersonId) -> DeathReport | None:
    """The report on which a death was entered, while it stands."""
    return DeathReport.objects.filter(person_id=person_id, state=ReportState.EFFECTIVE).first()


def stays_of(person_id: PersonId) -> list[Stay]:
    """Stays in hospitals and care homes under any of her ids, newest first."""
    return list(Stay.objects.filter(person_id__in=ids_of(person_id)).order_by("-since", "-pk"))


def stay_of(code: UUID) -> Stay:
    """Raises NoSuchCase."""
    found = Stay.objects.select_related("person").filter(code=code).first()
    if found is None:
        raise NoSuchCase(f"no stay {code} here")
    return found


def in_hospital(person_ids: Iterable[int], *, on: date) -> set[int]:
    """Those of these people who lie in a hospital on the day."""
    rows = Stay.objects.filter(person_id__in=list(person_ids), kind=StayKind.HOSPITAL, since__lte=on)
    return {row.person_id for row in rows if row.until is None or row.until > on}


def move_of(code: UUID) -> Move:
    """Raises NoSuchCase."""
    found = Move.objects.filter(code=code).first()
    if found is None:
        raise NoSuchCase(f"no move {code} here")
    return found


def moves_to_receive(prefix: str) -> QuerySet[Move]:
    """Requests that another branch made of this one, oldest first; the person herself is not seen yet."""
    found = Move.objects.filter(
        to_division__gte=prefix, to_division__lt=prefix + "~", state=MoveState.WAITING
    )
    return found.order_by("asked_at", "pk")


def moves_of(person_id: PersonId) -> QuerySet[Move]:
    """Every request to move her, newest first."""
    return Move.objects.filter(person_id=person_id).order_by("-asked_at", "-pk")


MOST_COUNTED = 100  # a number beside a tab: nobody needs it exact beyond that


# One statement: it is asked on every page that shows the tab.
WAITING = """
SELECT (SELECT count(*) FROM (SELECT FROM people_duplicate d
                               WHERE d.state IN ('OPEN', 'UNSURE') AND NOT EXISTS
                                 (SELECT FROM people_person p WHERE p.id IN (d.a_id, d.b_id)
                                     AND p.merged_into_id IS NOT NULL) LIMIT %(most)s) pairs)
     + (SELECT count(*) FROM (SELECT FROM people_merge WHERE state = 'PROPOSED' LIMIT %(most)s) merges)
     + (SELECT count(*) FROM (SELECT FROM people_deathreport WHERE state = 'WAITING'
                                 AND division >= %(lo)s AND division < %(hi)s LIMIT %(most)s) deaths)
     + (SELECT count(*) FROM (SELECT FROM people_move WHERE state = 'WAITING'
                                 AND to_division >= %(lo)s AND to_division < %(hi)s LIMIT %(most)s) moves)"""


def waiting_in(prefix: str) -> int:
    """How many matters about records wait for somebody in office in a branch; of each kind at most 100."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, {"most": MOST_COUNTED, "lo": prefix, "hi": prefix + "~"})
        return int(cursor.fetchone()[0])
