from __future__ import annotations

import itertools
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId
from yiyang.base.log import audit
from yiyang.entitlements.services import asking
from yiyang.outreach import guards
from yiyang.outreach.choices import WORKED, Channel, LeadState, Outcome
from yiyang.outreach.models import ContactAttempt, Lead

# What one outcome does to every lead of the person that is still being worked; None leaves the state.
EFFECT: dict[Outcome, LeadState | None] = {
    Outcome.APPLIED: LeadState.APPLIED,
    Outcome.WILL_COME: LeadState.CONTACTED,
    Outcome.NOT_AT_HOME: None,
    Outcome.NO_ANSWER: None,
    Outcome.DECLINED: LeadState.DECLINED,
    Outcome.IN_HOSPITAL: LeadState.UNREACHABLE,
    Outcome.MOVED: LeadState.UNREACHABLE,
    Outcome.DIED: LeadState.UNREACHABLE,
    Outcome.NOT_ELIGIBLE: LeadState.NOT_ELIGIBLE_AFTER_ALL,
}
NEEDS_NOTE = frozenset({Outcome.DECLINED, Outcome.NOT_ELIGIBLE, Outcome.DIED, Outcome.MOVED})
TRIES_UNTIL_UNREACHABLE = 3
AGAIN_WITHIN = timedelta(days=183)  # a slip of the year would hide somebody for good
TOO_FAR = "下次联系的日期太远了，最晚半年以内"
# After these her own request for help has been answered.
DONE = frozenset({LeadState.APPLIED, LeadState.DECLINED, LeadState.NOT_ELIGIBLE_AFTER_ALL})


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One try to reach a person. ``request_key`` is made by the phone: the same try twice counts once."""

    request_key: uuid.UUID
    person_id: PersonId
    channel: Channel
    outcome: Outcome
    note: str = ""
    again_on: date | None = None


def _lock_worked(person_id: PersonId) -> list[Lead]:
    """All leads of the person still being worked, locked in the order of their ids."""
    found = Lead.objects.select_for_update().filter(person_id=person_id, state__in=WORKED)
    return list(found.order_by("pk"))


@transaction.atomic
def take_leads(*, actor: Actor, person_id: PersonId, now: datetime) -> list[Lead]:
    """One person, one visit, all her leads: whoever takes her takes them together.

    Raises:
        NotYourDuty, NothingOpen
        AlreadyTaken: a colleague was faster.
    """
    leads = _lock_worked(person_id)
    guards.check_can_take(actor, leads)
    for lead in leads:
        if lead.taken_by_id is None:
            lead.taken_by_id, lead.taken_at = actor.user_id, now
            if lead.state == LeadState.NEW:
                lead.state = LeadState.ASSIGNED
            lead.save(update_fields=["taken_by", "taken_at", "state"])
    asking.note_taken(person_id=person_id, taken=True)
    audit.record(
        actor=actor, action="leads_taken", now=now, subject=("person", person_id), division=leads[0].division
    )
    return leads


@transaction.atomic
def give_back(*, actor: Actor, person_id: PersonId, now: datetime) -> None:
    """Back on everybody's list.

    Raises:
        NotYourDuty, NothingOpen, NotYourLead
    """
    leads = [lead for lead in _lock_worked(person_id) if lead.taken_by_id is not None]
    guards.check_can_work(actor, leads)
    for lead in leads:
        lead.taken_by_id, lead.taken_at = None, None
        if lead.state == LeadState.ASSIGNED:
            lead.state = LeadState.NEW
        lead.save(update_fields=["taken_by", "taken_at", "state"])
    asking.note_taken(person_id=person_id, taken=False)
    audit.record(
        actor=actor,
        action="leads_given_back",
        now=now,
        subject=("person", person_id),
        division=leads[0].division,
    )


@transaction.atomic
def record_attempt(*, actor: Actor, attempt: Attempt, now: datetime) -> ContactAttempt:
    """Write down one try; a repeated ``request_key`` gives back the first.

    A next day takes her off the list until that day. What was done for her closes what she asked for. A word
    that she has died changes no money and records no death: it waits for a second source.

    Raises:
        NotYourDuty, NothingOpen, NotYourLead
        AttemptRefused: an outcome that wants a note has none, or the next date is past or beyond half a year.
    """
    leads = _lock_worked(attempt.person_id)
    if first := ContactAttempt.objects.filter(request_key=attempt.request_key).first():
        return first
    guards.check_can_work(actor, leads)
    _check(attempt, now.date())
    row = ContactAttempt.objects.create(
        request_key=attempt.request_key,
        person_id=attempt.person_id,
        division=leads[0].division,
        at=now,
        by_id=actor.account,
        channel=attempt.channel,
        outcome=attempt.outcome,
        note=attempt.note.strip(),
        again_on=attempt.again_on,
    )
    row.leads.set(leads)
    state = EFFECT[attempt.outcome]
    if state is None and _tries_in_vain(attempt.person_id) >= TRIES_UNTIL_UNREACHABLE:
        state = LeadState.UNREACHABLE
    for lead in leads:
        if lead.taken_by_id is None:
            lead.taken_by_id, lead.taken_at = actor.user_id, now
        lead.state = state or (LeadState.ASSIGNED if lead.state == LeadState.NEW else lead.state)
        lead.again_on = attempt.again_on
        lead.save(update_fields=["taken_by", "taken_at", "state", "again_on"])
    if state in DONE:
        asking.close_applications(
            person_id=attempt.person_id,
            benefits=[lead.benefit for lead in leads],
            outcome=attempt.outcome.label,
            now=now,
        )
    audit.record(
        actor=actor,
        action="contact_attempt",
        now=now,
        subject=("person", attempt.person_id),
        division=leads[0].division,
        reason=attempt.outcome,
    )
    return row


def _tries_in_vain(person_id: PersonId) -> int:
    """How often nobody was met since the person was last spoken with."""
    outcomes = ContactAttempt.objects.filter(person_id=person_id).order_by("-at", "-pk")
    last = outcomes.values_list("outcome", flat=True)[:TRIES_UNTIL_UNREACHABLE]
    return len(list(itertools.takewhile(lambda o: EFFECT[Outcome(o)] is None, last)))


def _check(attempt: Attempt, today: date) -> None:
    if attempt.outcome in NEEDS_NOTE and len(attempt.note.strip()) < 2:
        text = f"选了“{attempt.outcome.label}”，请写一句是怎么知道的"
        raise guards.AttemptRefused(f"{attempt.outcome} without a note", message=text)
    if attempt.again_on is not None and attempt.again_on < today:
        raise guards.AttemptRefused(
            f"again on {attempt.again_on}", message="下次联系的日期已经过去，请改一个"
        )
    if attempt.again_on is not None and attempt.again_on > today + AGAIN_WITHIN:
        raise guards.AttemptRefused(f"again on {attempt.again_on}", message=TOO_FAR)
