"""What stands decided, asked for and disputed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from yiyang.base.ids import PersonId
from yiyang.engine.errors import Missing
from yiyang.entitlements.choices import CALL_BACK, OPEN_APPLICATION, AppealState, CallAbout, Status
from yiyang.entitlements.models import Appeal, Application, Decision, Receipt, Rehearsal, Standing
from yiyang.people.selectors import all_ids


class NoSuchAppeal(Missing):
    code = "entitlements.no_such_appeal"


class NoSuchApplication(Missing):
    code = "entitlements.no_such_application"


class NoSuchRehearsal(Missing):
    code = "entitlements.no_such_rehearsal"


def standings_of(person_id: PersonId) -> QuerySet[Standing]:
    """What counts for one person today, by benefit."""
    return Standing.objects.filter(person_id=person_id).order_by("benefit", "pk")


def decisions_of(person_id: PersonId, benefit: str | None = None) -> QuerySet[Decision]:
    """Every decision, newest first."""
    found = Decision.objects.filter(person_id__in=all_ids(person_id))
    return (found.filter(benefit=benefit) if benefit else found).order_by("-id")


def receipts_of(person_id: PersonId) -> QuerySet[Receipt]:
    """Everything ever received, newest first."""
    return Receipt.objects.filter(person_id__in=all_ids(person_id)).order_by("-since", "-pk")


GROUPS: dict[str, Q] = {
    "eligible": Q(status=Status.ELIGIBLE),
    "served": Q(status=Status.ELIGIBLE, receives=True),
    "unserved": Q(status=Status.ELIGIBLE, receives=False),
    "cannot_tell": Q(status=Status.CANNOT_TELL),
}


def behind(prefix: str, benefit: str, group: str) -> QuerySet[Standing]:
    """The people behind one figure of one stored result, by residence; the person comes along."""
    found = Standing.objects.filter(
        GROUPS[group], benefit=benefit, residence__gte=prefix, residence__lt=prefix + "~"
    )
    return found.select_related("person").order_by("residence", "person_id", "pk")


LINE_GROUPS = ("eligible", "served", "unserved", "cannot_tell")


def behind_line(
    prefix: str, group: str, money: Sequence[str], *, limit: int, offset: int = 0
) -> tuple[list[int], int]:
    """The people behind one figure of the person-level line as it stands now, by residence; and how many.

    Args:
        group: one of ``LINE_GROUPS``; nobody is kept for a plain no.
        money: the results of the line.
    """
    here = Standing.objects.filter(benefit__in=money, residence__gte=prefix, residence__lt=prefix + "~")
    hers = Standing.objects.filter(benefit__in=money, status=Status.ELIGIBLE, person_id=OuterRef("person_id"))
    rows = {
        "eligible": here.filter(status=Status.ELIGIBLE),
        "served": here.filter(~Exists(hers.filter(receives=False)), status=Status.ELIGIBLE),
        "unserved": here.filter(status=Status.ELIGIBLE, receives=False),
        "cannot_tell": here.filter(~Exists(hers), status=Status.CANNOT_TELL),
    }[group]
    ordered = rows.order_by("residence", "person_id").values_list("residence", "person_id").distinct()
    page = [person_id for _, person_id in ordered[offset : offset + limit]]
    return page, rows.aggregate(people=Count("person_id", distinct=True))["people"]


def standings_of_people(person_ids: Iterable[int]) -> dict[int, list[Standing]]:
    """What counts for several people today, by person, results in the order of their names."""
    found: dict[int, list[Standing]] = {}
    for row in Standing.objects.filter(person_id__in=list(person_ids)).order_by("benefit", "pk"):
        found.setdefault(row.person_id, []).append(row)
    return found


def registered_here(prefix: str) -> QuerySet[Standing]:
    """What a place owes people who live elsewhere; the decision with its masked name comes along.

    The place of registration answers for the result and sees no more of the person than the decision says.
    """
    here = Q(division__gte=prefix, division__lt=prefix + "~")
    lives = Q(residence__gte=prefix, residence__lt=prefix + "~")
    found = Standing.objects.filter(here & ~lives).select_related("decision")
    return found.order_by("division", "benefit", "pk")


def applications_of(person_id: PersonId) -> QuerySet[Application]:
    """Requests for help, newest first."""
    return Application.objects.filter(person_id__in=all_ids(person_id)).order_by("-asked_at", "-pk")


def open_applications_of(person_id: PersonId) -> QuerySet[Application]:
    """Requests that nobody has answered yet, newest first."""
    return applications_of(person_id).filter(state__in=OPEN_APPLICATION)


def calls_about(person_ids: Iterable[int]) -> dict[int, str]:
    """What those who wait for a call without naming a benefit want it to be about, in words."""
    waiting = Application.objects.filter(
        person_id__in=list(person_ids), benefit=CALL_BACK, state__in=OPEN_APPLICATION
    )
    found = waiting.exclude(about=[]).order_by("asked_at", "pk").values_list("person_id", "about")
    said: dict[int, list[str]] = {}
    for person_id, about in found:
        said.setdefault(person_id, []).extend(str(CallAbout(code).label) for code in about)
    return {person_id: "、".join(words) for person_id, words in said.items()}


def application_of(code: UUID) -> Application:
    """Raises NoSuchApplication."""
    found = Application.objects.filter(code=code).first()
    if found is None:
        raise NoSuchApplication(f"no application {code} here")
    return found


def appeals_of(person_id: PersonId) -> QuerySet[Appeal]:
    """Disagreements of one person, newest first."""
    return Appeal.objects.filter(person_id__in=all_ids(person_id)).order_by("-made_at", "-pk")


def appeals_in(prefix: str, *, waiting: bool = True) -> QuerySet[Appeal]:
    """Disagreements of a branch, the nearest deadline first; the person comes along."""
    found = Appeal.objects.filter(division__gte=prefix, division__lt=prefix + "~")
    found = found.filter(state=AppealState.WAITING) if waiting else found.exclude(state=AppealState.WAITING)
    return found.select_related("person", "explanation").order_by("answer_by", "pk")


def appeal_of(code: UUID) -> Appeal:
    """One disagreement; person, decision and kept reason come along.

    Raises:
        NoSuchAppeal: absent, or outside the scope.
    """
    found = Appeal.objects.select_related("person", "explanation", "decision").filter(code=code).first()
    if found is None:
        raise NoSuchAppeal(f"no appeal {code} here")
    return found


def rehearsal_of(rehearsal_id: int) -> Rehearsal:
    """One rehearsal with its sweep.

    Raises:
        NoSuchRehearsal
    """
    found = Rehearsal.objects.select_related("sweep").filter(pk=rehearsal_id).first()
    if found is None:
        raise NoSuchRehearsal(f"no rehearsal {rehearsal_id} here")
    return found
