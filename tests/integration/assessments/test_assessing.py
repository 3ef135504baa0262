"""One ability assessment: whole or not at all, by one hand, signed once, good everywhere in the city."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tests.conftest import NOW, SHANGHAI, Enter
from tests.factories import assessing, staff
from tests.factories import people as make
from tests.factories.saying import DOING
from yiyang.accounts.guards import NotYourDuty
from yiyang.assessments import selectors, services
from yiyang.assessments.choices import AssessmentReason, AssessmentState
from yiyang.assessments.guards import AlreadyOpen, AlreadySettled, NotYourAssessment, StillUnanswered
from yiyang.assessments.models import Assessment, ItemScore
from yiyang.assessments.selectors import NoSuchAssessment
from yiyang.base.actors import Actor
from yiyang.base.ids import AssessmentId, PersonId
from yiyang.base.models import OutboxEntry
from yiyang.base.scoping import Role, acting
from yiyang.engine.scoring import AbilitySigns, BadItem, BadSign, Incomplete
from yiyang.people import services as people
from yiyang.people.models import Fact, Person, State
from yiyang.people.selectors import NoSuchPerson

HOME, ELSEWHERE = "150204001021", "150203001015"
TODAY, TOMORROW = NOW.date(), NOW + timedelta(days=1)


@pytest.fixture
def zhang(db: None) -> Actor:
    return staff.actor("grid_worker", HOME)


@pytest.fixture
def li(db: None) -> Actor:
    return staff.actor("grid_worker", HOME, name="李娜")


@pytest.fixture
def wu(as_process: Enter) -> Person:
    with as_process("1502"):
        return make.person(division=HOME)


def settle(assessor: Actor, form: Assessment, now: datetime = NOW) -> Assessment:
    return services.settle_assessment(actor=assessor, assessment_id=AssessmentId(form.pk), now=now)


@pytest.mark.parametrize("level", [0, 1, 2, 3, 4])
def test_signed_the_level_becomes_a_fact_with_the_assessment_as_its_source(
    zhang: Actor, wu: Person, level: int
) -> None:
    with acting(Role.APP, zhang.scope):
        signed = assessing.assessed(zhang, wu, level)
        assert (signed.state, signed.level, signed.initial_level) == (AssessmentState.SETTLED, level, level)
        assert State.objects.get().ability_level == level
        fact = Fact.objects.get()
        assert (fact.key, fact.value, fact.source, fact.valid_from) == (
            "ability_level",
            level,
            "ASSESSMENT",
            TODAY,
        )
        assert list(selectors.history_of(PersonId(wu.pk))) == [signed]


def test_half_filled_it_is_refused_and_nothing_is_written(zhang: Actor, wu: Person) -> None:
    with acting(Role.APP, zhang.scope):
        form = assessing.opened(zhang, wu)
        assessing.filled(zhang, form, 2, without=1)
        with pytest.raises(StillUnanswered) as refused, transaction.atomic():
            settle(zhang, form)
        assert list(assessing.scores_for(2))[-1] in str(refused.value)
        assert Assessment.objects.get().state == AssessmentState.OPEN
        assert not Fact.objects.exists()
        assert not OutboxEntry.objects.exists()
        assert State.objects.get().ability_level is None


def test_with_every_item_but_without_the_signs_it_is_half_filled(zhang: Actor, wu: Person) -> None:
    with acting(Role.APP, zhang.scope):
        form = assessing.opened(zhang, wu)
        for code, score in assessing.scores_for(0).items():
            services.answer_item(actor=zhang, assessment_id=AssessmentId(form.pk), item=code, score=score)
        with pytest.raises(Incomplete, match="signs"):
            services.result_of(form)
        with pytest.raises(StillUnanswered), transaction.atomic():
            settle(zhang, form)


def test_an_answer_can_be_changed_and_left_open_again(zhang: Actor, wu: Person) -> None:
    with acting(Role.APP, zhang.scope):
        form = assessing.opened(zhang, wu)
        form_id = AssessmentId(form.pk)
        for score in (1, 0, None):
            services.answer_item(actor=zhang, assessment_id=form_id, item="B.1.1", score=score)
            assert selectors.scores_of(form) == ({} if score is None else {"B.1.1": score})


@pytest.mark.parametrize(("item", "score"), [("B.9.9", 1), ("B.1.1", 99), ("B.1.1", -1), ("", 0)])
def test_an_item_or_score_the_standard_does_not_have_is_refused(
    zhang: Actor, wu: Person, item: str, score: int
) -> None:
    with acting(Role.APP, zhang.scope):
        form = assessing.opened(zhang, wu)
        with pytest.raises(BadItem), transaction.atomic():
            services.answer_item(actor=zhang, assessment_id=AssessmentId(form.pk), item=item, score=score)
        assert not ItemScore.objects.exists()


@pytest.mark.parametrize("events", [-1, 100])
def test_a_count_of_events_that_cannot_be_meant_is_refused(zhang: Actor, wu: Person, events: int) -> None:
    with acting(Role.APP, zhang.scope):
        form = assessing.opened(zhang, wu)
        with pytest.raises(BadSign), transaction.atomic():
            services.answer_signs(
                actor=zhang, assessment_id=AssessmentId(form.pk), signs=AbilitySigns(risk_events=events)
            )


def test_in_a_coma_items_may_be_missing_and_the_total_is_unknown(zhang: Actor, wu: Person) -> None:
    with acting(Role.APP, zhang.scope):
        form = assessing.opened(zhang, wu)
        assessing.filled(zhang, form, 0, signs=AbilitySigns(coma=True), without=20)
        signed = settle(zhang, form)
        assert (signed.level, signed.total, signed.initial_level) == (4, None, None)
        assert signed.adjusted_by == ["coma"]
        assert State.objects.get().ability_level == 4


def test_a_diagnosis_of_dementia_is_a_fact_of_its_own(zhang: Actor, wu: Person) -> None:
    with acting(Role.APP, zhang.scope):
        assessing.assessed(zhang, wu, 1)
        assert State.objects.get().has_dementia is None
        signed = assessing.assessed(
            zhang, wu, 1, signs=AbilitySigns(dementia=True), now=NOW + timedelta(days=1)
        )
        assert (signed.initial_level, signed.level, signed.adjusted_by) == (1, 2, ["dementia"])
        assert State.objects.get().has_dementia is True


def test_two_at_one_person_one_of_them_is_told_and_the_own_form_goes_on(
    zhang: Actor, li: Actor, wu: Person
) -> None:
    with acting(Role.APP, zhang.scope):
        form = assessing.opened(zhang, wu)
        assert assessing.opened(zhang, wu).pk == form.pk
        with pytest.raises(AlreadyOpen) as refused:
            assessing.opened(li, wu)
        assert "另一位同事" in refused.value.message
        with pytest.raises(NotYourAssessment), transaction.atomic():
            services.answer_item(actor=li, assessment_id=AssessmentId(form.pk), item="B.1.1", score=1)
        with pytest.raises(NotYourAssessment), transaction.atomic():
            settle(li, form)


def test_given_up_it_counts_for_nothing_and_another_may_begin(zhang: Actor, li: Actor, wu: Person) -> None:
    with acting(Role.APP, zhang.scope):
        form = assessing.opened(zhang, wu)
        assessing.filled(zhang, form, 4)
        services.abandon_assessment(actor=zhang, assessment_id=AssessmentId(form.pk), now=NOW)
        assert not selectors.history_of(PersonId(wu.pk)).exists()
        assert State.objects.get().ability_level is None
        assert assessing.opened(li, wu).pk != form.pk
        with pytest.raises(AlreadySettled), transaction.atomic():
            settle(zhang, form)


def test_what_is_signed_is_not_changed_by_any_service(zhang: Actor, wu: Person) -> None:
    with acting(Role.APP, zhang.scope):
        signed = AssessmentId(assessing.assessed(zhang, wu, 2).pk)
        with pytest.raises(AlreadySettled), transaction.atomic():
            services.answer_item(actor=zhang, assessment_id=signed, item="B.1.1", score=0)
        with pytest.raises(AlreadySettled), transaction.atomic():
            services.answer_signs(actor=zhang, assessment_id=signed, signs=AbilitySigns(coma=True))
        with pytest.raises(AlreadySettled), transaction.atomic():
            services.settle_assessment(actor=zhang, assessment_id=signed, now=NOW)
        with pytest.raises(AlreadySettled), transaction.atomic():
            services.abandon_assessment(actor=zhang, assessment_id=signed, now=NOW)
        assert Fact.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assessments_assessment SET level = 4",
        "UPDATE assessments_assessment SET state = 'OPEN'",
        "DELETE FROM assessments_assessment",
        "UPDATE assessments_itemscore SET score = 0",
        "DELETE FROM assessments_itemscore",
        "INSERT INTO assessments_itemscore (assessment_id, item, score) "
        "SELECT id, 'X', 0 FROM assessments_assessment",
    ],
)
@pytest.mark.parametrize("role", [Role.APP, Role.JOB])
def test_what_is_signed_is_not_changed_by_raw_sql_either(
    zhang: Actor, wu: Person, role: Role, statement: str
) -> None:
    with acting(Role.APP, zhang.scope):
        assessing.assessed(zhang, wu, 2)
    with acting(role, zhang.scope), pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute(statement)


def test_whoever_has_no_right_or_no_sight_of_the_person_begins_nothing(
    zhang: Actor, wu: Person, as_process: Enter
) -> None:
    official = staff.actor("official", "1502")
    with acting(Role.APP, official.scope), pytest.raises(NotYourDuty):
        assessing.opened(official, wu)
    neighbour = staff.actor("grid_worker", "150204001022")
    with acting(Role.APP, neighbour.scope), pytest.raises(NoSuchPerson):
        assessing.opened(neighbour, wu)
    with acting(Role.APP, zhang.scope):
        form = assessing.opened(zhang, wu)
    with acting(Role.APP, neighbour.scope):
        with pytest.raises(NoSuchAssessment):
            selectors.assessment_of(form.code)
        with pytest.raises(NoSuchAssessment), transaction.atomic():
            settle(neighbour, form)


def test_after_a_move_within_the_city_it_is_recognised_at_the_new_place(
    zhang: Actor, wu: Person, as_process: Enter
) -> None:
    with acting(Role.APP, zhang.scope):
        signed = assessing.assessed(zhang, wu, 3)
    with as_process("1502"):
        people.move_person(actor=DOING, person_id=PersonId(wu.pk), to=ELSEWHERE, now=NOW)
    there = staff.actor("grid_worker", ELSEWHERE)
    with acting(Role.APP, there.scope):
        found = selectors.current(PersonId(wu.pk), on=TODAY)
        assert found == signed
        assert len(selectors.scores_of(signed)) == 26
        assert State.objects.get().ability_level == 3
        assert found is not None
        assert found.division == HOME  # where it was done


def test_it_is_valid_for_as_long_as_the_law_of_the_place_says(zhang: Actor, wu: Person) -> None:
    with acting(Role.APP, zhang.scope):
        signed = assessing.assessed(zhang, wu, 3)
        assert signed.valid_until == date(2027, 11, 22)  # twelve months, a number of the law
        person_id = PersonId(wu.pk)
        assert selectors.current(person_id, on=date(2027, 11, 21)) == signed
        assert selectors.current(person_id, on=date(2027, 11, 22)) is None
        assert selectors.current(person_id, on=TODAY - timedelta(days=1)) is None


def test_months_end_on_the_last_day_where_there_is_no_such_day(zhang: Actor, wu: Person) -> None:
    leap_day = datetime(2028, 2, 29, 9, tzinfo=SHANGHAI)
    with acting(Role.APP, zhang.scope):
        assert assessing.assessed(zhang, wu, 3, now=leap_day).valid_until == date(2029, 2, 28)
        in_december = datetime(2027, 12, 31, 9, tzinfo=SHANGHAI)
        assert assessing.assessed(zhang, wu, 3, now=in_december).valid_until == date(2028, 12, 31)


def test_a_later_one_follows_and_the_earlier_one_stays(zhang: Actor, wu: Person) -> None:
    with acting(Role.APP, zhang.scope):
        first = assessing.assessed(zhang, wu, 3)
        second = services.open_assessment(
            actor=zhang,
            person_id=PersonId(wu.pk),
            reason=AssessmentReason.ON_CHANGE,
            now=TOMORROW,
        )
        assessing.filled(zhang, second, 4)
        settle(zhang, second, TOMORROW)
        assert [a.level for a in selectors.history_of(PersonId(wu.pk))] == [4, 3]
        assert State.objects.get().ability_level == 4
        assert Assessment.objects.get(pk=first.pk).level == 3
