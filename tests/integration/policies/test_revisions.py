"""The life of one number of the law: proposed, rehearsed, approved by another, scheduled, in force, kept."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from tests.conftest import NOW, SHANGHAI
from tests.factories import staff
from yiyang.accounts.guards import NotYourDuty
from yiyang.base.actors import Actor, process
from yiyang.base.ids import RehearsalId, RevisionId
from yiyang.base.log import audit
from yiyang.base.models import OutboxEntry
from yiyang.base.scoping import EVERYWHERE, Role, Scope, acting
from yiyang.engine.errors import HouseError
from yiyang.policies import guards, selectors, services
from yiyang.policies.choices import OPEN_STATES, RevisionState
from yiyang.policies.guards import (
    BadValue,
    ForThePast,
    NotRehearsed,
    NotYourPlace,
    OwnWork,
    Reworked,
    SameDay,
    UnknownNumber,
    WrongState,
)
from yiyang.policies.models import Revision
from yiyang.policies.selectors import NoSuchRevision
from yiyang.policies.services import PaperMissing, Proposal, ReasonMissing

TODAY = NOW.date()
JANUARY, MARCH = date(2027, 1, 1), date(2027, 3, 1)
PROPOSAL = Proposal(
    key="aged_80_fen", place=150200, since=JANUARY, value=15000, merge="override",
    doc="example-city-oldest-old", clause="2", why="物价上涨",
)  # fmt: skip
WORKING = process("work")


@dataclass(frozen=True)
class Bureau:
    """The people of the city's bureau, and one official of a county."""

    zhang: Actor  # drafts
    li: Actor  # drafts, too
    wang: Actor  # approves
    county: Actor

    def propose(self, actor: Actor | None = None, now: datetime = NOW, **other: Any) -> Revision:
        actor = actor or self.zhang
        with acting(Role.APP, actor.scope):
            return services.propose_revision(actor=actor, proposal=replace(PROPOSAL, **other), now=now)

    def rehearse(self, revision: Revision, now: datetime = NOW, fingerprint: str = "") -> Revision:
        with acting(Role.APP, self.zhang.scope):
            found = Revision.objects.get(pk=revision.pk)
            return services.note_rehearsal(
                actor=self.zhang, revision_id=RevisionId(revision.pk), rehearsal_id=RehearsalId(1),
                fingerprint=fingerprint or selectors.fingerprint(found), now=now,
            )  # fmt: skip

    def approve(
        self, revision: Revision, actor: Actor | None = None, now: datetime = NOW, seen: int = 1
    ) -> Revision:
        actor = actor or self.wang
        with acting(Role.APP, actor.scope):
            return services.approve_revision(
                actor=actor, revision_id=RevisionId(revision.pk), rehearsal_id=RehearsalId(seen), now=now
            )

    def schedule(
        self, revision: Revision, actor: Actor | None = None, now: datetime = NOW, **paper: Any
    ) -> Revision:
        paper = {"document_number": "包民发〔2026〕1号（示例）", "document_on": TODAY, **paper}
        actor = actor or self.zhang
        with acting(Role.APP, actor.scope):
            return services.schedule_revision(
                actor=actor, revision_id=RevisionId(revision.pk), now=now, **paper
            )

    def withdraw(self, revision: Revision, actor: Actor | None = None, why: str = "数额要再商量") -> Revision:
        actor = actor or self.zhang
        with acting(Role.APP, actor.scope):
            return services.withdraw_revision(
                actor=actor, revision_id=RevisionId(revision.pk), why=why, now=NOW
            )

    def edit(self, revision: Revision, actor: Actor | None = None, **other: Any) -> Revision:
        actor = actor or self.zhang
        said = {"since": revision.since, "value": revision.value, "why": "改", **other}
        with acting(Role.APP, actor.scope):
            return services.edit_revision(actor=actor, revision_id=RevisionId(revision.pk), now=NOW, **said)

    def scheduled(self, now: datetime = NOW, **other: Any) -> Revision:
        revision = self.propose(now=now, **other)
        self.rehearse(revision, now=now)
        self.approve(revision, now=now)
        return self.schedule(revision, now=now)


