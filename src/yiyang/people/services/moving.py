"""Into another branch: one side asks, the other receives, and only then does she move."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from yiyang.accounts.guards import check_may
from yiyang.base import outbox
from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId
from yiyang.base.log import audit
from yiyang.engine import identifying
from yiyang.engine.errors import Conflict
from yiyang.people import guards
from yiyang.people.choices import MoveState
from yiyang.people.events import MoveReceived
from yiyang.people.models import Move
from yiyang.people.selectors.one_record import NoSuchCase
from yiyang.people.services.changing import ABOVE_COUNTIES, NotYourPlace, lock_living, move_person
from yiyang.regions import selectors as regions


class AlreadyAsked(Conflict):
    code = "people.already_asked"
    message = "已经有一次迁移在等对方接收。要改地方，请先撤回那一次"


@transaction.atomic
def ask_to_move(*, actor: Actor, person_id: PersonId, to: str, why: str, now: datetime) -> Move | None:
    """Within the own branch she moves at once and nothing is returned; else the other branch is asked.

    Raises:
        NotYourDuty, NoSuchPerson, AlreadyDead, NoSuchPlace, ReasonMissing
        AlreadyAsked: a request waits.
    """
    check_may(actor, "move_people")
    person = lock_living(person_id)
    place = regions.place(to, on=now.date())
    if place.level in ABOVE_COUNTIES:
        raise regions.NoSuchPlace(f"{to} is no place where somebody is registered as living")
    if actor.scope.holds(place.division):
        move_person(actor=actor, person_id=PersonId(person.pk), to=place.division, now=now)
        return None
    try:
        with transaction.atomic():
            asked = Move.objects.create(
                person=person,
                from_division=person.division,
                to_division=place.division,
                masked_name=identifying.masked_name(person.name),
                birth_year=person.born_on.year,
                why=guards.check_reason(why)[:300],
                asked_at=now,
                asked_by_id=actor.user_id,
            )
    except IntegrityError as error:
        raise AlreadyAsked(f"person {person.pk} is already asked for") from error
    audit.record(
        actor=actor,
        action="move_asked",
        now=now,
        subject=("person", person.pk),
        division=person.division,
        detail={"from": person.division, "to": place.division},
    )
    return asked


@transaction.atomic
def answer_move(*, actor: Actor, move_id: int, receive: bool, answer: str, now: datetime) -> Move:
    """The receiving branch says yes or no; after a yes she is moved by the process that hears it.

    Raises:
        NotYourDuty, NoSuchCase, NotYourPlace, NotWaiting, ReasonMissing
    """
    check_may(actor, "move_people")
    asked = _lock(move_id)
    if not actor.scope.holds(asked.to_division):
        raise NotYourPlace(f"{asked.to_division} is outside {actor.prefix}")
    asked.state = MoveState.RECEIVED if receive else MoveState.REFUSED
    asked.answer = answer.strip()[:300] if receive else guards.check_reason(answer)[:300]
    _answered(asked, actor, now)
    if receive:
        outbox.publish(
            MoveReceived(
                person_id=asked.person_id,
                move_id=asked.pk,
                was=asked.from_division,
                division=asked.to_division,
                at=now,
            )
        )
    return asked


@transaction.atomic
def withdraw_move(*, actor: Actor, move_id: int, now: datetime) -> None:
    """The side that asked takes it back.

    Raises:
        NotYourDuty, NoSuchCase, NotYourPlace, NotWaiting
    """
    check_may(actor, "move_people")
    asked = _lock(move_id)
    if not actor.scope.holds(asked.from_division):
        raise NotYourPlace(f"{asked.from_division} is outside {actor.prefix}")
    asked.state = MoveState.WITHDRAWN
    _answered(asked, actor, now)


def _lock(move_id: int) -> Move:
    found = Move.objects.select_for_update().filter(pk=move_id).first()
    if found is None:
        raise NoSuchCase(f"no move {move_id} here")
    if found.state != MoveState.WAITING:
        raise guards.NotWaiting(f"move {move_id} is {found.state}")
    return found


def _answered(asked: Move, actor: Actor, now: datetime) -> None:
    asked.answered_at, asked.answered_by_id = now, actor.user_id
    asked.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    audit.record(
        actor=actor,
        action="move_answered",
        now=now,
        subject=("person", asked.person_id),
        division=actor.prefix,
        reason=asked.state,
    )
