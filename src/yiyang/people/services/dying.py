"""A death is entered when two independent sources agree; a wrong one is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from yiyang.accounts.guards import check_may
from yiyang.base import outbox
from yiyang.base.actors import Actor, ActorKind
from yiyang.base.ids import PersonId
from yiyang.base.log import audit
from yiyang.people import guards, selectors
from yiyang.people.choices import ReportState, Source
from yiyang.people.events import DeathRefuted, DeathReported, PersonDied, PersonRevived
from yiyang.people.facts import STATE_COLUMNS
from yiyang.people.models import DeathReport, Person, State
from yiyang.people.selectors import one_record
from yiyang.people.selectors.one_record import NoSuchCase
from yiyang.people.services.changing import lock_living


class NotDead(guards.NotWaiting):
    code = "people.not_dead"
    message = "她没有登记为去世，不用更正。请刷新后再看"


@dataclass(frozen=True, kw_only=True)
class DeathWord:
    """What one source says: who says so, when she died if it is known, how it is known."""

    person_id: PersonId
    source: Source
    died_on: date | None = None
    note: str = ""


@transaction.atomic
def report_death(*, actor: Actor, word: DeathWord, now: datetime) -> DeathReport:
    """One source says she has died. The second independent one with the same day enters the death.

    Until then no money stops; visits wait, and every page says 待核实. The same source again changes nothing.

    Raises:
        NotYourDuty, NoSuchPerson, AlreadyDead
        FactRefused: no source for a death, in the future, before birth.
    """
    if actor.kind is ActorKind.STAFF and not actor.may("approve_import"):
        check_may(actor, "report_deaths")
    person = lock_living(word.person_id)
    _check(person, word, now.date())
    waiting = one_record.reports_waiting(PersonId(person.pk))
    if (again := next((r for r in waiting if r.source == word.source), None)) is not None:
        return again
    report = DeathReport.objects.create(
        person=person,
        division=person.division,
        died_on=word.died_on,
        source=word.source,
        note=word.note.strip()[:300],
        reported_at=now,
        reported_by_id=actor.user_id,
    )
    _note(actor, "death_reported", person, now, word.source)
    agreeing = [r for r in waiting if _independent(actor, r) and r.died_on == word.died_on is not None]
    if agreeing and word.died_on is not None:
        _enter(actor, person, report, word.died_on, now)
    elif not waiting:
        outbox.publish(DeathReported(person_id=person.pk, division=person.division, at=now))
    return report


def _independent(actor: Actor, first: DeathReport) -> bool:
    """A department's file is its own word, whoever lets it in; what staff hear counts once a hand."""
    return actor.user_id is None or actor.may("approve_import") or actor.user_id != first.reported_by_id


def _check(person: Person, word: DeathWord, today: date) -> None:
    if not guards.may_speak_of_death(word.source):
        raise guards.FactRefused(f"{word.source} reports no deaths", message="请选是谁说的")
    _check_day(person, word.died_on, today)


def _check_day(person: Person, died_on: date | None, today: date) -> None:
    if died_on is not None and not person.born_on <= died_on <= today:
        raise guards.FactRefused(f"died on {died_on}", message="去世日期不对。没有记下，请核对")


@transaction.atomic
def confirm_death(
    *, actor: Actor, report_id: int, source: Source, died_on: date, why: str, now: datetime
) -> None:
    """A second source confirms a report; from now on the death counts.

    Raises:
        NotYourDuty, NoSuchCase, NotWaiting, AlreadyDead, FactRefused, ReasonMissing
        SameSource: the first source, or the hand that reported it.
    """
    check_may(actor, "confirm_deaths")
    report = _lock(report_id)
    person = lock_living(PersonId(report.person_id))
    guards.check_second_source(actor, report, source)
    word = DeathWord(
        person_id=PersonId(person.pk), source=source, died_on=died_on, note=guards.check_reason(why)
    )
    _check(person, word, now.date())
    report.settled_why = word.note
    _enter(actor, person, report, died_on, now, second=source)


