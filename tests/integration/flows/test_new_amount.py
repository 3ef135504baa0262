"""An official changes an amount: drafted, rehearsed, approved by another person, in force on its day.

On that day decisions change only where the outcome changes; what was decided before stays as it was and can
still be explained; whoever is newly due comes on the list.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.conftest import NOW, Enter
from tests.factories import staff
from tests.factories.people import person
from yiyang.base import outbox
from yiyang.base.actors import Actor, process
from yiyang.base.ids import PersonId, RehearsalId, RevisionId, SweepId
from yiyang.base.scoping import EVERYWHERE, Role, Scope, acting
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.models import Decision, Rehearsal
from yiyang.entitlements.services import rehearsing, sweeping
from yiyang.outreach import services as outreach
from yiyang.outreach.models import Lead
from yiyang.people.models import Person
from yiyang.policies import guards
from yiyang.policies import services as law
from yiyang.policies.choices import RevisionState
from yiyang.policies.models import Revision
from yiyang.policies.services import Proposal

CITY, HOME = "1502", "150204001001"
DAY = NOW.date() + timedelta(days=9)  # the first of December
THEN = NOW + timedelta(days=9)
ALLOWANCE = "oldest_old_allowance"
PLAIN: dict[str, Any] = {"hardship_class": 0, "ability_level": 0, "disability_certificate_grade": 0,
                         "insured_months": 0, "ltci_disability_level": 0}  # fmt: skip


@dataclass(frozen=True)
class Cast:
    """吴桂兰 is 84 and due the allowance; 周满仓 is 79 and is due it once the age goes down; 赵小珍 is 62."""

    wu: Person
    zhou: Person
    zhao: Person
    drafter: Actor
    approver: Actor


@pytest.fixture
def cast(as_process: Enter) -> Cast:
    with as_process(CITY):
        wu = person(division=HOME, name="吴桂兰", born_on=date(1942, 3, 1), **PLAIN)
        zhou = person(division=HOME, name="周满仓", born_on=date(1947, 3, 1), **PLAIN)
        zhao = person(division=HOME, name="赵小珍", born_on=date(1964, 3, 1), **PLAIN)
    drafter = staff.actor("official", CITY, name="李科长")
    approver = staff.actor("approver", CITY, name="赵局长")
    with acting(Role.JOB, EVERYWHERE, actor_id="process:tests"):
        done = sweeping.sweep(prefix=CITY, as_of=NOW.date(), now=NOW)
        outreach.sync_with_sweep(sweep_id=SweepId(done.sweep.pk), now=NOW)
    return Cast(wu, zhou, zhao, drafter, approver)


def in_office(actor: Actor) -> AbstractContextManager[object]:
    return acting(Role.APP, Scope.of(actor.prefix), actor_id=actor.label)


def draft(cast: Cast, key: str, value: int) -> Revision:
    proposal = Proposal(
        key=key, place=150200, since=DAY, value=value, merge="override", doc="example-city-oldest-old",
        clause="2", why="让更多老人享受",
    )  # fmt: skip
    with in_office(cast.drafter):
        return law.propose_revision(actor=cast.drafter, proposal=proposal, now=NOW)


def rehearse(cast: Cast, revision: Revision) -> Rehearsal:
    with in_office(cast.drafter):
        return rehearsing.rehearse_revision(actor=cast.drafter, revision_id=RevisionId(revision.pk), now=NOW)


def approve(approver: Actor, number: RevisionId, rehearsal: Rehearsal, now: datetime) -> None:
    with in_office(approver):
        law.approve_revision(
            actor=approver, revision_id=number, rehearsal_id=RehearsalId(rehearsal.pk), now=now
        )


def sign(cast: Cast, revision: Revision, rehearsal: Rehearsal) -> None:
    number = RevisionId(revision.pk)
    approve(cast.approver, number, rehearsal, NOW)
    with in_office(cast.drafter):
        law.schedule_revision(
            actor=cast.drafter, revision_id=number, document_number="示例〔2026〕1号",
            document_on=NOW.date(), now=NOW,
        )  # fmt: skip


def come_into_force(now: datetime) -> list[RevisionId]:
    """What ``yiyang work`` does in one turn: numbers whose day has come, then the news."""
    with acting(Role.JOB, EVERYWHERE, actor_id="process:work"):
        done = law.put_in_force_due(actor=process("work"), now=now)
    while outbox.deliver_due(now):
        pass
    return done


def decisions(who: Person) -> list[tuple[date, int, int | None]]:
    with acting(Role.JOB, Scope.of(CITY), actor_id="process:tests"):
        found = Decision.objects.filter(person=who, benefit=ALLOWANCE).order_by("pk")
        return [(one.as_of, one.status, one.amount) for one in found]


def leads(who: Person) -> list[str]:
    with acting(Role.JOB, Scope.of(CITY), actor_id="process:tests"):
        return list(Lead.objects.filter(person=who, closed_at=None).values_list("benefit", flat=True))


def answer_then(who: Person, on: date) -> tuple[str, int | None]:
    with acting(Role.JOB, Scope.of(CITY), actor_id="process:tests"):
        [found] = entitlements.answers(PersonId(who.pk), on=on, only=[ALLOWANCE])
    return found.status.name, found.amount


def total(rehearsal: Rehearsal) -> dict[str, int]:
    [told] = [one for one in rehearsal.content["results"] if one["benefit"] == ALLOWANCE]
    found: dict[str, int] = told["total"]
    return found


def test_a_rehearsal_tells_who_gains_before_anybody_signs_and_touches_nobody(cast: Cast) -> None:
    before = decisions(cast.wu), decisions(cast.zhou)
    told = total(rehearse(cast, draft(cast, "aged_80_age", 79)))
    assert (told["people"], told["gained"], told["same"]) == (3, 1, 2)
    assert told["after_fen"] - told["before_fen"] == 12000
    assert (decisions(cast.wu), decisions(cast.zhou)) == before


def test_on_its_day_only_outcomes_that_change_are_decided_anew(cast: Cast) -> None:
    revision = draft(cast, "aged_80_age", 79)
    sign(cast, revision, rehearse(cast, revision))
    assert come_into_force(NOW) == []  # not yet its day
    assert come_into_force(THEN) == [revision.pk]
    assert decisions(cast.zhou) == [(DAY, 1, 12000)]
    assert decisions(cast.wu) == [(NOW.date(), 1, 12000)]  # the same outcome: nothing is written
    assert decisions(cast.zhao) == []
    assert ALLOWANCE in leads(cast.zhou)


def test_a_raised_amount_supersedes_and_the_older_decision_stays_and_explains_itself(cast: Cast) -> None:
    revision = draft(cast, "aged_80_fen", 15000)
    sign(cast, revision, rehearse(cast, revision))
    come_into_force(THEN)
    assert decisions(cast.wu) == [(NOW.date(), 1, 12000), (DAY, 1, 15000)]
    assert answer_then(cast.wu, NOW.date()) == ("ELIGIBLE", 12000)
    assert answer_then(cast.wu, DAY) == ("ELIGIBLE", 15000)
    with acting(Role.JOB, Scope.of(CITY), actor_id="process:tests"):
        assert Revision.objects.get(pk=revision.pk).state == RevisionState.IN_FORCE


def test_the_second_turn_of_the_day_writes_nothing_more(cast: Cast) -> None:
    revision = draft(cast, "aged_80_fen", 15000)
    sign(cast, revision, rehearse(cast, revision))
    come_into_force(THEN)
    once = decisions(cast.wu)
    assert come_into_force(THEN + timedelta(hours=1)) == []
    assert decisions(cast.wu) == once


def test_nobody_signs_the_own_draft_even_with_both_hands(cast: Cast) -> None:
    revision = draft(cast, "aged_80_fen", 15000)
    seen = rehearse(cast, revision)
    both = Actor(
        cast.drafter.kind, cast.drafter.user_id, cast.drafter.name, cast.drafter.duty,
        cast.drafter.rights | cast.approver.rights, CITY,
    )  # fmt: skip
    with pytest.raises(guards.OwnWork):
        approve(both, RevisionId(revision.pk), seen, NOW)


def test_the_next_number_supersedes_this_one_from_its_own_day(cast: Cast) -> None:
    first = draft(cast, "aged_80_fen", 15000)
    sign(cast, first, rehearse(cast, first))
    come_into_force(THEN)
    later = DAY + timedelta(days=30)
    proposal = Proposal(
        key="aged_80_fen", place=150200, since=later, value=18000, merge="override",
        doc="example-city-oldest-old", clause="2", why="再提高",
    )  # fmt: skip
    with in_office(cast.drafter):
        second = law.propose_revision(actor=cast.drafter, proposal=proposal, now=THEN)
        seen = rehearsing.rehearse_revision(actor=cast.drafter, revision_id=RevisionId(second.pk), now=THEN)
    approve(cast.approver, RevisionId(second.pk), seen, THEN)
    with in_office(cast.drafter):
        law.schedule_revision(
            actor=cast.drafter, revision_id=RevisionId(second.pk), document_number="示例〔2027〕1号",
            document_on=THEN.date(), now=THEN,
        )  # fmt: skip
    come_into_force(THEN + timedelta(days=30))
    with acting(Role.JOB, Scope.of(CITY), actor_id="process:tests"):
        old = Revision.objects.get(pk=first.pk)
    assert (old.state, old.until) == (RevisionState.SUPERSEDED, later)
    assert [answer_then(cast.wu, day)[1] for day in (NOW.date(), DAY, later)] == [12000, 15000, 18000]
