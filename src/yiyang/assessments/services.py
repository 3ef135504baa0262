from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from yiyang.assessments import guards, selectors
from yiyang.assessments.choices import AssessmentReason, AssessmentState
from yiyang.assessments.models import Assessment, ItemScore
from yiyang.base.actors import Actor
from yiyang.base.ids import AssessmentId, PersonId
from yiyang.base.log import audit
from yiyang.engine import scoring
from yiyang.engine.scoring import AbilityResult, AbilitySigns
from yiyang.people import selectors as people
from yiyang.people import services as registry
from yiyang.people.choices import Source
from yiyang.policies import selectors as policies
from yiyang.policies.standards import ability_standard


def _lock(assessment_id: AssessmentId) -> Assessment:
    found = Assessment.objects.select_for_update().filter(pk=assessment_id).first()
    if found is None:
        raise selectors.NoSuchAssessment(f"no assessment {assessment_id} here")
    return found


def open_assessment(
    *, actor: Actor, person_id: PersonId, reason: AssessmentReason, now: datetime
) -> Assessment:
    """Begin, or go on with one's own.

    Raises:
        NotYourDuty, NoSuchPerson
        AlreadyOpen: somebody else is at it.
    """
    guards.check_may_assess(actor)
    person = people.person(person_id)
    try:
        with transaction.atomic():
            return Assessment.objects.create(
                person_id=person_id,
                division=person.division,
                reason=reason,
                assessor_id=actor.user_id,
                begun_at=now,
            )
    except IntegrityError:
        running = selectors.open_for(person_id)
        if running is None or running.assessor_id != actor.user_id:
            raise guards.AlreadyOpen(f"person {person_id}") from None
        return running


@transaction.atomic
def answer_item(*, actor: Actor, assessment_id: AssessmentId, item: str, score: int | None) -> None:
    """Set one item, or leave it open again with None: an item not asked is not nought.

    Raises:
        NoSuchAssessment, NotYourDuty, AlreadySettled, NotYourAssessment
        BadItem: the standard has no such item or score.
    """
    assessment = _lock(assessment_id)
    guards.check_can_answer(actor, assessment)
    known = ability_standard().by_code.get(item)
    if known is None or (score is not None and not 0 <= score <= known.maximum):
        raise scoring.BadItem(f"{item} = {score}")
    if score is None:
        ItemScore.objects.filter(assessment=assessment, item=item).delete()
    else:
        ItemScore.objects.update_or_create(assessment=assessment, item=item, defaults={"score": score})


@transaction.atomic
def answer_signs(*, actor: Actor, assessment_id: AssessmentId, signs: AbilitySigns) -> None:
    """Coma, diagnoses and events of the last month.

    Raises:
        NoSuchAssessment, NotYourDuty, AlreadySettled, NotYourAssessment, BadSign
    """
    assessment = _lock(assessment_id)
    guards.check_can_answer(actor, assessment)
    if not 0 <= signs.risk_events <= 99:
        raise scoring.BadSign(f"risk_events = {signs.risk_events}")
    assessment.coma, assessment.dementia = signs.coma, signs.dementia
    assessment.mental_disorder, assessment.risk_events = signs.mental_disorder, signs.risk_events
    assessment.signs_answered = True
    assessment.save(update_fields=["coma", "dementia", "mental_disorder", "risk_events", "signs_answered"])


def result_of(assessment: Assessment) -> AbilityResult:
    """What the answers so far come to.

    Raises:
        Incomplete: an item or the signs are not answered, and there is no coma.
    """
    if not assessment.signs_answered:
        raise scoring.Incomplete("the signs are not answered")
    signs = AbilitySigns(
        bool(assessment.coma),
        bool(assessment.dementia),
        bool(assessment.mental_disorder),
        assessment.risk_events or 0,
    )
    return scoring.score_ability(selectors.scores_of(assessment), signs, standard=ability_standard())


@transaction.atomic
def settle_assessment(*, actor: Actor, assessment_id: AssessmentId, now: datetime) -> Assessment:
    """Sign: the level becomes a fact of the person's record, and upper rooms hear of it.

    Raises:
        NoSuchAssessment, NotYourDuty, AlreadySettled, NotYourAssessment
        StillUnanswered: half-filled; nothing is written.
        NumberMissing: no validity is set for this place.
    """
    assessment = _lock(assessment_id)
    guards.check_can_answer(actor, assessment)
    try:
        result = result_of(assessment)
    except scoring.Incomplete as gap:
        raise guards.StillUnanswered(str(gap)) from gap
    months = policies.number("ability_valid_months", int(assessment.division[:6]), now.date())
    assessment.state, assessment.settled_at, assessment.assessed_on = AssessmentState.SETTLED, now, now.date()
    assessment.valid_until = _months_later(now.date(), months)
    assessment.total, assessment.dimensions = result.total, dict(result.dimensions)
    assessment.initial_level, assessment.level = result.initial_level, result.level
    assessment.adjusted_by = list(result.adjusted_by)
    assessment.save()
    facts: dict[str, int | None] = {"ability_level": int(result.level)}
    if assessment.dementia:
        facts["has_dementia"] = 1
    registry.record_facts(
        actor=actor,
        person_id=PersonId(assessment.person_id),
        facts=facts,
        source=Source.ASSESSMENT,
        valid_from=now.date(),
        now=now,
    )
    audit.record(
        actor=actor,
        action="assessment_settled",
        now=now,
        subject=("person", assessment.person_id),
        division=assessment.division,
        detail={"level": int(result.level), "total": result.total},
    )
    return assessment


