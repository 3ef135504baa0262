from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, Max, Min, Q, QuerySet, Sum, Value, When

from yiyang.base.ids import PersonId
from yiyang.outreach.choices import OPEN_STATES, WORKED, LeadState
from yiyang.outreach.models import ContactAttempt, Lead

LISTED = tuple(state for state in WORKED if state is not LeadState.UNREACHABLE)


WORTHIEST = F("worth_fen").desc(nulls_last=True)  # what is not known to be worth anything stands last


@dataclass(frozen=True)
class Household:
    """One person with all her leads: one visit serves them all."""

    person_id: int
    leads: tuple[Lead, ...]
    worth_fen: int
    since: date
    asked_for: bool
    call_by: date | None
    taken_by: int | None


@dataclass(frozen=True)
class LeftOut:
    """People with open leads who are not on today's list, and why."""

    why: str
    people: int


def worked_in(prefix: str) -> QuerySet[Lead]:
    """Leads of a branch that somebody still has to work."""
    return Lead.objects.filter(division__gte=prefix, division__lt=prefix + "~", state__in=WORKED)


def list_of(prefix: str, *, limit: int, offset: int = 0) -> tuple[list[Household], int]:
    """People to see: who asked first, then by worth and by how long it lasts; and how many in all."""
    grouped = (
        worked_in(prefix)
        .exclude(state=LeadState.UNREACHABLE)
        .values("person_id")
        .annotate(worth=Sum("worth_fen"), first=Min("since"), asked=Count("id", filter=Q(asked_for=True)))
    )
    total = grouped.count()
    worthiest = F("worth").desc(nulls_last=True)
    page = list(grouped.order_by("-asked", worthiest, "first", "person_id")[offset : offset + limit])
    return households([row["person_id"] for row in page]), total


def households(person_ids: Sequence[int]) -> list[Household]:
    """These people with their open leads, in the order given."""
    by_person: dict[int, list[Lead]] = {person_id: [] for person_id in person_ids}
    for lead in Lead.objects.filter(person_id__in=person_ids, state__in=WORKED).order_by(WORTHIEST, "pk"):
        by_person[lead.person_id].append(lead)
    return [_household(person_id, leads) for person_id, leads in by_person.items() if leads]


def _household(person_id: int, leads: list[Lead]) -> Household:
    return Household(
        person_id,
        tuple(leads),
        sum(lead.worth_fen or 0 for lead in leads),
        min(lead.since for lead in leads),
        any(lead.asked_for for lead in leads),
        min((lead.call_by for lead in leads if lead.call_by), default=None),
        next((lead.taken_by_id for lead in leads if lead.taken_by_id), None),
    )


WHY_LEFT_OUT = {
    LeadState.UNREACHABLE: "联系不上，等消息或换办法",
    LeadState.APPLIED: "已帮办，等发放",
    LeadState.DECLINED: "本人不要",
    LeadState.NOT_ELIGIBLE_AFTER_ALL: "核实后不符合，等核销",
}


def left_out_of(prefix: str) -> list[LeftOut]:
    """Everybody with an open lead who does not stand on the list, once each, by the first reason that holds.

    Together with the list this is everybody with an open lead.
    """
    reasons = list(WHY_LEFT_OUT)
    rank = Case(*(When(state=state, then=Value(i)) for i, state in enumerate(reasons)))
    people = (
        Lead.objects.filter(division__gte=prefix, division__lt=prefix + "~", state__in=OPEN_STATES)
        .values("person_id")
        .annotate(listed=Count("id", filter=Q(state__in=LISTED)), rank=Min(rank))
        .filter(listed=0)
    )
    counted = Counter(people.values_list("rank", flat=True))
    return [LeftOut(WHY_LEFT_OUT[state], counted[i]) for i, state in enumerate(reasons) if counted[i]]


def leads_of(person_id: PersonId, *, open_only: bool = True) -> QuerySet[Lead]:
    """Leads of one person, the worthiest first."""
    found = Lead.objects.filter(person_id=person_id)
    return (found.filter(state__in=OPEN_STATES) if open_only else found).order_by(WORTHIEST, "pk")


def attempts_of(person_id: PersonId) -> QuerySet[ContactAttempt]:
    """Tries to reach one person, newest first."""
    return ContactAttempt.objects.filter(person_id=person_id).order_by("-at", "-pk")


@dataclass(frozen=True)
class Waiting:
    """Open leads of a branch: how many people, how many nobody has taken, since when the oldest waits."""

    people: int
    untaken: int
    oldest: date | None
    asked: int


def waiting_in(prefix: str) -> Waiting:
    rows = worked_in(prefix).aggregate(
        people=Count("person_id", distinct=True),
        untaken=Count("person_id", distinct=True, filter=Q(taken_by=None)),
        oldest=Min("since"),
        asked=Count("person_id", distinct=True, filter=Q(asked_for=True)),
        newest=Max("opened_at"),
    )
    return Waiting(rows["people"], rows["untaken"], rows["oldest"], rows["asked"])