@pytest.fixture
def bureau(db: None) -> Bureau:
    return Bureau(
        staff.actor("official", "1502", name="张伟"),
        staff.actor("official", "1502", name="李娜"),
        staff.actor("approver", "1502", name="王静"),
        staff.actor("official", "150204", name="赵敏"),
    )


def put_in_force(day: date) -> list[RevisionId]:
    with acting(Role.JOB, EVERYWHERE):
        return services.put_in_force_due(
            actor=WORKING, now=datetime(day.year, day.month, day.day, 1, tzinfo=SHANGHAI)
        )


def aged_80(day: date, county: int = 150203) -> int:
    with acting(Role.APP, Scope.of("1502")):
        return selectors.number("aged_80_fen", county, day)


def state_of(revision: Revision) -> str:
    with acting(Role.APP, Scope.of("1502")):
        return Revision.objects.get(pk=revision.pk).state


def refused(kind: type[HouseError], act: Any) -> HouseError:
    with pytest.raises(kind) as told, transaction.atomic():
        act()
    assert told.value.message
    return told.value


def test_from_draft_to_force_with_everybody_who_did_it(bureau: Bureau) -> None:
    revision = bureau.propose()
    assert (revision.state, revision.unit, revision.division) == ("DRAFT", "fen/month", "150200000000")
    assert bureau.rehearse(revision).state == "REHEARSED"
    assert bureau.approve(revision).state == "APPROVED"
    done = bureau.schedule(revision)
    assert (done.state, done.proposed_by_id, done.approved_by_id) == (
        "SCHEDULED", bureau.zhang.user_id, bureau.wang.user_id,
    )  # fmt: skip
    assert put_in_force(JANUARY - timedelta(days=1)) == []
    assert put_in_force(JANUARY) == [revision.pk]
    with acting(Role.JOB, EVERYWHERE):
        entry = OutboxEntry.objects.get(name="LawChanged")
    assert entry.payload["division"] == "1502"
    assert entry.payload["keys"] == ["aged_80_fen"]


def test_nothing_past_moves_and_the_new_number_holds_from_its_day(bureau: Bureau) -> None:
    assert (aged_80(JANUARY), aged_80(JANUARY, 150204)) == (14000, 12000)
    bureau.scheduled()
    before = {county: aged_80(JANUARY - timedelta(days=1), county) for county in (150203, 150204)}
    assert before == {150203: 14000, 150204: 12000}
    assert (aged_80(JANUARY), aged_80(JANUARY, 150204)) == (17000, 15000)
    put_in_force(JANUARY)
    assert aged_80(JANUARY - timedelta(days=1)) == 14000
    assert aged_80(date(2021, 6, 1)) == 12000


@pytest.mark.parametrize("state", ["DRAFT", "REHEARSED", "APPROVED", "WITHDRAWN"])
def test_a_number_that_is_not_scheduled_is_not_law(bureau: Bureau, state: str) -> None:
    revision = bureau.propose()
    if state in ("REHEARSED", "APPROVED"):
        bureau.rehearse(revision)
    if state == "APPROVED":
        bureau.approve(revision)
    if state == "WITHDRAWN":
        bureau.withdraw(revision)
    assert state_of(revision) == state
    assert aged_80(JANUARY) == 14000
    assert put_in_force(JANUARY) == []


def test_putting_in_force_twice_does_nothing_twice(bureau: Bureau) -> None:
    bureau.scheduled()
    assert len(put_in_force(JANUARY)) == 1
    assert put_in_force(JANUARY) == []
    with acting(Role.JOB, EVERYWHERE):
        assert OutboxEntry.objects.filter(name="LawChanged").count() == 1


