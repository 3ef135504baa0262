from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from yiyang.base import outbox
from yiyang.base.actors import Actor
from yiyang.base.ids import RehearsalId, RevisionId
from yiyang.base.log import audit
from yiyang.engine.errors import Refused
from yiyang.policies import guards, selectors
from yiyang.policies.choices import COUNTS_AS_LAW, TRANSITIONS, RevisionState
from yiyang.policies.events import LawChanged
from yiyang.policies.models import Revision
from yiyang.regions import codes


class ReasonMissing(Refused):
    code = "policies.reason_missing"
    message = "请写明原因（至少 5 个字）"


class PaperMissing(Refused):
    code = "policies.paper_missing"
    message = "请填文号和成文日期，凭文件才能排期"


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One number as an official wants it. ``place``: six digits; unit, merge and clause follow the key."""

    key: str
    place: int
    since: date
    value: int
    merge: str
    doc: str
    clause: str
    why: str


def _padded(place: int) -> str:
    return f"{place:06d}".ljust(12, "0")


def _lock(revision_id: RevisionId) -> Revision:
    found = Revision.objects.select_for_update().filter(pk=revision_id).first()
    if found is None:
        raise selectors.NoSuchRevision(f"no revision {revision_id} here")
    return found


def _check_number(proposal: Proposal, *, besides: int | None = None) -> str:
    """The unit of the key; refuses unknown keys, unknown clauses and a second row of one day."""
    unit = selectors.unit_of(proposal.key)
    if unit is None:
        raise guards.UnknownNumber(proposal.key)
    if selectors.clause_of(proposal.doc, proposal.clause) is None:
        text = f"没有“{proposal.doc}”第 {proposal.clause} 条，请从条款列表里选"
        raise guards.UnknownNumber(f"{proposal.doc} {proposal.clause}", message=text)
    same = Revision.objects.filter(
        key=proposal.key, place=proposal.place, since=proposal.since, state__in=COUNTS_AS_LAW
    )
    if besides is not None:
        same = same.exclude(pk=besides)
    if same.exists() or selectors.shipped_begins(proposal.key, proposal.place, proposal.since):
        raise guards.SameDay(f"{proposal.key} at {proposal.place} from {proposal.since}")
    return unit


@transaction.atomic
def propose_revision(*, actor: Actor, proposal: Proposal, now: datetime) -> Revision:
    """Draft one changed number.

    Raises:
        NotYourDuty, NotYourPlace, ForThePast, BadValue, UnknownNumber, SameDay
    """
    division = _padded(proposal.place)
    guards.check_can_propose(actor, division, proposal.since, proposal.value, today=now.date())
    unit = _check_number(proposal)
    revision = Revision.objects.create(
        key=proposal.key,
        place=proposal.place,
        since=proposal.since,
        value=proposal.value,
        unit=unit,
        merge=proposal.merge,
        doc=proposal.doc,
        clause=proposal.clause,
        why=proposal.why,
        division=division,
        proposed_by_id=actor.account,
        proposed_at=now,
    )
    _note(actor, "revision_proposed", revision, now)
    return revision


@transaction.atomic
def edit_revision(
    *, actor: Actor, revision_id: RevisionId, since: date, value: int, why: str, now: datetime
) -> Revision:
    """Change a draft; a rehearsed one falls back to draft, because its figures no longer hold.

    Whoever wrote the number that stands now counts as its proposer and may not approve it.

    Raises:
        NoSuchRevision, WrongState, NotYourDuty, NotYourPlace, ForThePast, BadValue, SameDay
    """
    revision = _lock(revision_id)
    guards.check_state(revision, TRANSITIONS["edit_revision"][0])
    guards.check_can_propose(actor, revision.division, since, value, today=now.date())
    revision.since, revision.value, revision.why = since, value, why
    _check_number(_proposal_of(revision), besides=revision.pk)
    revision.state, revision.proposed_by_id = RevisionState.DRAFT, actor.account
    revision.rehearsal_id, revision.rehearsed_at = None, None
    revision.save()
    _note(actor, "revision_edited", revision, now)
    return revision


def _proposal_of(r: Revision) -> Proposal:
    return Proposal(
        key=r.key,
        place=r.place,
        since=r.since,
        value=r.value,
        merge=r.merge,
        doc=r.doc,
        clause=r.clause,
        why=r.why,
    )


@transaction.atomic
def note_rehearsal(
    *, actor: Actor, revision_id: RevisionId, rehearsal_id: RehearsalId, fingerprint: str, now: datetime
) -> Revision:
    """The rehearsal of exactly this draft is stored.

    Raises:
        NoSuchRevision, WrongState: gone or edited meanwhile.
    """
    revision = _lock(revision_id)
    guards.check_state(revision, TRANSITIONS["note_rehearsal"][0])
    if selectors.fingerprint(revision) != fingerprint:
        raise guards.WrongState(f"revision {revision_id} was edited during its rehearsal")
    revision.state, revision.rehearsal_id, revision.rehearsed_at = RevisionState.REHEARSED, rehearsal_id, now
    revision.save(update_fields=["state", "rehearsal_id", "rehearsed_at"])
    _note(actor, "revision_rehearsed", revision, now)
    return revision


@transaction.atomic
def approve_revision(
    *, actor: Actor, revision_id: RevisionId, rehearsal_id: RehearsalId, now: datetime
) -> Revision:
    """The second pair of eyes, on the rehearsal it has seen.

    Raises:
        NoSuchRevision, NotYourDuty, NotYourPlace, OwnWork, NotRehearsed, ForThePast, WrongState
        Reworked: edited or rehearsed again since.
    """
    revision = _lock(revision_id)
    guards.check_can_approve(actor, revision, today=now.date())
    guards.check_seen(revision, rehearsal_id)
    revision.state, revision.approved_by_id, revision.approved_at = RevisionState.APPROVED, actor.account, now
    revision.save(update_fields=["state", "approved_by", "approved_at"])
    _note(actor, "revision_approved", revision, now)
    return revision


@transaction.atomic
def schedule_revision(
    *, actor: Actor, revision_id: RevisionId, document_number: str, document_on: date | None, now: datetime
) -> Revision:
    """The paper is there: the number comes into force on its day.

    Raises:
        NoSuchRevision, WrongState, PaperMissing, ForThePast, SameDay, NotYourPlace
    """
    revision = _lock(revision_id)
    guards.check_state(revision, TRANSITIONS["schedule_revision"][0])
    guards.check_can_withdraw(actor, revision)
    if not document_number.strip() or document_on is None:
        raise PaperMissing
    if revision.since < now.date():
        raise guards.ForThePast(f"since {revision.since}")
    _check_number(_proposal_of(revision), besides=revision.pk)
    revision.state, revision.scheduled_at = RevisionState.SCHEDULED, now
    revision.document_number, revision.document_on = document_number.strip(), document_on
    revision.save(update_fields=["state", "scheduled_at", "document_number", "document_on"])
    _note(actor, "revision_scheduled", revision, now)
    return revision


@transaction.atomic
def withdraw_revision(*, actor: Actor, revision_id: RevisionId, why: str, now: datetime) -> Revision:
    """Take a draft, or a number not yet in force, back.

    Raises:
        NoSuchRevision, WrongState, NotYourPlace, ReasonMissing
    """
    revision = _lock(revision_id)
    guards.check_state(revision, TRANSITIONS["withdraw_revision"][0])
    guards.check_can_withdraw(actor, revision)
    if len(why.strip()) < 5:
        raise ReasonMissing
    revision.state, revision.withdrawn_at, revision.withdrawn_why = RevisionState.WITHDRAWN, now, why.strip()
    revision.save(update_fields=["state", "withdrawn_at", "withdrawn_why"])
    _note(actor, "revision_withdrawn", revision, now)
    return revision


@transaction.atomic
def put_in_force_due(*, actor: Actor, now: datetime) -> list[RevisionId]:
    """What is scheduled until today comes into force; the number before it is superseded, and kept.

    Called by ``yiyang work``; idempotent. Nothing past moves: the earlier number keeps its own days.
    """
    due = Revision.objects.select_for_update(skip_locked=True).filter(
        state=RevisionState.SCHEDULED, since__lte=now.date()
    )
    done: list[RevisionId] = []
    for revision in due.order_by("since", "pk"):
        before = Revision.objects.select_for_update().filter(
            key=revision.key, place=revision.place, state=RevisionState.IN_FORCE, since__lt=revision.since
        )
        before.update(state=RevisionState.SUPERSEDED, until=revision.since)
        revision.state, revision.in_force_at = RevisionState.IN_FORCE, now
        revision.save(update_fields=["state", "in_force_at"])
        _note(actor, "revision_in_force", revision, now)
        outbox.publish(
            LawChanged(
                division=codes.prefix_of(revision.division), at=now, keys=(revision.key,), on=revision.since
            )
        )
        done.append(RevisionId(revision.pk))
    return done


def _note(actor: Actor, action: str, revision: Revision, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        now=now,
        subject=("revision", revision.pk),
        division=revision.division,
        detail={
            "key": revision.key,
            "place": revision.place,
            "value": revision.value,
            "since": f"{revision.since}",
        },
    )
