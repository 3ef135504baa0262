"""Two officials judge one pair at the same moment, each on its own connection: one answer counts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.conftest import NOW
from tests.factories import people as make
from tests.factories import staff
from tests.factories.committing import committed, side_by_side
from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId
from yiyang.base.scoping import Role, Scope, acting
from yiyang.people import services as people
from yiyang.people.choices import DuplicateState, MergeState
from yiyang.people.guards import AlreadyDecided, AlreadyOne
from yiyang.people.models import Duplicate, Merge, Person

CITY = Scope.of("1502")
WHY = "当面核对过"


@dataclass
class Scene:
    wu: Person
    again: Person
    pair: Duplicate
    officials: tuple[Actor, Actor]


@pytest.fixture
def scene(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    with committed(django_db_blocker):
        officials = (staff.actor("official", "1502"), staff.actor("official", "1502", name="李娜"))
        with acting(Role.JOB, CITY, actor_id="process:tests"):
            wu, again = make.person(), make.person(division="150203001015")
            Person.objects.filter(pk=again.pk).update(id_number=None, id_number_bidx=None)
            people.find_for(person_id=PersonId(wu.pk), now=NOW)
            pair = Duplicate.objects.get()
        yield Scene(wu, again, pair, officials)


def at_once(scene: Scene, *acts: Callable[[Actor], object]) -> list[object]:
    gate = threading.Barrier(len(acts), timeout=10)

    def once(actor: Actor, act: Callable[[Actor], object]) -> object:
        with acting(Role.APP, actor.scope, actor_id=actor.label):
            gate.wait()
            return act(actor)

    pairs = zip(scene.officials, acts, strict=True)
    return side_by_side(*(lambda actor=actor, act=act: once(actor, act) for actor, act in pairs))


def merging(survivor: Person, other: Person) -> Callable[[Actor], object]:
    return lambda actor: people.merge_people(
        actor=actor,
        survivor_id=PersonId(survivor.pk),
        other_id=PersonId(other.pk),
        why=WHY,
        now=NOW,
    )


def test_merged_in_both_directions_at_once_one_survives_and_nobody_deadlocks(scene: Scene) -> None:
    answers = at_once(scene, merging(scene.wu, scene.again), merging(scene.again, scene.wu))
    assert sum(isinstance(answer, Merge) for answer in answers) == 1
    assert sum(isinstance(answer, AlreadyOne | AlreadyDecided) for answer in answers) == 1
    with acting(Role.JOB, CITY, actor_id="process:tests"):
        assert Person.objects.filter(merged_into__isnull=False).count() == 1
        assert Merge.objects.filter(state=MergeState.DONE).count() == 1


def test_one_says_the_same_and_one_says_not_and_the_first_word_stands(scene: Scene) -> None:
    answers = at_once(
        scene,
        merging(scene.wu, scene.again),
        lambda actor: people.decide_duplicate(
            actor=actor, duplicate_id=scene.pair.pk, state=DuplicateState.DIFFERENT, why=WHY, now=NOW
        ),
    )
    assert sum(isinstance(answer, AlreadyDecided) for answer in answers) == 1
    with acting(Role.JOB, CITY, actor_id="process:tests"):
        merged = Person.objects.filter(merged_into__isnull=False).exists()
        assert Duplicate.objects.get().state == (DuplicateState.SAME if merged else DuplicateState.DIFFERENT)
