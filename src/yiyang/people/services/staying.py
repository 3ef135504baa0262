"""Stays in hospitals and care homes, as dated facts that other rooms hear of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from yiyang.accounts.guards import check_may
from yiyang.base import outbox
from yiyang.base.actors import Actor, ActorKind
from yiyang.base.ids import PersonId
from yiyang.base.log import audit
from yiyang.people import guards
from yiyang.people.choices import Source, StayKind
from yiyang.people.events import PersonAdmitted, PersonDischarged
from yiyang.people.models import Person, Stay
from yiyang.people.selectors.one_record import NoSuchCase, ids_of
from yiyang.people.services.changing import lock_living, record_facts


class StaysOverlap(guards.FactRefused):
    code = "people.stays_overlap"
    message = "这段时间已经记过一次，两段不能重叠。请先改那一段的结束日期"


@dataclass(frozen=True, kw_only=True)
class Admission:
    """Where somebody stays since when; ``until`` for a stay that is over."""

    person_id: PersonId
    kind: StayKind
    since: date
    place: str
    source: Source
    until: date | None = None


@transaction.atomic
def begin_stay(*, actor: Actor, admission: Admission, now: datetime) -> Stay:
    """She is in a hospital or a care home, or was for a time.

    Raises:
        NotYourDuty, NoSuchPerson, AlreadyDead
        FactRefused: in the future, before birth, ends before it begins, no place named.
        StaysOverlap: another stay of the kind lies in that time.
    """
    if actor.kind is ActorKind.STAFF:
        check_may(actor, "record_stays")
    person = lock_living(admission.person_id)
    _check(person, admission, now.date())
    try:
        with transaction.atomic():
            stay = Stay.objects.create(
                person=person,
                kind=admission.kind,
                since=admission.since,
                until=admission.until,
                place=admission.place.strip()[:60],
                source=admission.source,
                recorded_at=now,
                ended_at=now if admission.until else None,
            )
    except IntegrityError as error:
        raise StaysOverlap(f"another {admission.kind} stay of person {person.pk}") from error
    _note(actor, "admitted", person, now, admission.kind)
    _say_where(actor, person, stay, stay.since, now, living=True)
    outbox.publish(
        PersonAdmitted(
            person_id=person.pk, kind=stay.kind, since=stay.since, division=person.division, at=now
        )
    )
    if stay.until is not None:
        _tell_end(actor, person, stay, stay.until, now)
    return stay


@transaction.atomic
def end_stay(*, actor: Actor, stay_id: int, until: date, now: datetime) -> Stay:
    """She left; ``until`` is the day.

    Raises:
        NotYourDuty, NoSuchCase, NoSuchPerson, AlreadyDead
        NotWaiting: it has ended already.
        FactRefused: before it began, or in the future.
    """
    if actor.kind is ActorKind.STAFF:
        check_may(actor, "record_stays")
    stay = Stay.objects.select_for_update().filter(pk=stay_id).first()
    if stay is None:
        raise NoSuchCase(f"no stay {stay_id} here")
    person = lock_living(PersonId(stay.person_id))
    if stay.until is not None:
        raise guards.NotWaiting(f"stay {stay_id} ended on {stay.until}", message="这次已经记过结束了")
    if not stay.since <= until <= now.date():
        text = f"结束日期要在 {stay.since:%Y-%m-%d} 到今天之间"
        raise guards.FactRefused(f"stay {stay_id} cannot end on {until}", message=text)
    stay.until, stay.ended_at = until, now
    stay.save(update_fields=["until", "ended_at"])
    _note(actor, "discharged", person, now, stay.kind)
    _tell_end(actor, person, stay, until, now)
    return stay


def _check(person: Person, admission: Admission, today: date) -> None:
    if not person.born_on <= admission.since <= today:
        raise guards.FactRefused(
            f"since {admission.since}", message="开始日期不对：不能在出生前，也不能还没到"
        )
    if admission.until is not None and not admission.since <= admission.until <= today:
        raise guards.FactRefused(f"until {admission.until}", message="结束日期要在开始日期到今天之间")
    if len(admission.place.strip()) < 2:
        raise guards.FactRefused("no place named", message="写明在哪家医院或机构")
    mine = Stay.objects.filter(person_id__in=ids_of(PersonId(person.pk)), kind=admission.kind)
    later = mine.filter(Q(until=None) | Q(until__gt=admission.since))
    if admission.until is not None:
        later = later.filter(since__lt=admission.until)
    if later.exists():
        raise StaysOverlap(f"another {admission.kind} stay of person {person.pk}")


def _tell_end(actor: Actor, person: Person, stay: Stay, until: date, now: datetime) -> None:
    _say_where(actor, person, stay, until, now, living=False)
    outbox.publish(
        PersonDischarged(person_id=person.pk, kind=stay.kind, until=until, division=person.division, at=now)
    )


def _say_where(actor: Actor, person: Person, stay: Stay, day: date, now: datetime, *, living: bool) -> None:
    """The fact that the law asks for is kept in line with the stays."""
    if stay.kind == StayKind.CARE_HOME:
        record_facts(
            actor=actor,
            person_id=PersonId(person.pk),
            facts={"lives_in_care_home": int(living)},
            source=Source(stay.source),
            valid_from=day,
            now=now,
        )


def _note(actor: Actor, action: str, person: Person, now: datetime, reason: str) -> None:
    audit.record(
        actor=actor,
        action=action,
        now=now,
        subject=("person", person.pk),
        division=person.division,
        reason=reason,
    )