def test_the_number_before_is_kept_with_its_days(bureau: Bureau) -> None:
    first = bureau.scheduled()
    put_in_force(JANUARY)
    second = bureau.scheduled(since=MARCH, value=16000)
    assert state_of(first) == "IN_FORCE"
    put_in_force(MARCH)
    assert (state_of(first), state_of(second)) == ("SUPERSEDED", "IN_FORCE")
    with acting(Role.APP, Scope.of("1502")):
        kept = Revision.objects.get(pk=first.pk)
    assert (kept.since, kept.until, kept.value) == (JANUARY, MARCH, 15000)
    days = [JANUARY - timedelta(days=1), JANUARY, MARCH - timedelta(days=1), MARCH]
    assert [aged_80(day, 150204) for day in days] == [12000, 15000, 15000, 16000]


def test_a_number_that_begins_before_one_already_planned_holds_until_that_one(bureau: Bureau) -> None:
    bureau.scheduled(since=MARCH, value=16000)
    bureau.scheduled()
    days = [JANUARY - timedelta(days=1), JANUARY, MARCH - timedelta(days=1), MARCH]
    assert [aged_80(day, 150204) for day in days] == [12000, 15000, 15000, 16000]
    assert len(put_in_force(MARCH)) == 2  # the process slept for two months
    assert [aged_80(day, 150204) for day in days] == [12000, 15000, 15000, 16000]
    with acting(Role.APP, Scope.of("1502")):
        states = dict(Revision.objects.values_list("value", "state"))
    assert states == {15000: "SUPERSEDED", 16000: "IN_FORCE"}


@pytest.mark.parametrize(
    ("other", "error"),
    [
        ({"since": TODAY - timedelta(days=1)}, ForThePast),
        ({"value": -1}, BadValue),
        ({"key": "aged_80_pounds"}, UnknownNumber),
        ({"clause": "99"}, UnknownNumber),
        ({"doc": "no-such-document"}, UnknownNumber),
        ({"place": 150000}, NotYourPlace),
        ({"place": 620722}, NotYourPlace),
        ({"place": 0}, NotYourPlace),
        ({"key": "care_service_fen", "since": date(2024, 7, 1)}, ForThePast),
    ],
)
def test_what_cannot_be_law_is_not_even_a_draft(
    bureau: Bureau, other: dict[str, Any], error: type[HouseError]
) -> None:
    refused(error, lambda: bureau.propose(**other))
    with acting(Role.JOB, EVERYWHERE):
        assert not Revision.objects.exists()


def test_today_is_not_the_past_and_nought_is_a_number(bureau: Bureau) -> None:
    assert bureau.propose(since=TODAY, value=0).value == 0


def test_a_county_drafts_for_itself_and_not_for_the_city(bureau: Bureau) -> None:
    assert bureau.propose(bureau.county, place=150204).place == 150204
    refused(NotYourPlace, lambda: bureau.propose(bureau.county))
    refused(NotYourPlace, lambda: bureau.propose(bureau.county, place=150203))


def test_whoever_lacks_the_right_drafts_and_approves_nothing(bureau: Bureau) -> None:
    refused(NotYourDuty, lambda: bureau.propose(bureau.wang))
    revision = bureau.propose()
    bureau.rehearse(revision)
    refused(NotYourDuty, lambda: bureau.approve(revision, bureau.li))


def test_a_second_number_for_one_day_is_refused_once_the_first_is_law(bureau: Bureau) -> None:
    rival = bureau.propose(value=16000)  # two drafts may compete
    bureau.rehearse(rival)
    bureau.approve(rival)
    bureau.scheduled()
    refused(SameDay, bureau.propose)
    refused(SameDay, lambda: bureau.schedule(rival))
    later = bureau.propose(since=MARCH)
    refused(SameDay, lambda: bureau.edit(later, since=JANUARY))
    with acting(Role.JOB, EVERYWHERE), pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.filter(pk=rival.pk).update(state="SCHEDULED")


