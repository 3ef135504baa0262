"""The scope of a transaction, on fresh and on used connections."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tests.conftest import Enter
from tests.factories import people as make
from yiyang.base.scoping import NOBODY, Role, Scope, ScopeWidened, acting
from yiyang.people import selectors as people

QINGSHAN, HONDLON = "150204001001", "150203001001"


def _count(table: str = "people_person") -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


@pytest.fixture
def two_districts(as_process: Enter) -> None:
    with as_process("1502"):
        make.person(division=QINGSHAN, name="王秀英")
        make.person(division=HONDLON, name="李长海")


def test_a_login_without_a_role_is_refused_by_the_table_itself(db: None) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        _count()


def test_without_a_scope_nobody_is_seen_on_a_connection_used_before(two_districts: None) -> None:
    with acting(Role.APP, Scope.of("1502")):
        assert _count() == 2
    with acting(Role.APP):
        assert _count() == 0
        assert _count("people_state") == 0


def test_a_scope_shows_its_branch_and_nothing_beside_it(two_districts: None) -> None:
    with acting(Role.APP, Scope.of("150204")):
        assert [p.name for p in people.people_in(Scope.of("1502"))] == ["王秀英"]


def test_an_inner_block_may_narrow_and_the_outer_one_comes_back(two_districts: None) -> None:
    with acting(Role.APP, Scope.of("1502")):
        with acting(Role.APP, Scope.of("150203")):
            assert _count() == 1
        assert _count() == 2
        with acting(Role.APP, NOBODY):
            assert _count() == 0


@pytest.mark.parametrize(
    ("role", "prefix"),
    [(Role.APP, "15"), (Role.JOB, "150204"), (Role.PERSON, "150204"), (Role.NONE, "150204")],
)
def test_an_inner_block_may_not_widen_or_change_the_role(db: None, role: Role, prefix: str) -> None:
    with acting(Role.APP, Scope.of("150204")), pytest.raises(ScopeWidened), acting(role, Scope.of(prefix)):
        pass


def test_a_write_outside_the_scope_is_refused_and_leaves_nothing(two_districts: None) -> None:
    with acting(Role.JOB, Scope.of("150204")):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            make.person(division=HONDLON, name="外面的人")
        assert _count() == 1


def test_two_people_named_are_seen_and_their_neighbours_are_not(as_process: Enter) -> None:
    with as_process("1502"):
        wu = make.person(division=QINGSHAN, name="吴桂兰")
        make.person(division=QINGSHAN, name="隔壁老张")
    with acting(Role.PERSON, persons=[wu.pk]):
        assert _count() == 1
        assert _count("people_fact") == 0
    with acting(Role.PERSON):
        assert _count() == 0
