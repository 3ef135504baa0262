from __future__ import annotations

from yiyang.accounts.guards import check_may
from yiyang.assessments.choices import AssessmentState
from yiyang.assessments.models import Assessment
from yiyang.base.actors import Actor
from yiyang.engine.errors import Conflict, Forbidden, Refused


class AlreadyOpen(Conflict):
    code = "assessments.already_open"
    message = "这位老人正在被另一位同事评估。请和他商量，或等他签字"


class AlreadySettled(Conflict):
    code = "assessments.already_settled"
    message = "这份评估已经签字，不能再改。情况有变请做一次新的评估"


class NotYourAssessment(Forbidden):
    code = "assessments.not_yours"
    message = "这份评估是别的同事开始的，由他做完或放弃"


class StillUnanswered(Refused):
    code = "assessments.still_unanswered"
    message = "还有没答的题，答完才能签字"


def check_may_assess(actor: Actor) -> None:
    check_may(actor, "assess")


def check_can_answer(actor: Actor, assessment: Assessment) -> None:
    """Raises NotYourDuty, AlreadySettled, NotYourAssessment."""
    check_may(actor, "assess")
    if assessment.state != AssessmentState.OPEN:
        raise AlreadySettled(f"assessment {assessment.pk} is {assessment.state}")
    if assessment.assessor_id != actor.user_id:
        raise NotYourAssessment(f"assessment {assessment.pk} belongs to user {assessment.assessor_id}")
