from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from yiyang.base import outbox
from yiyang.base.actors import Actor, ActorKind
from yiyang.base.ids import PersonId
from yiyang.base.log import audit
from yiyang.engine.errors import Forbidden, Refused
from yiyang.people import guards
from yiyang.people.choices import Source
from yiyang.people.events import FactsChanged, PersonMoved
from yiyang.people.facts import FACTS
from yiyang.people.models import Fact, Person, State
from yiyang.people.selectors import NoSuchPerson, ids_of
from yiyang.regions import selectors as regions
from yiyang.regions.codes import Level

ABOVE_COUNTIES = frozenset({Level.NATION, Level.REGION, Level.CITY})


class AlreadyDead(Refused):
    code = "people.already_dead"
    message = "登记过去世，不能再改她的情况。登记有误请先更正"


class NotYourPlace(Forbidden):
    code = "people.not_your_place"
    message = "搬去的地方不在您的辖区，请上级民政部门办理迁移"


def lock_living(person_id: PersonId) -> Person:
    """The record that stands for this id, locked.

    Raises:
        NoSuchPerson, AlreadyDead
    """
    found = Person.objects.select_for_update().filter(pk=person_id).first()
    if found is None:
        raise NoSuchPerson(f"no person {person_id} here")
    if found.merged_into_id is not None:
        return lock_living(PersonId(found.merged_into_id))
    if found.died_on is not None:
        raise AlreadyDead(f"person {person_id} died on {found.died_on}")
    return found


@transaction.atomic
def record_facts(
    *,
    actor: Actor,
    person_id: PersonId,
    facts: Mapping[str, int | None],
    source: Source,
    valid_from: date,
    now: datetime,
) -> None:
    """Write down what one source says as of one day; later words follow, none is changed.

    The state moves only where no word with a later ``valid_from`` is known: news about last year does
    not overwrite this year.

    Raises:
        NoSuchPerson, AlreadyDead
        FactRefused: unknown fact, out of range, in the future, before birth, or in contradiction to another;
            nothing is written.
    """
    person = lock_living(person_id)
    person_id = PersonId(person.pk)
    for key, value in facts.items():
        guards.check_fact(key, value, valid_from, today=now.date(), born_on=person.born_on)
    later = set(
        Fact.objects.filter(
            person_id__in=ids_of(person_id), key__in=list(facts), valid_from__gt=valid_from
        ).values_list("key", flat=True)
    )
    moves = {key: value for key, value in facts.items() if key not in later}
    guards.check_together(State.objects.filter(pk=person_id).values().first() or {}, moves)
    Fact.objects.bulk_create(
        Fact(person=person, key=key, value=value, source=source, valid_from=valid_from, recorded_at=now)
        for key, value in facts.items()
    )
    if moves:
        State.objects.filter(pk=person_id).update(
            **{key: _as_column(key, value) for key, value in moves.items()}
        )
    audit.record(
        actor=actor,
        action="facts",
        now=now,
        subject=("person", person_id),
        division=person.division,
        fields=sorted(facts),
        reason=source,
    )
    outbox.publish(
        FactsChanged(person_id=person_id, keys=tuple(sorted(moves)), division=person.division, at=now)
    )


def _as_column(key: str, value: int | None) -> int | bool | None:
    return bool(value) if FACTS[key].boolean and value is not None else value


@transaction.atomic
def move_person(*, actor: Actor, person_id: PersonId, to: str, now: datetime) -> None:
    """Change the community of residence; what was decided keeps its place, the person moves.

    Raises:
        NoSuchPerson, AlreadyDead
        NoSuchPlace: not in the tree of places today, or wider than a county.
        NotYourPlace: the new place is outside the actor's branch.
    """
    person = lock_living(person_id)
    person_id = PersonId(person.pk)
    place = regions.place(to, on=now.date())
    if place.level in ABOVE_COUNTIES:
        raise regions.NoSuchPlace(f"{to} is no place where somebody is registered as living")
    to = place.division
    if actor.kind is ActorKind.STAFF and not actor.scope.holds(to):
        raise NotYourPlace(f"{to} is outside {actor.prefix}")
    was = person.division
    State.objects.filter(pk=person_id).update(division=to, residence_county=int(to[:6]))
    person.division = to
    person.save(update_fields=["division"])
    Person.objects.filter(merged_into=person).update(division=to)  # an alias lies where she lives
    audit.record(
        actor=actor,
        action="moved",
        now=now,
        subject=("person", person_id),
        division=to,
        detail={"from": was, "to": to},
    )
    outbox.publish(PersonMoved(person_id=person_id, was=was, division=to, at=now))
