"""The trail of who looked: everybody may add, the branch may read, nobody may change."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tests.conftest import NOW
from yiyang.base.actors import Actor, ActorKind, process
from yiyang.base.ids import UserId
from yiyang.base.log import audit
from yiyang.base.scoping import Role, Scope, acting

HOME = "150204001021"
LOOKING = Actor(ActorKind.STAFF, UserId(7), "张伟", "grid_worker", frozenset({"view_people"}), HOME)


def look(division: str = HOME) -> None:
    audit.record(
        actor=LOOKING, action="viewed", now=NOW, subject=("person", 5), division=division, fields=["phone"],
        face="w", purpose="走访", request_id=uuid.uuid4(), detail={"count": 1},
    )  # fmt: skip


def test_a_line_says_who_in_which_duty_saw_what_of_whom_and_the_newest_comes_first(db: None) -> None:
    with acting(Role.APP, Scope.of(HOME)):
        look()
        audit.record(
            actor=process("deciding"), action="decided", now=NOW, subject=("person", 5), division=HOME
        )
        last, first = audit.trail_of("person", 5)
    assert (first.actor, first.actor_name, first.duty) == ("staff:7", "张伟", "grid_worker")
    assert (first.fields, first.purpose, first.detail) == (["phone"], "走访", {"count": 1})
    assert (last.actor, last.action) == ("process:deciding", "decided")


@pytest.mark.parametrize("role", [Role.APP, Role.PERSON, Role.JOB, Role.NONE])
def test_whoever_acts_may_add_a_line_even_without_a_place(db: None, role: Role) -> None:
    with acting(role):
        look()
    with acting(Role.APP, Scope.of(HOME)):
        assert audit.trail_of("person", 5).count() == 1


def test_another_branch_does_not_read_the_trail(db: None) -> None:
    with acting(Role.APP, Scope.of("150203")):
        look()
        assert audit.trail_of("person", 5).count() == 0


@pytest.mark.parametrize("role", [Role.APP, Role.PERSON, Role.JOB, Role.NONE])
@pytest.mark.parametrize(
    "statement", ["UPDATE base_audit SET actor = ''", "DELETE FROM base_audit", "TRUNCATE base_audit"]
)
def test_nobody_changes_a_line(db: None, role: Role, statement: str) -> None:
    with acting(role, Scope.of(HOME) if role in (Role.APP, Role.JOB) else Scope("", "")):
        look()
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
