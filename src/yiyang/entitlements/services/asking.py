"""What a person may ask: to be helped, and to have a decision looked at again by a human."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from yiyang.accounts.choices import MandateRight
from yiyang.accounts.guards import check_may, check_speaks
from yiyang.base import outbox
from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId
from yiyang.base.log import audit
from yiyang.engine import calendars
from yiyang.engine.errors import Conflict, Refused
from yiyang.entitlements import selectors
from yiyang.entitlements.choices import (
    CALL_BACK,
    OPEN_APPLICATION,
    AppealGround,
    AppealState,
    ApplicationState,
    CallAbout,
    Way,
)
from yiyang.entitlements.events import HelpAsked, HelpWithdrawn
from yiyang.entitlements.models import Appeal, Application, Explanation, Standing
from yiyang.entitlements.services import deciding, speaking
from yiyang.people import selectors as people
from yiyang.policies import selectors as policies


class NothingToWithdraw(Conflict):
    code = "entitlements.nothing_to_withdraw"
    message = "这件事已经有结果了，不用撤"


class AlreadyAnswered(Conflict):
    code = "entitlements.already_answered"
    message = "这件异议刚被同事答复，请刷新后再看"


class AnswerTooShort(Refused):
    code = "entitlements.answer_too_short"
    message = "请写明答复的理由（至少 10 个字），老人要看得懂"


def _keep_reason(person_id: PersonId, benefit: str, kept_for: str, now: datetime) -> Explanation:
    """The reason as the person saw it, kept because somebody acted on it."""
    shown = selectors.answer(person_id, benefit, on=now.date())
    standing = Standing.objects.filter(person_id=person_id, benefit=benefit).first()
    return Explanation.objects.create(
        person_id=person_id,
        benefit=benefit,
        decision_id=standing.decision_id if standing else None,
        content=shown.content,
        kept_for=kept_for,
        kept_at=now,
    )


@transaction.atomic
def ask_for_help(
    *,
    actor: Actor,
    person_id: PersonId,
    benefit: str,
    now: datetime,
    about: CallAbout | None = None,
    way: Way | None = None,
) -> Application:
    """[帮我办]: somebody calls back by a day. Asking twice gives back the first request.

    Args:
        benefit: a result, or ``call_back`` for help in general.
        about: what the call should be about; said a second time of something else, it is about both.
        way: how she told somebody in office; others are known by who they are.

    Raises:
        NotYours, NotInMandate, WayUnsaid, NoSuchPerson, NoSuchBenefit, NumberMissing
    """
    way = speaking.way_of(actor, person_id, MandateRight.ASK, way)
    person = people.person(person_id)
    running = Application.objects.filter(
        person_id=person_id, benefit=benefit, state__in=OPEN_APPLICATION
    ).first()
    if running is not None:
        return _also_about(running, about)
    days = policies.number("call_back_days", int(person.division[:6]), now.date())
    asked = Application.objects.create(
        person_id=person_id,
        division=person.division,
        benefit=benefit,
        about=[about] if about else [],
        explanation=None if benefit == CALL_BACK else _keep_reason(person_id, benefit, "APPLICATION", now),
        asked_at=now,
        call_by=now.date() + timedelta(days=days),
        asked_by_id=actor.user_id,
        way=way,
    )
    audit.record(
        actor=actor,
        action="help_asked",
        now=now,
        subject=("person", person_id),
        division=person.division,
        detail={"way": way},
    )
    speaking.tell_her(
        actor=actor,
        person_id=person_id,
        what=speaking.help_words(benefit, now),
        about=f"application:{asked.code}",
        now=now,
    )
    outbox.publish(
        HelpAsked(
            person_id=person_id,
            benefit=benefit,
            application_id=asked.pk,
            call_by=asked.call_by,
            division=person.division,
            at=now,
        )
    )
    return asked


def _also_about(running: Application, about: CallAbout | None) -> Application:
    if about is not None and about not in running.about:
        running.about = [*running.about, about]
        running.save(update_fields=["about"])
    return running


@transaction.atomic
def withdraw_application(*, actor: Actor, application: Application, now: datetime) -> None:
    """One tap undoes the request.

    Raises:
        NotYours
        NothingToWithdraw: it is closed.
    """
    person_id = PersonId(application.person_id)
    check_speaks(actor, person_id, MandateRight.ASK)
    changed = Application.objects.filter(pk=application.pk, state__in=OPEN_APPLICATION).update(
        state=ApplicationState.WITHDRAWN, closed_at=now, outcome="本人不办了"
    )
    if not changed:
        raise NothingToWithdraw(f"application {application.pk}")
    speaking.tell_her(
        actor=actor,
        person_id=person_id,
        what=f"停掉了“{speaking.help_words(application.benefit, now)}”",
        about=f"application:{application.code}",
        now=now,
    )
    outbox.publish(
        HelpWithdrawn(
            person_id=person_id,
            benefit=application.benefit,
            application_id=application.pk,
            division=application.division,
            at=now,
        )
    )


@transaction.atomic
def note_taken(*, person_id: PersonId, taken: bool) -> None:
    """Somebody in the community took the person's matter up, or gave it back."""
    before, after = ApplicationState.WAITING, ApplicationState.TAKEN
    if not taken:
        before, after = after, before
    Application.objects.filter(person_id=person_id, state=before).update(state=after)


