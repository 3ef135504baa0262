"""A night and a day of one county: swept, people found, one of them helped, swept again."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from tests.conftest import NOW, Enter
from tests.factories import people as make
from tests.factories import staff
from tests.factories.county import COMMUNITIES, PREFIX, small_county
from tests.factories.saying import say, work_off
from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId
from yiyang.base.models import OutboxEntry
from yiyang.base.scoping import Role, Scope, acting
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.services import sweeping
from yiyang.entitlements.services.sweeping import Finished
from yiyang.outreach import selectors as leads
from yiyang.outreach import services as outreach
from yiyang.outreach.choices import Channel, LeadState, Outcome
from yiyang.outreach.models import Lead
from yiyang.outreach.services import Attempt
from yiyang.people import selectors as people
from yiyang.people.models import State

HOME = COMMUNITIES[0]
OLD_AGE = "oldest_old_allowance"
TOMORROW = NOW + timedelta(days=1)


def sweep(day: int = 0) -> Finished:
    now = NOW + timedelta(days=day)
    with acting(Role.JOB, Scope.of(PREFIX), actor_id="process:tests"):
        finished = sweeping.sweep(prefix=PREFIX, as_of=now.date(), now=now)
    work_off(now)
    return finished


def figures(finished: Finished) -> tuple[int, int]:
    with acting(Role.JOB, Scope.of(PREFIX)):
        line = entitlements.lines_of(HOME, finished.sweep)[OLD_AGE]
    assert line.served is not None
    assert line.unserved is not None
    return line.served, line.unserved


@pytest.fixture
def town(db: None) -> int:
    return small_county()


@pytest.fixture
def zhang(db: None) -> Actor:
    return staff.actor("grid_worker", HOME)


def test_found_visited_applied_received_and_closed(town: int, zhang: Actor, as_process: Enter) -> None:
    served, unserved = figures(sweep())
    assert (served, unserved > 0) == (0, True)
    with acting(Role.APP, zhang.scope):
        listed, total = (
            leads.listed_in(HOME, limit=99, on=NOW.date()),
            leads.counted_in(HOME, on=NOW.date()).listed,
        )
        assert total == len(listed) == len({lead.person_id for lead in Lead.objects.all()})
        first = next(h for h in listed if any(lead.benefit == OLD_AGE for lead in h.leads))
        person_id = PersonId(first.person_id)
        outreach.take_leads(actor=zhang, person_id=person_id, now=NOW)
        outreach.record_attempt(
            actor=zhang,
            attempt=Attempt(
                request_key=uuid.uuid4(), person_id=person_id, channel=Channel.VISIT, outcome=Outcome.APPLIED
            ),
            now=NOW,
        )
        assert leads.counted_in(HOME, on=NOW.date()).listed == total - 1
        assert sum(one.people for one in leads.counted_in(HOME, on=NOW.date()).left_out) == 1
    with as_process(PREFIX):
        make.receipt(people.person(person_id), OLD_AGE, since=TOMORROW.date(), fen=12000)
    assert figures(sweep(1)) == (1, unserved - 1)
    with acting(Role.APP, zhang.scope):
        done = leads.leads_of(person_id, open_only=False).get(benefit=OLD_AGE)
        assert (done.state, done.closed_at) == (LeadState.CLOSED, TOMORROW)
        assert not OutboxEntry.objects.filter(done_at=None).exists()


def test_what_became_known_by_day_is_what_the_next_night_finds(
    town: int, zhang: Actor, as_process: Enter
) -> None:
    sweep()
    with acting(Role.APP, zhang.scope):
        before = Lead.objects.count()
        changed = State.objects.filter(hardship_class=0).order_by("pk")[:5]
        for state in changed:
            say(state.person, hardship_class=2, valid_from=NOW.date(), now=NOW)
    work_off()
    with acting(Role.APP, zhang.scope):
        assert Lead.objects.count() > before
    finished = sweep(1)
    assert finished.changed <= len(birthdays())  # of those five there is nothing left to say


def birthdays() -> list[int]:
    """People who turned an age of the law overnight: the only news that no event brings."""
    tomorrow = TOMORROW.month * 100 + TOMORROW.day
    with acting(Role.JOB, Scope.of(PREFIX)):
        return [s.pk for s in State.objects.all() if s.birth_ymd % 10000 == tomorrow]


def test_a_birthday_is_found_by_the_sweep_of_that_day(as_process: Enter) -> None:
    born = TOMORROW.date().replace(year=TOMORROW.year - 80)
    with as_process(PREFIX):
        person = make.person(division=HOME, born_on=born, hardship_class=0)
    assert figures(sweep()) == (0, 0)
    assert figures(sweep(1)) == (0, 1)
    with as_process(PREFIX):
        lead = leads.leads_of(PersonId(person.pk)).get(benefit=OLD_AGE)
        assert (lead.worth_fen, lead.since) == (12000, TOMORROW.date())