def test_a_shipped_number_that_begins_on_that_day_is_in_the_way_too(bureau: Bureau) -> None:
    long_ago = datetime(2024, 6, 1, 9, tzinfo=SHANGHAI)
    clash: dict[str, Any] = {"key": "care_service_fen", "doc": "example-city-care", "clause": "1"}
    refused(SameDay, lambda: bureau.propose(now=long_ago, since=date(2024, 7, 1), **clash))


def test_nobody_approves_her_own_draft_and_the_database_says_so_too(bureau: Bureau) -> None:
    revision = bureau.propose()
    bureau.rehearse(revision)
    both = replace(bureau.zhang, rights=bureau.zhang.rights | bureau.wang.rights)
    error = refused(OwnWork, lambda: bureau.approve(revision, both))
    assert "须由别人审批" in error.message
    with acting(Role.APP, bureau.wang.scope):
        assert "须由别人审批" in guards.may_approve(both, Revision.objects.get(), today=TODAY)
        assert guards.may_approve(bureau.wang, Revision.objects.get(), today=TODAY) == ""
    with acting(Role.JOB, EVERYWHERE), pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.update(approved_by=bureau.zhang.user_id, approved_at=NOW)


def test_whoever_edited_the_number_last_does_not_approve_it_either(bureau: Bureau) -> None:
    revision = bureau.propose()
    bureau.edit(revision, bureau.li, value=15500)
    bureau.rehearse(revision)
    promoted = replace(bureau.wang, user_id=bureau.li.user_id)
    refused(OwnWork, lambda: bureau.approve(revision, promoted))
    assert bureau.approve(revision).state == "APPROVED"


def test_without_a_rehearsal_nothing_is_approved(bureau: Bureau) -> None:
    revision = bureau.propose()
    refused(NotRehearsed, lambda: bureau.approve(revision))
    assert state_of(revision) == "DRAFT"


def test_a_rehearsal_is_good_for_seven_days(bureau: Bureau) -> None:
    revision = bureau.propose()
    bureau.rehearse(revision)
    refused(NotRehearsed, lambda: bureau.approve(revision, now=NOW + timedelta(days=8)))
    assert bureau.approve(revision, now=NOW + timedelta(days=7)).state == "APPROVED"


def test_edited_after_its_rehearsal_it_is_a_draft_again_without_figures(bureau: Bureau) -> None:
    revision = bureau.propose()
    bureau.rehearse(revision)
    edited = bureau.edit(revision, value=15500)
    assert (edited.state, edited.rehearsal_id, edited.rehearsed_at) == ("DRAFT", None, None)
    refused(NotRehearsed, lambda: bureau.approve(revision))


def test_rehearsed_again_since_it_was_read_it_is_read_again(bureau: Bureau) -> None:
    revision = bureau.propose()
    bureau.rehearse(revision)
    refused(Reworked, lambda: bureau.approve(revision, seen=2))
    assert state_of(revision) == "REHEARSED"


def test_edited_during_its_rehearsal_the_figures_are_not_noted(bureau: Bureau) -> None:
    revision = bureau.propose()
    for_the_old_value = selectors.fingerprint(revision)
    bureau.edit(revision, value=15500)
    refused(WrongState, lambda: bureau.rehearse(revision, fingerprint=for_the_old_value))
    assert state_of(revision) == "DRAFT"


@pytest.mark.parametrize("other", [{"value": -5}, {"since": TODAY - timedelta(days=1)}])
def test_an_edit_is_held_to_what_a_proposal_is_held_to(bureau: Bureau, other: dict[str, Any]) -> None:
    revision = bureau.propose()
    refused(HouseError, lambda: bureau.edit(revision, **other))
    with acting(Role.APP, bureau.zhang.scope):
        assert Revision.objects.get().value == 15000


