"""What a person may want about her own data, and how the house answers (PIPL 24, 44-50; unverified)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from yiyang.base.actors import Actor, ActorKind
from yiyang.base.ids import PersonId
from yiyang.base.keys import sealing
from yiyang.base.log import audit
from yiyang.engine import calendars
from yiyang.people import guards
from yiyang.people.choices import Asker, Purpose, RightChannel, RightKind, RightState
from yiyang.people.models import Consent, Person, RightsCase
from yiyang.people.selectors import NoSuchPerson
from yiyang.people.services import copying, forgetting

LONGEST_WORDS = 500


@dataclass(frozen=True)
class Wish:
    """What is wanted, and how it came to the house."""

    kind: RightKind
    channel: RightChannel = RightChannel.PAGE
    asker: Asker = Asker.SELF
    about: str = ""
    words: str = ""


@transaction.atomic
def ask(*, actor: Actor, person_id: PersonId, wish: Wish, workdays: int, now: datetime) -> RightsCase:
    """Take a wish down; asked twice it is the first one. On paper and by phone somebody in office does it.

    Args:
        workdays: within how many it is answered, by the law of the place.

    Raises:
        NotYourRight: neither the person nor somebody who may note it for her.
        RightRefused: withdrawing, without saying which consent; heirs of somebody who lives.
        NoSuchPerson
    """
    guards.check_may_ask(actor, person_id, wish.channel)
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NoSuchPerson(f"no person {person_id} here")
    guards.check_wish(wish.kind, wish.about, wish.asker, died=person.died_on is not None)
    running = RightsCase.objects.filter(
        person=person, kind=wish.kind, about=wish.about, state=RightState.OPEN
    )
    if found := running.first():
        return found
    day = calendars.add_workdays(now.date(), workdays, calendars.shipped_workdays())
    try:
        with transaction.atomic():
            made = _write(person, wish, actor, day.day, not day.uncovered, now)
    except IntegrityError:
        return running.get()  # the same tap came twice
    _note(actor, "right_asked", made, now)
    return made


def _write(
    person: Person, wish: Wish, actor: Actor, answer_by: date, complete: bool, now: datetime
) -> RightsCase:
    made = RightsCase.objects.create(
        person=person,
        division=person.division,
        kind=wish.kind,
        about=wish.about,
        channel=wish.channel,
        asker=wish.asker,
        made_at=now,
        noted_by_id=actor.user_id if actor.kind is ActorKind.STAFF else None,
        answer_by=answer_by,
        calendar_complete=complete,
    )
    if words := wish.words.strip()[:LONGEST_WORDS]:
        made.words = sealing.seal("people_rightscase.words", made.pk, words)
        made.save(update_fields=["words"])
    return made


@transaction.atomic
def withdraw(*, actor: Actor, case_id: int, now: datetime) -> None:
    """The person does not want it any more.

    Raises:
        NotYourRight, NoSuchCase
        AlreadyAnswered
    """
    case = _lock(case_id)
    guards.check_may_ask(actor, PersonId(case.person_id), RightChannel(case.channel))
    guards.check_open(case.state)
    case.state = RightState.WITHDRAWN
    case.save(update_fields=["state"])
    _note(actor, "right_withdrawn", case, now)


@transaction.atomic
def answer(*, actor: Actor, case_id: int, words: str, now: datetime) -> RightsCase:
    """Do what was asked, and say so in words the person understands.

    Raises:
        Forbidden: the duty does not answer such cases.
        NoSuchCase, AlreadyAnswered
        RightRefused: too few words, or nothing was corrected yet.
    """
    case = _lock(case_id)
    guards.check_may_answer(actor, case.state, words)
    if act := _ACTS.get(RightKind(case.kind)):
        case.evidence = act(case, now)
    return _close(case, actor, RightState.DONE, words, now)


@transaction.atomic
def refuse(*, actor: Actor, case_id: int, words: str, clause: str, now: datetime) -> RightsCase:
    """Say why it cannot be done, and by which clause.

    Raises:
        Forbidden, NoSuchCase, AlreadyAnswered
        RightRefused: too few words, or no clause.
    """
    case = _lock(case_id)
    guards.check_may_answer(actor, case.state, words)
    guards.check_clause(clause)
    case.clause = clause.strip()[:200]
    return _close(case, actor, RightState.REFUSED, words, now)


def _close(case: RightsCase, actor: Actor, state: RightState, words: str, now: datetime) -> RightsCase:
    case.state, case.answered_at, case.answered_by_id = state, now, actor.account
    case.answer = sealing.seal("people_rightscase.answer", case.pk, words.strip())
    case.save()
    _note(actor, "right_answered", case, now)
    return case


def _lock(case_id: int) -> RightsCase:
    found = RightsCase.objects.select_for_update().filter(pk=case_id).first()
    if found is None:
        raise guards.NoSuchCase(f"no case {case_id} here")
    return found


def _copied(case: RightsCase, now: datetime) -> dict[str, object]:
    text, evidence = copying.copy_of(PersonId(case.person_id), now=now)
    case.file = sealing.seal("people_rightscase.file", case.pk, text)
    return evidence


def _corrected(case: RightsCase, _now: datetime) -> dict[str, object]:
    """The change itself was made by its own service; here it is only found."""
    changes = audit.changes_of("person", case.person_id, since=case.made_at)
    guards.check_changed(changes)
    return {"changes": changes}


def _deleted(case: RightsCase, _now: datetime) -> dict[str, object]:
    return forgetting.forget_what_may_go(case.person_id)


def _withdrawn(case: RightsCase, now: datetime) -> dict[str, object]:
    taken = _take_back(PersonId(case.person_id), Purpose(case.about), now)
    return {"consents": taken, "purpose": case.about}


# To explain, or to look again, is done in words.
_ACTS: dict[RightKind, Callable[[RightsCase, datetime], dict[str, object]]] = {
    RightKind.COPY: _copied,
    RightKind.CORRECT: _corrected,
    RightKind.DELETE: _deleted,
    RightKind.WITHDRAW: _withdrawn,
}


@transaction.atomic
def give_consent(
    *, actor: Actor, person_id: PersonId, purpose: Purpose, channel: RightChannel, now: datetime
) -> None:
    """Agree to one purpose; agreed already it stays as it is.

    Raises:
        NotYourRight, NoSuchPerson
    """
    guards.check_may_ask(actor, person_id, channel)
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NoSuchPerson(f"no person {person_id} here")
    if not Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).exists():
        Consent.objects.create(
            person=person, division=person.division, purpose=purpose, channel=channel, given_at=now
        )
        _note_consent(actor, "consent_given", person, purpose, now)


@transaction.atomic
def take_back_consent(*, actor: Actor, person_id: PersonId, purpose: Purpose, now: datetime) -> None:
    """One tap: from now on the data is not used for it.

    Raises:
        NotYourRight, NoSuchPerson
    """
    guards.check_may_ask(actor, person_id, RightChannel.PAGE)
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NoSuchPerson(f"no person {person_id} here")
    if _take_back(person_id, purpose, now):
        _note_consent(actor, "consent_withdrawn", person, purpose, now)


def _take_back(person_id: PersonId, purpose: Purpose, now: datetime) -> int:
    living = Consent.objects.filter(person_id=person_id, purpose=purpose, withdrawn_at=None)
    return living.update(withdrawn_at=now)


def _note(actor: Actor, action: str, case: RightsCase, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        now=now,
        subject=("person", case.person_id),
        division=case.division,
        purpose=case.kind,
        detail={"case": str(case.code), "state": case.state},
    )


def _note_consent(actor: Actor, action: str, person: Person, purpose: Purpose, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        now=now,
        subject=("person", person.pk),
        division=person.division,
        purpose=purpose,
    )
