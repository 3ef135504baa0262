"""Real commits, real processes: killed half-way, two at once, the branch next door."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import NOW
from tests.environment import STATE
from tests.factories import files, importing, people
from tests.factories.committing import committed, side_by_side
from tests.factories.importing import Pair
from yiyang.accounts.guards import NotYourDuty
from yiyang.base.scoping import EVERYWHERE, Role, Scope, acting
from yiyang.exchange import selectors
from yiyang.exchange.choices import BatchState, RowState
from yiyang.exchange.models import Batch, Row
from yiyang.exchange.services.leasing import LostLease
from yiyang.exchange.services.merging import merge_batch
from yiyang.people.choices import Source
from yiyang.people.models import Person

LINES = 9_000
WORKER = """
import django; django.setup()
from django.utils import timezone
from yiyang.exchange import services
services.work_on({batch}, holder="first", clock=timezone.localtime)
"""


@pytest.fixture
def two(django_db_setup: None, django_db_blocker: Any) -> Iterator[Pair]:
    with committed(django_db_blocker):
        yield importing.pair()


def people_now() -> int:
    with acting(Role.JOB, EVERYWHERE, actor_id="process:tests"):
        return Person.objects.count()


def merged_rows(batch_id: int) -> int:
    with acting(Role.JOB, EVERYWHERE, actor_id="process:tests"):
        return Row.objects.filter(batch_id=batch_id, state=RowState.MERGED).count()


def started(batch_id: int) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "YIYANG_STATE": str(STATE), "YIYANG_PROCESS": "work"}
    return subprocess.Popen([sys.executable, "-c", WORKER.format(batch=batch_id)], env=environment)


def test_an_importer_killed_half_way_is_resumed_by_another_and_nothing_is_lost_or_twice(two: Pair) -> None:
    batch = importing.checked(two.maker, files.as_csv(list(files.rows(LINES))))
    importing.approve(two.checker, batch.pk)
    first = started(batch.pk)
    deadline = time.monotonic() + 120
    while merged_rows(batch.pk) == 0 and time.monotonic() < deadline:
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    first.wait()
    half = merged_rows(batch.pk)
    assert 0 < half < LINES
    assert people_now() == half, "a chunk is whole or not at all"
    assert importing.work(batch.pk, "second") is None, "the lease of the dead has not run out"
    with acting(Role.JOB, EVERYWHERE, actor_id="process:tests"):
        Batch.objects.filter(pk=batch.pk).update(lease_until=NOW)  # its two minutes are over
    done = importing.work(batch.pk, "second")
    assert done is not None
    assert importing.counts(done) == (LINES, LINES, 0, 0, 0)
    assert people_now() == LINES


def test_a_process_that_lost_its_lease_writes_nothing_more(two: Pair) -> None:
    batch = importing.checked(two.maker, files.as_csv(list(files.rows(10))))
    importing.approve(two.checker, batch.pk)
    with acting(Role.JOB, EVERYWHERE, actor_id="process:tests"):
        Batch.objects.filter(pk=batch.pk).update(state=BatchState.MERGING, holder="second")
    with pytest.raises(LostLease):
        merge_batch(batch.pk, holder="first", clock=lambda: NOW)
    assert people_now() == 0


def test_of_two_who_approve_at_once_one_wins_and_the_other_is_told(two: Pair) -> None:
    batch = importing.checked(two.maker, files.as_csv(list(files.rows(3))))
    other = importing.pair().checker
    answers = side_by_side(
        lambda: importing.approve(two.checker, batch.pk), lambda: importing.approve(other, batch.pk)
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["NoneType", "WrongState"]


def test_a_county_cannot_touch_the_people_of_another(two: Pair) -> None:
    with acting(Role.JOB, Scope.of("150204"), actor_id="process:tests"):
        lan = people.person(division="150204001021")
    line = [lan.name, importing.number_of(lan), "女", "150206001006", "150206", "13900000000", "新地址"]
    there = ["李四", files.id_number(9), "", "150204001021", "150204", "", ""]
    batch = importing.merged(two, files.as_csv([line, there]), files.upload(source=Source.SYNTHETIC))
    assert (batch.merged, batch.rejected) == (0, 2)
    with acting(Role.APP, two.maker.scope):
        told = {row.line: row.fault for row in selectors.rejections_of(batch.pk)}
    assert told == {2: "elsewhere", 3: "real"}
    with acting(Role.JOB, Scope.of("150204")):
        again = Person.objects.get(pk=lan.pk)
    assert (again.division, again.phone_bidx) == (lan.division, lan.phone_bidx)


def test_somebody_registered_while_a_file_waited_is_found_and_not_entered_twice(two: Pair) -> None:
    lines = list(files.rows(5))
    first = importing.checked(two.maker, files.as_csv(lines))
    importing.merged(two, files.as_csv(lines[:2], encoding="gb18030"))
    importing.approve(two.checker, first.pk)
    importing.work(first.pk)
    assert importing.counts(importing.found(two.maker, first.pk)) == (5, 3, 2, 0, 0)


def test_two_lines_about_one_person_that_differ_are_both_in_doubt_and_equal_ones_are_one(two: Pair) -> None:
    lines = list(files.rows(4))
    other = [*lines[1]]
    other[files.PHONE] = "13911111111"
    batch = importing.merged(two, files.as_csv([*lines, lines[0], other]))
    assert importing.counts(batch) == (6, 3, 1, 2, 0)
    with acting(Role.APP, two.maker.scope):
        assert {row.line: row.fault for row in selectors.rejections_of(batch.pk)} == {3: "twins", 7: "twins"}


def test_own_approval_is_refused_by_guard_and_by_the_database(two: Pair) -> None:
    batch = importing.checked(two.maker, files.as_csv(list(files.rows(1))))
    both = importing.Pair(two.maker, two.maker)
    with pytest.raises(NotYourDuty):
        importing.approve(both.checker, batch.pk)
    with pytest.raises(Exception, match="exchange_batch_two_people"), acting(Role.JOB, EVERYWHERE):
        Batch.objects.filter(pk=batch.pk).update(decided_by_id=two.maker.user_id)


def test_a_batch_whose_counts_do_not_reconcile_cannot_be_done(two: Pair) -> None:
    batch = importing.merged(two, files.as_csv(list(files.rows(2))))
    with pytest.raises(Exception, match="exchange_batch_reconciles"), acting(Role.JOB, EVERYWHERE):
        Batch.objects.filter(pk=batch.pk).update(merged=1)


def test_a_hundred_thousand_bad_lines_are_told_one_by_one(two: Pair) -> None:
    line = ["", "1.5E+17", "?", "1", "1", "x", ""]
    batch = importing.checked(two.maker, files.as_csv([line] * 100_000))
    assert importing.counts(batch) == (100_000, 0, 0, 100_000, 0)
    with acting(Role.APP, two.maker.scope):
        assert {n for _, _, n in selectors.reasons_of(batch.pk)} == {100_000}
