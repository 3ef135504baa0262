"""Decisions for one person, after something about her changed: followed by new ones, never rewritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from yiyang.base import outbox
from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId
from yiyang.base.log import audit
from yiyang.engine import identifying
from yiyang.engine.ruling.benefits import LawOfDay
from yiyang.engine.ruling.evaluating import Finding, missing
from yiyang.entitlements import selectors
from yiyang.entitlements.choices import OPEN_APPLICATION, AppealState, ApplicationState, Status
from yiyang.entitlements.events import EntitlementsChanged
from yiyang.entitlements.models import Appeal, Application, Decision, Standing
from yiyang.entitlements.selectors.explaining import (
    amount_of,
    findings_of,
    receipts_on,
    responsible,
    status_of,
)
from yiyang.people import selectors as people
from yiyang.policies import library


@dataclass(frozen=True)
class Outcome:
    """What one benefit comes to just now."""

    benefit: str
    division: str
    status: Status
    amount: int | None
    reason_code: int | None
    awaits_assessment: bool


def touched_by(facts: Iterable[str], *, on: date) -> list[str]:
    """Stored results that read one of these facts, directly or through another result."""
    law, wanted = library.law_of(on), set(facts)
    stored = selectors.marks(on=on).stored
    return [name for name in stored if wanted & set(law.only({name}).inputs())]


@transaction.atomic
def decide(
    *, actor: Actor, person_id: PersonId, now: datetime, only: Sequence[str] | None = None
) -> list[Decision]:
    """Decide a person's stored results anew; where nothing changed nothing is written.

    Args:
        only: results to look at; all stored ones if left out.

    Raises:
        NoSuchPerson: dead, absent or out of scope.
    """
    person = people.person(person_id)
    on = now.date()
    law, findings = findings_of(people.sweep_row(person_id), on)
    wanted = [n for n in selectors.marks(on=on).stored if only is None or n in only]
    outcomes = [
        Outcome(
            name,
            responsible(law.rules.rules[name], person.hukou_division, person.division),
            status_of(findings[name].value),
            amount_of(findings[name].value),
            findings[name].arm,
            _awaits_assessment(law.rules, findings, name),
        )
        for name in wanted
    ]
    receives = {r.benefit for r in receipts_on(person_id, on)}
    before = {
        s.benefit: s
        for s in Standing.objects.select_for_update()
        .filter(person_id=person_id, benefit__in=wanted)
        .order_by("pk")
    }
    written: list[Decision] = []
    waits: list[str] = []
    for outcome in outcomes:
        standing = before.get(outcome.benefit)
        if not _differs(standing, outcome):
            waits += _note_wait(standing, outcome)
            continue
        decision = Decision.objects.create(
            person_id=person_id,
            benefit=outcome.benefit,
            division=outcome.division,
            status=outcome.status,
            amount=outcome.amount,
            as_of=on,
            reason_code=outcome.reason_code,
            rules_digest=law.rules.digest(),
            numbers_digest=law.numbers.digest(),
            starts_on=on if outcome.status is Status.ELIGIBLE else None,
            ends_on=on if outcome.status is Status.NOT_ELIGIBLE else None,
            supersedes_id=standing.decision_id if standing else None,
            masked_name=identifying.masked_name(person.name),
            birth_year=person.born_on.year,
            decided_at=now,
        )
        _project(standing, outcome, decision, person.division, receives, on)
        written.append(decision)
    if written:
        audit.record(
            actor=actor,
            action="decided",
            now=now,
            subject=("person", person_id),
            division=person.division,
            detail={"benefits": [d.benefit for d in written]},
        )
    if touched := (*(d.benefit for d in written), *waits):
        outbox.publish(
            EntitlementsChanged(person_id=person_id, benefits=touched, division=person.division, at=now)
        )
    return written


def _awaits_assessment(law: LawOfDay, findings: Mapping[str, Finding], name: str) -> bool:
    """Would an assessment tell this amount? The same question as the sweep asks of everybody."""
    return law.rules[name].is_amount and any(law.fields[f].assessed for f in missing(law, findings, name))


def _differs(standing: Standing | None, outcome: Outcome) -> bool:
    if standing is None:
        return outcome.status is not Status.NOT_ELIGIBLE  # nothing is written for a plain "no"
    said = (standing.status, standing.amount, standing.division)
    return said != (outcome.status, outcome.amount, outcome.division)


def _note_wait(standing: Standing | None, outcome: Outcome) -> list[str]:
    """The same answer, but another reason for not knowing: no new decision, yet another lead."""
    if standing is None or standing.awaits_assessment == outcome.awaits_assessment:
        return []
    standing.awaits_assessment = outcome.awaits_assessment
    standing.save(update_fields=["awaits_assessment"])
    return [outcome.benefit]


def _project(
    standing: Standing | None,
    outcome: Outcome,
    decision: Decision,
    residence: str,
    receives: set[str],
    on: date,
) -> None:
    if outcome.status is Status.NOT_ELIGIBLE:
        if standing is not None:
            standing.delete()
        return
    since = standing.since if standing is not None and standing.status == outcome.status else on
    Standing.objects.update_or_create(
        person_id=decision.person_id,
        benefit=outcome.benefit,
        defaults={
            "decision": decision,
            "residence": residence,
            "division": outcome.division,
            "status": outcome.status,
            "amount": outcome.amount,
            "since": since,
            "receives": outcome.benefit in receives,
            "awaits_assessment": outcome.awaits_assessment,
        },
    )


@transaction.atomic
def end_all(*, person_id: PersonId, now: datetime) -> None:
    """After a death: everything that stood ends, by a decision of its own; what was asked for is closed."""
    person = people.person(person_id)
    asked = Application.objects.filter(person_id=person_id, state__in=OPEN_APPLICATION)
    asked.update(state=ApplicationState.DONE, closed_at=now, outcome="已去世")
    for standing in Standing.objects.select_for_update().filter(person_id=person_id).order_by("pk"):
        last = Decision.objects.get(pk=standing.decision_id)
        Decision.objects.create(
            person_id=person_id,
            benefit=standing.benefit,
            division=standing.division,
            status=Status.NOT_ELIGIBLE,
            amount=0,
            as_of=now.date(),
            rules_digest=last.rules_digest,
            numbers_digest=last.numbers_digest,
            ends_on=person.died_on or now.date(),
            supersedes_id=last.pk,
            masked_name=last.masked_name,
            birth_year=last.birth_year,
            decided_at=now,
        )
        standing.delete()


@transaction.atomic
def follow_move(*, actor: Actor, person_id: PersonId, now: datetime) -> None:
    """After a move: what stands is seen from the new place, and what depends on the place is decided anew."""
    person = people.person(person_id)
    Standing.objects.filter(person_id=person_id).update(residence=person.division)
    # Whoever is to answer must see her: the old place does not any more.
    asked = Application.objects.filter(person_id=person_id, state__in=OPEN_APPLICATION)
    asked.update(division=person.division)
    Appeal.objects.filter(person_id=person_id, state=AppealState.WAITING).update(division=person.division)
    decide(actor=actor, person_id=person_id, now=now)
