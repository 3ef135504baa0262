"""A death counts when a second source says so; stays are dated facts; moves are received."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from tests.conftest import NOW, Enter
from tests.factories import people as make
from tests.factories import staff
from tests.factories.saying import DOING, decided, say, work_off
from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId
from yiyang.base.models import OutboxEntry
from yiyang.base.scoping import Role, acting
from yiyang.entitlements.models import Standing
from yiyang.outreach import selectors as leads
from yiyang.outreach.choices import LeadState
from yiyang.outreach.models import Caseload, Lead
from yiyang.people import guards, selectors
from yiyang.people import services as people
from yiyang.people.choices import MoveState, ReportState, Source, StayKind
from yiyang.people.models import DeathReport, Move, Person, State, Stay
from yiyang.people.selectors import one_record
from yiyang.people.services.changing import AlreadyDead, NotYourPlace
from yiyang.people.services.dying import NotDead
from yiyang.people.services.moving import AlreadyAsked
from yiyang.people.services.staying import StaysOverlap

HOME, ELSEWHERE = "150204001021", "150203001015"
DAY = date(2026, 11, 20)


@pytest.fixture
def wu(as_process: Enter) -> Person:
    """吴奶奶, 82, on dibao: money stands, and a visit is due."""
    with as_process("1502"):
        found = make.person(division=HOME, hukou="150204000000")
        say(found, hardship_class=2, ability_level=2)
        decided(found)
    work_off()
    return found


@pytest.fixture
def worker(db: None) -> Actor:
    return staff.actor("grid_worker", HOME)


@pytest.fixture
def county(db: None) -> Actor:
    return staff.actor("official", "150204", name="李娜")


def pid(whom: Person) -> PersonId:
    return PersonId(whom.pk)


def report(actor: Actor, whom: Person, source: Source = Source.FAMILY, day: date | None = DAY) -> DeathReport:
    with acting(Role.APP, actor.scope, actor_id=actor.label):
        said = people.report_death(
            actor=actor, word=people.DeathWord(person_id=pid(whom), source=source, died_on=day), now=NOW
        )
    work_off()
    return said


def test_one_word_about_a_death_stops_no_money_and_every_visit(
    wu: Person, worker: Actor, as_process: Enter
) -> None:
    with as_process("1502"):
        stood = set(Standing.objects.values_list("benefit", "status"))
    report(worker, wu)
    with as_process("1502"):
        assert set(Standing.objects.values_list("benefit", "status")) == stood
        assert State.objects.exists()
        assert selectors.said_dead([wu.pk]) == {wu.pk}
        assert set(Lead.objects.values_list("state", flat=True)) == {LeadState.PAUSED}
        counted = leads.counted_in(HOME, on=NOW.date())
        assert (counted.listed, sum(one.people for one in counted.left_out)) == (0, 1)


def test_the_same_source_again_is_one_word_and_the_same_hand_is_no_second_source(
    wu: Person, worker: Actor, county: Actor, as_process: Enter
) -> None:
    first = report(worker, wu)
    assert report(worker, wu).pk == first.pk
    report(worker, wu, Source.COMMUNITY)  # another source, the same hand
    with as_process("1502"):
        assert Person.objects.get(pk=wu.pk).died_on is None
    with acting(Role.APP, county.scope), pytest.raises(guards.SameSource), transaction.atomic():
        people.confirm_death(
            actor=county, report_id=first.pk, source=Source.FAMILY, died_on=DAY, why="家属来过", now=NOW
        )


def test_a_second_source_with_the_same_day_enters_the_death(
    wu: Person, worker: Actor, as_process: Enter
) -> None:
    report(worker, wu)
    with as_process("1502"):
        word = people.DeathWord(person_id=pid(wu), source=Source.PUBLIC_SECURITY, died_on=DAY)
        people.report_death(actor=DOING, word=word, now=NOW)
    work_off()
    with as_process("1502"):
        assert Person.objects.get(pk=wu.pk).died_on == DAY
        assert not Standing.objects.exists()
        assert set(Lead.objects.values_list("state", "closed_why")) == {(LeadState.CLOSED, "已去世")}
        assert sorted(DeathReport.objects.values_list("state", flat=True)) == ["EFFECTIVE", "JOINED"]


def test_two_sources_with_two_days_wait_for_a_human(wu: Person, worker: Actor, as_process: Enter) -> None:
    report(worker, wu)
    with as_process("1502"):
        word = people.DeathWord(
            person_id=pid(wu), source=Source.PUBLIC_SECURITY, died_on=DAY - timedelta(days=1)
        )
        people.report_death(actor=DOING, word=word, now=NOW)
        assert Person.objects.get(pk=wu.pk).died_on is None
        assert one_record.deaths_to_confirm("150204").count() == 2


def test_an_official_confirms_with_a_second_source_and_a_wrong_death_is_taken_back(
    wu: Person, worker: Actor, county: Actor, as_process: Enter
) -> None:
    with as_process("1502"):
        before = str(State.objects.values().get())
        stood = sorted(Standing.objects.values_list("benefit", "status", "amount"))
    first = report(worker, wu, day=None)
    with acting(Role.APP, county.scope):
        people.confirm_death(
            actor=county,
            report_id=first.pk,
            source=Source.INSTITUTION,
            died_on=DAY,
            why="医院死亡证明",
            now=NOW,
        )
    work_off()
    with as_process("1502"):
        assert not Standing.objects.exists()
    with acting(Role.APP, county.scope):
        with pytest.raises(AlreadyDead), transaction.atomic():
            people.begin_stay(actor=DOING, admission=stay(wu, date(2026, 11, 1)), now=NOW)
        people.correct_death(actor=county, person_id=pid(wu), why="同名的人，本人健在", now=NOW)
        with pytest.raises(NotDead), transaction.atomic():
            people.correct_death(actor=county, person_id=pid(wu), why="再更正一次", now=NOW)
    work_off()
    with as_process("1502"):
        assert str(State.objects.values().get()) == before
        assert sorted(Standing.objects.values_list("benefit", "status", "amount")) == stood
        assert Lead.objects.filter(state=LeadState.NEW).exists()
        assert DeathReport.objects.get().state == ReportState.UNDONE
        assert not OutboxEntry.objects.filter(done_at=None).exists()


def test_refuted_visits_go_on_with_whoever_had_taken_them(
    wu: Person, worker: Actor, county: Actor, as_process: Enter
) -> None:
    with as_process("1502"):
        Lead.objects.update(state=LeadState.ASSIGNED, taken_by=worker.user_id, taken_at=NOW)
    first = report(worker, wu)
    with acting(Role.APP, county.scope):
        people.refute_death(actor=county, report_id=first.pk, why="当面见到本人", now=NOW)
        with pytest.raises(guards.NotWaiting), transaction.atomic():
            people.refute_death(actor=county, report_id=first.pk, why="当面见到本人", now=NOW)
    work_off()
    with as_process("1502"):
        assert set(Lead.objects.values_list("state", "taken_by_id")) == {(LeadState.ASSIGNED, worker.user_id)}
        assert Caseload.objects.get().listed


def stay(
    whom: Person, since: date, until: date | None = None, kind: StayKind = StayKind.HOSPITAL
) -> people.Admission:
    return people.Admission(
        person_id=pid(whom), kind=kind, since=since, until=until, place="市中心医院", source=Source.FAMILY
    )


def test_while_she_lies_in_a_hospital_nobody_knocks_and_after_it_somebody_does(
    wu: Person, as_process: Enter
) -> None:
    with as_process("1502"):
        row = people.begin_stay(actor=DOING, admission=stay(wu, date(2026, 11, 1)), now=NOW)
    work_off()
    with as_process("1502"):
        assert set(Lead.objects.values_list("state", flat=True)) == {LeadState.PAUSED}
        say(wu, valid_from=date(2026, 11, 2), hardship_class=3)  # new money: its visit waits as well
    work_off()
    with as_process("1502"):
        assert not Caseload.objects.filter(listed=True).exists()
        people.end_stay(actor=DOING, stay_id=row.pk, until=NOW.date(), now=NOW)
    work_off()
    with as_process("1502"):
        assert set(Lead.objects.exclude(state=LeadState.CLOSED).values_list("state", flat=True)) == {
            LeadState.NEW
        }


def test_a_care_home_is_kept_in_the_facts_and_stops_when_she_leaves(wu: Person, as_process: Enter) -> None:
    with as_process("1502"):
        row = people.begin_stay(
            actor=DOING, admission=stay(wu, date(2026, 10, 1), kind=StayKind.CARE_HOME), now=NOW
        )
        assert State.objects.get().lives_in_care_home is True
        people.end_stay(actor=DOING, stay_id=row.pk, until=date(2026, 11, 10), now=NOW)
        assert State.objects.get().lives_in_care_home is False
        known = selectors.facts_as_known(pid(wu), as_of=date(2026, 10, 15), known_at=NOW)
        assert known["lives_in_care_home"].value == 1


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(2026, 10, 5), date(2026, 10, 7)),
        (date(2026, 9, 1), date(2026, 10, 2)),
        (date(2026, 9, 1), None),
        (date(2026, 10, 9), None),
    ],
)
def test_two_stays_of_one_kind_never_overlap(
    wu: Person, as_process: Enter, since: date, until: date | None
) -> None:
    with as_process("1502"):
        people.begin_stay(actor=DOING, admission=stay(wu, date(2026, 10, 1), date(2026, 10, 10)), now=NOW)
        with pytest.raises(StaysOverlap), transaction.atomic():
            people.begin_stay(actor=DOING, admission=stay(wu, since, until), now=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            Stay.objects.create(
                person=wu, kind=StayKind.HOSPITAL, since=since, until=until, place="x",
                source=Source.FAMILY, recorded_at=NOW,
            )  # fmt: skip
        people.begin_stay(actor=DOING, admission=stay(wu, date(2026, 10, 10)), now=NOW)  # from that day on


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (NOW.date() + timedelta(days=1), None),
        (date(1944, 2, 29), None),
        (date(2026, 10, 10), date(2026, 10, 9)),
        (date(2026, 10, 10), NOW.date() + timedelta(days=1)),
    ],
)
def test_a_stay_that_cannot_be_is_refused(
    wu: Person, as_process: Enter, since: date, until: date | None
) -> None:
    with as_process("1502"):
        with pytest.raises(guards.FactRefused), transaction.atomic():
            people.begin_stay(actor=DOING, admission=stay(wu, since, until), now=NOW)
        assert not Stay.objects.exists()


def test_she_moves_when_the_other_county_receives_her_and_not_before(
    wu: Person, as_process: Enter, as_staff: Enter
) -> None:
    home, away = staff.actor("township_official", "150204001"), staff.actor("official", "150203")
    with acting(Role.APP, home.scope):
        asked = people.ask_to_move(actor=home, person_id=pid(wu), to=ELSEWHERE, why="随子女居住", now=NOW)
        assert asked is not None
        with pytest.raises(AlreadyAsked), transaction.atomic():
            people.ask_to_move(actor=home, person_id=pid(wu), to=ELSEWHERE, why="随子女居住", now=NOW)
        with pytest.raises(NotYourPlace), transaction.atomic():
            people.answer_move(actor=home, move_id=asked.pk, receive=True, answer="", now=NOW)
    with acting(Role.APP, away.scope):
        assert not Person.objects.exists()
        (seen,) = one_record.moves_to_receive("150203")
        assert (seen.masked_name, seen.birth_year) == ("吴**", 1944)
        people.answer_move(actor=away, move_id=asked.pk, receive=True, answer="", now=NOW)
        assert not Person.objects.exists()
    work_off()
    with as_staff("150203"):
        assert Person.objects.get().division == ELSEWHERE
        assert Lead.objects.filter(division=ELSEWHERE).exists()
        assert Move.objects.get().state == MoveState.RECEIVED
    with as_staff("150204"):
        assert not Person.objects.exists()


def test_refused_or_withdrawn_she_stays(wu: Person, as_process: Enter) -> None:
    home, away = staff.actor("township_official", "150204001"), staff.actor("official", "150203")
    with acting(Role.APP, home.scope):
        first = people.ask_to_move(actor=home, person_id=pid(wu), to=ELSEWHERE, why="随子女居住", now=NOW)
        assert first is not None
        people.withdraw_move(actor=home, move_id=first.pk, now=NOW)
        again = people.ask_to_move(actor=home, person_id=pid(wu), to=ELSEWHERE, why="随子女居住", now=NOW)
        assert again is not None
    with acting(Role.APP, away.scope):
        with pytest.raises(guards.ReasonMissing), transaction.atomic():
            people.answer_move(actor=away, move_id=again.pk, receive=False, answer="", now=NOW)
        people.answer_move(actor=away, move_id=again.pk, receive=False, answer="上门没有找到人", now=NOW)
    work_off()
    with as_process("1502"):
        assert Person.objects.get().division == HOME
