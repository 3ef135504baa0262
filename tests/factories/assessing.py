"""Filling in an assessment at a chosen level."""

from __future__ import annotations

from datetime import datetime

from tests.conftest import NOW
from yiyang.assessments import services
from yiyang.assessments.choices import AssessmentReason
from yiyang.assessments.models import Assessment
from yiyang.base.actors import Actor
from yiyang.base.ids import AssessmentId, PersonId
from yiyang.engine.scoring import AbilitySigns
from yiyang.people.models import Person
from yiyang.policies.standards import ability_standard


def scores_for(level: int) -> dict[str, int]:
    """26 scores whose total is the best of a level's band."""
    standard = ability_standard()
    left = next(band.highest for band in standard.bands if band.level == level)
    found: dict[str, int] = {}
    for item in standard.items:
        found[item.code] = min(item.maximum, left)
        left -= found[item.code]
    return found


def opened(assessor: Actor, whom: Person, *, now: datetime = NOW) -> Assessment:
    return services.open_assessment(
        actor=assessor, person_id=PersonId(whom.pk), reason=AssessmentReason.FIRST, now=now
    )


def filled(
    assessor: Actor, form: Assessment, level: int, *, signs: AbilitySigns | None = None, without: int = 0
) -> None:
    """Every item but the last ``without``, and the signs."""
    scores = list(scores_for(level).items())
    for code, score in scores[: len(scores) - without]:
        services.answer_item(actor=assessor, assessment_id=AssessmentId(form.pk), item=code, score=score)
    services.answer_signs(actor=assessor, assessment_id=AssessmentId(form.pk), signs=signs or AbilitySigns())


def assessed(
    assessor: Actor, whom: Person, level: int, *, signs: AbilitySigns | None = None, now: datetime = NOW
) -> Assessment:
    """Begun, filled in and signed."""
    form = opened(assessor, whom, now=now)
    filled(assessor, form, level, signs=signs)
    return services.settle_assessment(actor=assessor, assessment_id=AssessmentId(form.pk), now=now)
