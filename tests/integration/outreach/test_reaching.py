"""Taking a person, trying to reach her, what came of it; nobody disappears from the list without a word."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from tests.conftest import NOW, Enter
from tests.factories import people as make
from tests.factories import staff
from tests.factories.saying import decided, say, work_off
from yiyang.accounts.guards import NotYourDuty
from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId
from yiyang.base.scoping import Role, Scope, acting
from yiyang.engine.errors import HouseError
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.choices import ApplicationState
from yiyang.entitlements.services import asking
from yiyang.outreach import selectors, services
from yiyang.outreach.choices import OPEN_STATES, Channel, LeadState, Outcome
from yiyang.outreach.guards import AlreadyTaken, AttemptRefused, NothingOpen, NotYourLead
from yiyang.outreach.models import ContactAttempt, Lead
from yiyang.outreach.selectors import Counted
from yiyang.outreach.services.reaching import EFFECT, NEEDS_NOTE, Attempt
from yiyang.people.models import Person

HOME, TODAY = "150204001021", NOW.date()


@pytest.fixture
def zhang(db: None) -> Actor:
    return staff.actor("grid_worker", HOME)


@pytest.fixture
def li(db: None) -> Actor:
    return staff.actor("grid_worker", HOME, name="李娜")


@pytest.fixture
def wu(as_process: Enter) -> Person:
    with as_process("1502"):
        found = make.person(division=HOME)
        say(found, hardship_class=2)
        decided(found)
    work_off()
    return found


def take(actor: Actor, whom: Person) -> list[Lead]:
    with acting(Role.APP, actor.scope), transaction.atomic():
        return services.take_leads(actor=actor, person_id=PersonId(whom.pk), now=NOW)


def give_back(actor: Actor, whom: Person) -> None:
    with acting(Role.APP, actor.scope), transaction.atomic():
        services.give_back(actor=actor, person_id=PersonId(whom.pk), now=NOW)


def attempt(
    actor: Actor, whom: Person, outcome: Outcome, *, day: int = 0, key: uuid.UUID | None = None, **other: Any
) -> ContactAttempt:
    other = {"note": "邻居说的，已问过", **other}
    row = Attempt(
        request_key=key or uuid.uuid4(), person_id=PersonId(whom.pk), channel=Channel.VISIT, outcome=outcome,
        **other,
    )  # fmt: skip
    with acting(Role.APP, actor.scope), transaction.atomic():
        return services.record_attempt(actor=actor, attempt=row, now=NOW + timedelta(days=day))


def states(whom: Person, actor: Actor) -> set[str]:
    with acting(Role.APP, actor.scope):
        return set(Lead.objects.filter(person=whom).values_list("state", flat=True))


def test_whoever_takes_a_person_takes_all_her_leads(wu: Person, zhang: Actor) -> None:
    taken = take(zhang, wu)
    assert len(taken) == 4
    assert {(lead.state, lead.taken_by_id, lead.taken_at) for lead in taken} == {
        (LeadState.ASSIGNED, zhang.user_id, NOW)
    }
    assert len(take(zhang, wu)) == 4  # pressing twice does no harm


def test_what_a_colleague_has_taken_is_his(wu: Person, zhang: Actor, li: Actor) -> None:
    take(zhang, wu)
    with pytest.raises(AlreadyTaken) as refused:
        take(li, wu)
    assert "别的同事" in refused.value.message
    with pytest.raises(NotYourLead):
        attempt(li, wu, Outcome.APPLIED)
    with pytest.raises(NotYourLead):
        give_back(li, wu)


def test_given_back_a_person_is_anybodys_again(wu: Person, zhang: Actor, li: Actor) -> None:
    take(zhang, wu)
    give_back(zhang, wu)
    assert states(wu, zhang) == {LeadState.NEW}
    assert len(take(li, wu)) == 4
    with pytest.raises(NothingOpen):
        give_back(li, somebody_served())


def somebody_served() -> Person:
    with acting(Role.JOB, Scope.of("1502")):
        return make.person(division=HOME)


def test_of_whoever_has_nothing_open_nothing_is_taken_or_written(zhang: Actor) -> None:
    nobody = somebody_served()
    for act in (lambda: take(zhang, nobody), lambda: attempt(zhang, nobody, Outcome.APPLIED)):
        with pytest.raises(NothingOpen):
            act()


def test_without_the_duty_or_the_place_nobody_is_taken(wu: Person) -> None:
    official = staff.actor("official", "150204")
    with pytest.raises(NotYourDuty):
        take(official, wu)
    with pytest.raises(NothingOpen):
        take(staff.actor("grid_worker", "150204001022"), wu)


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_does_what_the_table_says_to_all_her_leads(
    wu: Person, zhang: Actor, outcome: Outcome
) -> None:
    row = attempt(zhang, wu, outcome)
    assert states(wu, zhang) == {EFFECT[outcome] or LeadState.ASSIGNED}
    with acting(Role.APP, zhang.scope):
        assert row.leads.count() == 4
        assert list(selectors.attempts_of(PersonId(wu.pk))) == [row]
        assert set(Lead.objects.values_list("taken_by_id", flat=True)) == {zhang.user_id}


@pytest.mark.parametrize("outcome", sorted(NEEDS_NOTE))
def test_a_no_a_move_or_a_death_wants_a_word_on_how_one_knows(
    wu: Person, zhang: Actor, outcome: Outcome
) -> None:
    for note in ("", " 听 "):
        with pytest.raises(AttemptRefused) as refused:
            attempt(zhang, wu, outcome, note=note)
        assert outcome.label in refused.value.message
    assert states(wu, zhang) == {LeadState.NEW}


def test_the_next_visit_is_not_yesterday(wu: Person, zhang: Actor) -> None:
    with pytest.raises(AttemptRefused):
        attempt(zhang, wu, Outcome.WILL_COME, again_on=TODAY - timedelta(days=1))
    assert attempt(zhang, wu, Outcome.WILL_COME, again_on=TODAY).again_on == TODAY


def test_the_next_visit_is_not_in_another_year(wu: Person, zhang: Actor) -> None:
    with pytest.raises(AttemptRefused) as refused:
        attempt(zhang, wu, Outcome.WILL_COME, again_on=TODAY + timedelta(days=184))
    assert "半年以内" in refused.value.message
    assert states(wu, zhang) == {LeadState.NEW}


def seen_on(day: date, zhang: Actor) -> tuple[int, list[tuple[str, int]], int | None]:
    """How many stand on the list of a day, who is left out and why, and who is next."""
    with acting(Role.APP, zhang.scope):
        counted = selectors.counted_in(HOME, zhang.user_id, on=day)
        assert len(selectors.listed_in(HOME, on=day, limit=9)) == counted.listed
        return counted.listed, [(one.why, one.people) for one in counted.left_out], counted.following


@pytest.mark.parametrize("outcome", [Outcome.WILL_COME, Outcome.NOT_AT_HOME, Outcome.IN_HOSPITAL])
def test_told_a_day_she_is_off_the_list_until_that_day_and_back_on_it(
    wu: Person, zhang: Actor, outcome: Outcome
) -> None:
    day = TODAY + timedelta(days=3)
    attempt(zhang, wu, outcome, again_on=day)
    for before in (TODAY, day - timedelta(days=1)):
        assert seen_on(before, zhang) == (0, [(selectors.LATER_WHY, 1)], None)
        with acting(Role.APP, zhang.scope):
            [later] = selectors.later_in(HOME, on=before, limit=9)
            assert (later.person_id, later.again_on) == (wu.pk, day)
    assert seen_on(day, zhang) == (1, [], wu.pk)


def test_who_was_told_a_day_and_asks_herself_is_on_the_list_at_once(wu: Person, zhang: Actor) -> None:
    attempt(zhang, wu, Outcome.WILL_COME, again_on=TODAY + timedelta(days=9))
    with acting(Role.JOB, Scope.of("1502")):
        services.note_request(
            actor=zhang, person_id=PersonId(wu.pk), benefit="call_back", call_by=TODAY, now=NOW
        )
    assert seen_on(TODAY, zhang)[:2] == (1, [])


def test_the_same_try_sent_twice_by_a_phone_counts_once(wu: Person, zhang: Actor) -> None:
    key = uuid.uuid4()
    first = attempt(zhang, wu, Outcome.APPLIED, key=key)
    assert attempt(zhang, wu, Outcome.DECLINED, key=key, day=1) == first
    with acting(Role.APP, zhang.scope):
        assert ContactAttempt.objects.count() == 1
    assert states(wu, zhang) == {LeadState.APPLIED}


def test_the_third_time_in_a_row_that_nobody_is_met_she_cannot_be_reached(wu: Person, zhang: Actor) -> None:
    attempt(zhang, wu, Outcome.NOT_AT_HOME, day=0)
    attempt(zhang, wu, Outcome.NO_ANSWER, day=1)
    assert states(wu, zhang) == {LeadState.ASSIGNED}
    attempt(zhang, wu, Outcome.NOT_AT_HOME, day=2)
    assert states(wu, zhang) == {LeadState.UNREACHABLE}


def test_met_in_between_the_count_begins_anew(wu: Person, zhang: Actor) -> None:
    outcomes = [
        Outcome.NOT_AT_HOME,
        Outcome.NO_ANSWER,
        Outcome.WILL_COME,
        Outcome.NOT_AT_HOME,
        Outcome.NO_ANSWER,
    ]
    for day, outcome in enumerate(outcomes):
        attempt(zhang, wu, outcome, day=day)
    assert states(wu, zhang) == {LeadState.CONTACTED}
    attempt(zhang, wu, Outcome.NOT_AT_HOME, day=9)
    assert states(wu, zhang) == {LeadState.UNREACHABLE}


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.APPLIED, ApplicationState.DONE),
        (Outcome.DECLINED, ApplicationState.DONE),
        (Outcome.NOT_AT_HOME, ApplicationState.WAITING),
        (Outcome.WILL_COME, ApplicationState.WAITING),
    ],
)
def test_what_came_of_the_visit_closes_what_she_asked_for(
    wu: Person, zhang: Actor, outcome: Outcome, state: ApplicationState
) -> None:
    with acting(Role.APP, zhang.scope):
        asking.ask_for_help(actor=zhang, person_id=PersonId(wu.pk), benefit="call_back", now=NOW)
    work_off()
    attempt(zhang, wu, outcome)
    with acting(Role.APP, zhang.scope):
        assert entitlements.applications_of(PersonId(wu.pk)).get().state == state


def test_the_list_and_those_left_out_are_everybody_with_an_open_lead_once(
    zhang: Actor, as_process: Enter
) -> None:
    done = [Outcome.APPLIED, Outcome.DECLINED, Outcome.IN_HOSPITAL, Outcome.NOT_ELIGIBLE, Outcome.WILL_COME]
    with as_process("1502"):
        people = [make.person(division=HOME) for _ in range(7)]
        for person in people:
            say(person, hardship_class=2)
            decided(person)
    for person, outcome in zip(people, done, strict=False):
        attempt(zhang, person, outcome)
    with acting(Role.APP, zhang.scope):
        # Of one, one benefit is declined and another still waits; of another, one applied and one declined.
        Lead.objects.filter(person=people[5], benefit="care_support").update(state=LeadState.DECLINED)
        Lead.objects.filter(person=people[1], benefit="care_support").update(state=LeadState.APPLIED)
        counted = selectors.counted_in(HOME, on=TODAY)
        listed, total = selectors.listed_in(HOME, limit=99, on=TODAY), counted.listed
        left_out = {one.why: one.people for one in counted.left_out}
        everybody = set(Lead.objects.filter(state__in=OPEN_STATES).values_list("person_id", flat=True))
        assert len(listed) == total == 3
        assert {one.person_id for one in listed} == {people[i].pk for i in (4, 5, 6)}
        assert left_out == {"联系不上，等消息或换办法": 1, "已帮办，等发放": 2, "核实后不符合，等核销": 1}
        assert total + sum(left_out.values()) == len(everybody) == 7


def test_the_worthiest_and_longest_waiting_come_first_by_pages(zhang: Actor, as_process: Enter) -> None:
    with as_process("1502"):
        people = [make.person(division=HOME) for _ in range(3)]
        for n, person in enumerate(people):
            decided(person)
            Lead.objects.filter(person=person).update(
                worth_fen=(100, 300, 300)[n], since=TODAY - timedelta(days=(9, 1, 5)[n])
            )
    with acting(Role.APP, zhang.scope):
        order = [people[i].pk for i in (2, 1, 0)]
        assert [one.person_id for one in selectors.listed_in(HOME, limit=9, on=TODAY)] == order
        pages = [selectors.listed_in(HOME, limit=2, offset=offset, on=TODAY) for offset in (0, 2)]
        assert [one.person_id for page in pages for one in page] == order
        assert selectors.counted_in(HOME, on=TODAY).listed == 3
        waiting = selectors.waiting_in(HOME)
        assert (waiting.people, waiting.untaken, waiting.asked) == (3, 3, 0)
        assert waiting.oldest == TODAY - timedelta(days=9)


def test_a_branch_sees_its_own_people_only(wu: Person, as_staff: Enter) -> None:
    with as_staff("150203"):
        assert selectors.listed_in("1502", limit=9, on=TODAY) == []
        assert selectors.counted_in("1502", on=TODAY) == Counted(0, 0, 0, 0, ())
        assert selectors.households([wu.pk]) == []


def test_every_refusal_says_what_to_do() -> None:
    for error in (AlreadyTaken, NothingOpen, NotYourLead, AttemptRefused):
        assert issubclass(error, HouseError)
        assert len(error.message) > 10
