"""News travels upward: with the act or not at all, at least once, in effect once."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction

from tests.conftest import NOW
from yiyang.base import outbox
from yiyang.base.models import Heard, OutboxEntry
from yiyang.base.outbox import BREATHS, LEASE, Event, deliver_at_once, deliver_due, hears, publish
from yiyang.base.scoping import Acting, Role, Scope, acting, current
from yiyang.engine.errors import BrokenInvariant

HOME = "150204001021"


@dataclass(frozen=True, kw_only=True)
class DoorOpened(Event):
    door: int = 1


@dataclass(frozen=True, kw_only=True)
class LightSwitchedOn(Event):
    door: int = 1


heard: list[str] = []
broken: set[int] = set()


@hears(DoorOpened)
def stumble(event: DoorOpened) -> None:
    if event.door in broken:
        raise RuntimeError(f"door {event.door} jams")


@hears(DoorOpened)
def switch_on(event: DoorOpened) -> None:
    heard.append(f"door {event.door} in {current().scope.lo}")
    publish(LightSwitchedOn(division=event.division, at=event.at, door=event.door))


@hears(LightSwitchedOn)
def see(event: LightSwitchedOn) -> None:
    heard.append(f"light {event.door}")
    if event.door == 99:  # a chain that never ends
        publish(DoorOpened(division=event.division, at=event.at, door=99))


@pytest.fixture(autouse=True)
def silence(db: None) -> Iterator[None]:
    heard.clear()
    broken.clear()
    yield
    broken.clear()


def opened(door: int = 1, division: str = HOME) -> uuid.UUID:
    event = DoorOpened(division=division, at=NOW, door=door)
    with acting(Role.JOB, Scope.of("1502")):
        publish(event)
    return event.event_id


def entry(event_id: uuid.UUID) -> OutboxEntry:
    with acting(Role.JOB):
        return OutboxEntry.objects.get(pk=event_id)


def waiting() -> int:
    with acting(Role.JOB):
        return OutboxEntry.objects.filter(done_at=None).count()


STAFF = Acting(Role.APP, Scope.of(HOME), actor_id="staff:1")


def test_an_act_that_is_undone_leaves_no_news(db: None) -> None:
    with contextlib.suppress(ZeroDivisionError), acting(Role.JOB, Scope.of("1502")):
        publish(DoorOpened(division=HOME, at=NOW))
        raise ZeroDivisionError
    with acting(Role.JOB, Scope.of("1502")):
        publish(DoorOpened(division=HOME, at=NOW))
        transaction.set_rollback(True)
    assert waiting() == 0


def test_news_outside_a_transaction_is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(BrokenInvariant, match="could be lost"):
        publish(DoorOpened(division=HOME, at=NOW))


def test_whoever_hears_acts_in_the_place_of_the_news_and_further_news_comes_next_turn() -> None:
    opened(1)
    assert deliver_due(NOW) == 1
    assert heard == [f"door 1 in {HOME}"]
    assert deliver_due(NOW) == 1
    assert heard[1:] == ["light 1"]
    assert deliver_due(NOW) == 0


def test_heard_twice_it_works_once() -> None:
    event_id = opened()
    deliver_due(NOW)
    with acting(Role.JOB):  # as after a crash between the effect and the mark that all is done
        OutboxEntry.objects.filter(pk=event_id).update(done_at=None, lease_until=None)
    deliver_due(NOW)
    assert heard.count(f"door 1 in {HOME}") == 1
    assert entry(event_id).done_at == NOW


def test_a_hearer_that_fails_keeps_its_error_and_stops_neither_other_news_nor_other_hearers() -> None:
    broken.add(1)
    jammed, fine = opened(1), opened(2)
    assert deliver_due(NOW) == 1
    assert entry(fine).done_at == NOW
    assert entry(jammed).done_at is None
    assert entry(jammed).last_error == "RuntimeError: door 1 jams"
    assert sorted(heard) == [f"door {n} in {HOME}" for n in (1, 2)]


def test_what_failed_waits_for_its_lease_and_then_only_the_failed_hearer_tries_again() -> None:
    broken.add(1)
    event_id = opened(1)
    deliver_due(NOW)
    broken.clear()
    deliver_due(NOW + LEASE - timedelta(seconds=1))
    assert entry(event_id).done_at is None
    deliver_due(NOW + LEASE)
    assert (entry(event_id).done_at, entry(event_id).attempts, entry(event_id).last_error) == (
        NOW + LEASE,
        2,
        "",
    )
    assert heard.count(f"door 1 in {HOME}") == 1
    with acting(Role.JOB):
        assert Heard.objects.filter(event_id=event_id).count() == 2


def test_at_most_so_many_are_taken_at_a_time() -> None:
    for door in (1, 2, 3):
        opened(door)
    assert deliver_due(NOW, limit=2) == 2
    assert waiting() == 1 + 2  # one door and two lights


def test_in_a_request_news_of_news_is_heard_in_the_same_breath() -> None:
    deliver_at_once([opened()], STAFF, NOW)
    assert heard == [f"door 1 in {HOME}", "light 1"]
    assert waiting() == 0


def test_in_a_request_what_fails_is_left_whole_to_the_process_and_the_rest_is_heard() -> None:
    broken.add(1)
    jammed, fine = opened(1), opened(2)
    deliver_at_once([jammed, fine], STAFF, NOW)
    assert entry(fine).done_at == NOW
    assert entry(jammed).done_at is None
    broken.clear()
    deliver_due(NOW)
    assert entry(jammed).done_at == NOW


def test_in_a_request_news_that_reaches_further_than_the_branch_is_left_to_the_process() -> None:
    event_id = opened(1, division="150203001015")
    deliver_at_once([event_id], STAFF, NOW)
    assert (heard, entry(event_id).done_at) == ([], None)
    deliver_due(NOW)
    assert heard == ["door 1 in 150203001015"]


def test_a_chain_without_an_end_stops_after_a_few_breaths() -> None:
    deliver_at_once([opened(99)], STAFF, NOW)
    assert len(heard) == BREATHS
    assert waiting() == 1


def test_what_is_published_inside_is_collected_and_nothing_else() -> None:
    opened(1)
    with outbox.collecting() as ids:
        event_id = opened(2)
    assert ids == [event_id]


def test_news_of_one_instant_is_heard_in_the_order_it_was_published() -> None:
    for door in range(20):
        opened(door)
    assert deliver_due(NOW, limit=20) == 20
    assert heard == [f"door {door} in {HOME}" for door in range(20)]


@pytest.mark.parametrize("role", [Role.APP, Role.PERSON, Role.JOB])
def test_every_role_that_acts_may_publish(role: Role) -> None:
    with acting(role, Scope.of("1502")):
        publish(DoorOpened(division=HOME, at=NOW))
    assert waiting() == 1
