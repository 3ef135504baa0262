from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from yiyang.assessments.choices import AssessmentState
from yiyang.assessments.models import Assessment
from yiyang.base.ids import PersonId
from yiyang.engine.errors import Missing
from yiyang.people.selectors import all_ids


class NoSuchAssessment(Missing):
    code = "assessments.no_such_assessment"


def assessment_of(code: UUID) -> Assessment:
    """One assessment by its public code.

    Raises:
        NoSuchAssessment: absent, or outside the scope.
    """
    found = Assessment.objects.filter(code=code).first()
    if found is None:
        raise NoSuchAssessment(f"no assessment {code} here")
    return found


def scores_of(assessment: Assessment) -> dict[str, int]:
    """Item code -> score; an item not asked is absent."""
    return dict(assessment.scores.values_list("item", "score"))


def open_for(person_id: PersonId) -> Assessment | None:
    """The one that is being filled in, whoever does it."""
    return (
        Assessment.objects.filter(person_id__in=all_ids(person_id), state=AssessmentState.OPEN)
        .order_by("pk")
        .first()
    )


def history_of(person_id: PersonId) -> QuerySet[Assessment]:
    """Settled ones, newest first; wherever in the city they were done."""
    found = Assessment.objects.filter(person_id__in=all_ids(person_id), state=AssessmentState.SETTLED)
    return found.order_by("-settled_at", "-pk")


def current(person_id: PersonId, *, on: date) -> Assessment | None:
    """The last settled one that is still valid on the day; recognised in the whole city."""
    return history_of(person_id).filter(assessed_on__lte=on, valid_until__gt=on).first()


def levels_on(person_ids: Iterable[int]) -> dict[tuple[int, date], int]:
    """(person, day) -> level of what was settled that day."""
    rows = Assessment.objects.filter(person_id__in=list(person_ids), state=AssessmentState.SETTLED)
    found = rows.values_list("person_id", "assessed_on", "level")
    return {(person_id, on): level for person_id, on, level in found if on is not None and level is not None}


def being_assessed(person_ids: Iterable[int]) -> set[int]:
    """Those for whom somebody is filling in a form just now."""
    found = Assessment.objects.filter(person_id__in=list(person_ids), state=AssessmentState.OPEN)
    return set(found.values_list("person_id", flat=True))
