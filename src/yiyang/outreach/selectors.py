from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet

from yiyang.base.ids import PersonId, UserId
from yiyang.outreach.choices import OPEN_STATES, WORKED, LeadState
from yiyang.outreach.models import ContactAttempt, Lead
from yiyang.people.selectors import all_ids

COMMUNITY_DIGITS = 12

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
    again_on: date | None = None


@dataclass(frozen=True)
class LeftOut:
    """People with open leads who are not on today's list, and why."""

    why: str
    people: int


# The first of these states that one of her leads is in says why somebody is not on the list.
LATER_WHY = "约好了日子，到那天再去"
WHY_LEFT_OUT = {
    LeadState.PAUSED: "住院或等核实，暂时不上门",
    LeadState.UNREACHABLE: "联系不上，等消息或换办法",
    LeadState.APPLIED: "已帮办，等发放",
    LeadState.DECLINED: "本人不要",
    LeadState.NOT_ELIGIBLE_AFTER_ALL: "核实后不符合，等核销",
}


class View(StrEnum):
    """Which people of a list are shown."""

    ALL = ""
    MINE = "mine"
    UNSERVED = "unserved"
    UNASSESSED = "assess"


@dataclass(frozen=True)
class Counted:
    """Everybody with an open lead in a branch, by view and by why she is not on the list.

    ``following``: the next person for the colleague who asked.
    """

    listed: int
    mine: int
    unserved: int
    unassessed: int
    left_out: tuple[LeftOut, ...]
    following: int | None = None

    def of(self, view: View) -> int:
        return {
            View.ALL: self.listed,
            View.MINE: self.mine,
            View.UNSERVED: self.unserved,
            View.UNASSESSED: self.unassessed,
        }[view]


# Plain SQL: these are asked at every look at a list, and building such a query costs more than answering it.
# One community by equality: the index of the list then gives its order, and nothing is sorted.
ONE_PLACE, BRANCH = "division = %(lo)s", "division >= %(lo)s AND division < %(hi)s"
# Who asked first, by the promised day; then by worth, then by how long it lasts.
ORDER = "asked_for DESC, call_by, worth_fen DESC NULLS LAST, since, person_id"
NOW = "listed AND (again_on IS NULL OR again_on <= %(on)s)"
LATER = "listed AND again_on > %(on)s"
SHOWN = {
    View.ALL: NOW,
    View.MINE: f"{NOW} AND taken_by_id = %(user)s",
    View.UNSERVED: f"{NOW} AND unserved",
    View.UNASSESSED: f"{NOW} AND unassessed",
}


def _ask(query: str, prefix: str, **bound: int | date | None) -> list[tuple[Any, ...]]:
    """The rows of one question about the case load of a branch; ``{place}`` in it is the branch."""
    place = ONE_PLACE if len(prefix) == COMMUNITY_DIGITS else BRANCH
    with connection.cursor() as cursor:
        cursor.execute(query.format(place=place), {"lo": prefix, "hi": prefix + "~", **bound})
        return list(cursor.fetchall())


def listed_in(
    prefix: str,
    *,
    on: date,
    limit: int,
    offset: int = 0,
    view: View = View.ALL,
    user_id: UserId | None = None,
    first: int | None = None,
) -> list[Household]:
    """People to see on a day, in the order in which they should be seen.

    Args:
        user_id: whose ``View.MINE`` is.
        first: who stands on top of the first page, and on no other.
    """
    rows = _ask(
        f"SELECT person_id FROM outreach_caseload WHERE {{place}} AND {SHOWN[view]}"
        " AND person_id IS DISTINCT FROM %(first)s"
        f" ORDER BY {ORDER} LIMIT %(limit)s OFFSET %(offset)s",
        prefix, on=on, user=user_id, first=first, limit=limit, offset=offset,
    )  # fmt: skip
    leading = [first] if first is not None and offset == 0 else []
    return households([*leading, *(person_id for (person_id,) in rows)])


# One's own unvisited first, then the first nobody has; whoever has been reached and will be seen again is not
# pressed on anybody as the next before the day that was told her.
FOLLOWING = f"""
SELECT person_id FROM outreach_caseload
 WHERE {{place}} AND {NOW} AND (NOT reached OR again_on IS NOT NULL)
   AND (taken_by_id IS NULL OR taken_by_id = %(user)s)
 ORDER BY taken_by_id IS NULL, {ORDER} LIMIT 1"""


def counted_in(prefix: str, user_id: UserId | None = None, *, on: date) -> Counted:
    """One reading of the branch on a day; together the parts are everybody with an open lead."""
    parts = [*SHOWN.values(), LATER, *(f"left_out = '{state.value}'" for state in WHY_LEFT_OUT)]
    counts = ", ".join(f"count(*) FILTER (WHERE {part})" for part in parts)
    [(following, listed, mine, unserved, unassessed, *out)] = _ask(
        f"SELECT ({FOLLOWING}), {counts} FROM outreach_caseload WHERE {{place}}", prefix, on=on, user=user_id
    )
    left_out = (LeftOut(why, n) for why, n in zip((LATER_WHY, *WHY_LEFT_OUT.values()), out, strict=True) if n)
    return Counted(listed, mine, unserved, unassessed, tuple(left_out), following)


def out_of_reach_in(prefix: str, *, limit: int) -> list[Household]:
    """People whose every open lead waits because they could not be reached, as many as are shown."""
    rows = _ask(
        "SELECT person_id FROM outreach_caseload WHERE {place} AND left_out = 'UNREACHABLE'"
        f" ORDER BY {ORDER} LIMIT %(limit)s",
        prefix, limit=limit,
    )  # fmt: skip
    return households([person_id for (person_id,) in rows])


def later_in(prefix: str, *, on: date, limit: int) -> list[Household]:
    """People who were told a day after this one, the nearest first, as many as are shown."""
    rows = _ask(
        f"SELECT person_id FROM outreach_caseload WHERE {{place}} AND {LATER}"
        " ORDER BY again_on, person_id LIMIT %(limit)s",
        prefix, on=on, limit=limit,
    )  # fmt: skip
    return households([person_id for (person_id,) in rows])


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
        max((lead.again_on for lead in leads if lead.again_on), default=None),
    )


def leads_of(person_id: PersonId, *, open_only: bool = True) -> QuerySet[Lead]:
    """Leads of one person, the worthiest first."""
    found = Lead.objects.filter(person_id=person_id)
    return (found.filter(state__in=OPEN_STATES) if open_only else found).order_by(WORTHIEST, "pk")


def attempts_of(person_id: PersonId) -> QuerySet[ContactAttempt]:
    """Tries to reach one person, newest first."""
    return ContactAttempt.objects.filter(person_id__in=all_ids(person_id)).order_by("-at", "-pk")


@dataclass(frozen=True)
class Waiting:
    """Open leads of a branch: how many people, how many nobody has taken, since when the oldest waits."""

    people: int
    untaken: int
    oldest: date | None
    asked: int


def waiting_in(prefix: str) -> Waiting:
    [row] = _ask(
        "SELECT count(*), count(*) FILTER (WHERE taken_by_id IS NULL), min(since),"
        " count(*) FILTER (WHERE asked_for) FROM outreach_caseload WHERE {place} AND worked",
        prefix,
    )
    return Waiting(*row)