def test_a_day_that_passed_while_it_waited_stops_it_at_every_step(bureau: Bureau) -> None:
    late = datetime(2027, 1, 2, 9, tzinfo=SHANGHAI)
    revision = bureau.propose()
    bureau.rehearse(revision, now=late)
    refused(ForThePast, lambda: bureau.approve(revision, now=late))
    bureau.rehearse(revision)
    bureau.approve(revision)
    refused(ForThePast, lambda: bureau.schedule(revision, now=late))


@pytest.mark.parametrize("paper", [{"document_number": " "}, {"document_on": None}])
def test_without_a_paper_nothing_is_scheduled(bureau: Bureau, paper: dict[str, Any]) -> None:
    revision = bureau.propose()
    bureau.rehearse(revision)
    bureau.approve(revision)
    refused(PaperMissing, lambda: bureau.schedule(revision, **paper))
    assert state_of(revision) == "APPROVED"


@pytest.mark.parametrize("state", OPEN_STATES)
def test_until_its_day_it_can_be_taken_back_with_a_reason(bureau: Bureau, state: RevisionState) -> None:
    revision = bureau.propose()
    steps: dict[str, Callable[[Revision], Revision]] = {
        "REHEARSED": bureau.rehearse,
        "APPROVED": bureau.approve,
        "SCHEDULED": bureau.schedule,
    }
    for name, step in steps.items():
        if state_of(revision) != state:
            assert step(revision).state == name
    refused(ReasonMissing, lambda: bureau.withdraw(revision, why="  算了  "))
    refused(NotYourPlace, lambda: bureau.withdraw(revision, replace(bureau.zhang, rights=frozenset())))
    assert bureau.withdraw(revision, bureau.wang).state == "WITHDRAWN"
    assert put_in_force(JANUARY) == []
    assert aged_80(JANUARY) == 14000


def test_what_is_in_force_cannot_be_taken_back_nor_edited_nor_approved_again(bureau: Bureau) -> None:
    revision = bureau.scheduled()
    put_in_force(JANUARY)
    acts: list[Callable[[Revision], Revision]] = [
        bureau.withdraw, bureau.edit, bureau.rehearse, bureau.approve, bureau.schedule,
    ]  # fmt: skip
    for act in acts:
        refused(WrongState, functools.partial(act, revision))
    assert state_of(revision) == "IN_FORCE"


def test_the_branch_above_is_out_of_reach_even_by_raw_sql(bureau: Bureau) -> None:
    revision = bureau.propose()
    with acting(Role.APP, bureau.county.scope):
        assert Revision.objects.count() == 1  # the law is open to everybody
        assert Revision.objects.update(value=1) == 0
        with pytest.raises(NoSuchRevision):
            services.withdraw_revision(
                actor=bureau.county, revision_id=RevisionId(revision.pk), why="不是我们的事", now=NOW
            )
        revision.pk = None
        with pytest.raises(ProgrammingError), transaction.atomic():
            revision.save(force_insert=True)


def test_drafts_that_wait_stand_by_their_day_and_end_when_they_are_law_or_withdrawn(bureau: Bureau) -> None:
    late, early = bureau.propose(since=MARCH), bureau.propose()
    gone = bureau.propose(value=1)
    bureau.withdraw(gone)
    with acting(Role.APP, Scope.of("1502")):
        assert [r.pk for r in selectors.waiting_in("1502")] == [early.pk, late.pk]
        assert {r.pk for r in selectors.revisions_in("1502")} == {early.pk, late.pk, gone.pk}
        assert not selectors.revisions_in("150203").exists()


def test_who_did_what_is_in_the_trail(bureau: Bureau) -> None:
    revision = bureau.scheduled()
    with acting(Role.APP, Scope.of("1502")):
        trail = [(line.action, line.actor_name) for line in audit.trail_of("revision", revision.pk)]
    assert trail == [
        ("revision_scheduled", "张伟"),
        ("revision_approved", "王静"),
        ("revision_rehearsed", "张伟"),
        ("revision_proposed", "张伟"),
    ]