@transaction.atomic
def close_applications(*, person_id: PersonId, benefits: list[str], outcome: str, now: datetime) -> int:
    """What a community worker did for the person closes her requests. Returns how many."""
    running = Application.objects.filter(
        person_id=person_id, benefit__in=benefits, state__in=OPEN_APPLICATION
    )
    return running.update(state=ApplicationState.DONE, closed_at=now, outcome=outcome)


@transaction.atomic
def disagree(
    *,
    actor: Actor,
    person_id: PersonId,
    benefit: str,
    ground: AppealGround,
    own_words: str,
    now: datetime,
    way: Way | None = None,
) -> Appeal:
    """[我不同意]: a human looks at it and answers by a day counted in working days.

    Raises:
        NotYours, NotInMandate, WayUnsaid, NoSuchPerson, NoSuchBenefit, NumberMissing
    """
    way = speaking.way_of(actor, person_id, MandateRight.APPEAL, way)
    person = people.person(person_id)
    running = Appeal.objects.filter(person_id=person_id, benefit=benefit, state=AppealState.WAITING).first()
    if running is not None:
        return running
    answer_by, complete = appeal_deadline(now, int(person.division[:6]))
    reason = _keep_reason(person_id, benefit, "APPEAL", now)
    made = Appeal.objects.create(
        person_id=person_id,
        division=person.division,
        benefit=benefit,
        decision_id=reason.decision_id,
        explanation=reason,
        ground=ground,
        own_words=own_words.strip()[:500],
        made_at=now,
        made_by_id=actor.user_id,
        way=way,
        answer_by=answer_by,
        calendar_complete=complete,
    )
    audit.record(
        actor=actor,
        action="appeal_made",
        now=now,
        subject=("person", person_id),
        division=person.division,
        detail={"way": way},
    )
    speaking.tell_her(
        actor=actor,
        person_id=person_id,
        what=f"说不同意{speaking.name_of(benefit, now)}的结果",
        about=f"appeal:{made.code}",
        now=now,
    )
    return made


@transaction.atomic
def withdraw_appeal(*, actor: Actor, appeal: Appeal, now: datetime) -> None:
    """Raises NotYours, NothingToWithdraw."""
    check_speaks(actor, PersonId(appeal.person_id), MandateRight.APPEAL)
    changed = Appeal.objects.filter(pk=appeal.pk, state=AppealState.WAITING).update(
        state=AppealState.WITHDRAWN
    )
    if not changed:
        raise NothingToWithdraw(f"appeal {appeal.pk}")
    audit.record(
        actor=actor,
        action="appeal_withdrawn",
        now=now,
        subject=("person", appeal.person_id),
        division=appeal.division,
    )
    speaking.tell_her(
        actor=actor,
        person_id=PersonId(appeal.person_id),
        what=f"收回了对{speaking.name_of(appeal.benefit, now)}的不同意",
        about=f"appeal:{appeal.code}",
        now=now,
    )


@transaction.atomic
def answer_appeal(*, actor: Actor, appeal_id: int, state: AppealState, answer: str, now: datetime) -> Appeal:
    """A human answers, with the reason in words.

    Raises:
        NotYourDuty
        AlreadyAnswered: a colleague was faster, or the person withdrew it.
        AnswerTooShort
    """
    check_may(actor, "answer_appeals")
    appeal = Appeal.objects.select_for_update().filter(pk=appeal_id).first()
    if appeal is None:
        raise selectors.NoSuchAppeal(f"no appeal {appeal_id} here")
    if appeal.state != AppealState.WAITING:
        raise AlreadyAnswered(f"appeal {appeal_id} is {appeal.state}")
    if state not in (AppealState.UPHELD, AppealState.CHANGED) or len(answer.strip()) < 10:
        raise AnswerTooShort
    appeal.state, appeal.answer = state, answer.strip()
    appeal.answered_by_id, appeal.answered_at = actor.account, now
    appeal.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    if state is AppealState.CHANGED:
        # What the official has put right is in the facts: the matter is decided by them, today.
        deciding.decide(actor=actor, person_id=PersonId(appeal.person_id), now=now, only=[appeal.benefit])
    audit.record(
        actor=actor,
        action="appeal_answered",
        now=now,
        subject=("person", appeal.person_id),
        division=appeal.division,
        reason=state,
    )
    return appeal


def appeal_deadline(now: datetime, county: int) -> tuple[date, bool]:
    """By when a disagreement made now is answered, and whether every year had its table of workdays."""
    days = policies.number("appeal_answer_workdays", county, now.date())
    deadline = calendars.add_workdays(now.date(), days, calendars.shipped_workdays())
    return deadline.day, not deadline.uncovered