@transaction.atomic
def refute_death(*, actor: Actor, report_id: int, why: str, now: datetime) -> None:
    """She lives: every word that waits is refuted, and visits go on.

    Raises:
        NotYourDuty, NoSuchCase, NotWaiting, ReasonMissing
    """
    check_may(actor, "confirm_deaths")
    report = _lock(report_id)
    reason = guards.check_reason(why)
    person = lock_living(PersonId(report.person_id))
    _waiting(person).update(
        state=ReportState.REFUTED, settled_at=now, settled_by=actor.user_id, settled_why=reason
    )
    _note(actor, "death_refuted", person, now, reason)
    outbox.publish(DeathRefuted(person_id=person.pk, division=person.division, at=now))


@transaction.atomic
def record_death(*, actor: Actor, person_id: PersonId, died_on: date, source: Source, now: datetime) -> None:
    """Enter a death that two sources have confirmed elsewhere: the person leaves the sweep table.

    Raises:
        NoSuchPerson, AlreadyDead
        FactRefused: in the future, or before birth.
    """
    person = lock_living(person_id)
    _check_day(person, died_on, now.date())
    report = _waiting(person).filter(source=source).first() or DeathReport.objects.create(
        person=person,
        division=person.division,
        died_on=died_on,
        source=source,
        reported_at=now,
        reported_by_id=actor.user_id,
    )
    _enter(actor, person, report, died_on, now)


@transaction.atomic
def correct_death(*, actor: Actor, person_id: PersonId, why: str, now: datetime) -> None:
    """A death was entered wrongly: she stands as she stood, and is decided anew.

    Raises:
        NotYourDuty, NoSuchPerson, ReasonMissing
        NotDead: she lives, or nothing was kept of how she stood.
    """
    check_may(actor, "confirm_deaths")
    reason = guards.check_reason(why)
    root = selectors.root_of(person_id)
    person = Person.objects.select_for_update().filter(pk=root).first()
    if person is None:
        raise selectors.NoSuchPerson(f"no person {person_id} here")
    report = one_record.death_of(root)
    if person.died_on is None or report is None:
        raise NotDead(f"person {person_id} is not registered as dead")
    report.state, report.settled_why = ReportState.UNDONE, reason
    report.settled_at, report.settled_by_id = now, actor.user_id
    report.save(update_fields=["state", "settled_why", "settled_at", "settled_by"])
    Person.objects.filter(merged_into=person, died_on=person.died_on).update(died_on=None)
    person.died_on = None
    person.save(update_fields=["died_on"])
    # She may have been merged or moved in the registry meanwhile: the place is that of the record.
    place = {"division": person.division, "residence_county": int(person.division[:6])}
    State.objects.create(**(report.left | place))
    _note(actor, "death_corrected", person, now, reason)
    outbox.publish(PersonRevived(person_id=person.pk, division=person.division, at=now))


def _waiting(person: Person) -> QuerySet[DeathReport]:
    return DeathReport.objects.filter(person=person, state=ReportState.WAITING)


def _lock(report_id: int) -> DeathReport:
    found = DeathReport.objects.select_for_update().filter(pk=report_id).first()
    if found is None:
        raise NoSuchCase(f"no death report {report_id} here")
    if found.state != ReportState.WAITING:
        raise guards.NotWaiting(f"death report {report_id} is {found.state}")
    return found


def _enter(
    actor: Actor, person: Person, report: DeathReport, died_on: date, now: datetime, *, second: str = ""
) -> None:
    """The one place where a death becomes true."""
    left = State.objects.filter(pk=person.pk).values(*STATE_COLUMNS).first()
    _waiting(person).exclude(pk=report.pk).update(
        state=ReportState.JOINED, settled_at=now, settled_by=actor.user_id
    )
    report.state, report.died_on, report.left = ReportState.EFFECTIVE, died_on, dict(left or {})
    report.settled_at, report.settled_by_id = now, actor.user_id
    report.save()
    person.died_on = died_on
    person.save(update_fields=["died_on"])
    Person.objects.filter(merged_into=person, died_on=None).update(died_on=died_on)
    State.objects.filter(pk=person.pk).delete()
    _note(actor, "died", person, now, second or report.source)
    outbox.publish(PersonDied(person_id=person.pk, division=person.division, at=now))


def _note(actor: Actor, action: str, person: Person, now: datetime, reason: str) -> None:
    audit.record(
        actor=actor,
        action=action,
        now=now,
        subject=("person", person.pk),
        division=person.division,
        reason=reason,
    )
