"""What people want done about their data, what they agreed to, and what was weighed before."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from yiyang.base.ids import PersonId
from yiyang.base.keys import sealing
from yiyang.base.scoping import Scope
from yiyang.engine.errors import Missing
from yiyang.people.choices import Purpose, RightState
from yiyang.people.models import Consent, ImpactNote, RightsCase


class NoSuchRightsCase(Missing):
    code = "people.no_such_rights_case"


def rights_cases_in(scope: Scope, *, open_only: bool) -> QuerySet[RightsCase]:
    """Cases of a branch; the person comes along. Open ones by deadline, the others newest first."""
    # By where she lives now: an open case follows her when she moves.
    found = RightsCase.objects.filter(person__division__gte=scope.lo, person__division__lt=scope.hi)
    found = found.select_related("person")
    if open_only:
        return found.filter(state=RightState.OPEN).order_by("answer_by", "pk")
    return found.exclude(state=RightState.OPEN).order_by("-answered_at", "-pk")


def rights_cases_of(person_id: PersonId) -> QuerySet[RightsCase]:
    """What one person asked about her data, newest first."""
    return RightsCase.objects.filter(person_id=person_id).order_by("-made_at", "-pk")


def rights_case(code: UUID) -> RightsCase:
    """One case; the person comes along.

    Raises:
        NoSuchRightsCase: absent, or outside the scope.
    """
    found = RightsCase.objects.select_related("person").filter(code=code).first()
    if found is None:
        raise NoSuchRightsCase(f"no case {code} here")
    return found


def words_of_case(case: RightsCase, column: str) -> str:
    """``words``, ``answer`` or ``file`` in the clear; empty where nothing stands."""
    sealed: sealing.Sealed | None = getattr(case, column)
    return "" if sealed is None else sealing.unseal(f"people_rightscase.{column}", case.pk, sealed)


def consents_of(person_id: PersonId) -> list[Consent]:
    """Every consent of a person, living ones first, newest first."""
    found = Consent.objects.filter(person_id=person_id).order_by("-given_at", "-pk")
    return sorted(found, key=lambda one: one.withdrawn_at is not None)


def impact_noted(purpose: Purpose, *, on: date) -> ImpactNote | None:
    """The newest note that somebody has weighed this use before that day."""
    return ImpactNote.objects.filter(purpose=purpose, noted_on__lte=on).order_by("-noted_on", "-pk").first()
