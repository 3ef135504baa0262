"""People move and die; what was decided and said about them follows or ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction

from tests.conftest import NOW, Enter
from tests.factories import people as make
from tests.factories import staff
from tests.factories.saying import DOING, decided, say, work_off
from yiyang.base.actors import Actor, ActorKind
from yiyang.base.ids import PersonId
from yiyang.base.models import OutboxEntry
from yiyang.base.scoping import Role, Scope, acting
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.choices import AppealGround, ApplicationState, Status
from yiyang.entitlements.models import Decision, Standing
from yiyang.entitlements.services import asking
from yiyang.outreach import selectors as leads
from yiyang.outreach import services as outreach
from yiyang.outreach.choices import LeadState
from yiyang.outreach.models import Lead
from yiyang.people import selectors
from yiyang.people import services as people
from yiyang.people.choices import Source
from yiyang.people.guards import FactRefused
from yiyang.people.models import Fact, Person, State
from yiyang.people.services.changing import AlreadyDead, NotYourPlace
from yiyang.regions.selectors import NoSuchPlace

HOME, NEXT_DOOR, ELSEWHERE, FAR = "150204001021", "150204001022", "150203001015", "620722001001"
REGISTERED = "150204000000"


@pytest.fixture
def zhang(db: None) -> Actor:
    return staff.actor("grid_worker", HOME)


@pytest.fixture
def wu(as_process: Enter) -> Person:
    """吴奶奶, 82, on dibao, registered in her own county: due an allowance, and nobody has told her."""
    with as_process("1502"):
        found = make.person(division=HOME, hukou=REGISTERED, born_on=date(1944, 3, 1))
        say(found, hardship_class=2, ability_level=0, disability_certificate_grade=0, ltci_disability_level=0)
        decided(found)
    work_off()
    return found


HELPING = Actor(ActorKind.PROCESS, None, "tests", rights=frozenset({"take_leads"}))


def move(whom: Person, to: str, actor: Actor = DOING) -> None:
    people.move_person(actor=actor, person_id=PersonId(whom.pk), to=to, now=NOW)


def die(whom: Person, died_on: date = date(2026, 11, 20)) -> None:
    people.record_death(
        actor=DOING, person_id=PersonId(whom.pk), died_on=died_on, source=Source.PUBLIC_SECURITY, now=NOW
    )


@pytest.mark.parametrize("to", [NEXT_DOOR, ELSEWHERE])
def test_after_a_move_leads_and_standings_are_found_at_the_new_place_and_decisions_where_they_were_made(
    wu: Person, zhang: Actor, as_process: Enter, to: str
) -> None:
    with as_process("1502"):
        outreach.take_leads(actor=zhang, person_id=PersonId(wu.pk), now=NOW)
        was = list(Decision.objects.order_by("pk").values_list("pk", "division"))
        stood = {s.benefit: s.status for s in entitlements.standings_of(PersonId(wu.pk))}
        move(wu, to)
    work_off()
    with as_process("1502"):
        assert (State.objects.get().division, State.objects.get().residence_county) == (to, int(to[:6]))
        assert {s.residence for s in Standing.objects.all()} == {to}
        assert {s.benefit: s.status for s in Standing.objects.all()} == stood
        assert {lead.division for lead in leads.leads_of(PersonId(wu.pk))} == {to}
        assert {(lead.state, lead.taken_by_id) for lead in leads.leads_of(PersonId(wu.pk))} == {("NEW", None)}
        assert list(Decision.objects.order_by("pk").values_list("pk", "division"))[: len(was)] == was
        assert OutboxEntry.objects.filter(done_at=None).count() == 0
    with as_process(HOME):
        assert not Lead.objects.exists()
    with as_process(to):
        assert {s.benefit for s in Standing.objects.all()} == set(stood)
        assert Fact.objects.exists()


def test_what_follows_the_place_of_residence_is_decided_anew_by_the_new_place(as_process: Enter) -> None:
    with as_process("1502"):
        found = make.person(division=HOME, hukou=REGISTERED)
        say(found, hardship_class=2, ability_level=2)
    work_off()
    with as_process("1502"):
        move(found, ELSEWHERE)
    work_off()
    with as_process("1502"):
        said = entitlements.decisions_of(PersonId(found.pk), "home_adaptation")
        assert [(d.division, d.status) for d in said] == [(ELSEWHERE, 1), (HOME, 1)]
        assert said[0].supersedes_id == said[1].pk


def test_a_move_to_a_place_not_in_the_tree_is_refused(wu: Person, as_process: Enter) -> None:
    with as_process("1502"):
        for nowhere in ("150204001999", "159999000000", "", "150200000000", "1502040010211"):
            with pytest.raises(NoSuchPlace), transaction.atomic():
                move(wu, nowhere)
        assert State.objects.get().division == HOME
        assert not OutboxEntry.objects.filter(name="PersonMoved").exists()


def test_staff_moves_people_within_its_own_branch_only(wu: Person, zhang: Actor, db: None) -> None:
    with acting(Role.APP, zhang.scope), pytest.raises(NotYourPlace):
        move(wu, NEXT_DOOR, zhang)
    township = staff.actor("township_official", "150204001")
    with acting(Role.APP, township.scope):
        move(wu, NEXT_DOOR, township)


def test_of_a_person_not_placed_the_county_knows_and_no_community(wu: Person, as_process: Enter) -> None:
    with as_process("1502"):
        move(wu, "150204000000")
        assert [p.pk for p in selectors.unplaced_in("150204")] == [wu.pk]
    with as_process("150204001"):
        assert not Person.objects.exists()


def test_news_about_somebody_who_moved_away_meanwhile_does_not_wait_for_ever(
    wu: Person, as_process: Enter
) -> None:
    with as_process("1502"):
        say(wu, hardship_class=3, valid_from=date(2026, 11, 1), now=NOW)
        move(wu, ELSEWHERE)
    work_off()
    with as_process("1502"):
        assert not OutboxEntry.objects.filter(done_at=None).exists()
        assert Standing.objects.filter(benefit="extreme_hardship_support", residence=ELSEWHERE).exists()


def test_after_a_death_she_leaves_the_sweep_and_all_that_stood_ends(wu: Person, as_process: Enter) -> None:
    with as_process("1502"):
        asking.ask_for_help(actor=HELPING, person_id=PersonId(wu.pk), benefit="oldest_old_allowance", now=NOW)
        stood = set(Standing.objects.values_list("benefit", flat=True))
        assert "oldest_old_allowance" in stood
        die(wu)
    work_off()
    with as_process("1502"):
        assert not State.objects.exists()
        assert not Standing.objects.exists()
        last = {d.benefit: d for d in Decision.objects.order_by("pk")}
        assert {b: (d.status, d.amount, d.ends_on) for b, d in last.items() if b in stood} == dict.fromkeys(
            stood, (Status.NOT_ELIGIBLE, 0, date(2026, 11, 20))
        )
        assert set(Lead.objects.values_list("state", "closed_why")) == {(LeadState.CLOSED, "已去世")}
        (asked,) = entitlements.applications_of(PersonId(wu.pk))
        assert (asked.state, asked.outcome) == (ApplicationState.DONE, "已去世")
        assert not OutboxEntry.objects.filter(done_at=None).exists()


def test_a_death_is_registered_once_and_nothing_is_recorded_after_it(wu: Person, as_process: Enter) -> None:
    with as_process("1502"):
        die(wu)
        acts: list[Callable[[], None]] = [
            lambda: die(wu),
            lambda: say(wu, hardship_class=0),
            lambda: move(wu, NEXT_DOOR),
        ]
        for act in acts:
            with pytest.raises(AlreadyDead), transaction.atomic():
                act()
        assert OutboxEntry.objects.filter(name="PersonDied").count() == 1
        with pytest.raises(selectors.NoSuchPerson):
            selectors.sweep_row(PersonId(wu.pk))


@pytest.mark.parametrize("day", [NOW.date() + timedelta(days=1), date(1944, 2, 29)])
def test_a_death_lies_between_birth_and_today(wu: Person, as_process: Enter, day: date) -> None:
    with as_process("1502"):
        with pytest.raises(FactRefused), transaction.atomic():
            die(wu, day)
        assert State.objects.exists()


def test_facts_recorded_just_before_a_death_do_not_wait_for_ever(wu: Person, as_process: Enter) -> None:
    with as_process("1502"):
        say(wu, hardship_class=3, valid_from=date(2026, 11, 1), now=NOW)
        die(wu)
    work_off()
    with as_process("1502"):
        assert not OutboxEntry.objects.filter(done_at=None).exists()
        assert not Standing.objects.exists()
        assert not Lead.objects.exclude(state=LeadState.CLOSED).exists()


def test_the_dead_are_found_by_nobody_who_looks_for_the_living(wu: Person, as_process: Enter) -> None:
    with as_process("1502"):
        die(wu)
        assert selectors.search("吴桂兰", Scope.of("1502")) == []
        assert not selectors.people_in(Scope.of("1502")).exists()
        assert selectors.person(PersonId(wu.pk)).died_on == date(2026, 11, 20)


def test_what_she_asked_and_disputed_goes_with_her_to_those_who_see_her_now(
    wu: Person, as_process: Enter
) -> None:
    person_id = PersonId(wu.pk)
    with as_process("1502"):
        asking.ask_for_help(actor=HELPING, person_id=person_id, benefit="call_back", now=NOW)
        asking.disagree(
            actor=HELPING,
            person_id=person_id,
            benefit="care_service_subsidy",
            ground=AppealGround.FACT,
            own_words="",
            now=NOW,
        )
        move(wu, ELSEWHERE)
    work_off()
    with as_process(ELSEWHERE):
        assert [a.person_id for a in entitlements.appeals_in(ELSEWHERE)] == [wu.pk]
        assert [a.benefit for a in entitlements.open_applications_of(person_id)] == ["call_back"]
        (called,) = Lead.objects.filter(asked_for=True)
        assert (called.benefit, called.state) == ("call_back", LeadState.NEW)
    with as_process("150204"):
        assert not entitlements.appeals_in("150204").exists()
        assert not Lead.objects.exists()
        assert not OutboxEntry.objects.filter(done_at=None).exists()
