"""Buckets of tokens: how often, for whom, until when; over clocks set back and two at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from tests.conftest import NOW
from tests.factories.committing import committed, side_by_side
from yiyang.base import limits
from yiyang.base.limits import TooMany
from yiyang.base.scoping import Role, Scope, acting
from yiyang.engine.errors import BrokenInvariant


def take(key: str = "door:liu", now: datetime = NOW, burst: int = 3) -> None:
    limits.take(key, rate_per_minute=1, burst=burst, now=now)


def test_three_in_a_breath_and_the_fourth_is_told_when_to_come_back(db: None) -> None:
    for _ in range(3):
        take()
    with pytest.raises(TooMany) as refused:
        take()
    assert refused.value.status == 429
    assert refused.value.again_at == NOW + timedelta(seconds=60)
    assert "09:31:00 以后再试" in refused.value.message


def test_one_token_comes_back_a_minute_and_not_a_second_earlier(db: None) -> None:
    for _ in range(3):
        take()
    with pytest.raises(TooMany):
        take(now=NOW + timedelta(seconds=59))
    take(now=NOW + timedelta(seconds=61))
    with pytest.raises(TooMany):
        take(now=NOW + timedelta(seconds=61))


def test_asking_while_it_is_empty_costs_nothing(db: None) -> None:
    for _ in range(3):
        take()
    for second in range(50):
        with pytest.raises(TooMany):
            take(now=NOW + timedelta(seconds=second))
    take(now=NOW + timedelta(seconds=61))


def test_it_never_holds_more_than_its_burst(db: None) -> None:
    take()
    for _ in range(3):
        take(now=NOW + timedelta(days=3))
    with pytest.raises(TooMany):
        take(now=NOW + timedelta(days=3))


def test_a_clock_set_back_fills_nothing_and_locks_nobody_out_for_long(db: None) -> None:
    for _ in range(3):
        take()
    with pytest.raises(TooMany):
        take(now=NOW - timedelta(days=1))
    take(now=NOW - timedelta(days=1) + timedelta(seconds=61))


def test_one_key_does_not_empty_another(db: None) -> None:
    for _ in range(3):
        take("door:liu")
    take("door:han")


@pytest.mark.parametrize("role", [Role.NONE, Role.APP, Role.PERSON, Role.JOB])
def test_every_role_that_answers_requests_may_take(db: None, role: Role) -> None:
    with acting(role, Scope.of("1502") if role in (Role.APP, Role.JOB) else Scope("", "")):
        take()


def test_the_table_names_nobody(db: None) -> None:
    take("door:liu:10.0.0.7")
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(key, 'escape') FROM base_limit")
        [(key,)] = cursor.fetchall()
    assert "liu" not in key
    assert "10.0" not in key


def test_a_bucket_that_could_never_open_is_a_bug_of_the_caller(db: None) -> None:
    with pytest.raises(BrokenInvariant):
        limits.take("x", rate_per_minute=0, burst=1, now=NOW)


def test_of_ten_at_once_exactly_three_get_through(django_db_setup: None, django_db_blocker: Any) -> None:
    with committed(django_db_blocker):
        answers = side_by_side(*[take] * 10)
    assert sum(answer is None for answer in answers) == 3
    assert sum(isinstance(answer, TooMany) for answer in answers) == 7