@transaction.atomic
def abandon_assessment(*, actor: Actor, assessment_id: AssessmentId, now: datetime) -> None:
    """Give up an unfinished one; its answers stay, it counts for nothing.

    Raises:
        NoSuchAssessment, NotYourDuty, AlreadySettled, NotYourAssessment
    """
    assessment = _lock(assessment_id)
    guards.check_can_answer(actor, assessment)
    assessment.state = AssessmentState.ABANDONED
    assessment.save(update_fields=["state"])
    audit.record(
        actor=actor,
        action="assessment_abandoned",
        now=now,
        subject=("person", assessment.person_id),
        division=assessment.division,
    )


def level_of(scores: Mapping[str, int], signs: AbilitySigns) -> int:
    """The level that these answers come to.

    Raises:
        Incomplete: an item is missing, and there is no coma.
    """
    return int(scoring.score_ability(scores, signs, standard=ability_standard()).level)


@transaction.atomic
def enter_assessment(
    *,
    actor: Actor,
    person_id: PersonId,
    scores: Mapping[str, int],
    signs: AbilitySigns,
    assessed_on: date,
    source: str,
    now: datetime,
) -> Assessment:
    """An assessment done and signed elsewhere: reckoned by the standard here, then a fact like our own.

    Raises:
        NoSuchPerson, Incomplete, BadItem
        AlreadyOpen: somebody is filling in a form for her just now.
        FactRefused: a day in the future or before birth.
    """
    person = people.person(person_id)
    if selectors.open_for(person_id) is not None:
        raise guards.AlreadyOpen(f"person {person_id}")
    result = scoring.score_ability(scores, signs, standard=ability_standard())
    months = policies.number("ability_valid_months", int(person.division[:6]), assessed_on)
    made = Assessment.objects.create(
        person_id=person_id,
        division=person.division,
        reason=AssessmentReason.OTHER,
        begun_at=now,
        assessed_on=assessed_on,
        valid_until=_months_later(assessed_on, months),
        coma=signs.coma,
        dementia=signs.dementia,
        mental_disorder=signs.mental_disorder,
        risk_events=signs.risk_events,
        signs_answered=True,
        total=result.total,
        dimensions=dict(result.dimensions),
        initial_level=result.initial_level,
        level=result.level,
        adjusted_by=list(result.adjusted_by),
        source=source,
    )
    ItemScore.objects.bulk_create(
        ItemScore(assessment=made, item=item, score=score) for item, score in scores.items()
    )
    made.state, made.settled_at = AssessmentState.SETTLED, now  # from here on the database refuses changes
    made.save(update_fields=["state", "settled_at"])
    facts: dict[str, int | None] = {"ability_level": int(result.level)}
    if signs.dementia:
        facts["has_dementia"] = 1
    registry.record_facts(
        actor=actor,
        person_id=person_id,
        facts=facts,
        source=Source.ASSESSMENT,
        valid_from=assessed_on,
        now=now,
    )
    return made


ROOM = "assessments"


@transaction.atomic
def follow_merge(*, merge_id: int, survivor_id: PersonId, other_id: PersonId) -> None:
    """An open assessment of the alias is the survivor's, unless she has one: then it stays where it is.

    Settled later it counts for the survivor all the same: the registry knows whom the id stands for.
    """
    hers = Assessment.objects.filter(person_id=other_id, state=AssessmentState.OPEN)
    if Assessment.objects.filter(person_id=survivor_id, state=AssessmentState.OPEN).exists():
        return
    moved = list(hers.values_list("pk", flat=True))
    hers.update(person_id=survivor_id)
    registry.set_aside(merge_id=merge_id, room=ROOM, content=moved)


@transaction.atomic
def follow_unmerge(*, merge_id: int, other_id: PersonId) -> None:
    """What is still open goes back; what was settled meanwhile stays with the survivor."""
    moved = registry.aside_of(merge_id, ROOM) or ()
    Assessment.objects.filter(pk__in=moved, state=AssessmentState.OPEN).update(person_id=other_id)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - date(year, month + 1, 1)).days
    return date(year, month + 1, min(day.day, last))
