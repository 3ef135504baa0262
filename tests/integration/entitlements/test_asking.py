"""[帮我办] and [我不同意]: asked once, taken back with one tap, answered by a human until a day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tests.conftest import NOW, SHANGHAI, Enter
from tests.factories import people as make
from tests.factories import staff
from tests.factories.saying import decided, say, work_off
from yiyang.accounts.guards import NotYourDuty, NotYours
from yiyang.base.actors import Actor, ActorKind
from yiyang.base.ids import PersonId
from yiyang.base.models import OutboxEntry
from yiyang.base.scoping import Role, acting
from yiyang.entitlements import selectors
from yiyang.entitlements.choices import AppealGround, AppealState, ApplicationState, Status
from yiyang.entitlements.models import Appeal, Application, Explanation
from yiyang.entitlements.selectors import NoSuchAppeal, NoSuchBenefit
from yiyang.entitlements.services import asking
from yiyang.entitlements.services.asking import AlreadyAnswered, AnswerTooShort, NothingToWithdraw
from yiyang.outreach.models import Lead
from yiyang.people.models import Person

HOME, TODAY = "150204001021", NOW.date()
ANSWER = "经核实，您的户籍在本区，已按新标准改正。"
OLD_AGE = "oldest_old_allowance"


@pytest.fixture
def wu(as_process: Enter) -> Person:
    with as_process("1502"):
        found = make.person(division=HOME)
        say(found, hardship_class=0)
        decided(found)
    work_off()
    return found


@pytest.fixture
def herself(wu: Person) -> Actor:
    return Actor(ActorKind.PERSON, None, wu.name, speaks_for=frozenset({PersonId(wu.pk)}))


def ask(actor: Actor, whom: Person, benefit: str = OLD_AGE, now: datetime = NOW) -> Application:
    with acting(Role.PERSON, persons=[whom.pk]):
        return asking.ask_for_help(actor=actor, person_id=PersonId(whom.pk), benefit=benefit, now=now)


def disagree(actor: Actor, whom: Person, benefit: str = OLD_AGE, now: datetime = NOW) -> Appeal:
    with acting(Role.PERSON, persons=[whom.pk]):
        return asking.disagree(
            actor=actor, person_id=PersonId(whom.pk), benefit=benefit, ground=AppealGround.AMOUNT,
            own_words=" 邻居比我多。 ", now=now,
        )  # fmt: skip


def answer(
    actor: Actor, appeal: Appeal, text: str = ANSWER, state: AppealState = AppealState.CHANGED
) -> Appeal:
    with acting(Role.APP, actor.scope):
        return asking.answer_appeal(actor=actor, appeal_id=appeal.pk, state=state, answer=text, now=NOW)


def test_asked_for_help_the_reason_is_kept_and_a_day_is_promised(wu: Person, herself: Actor) -> None:
    asked = ask(herself, wu)
    assert (asked.state, asked.call_by) == (ApplicationState.WAITING, TODAY + timedelta(days=3))
    with acting(Role.PERSON, persons=[wu.pk]):
        kept = Explanation.objects.get()
        assert (kept.benefit, kept.kept_for, kept.content["amount"]) == (OLD_AGE, "APPLICATION", 12000)
        assert kept.decision_id == selectors.standings_of(PersonId(wu.pk)).get(benefit=OLD_AGE).decision_id
    work_off()
    with acting(Role.APP, staff.actor("grid_worker", HOME).scope):
        lead = Lead.objects.get(benefit=OLD_AGE)
        assert (lead.asked_for, lead.call_by) == (True, asked.call_by)


def test_asked_twice_is_asked_once(wu: Person, herself: Actor, as_process: Enter) -> None:
    first = ask(herself, wu)
    assert ask(herself, wu, now=NOW + timedelta(days=1)) == first
    with as_process("1502"):
        assert Application.objects.count() == 1
        assert OutboxEntry.objects.filter(name="HelpAsked").count() == 1
        assert Explanation.objects.count() == 1


def test_help_in_general_needs_no_benefit_and_keeps_no_reason(wu: Person, herself: Actor) -> None:
    asked = ask(herself, wu, "call_back")
    assert asked.explanation_id is None


def test_withdrawn_it_is_over_and_may_be_asked_again(wu: Person, herself: Actor, as_process: Enter) -> None:
    asked = ask(herself, wu)
    with acting(Role.PERSON, persons=[wu.pk]):
        asking.withdraw_application(actor=herself, application=asked, now=NOW)
        with pytest.raises(NothingToWithdraw), transaction.atomic():
            asking.withdraw_application(actor=herself, application=asked, now=NOW)
    assert ask(herself, wu, now=NOW + timedelta(hours=1)).pk != asked.pk
    with as_process("1502"):
        assert Application.objects.get(pk=asked.pk).state == ApplicationState.WITHDRAWN


def test_withdrawn_before_anybody_heard_of_it_nobody_is_sent(
    wu: Person, herself: Actor, as_process: Enter
) -> None:
    asked = ask(herself, wu, "call_back")
    with acting(Role.PERSON, persons=[wu.pk]):
        asking.withdraw_application(actor=herself, application=asked, now=NOW - timedelta(hours=1))
    work_off()
    with as_process("1502"):
        assert not Lead.objects.filter(asked_for=True).exists()
        assert not OutboxEntry.objects.filter(done_at=None).exists()


def test_for_somebody_else_nobody_asks_and_no_benefit_is_invented(wu: Person, herself: Actor) -> None:
    stranger = Actor(ActorKind.PERSON, None, "别人", speaks_for=frozenset({PersonId(wu.pk + 1)}))
    with pytest.raises(NotYours):
        ask(stranger, wu)
    with pytest.raises(NotYours):
        disagree(stranger, wu)
    for benefit in ("free_beer", ""):
        with pytest.raises(NoSuchBenefit):
            ask(herself, wu, benefit)
        with pytest.raises(NoSuchBenefit):
            disagree(herself, wu, benefit)


def test_a_disagreement_reaches_the_officials_of_her_branch_with_the_reason_as_she_saw_it(
    wu: Person, herself: Actor
) -> None:
    made = disagree(herself, wu)
    assert (made.state, made.own_words, made.ground) == (
        AppealState.WAITING,
        "邻居比我多。",
        AppealGround.AMOUNT,
    )
    assert disagree(herself, wu) == made
    for place, sees in (("1502", 1), ("150204", 1), ("150204001", 1), ("150203", 0)):
        official = staff.actor("township_official", place)
        with acting(Role.APP, official.scope):
            found = list(selectors.appeals_in(place))
            assert len(found) == sees, place
            if sees:
                assert found[0].explanation.content["benefit"] == OLD_AGE
            else:
                with pytest.raises(NoSuchAppeal):
                    selectors.appeal_of(made.code)


@pytest.mark.parametrize(
    ("made_on", "answer_by", "complete"),
    [
        (date(2026, 11, 22), date(2026, 12, 11), True),  # from a Sunday: the Sunday does not count
        (date(2026, 9, 21), date(2026, 10, 19), True),  # Mid-autumn, National Day, one Saturday worked
        (date(2026, 12, 25), date(2027, 1, 15), False),  # into a year without a table
    ],
)
def test_the_day_of_the_answer_is_counted_in_working_days(
    wu: Person, herself: Actor, made_on: date, answer_by: date, complete: bool
) -> None:
    made = disagree(herself, wu, now=datetime.combine(made_on, time(9), tzinfo=SHANGHAI))
    assert (made.answer_by, made.calendar_complete) == (answer_by, complete)


def test_answered_by_a_human_with_words(wu: Person, herself: Actor) -> None:
    official = staff.actor("official", "150204")
    made = disagree(herself, wu)
    done = answer(official, made)
    assert (done.state, done.answered_by_id, done.answered_at, done.answer) == (
        AppealState.CHANGED, official.user_id, NOW, ANSWER,
    )  # fmt: skip
    with acting(Role.APP, official.scope):
        assert not selectors.appeals_in("150204").exists()
        assert selectors.appeals_in("150204", waiting=False).get() == done


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", AppealState.UPHELD),
        ("不行。不行。", AppealState.UPHELD),
        (" " * 20, AppealState.CHANGED),
        (ANSWER, AppealState.WITHDRAWN),
        (ANSWER, AppealState.WAITING),
    ],
)
def test_an_answer_nobody_can_understand_is_none(
    wu: Person, herself: Actor, text: str, state: AppealState
) -> None:
    official = staff.actor("official", "150204")
    made = disagree(herself, wu)
    with pytest.raises(AnswerTooShort):
        answer(official, made, text, state)
    with acting(Role.APP, official.scope):
        assert Appeal.objects.get().state == AppealState.WAITING


def test_of_two_officials_the_second_is_told_and_changes_nothing(wu: Person, herself: Actor) -> None:
    one, other = staff.actor("official", "150204"), staff.actor("official", "1502")
    made = disagree(herself, wu)
    answer(one, made)
    with pytest.raises(AlreadyAnswered):
        answer(other, made, "我们认为原来的认定是对的，维持。", AppealState.UPHELD)
    with acting(Role.APP, one.scope):
        assert Appeal.objects.get().answered_by_id == one.user_id


def test_withdrawn_it_is_not_answered_and_answered_it_is_not_withdrawn(wu: Person, herself: Actor) -> None:
    official = staff.actor("official", "150204")
    made = disagree(herself, wu)
    with acting(Role.PERSON, persons=[wu.pk]):
        asking.withdraw_appeal(actor=herself, appeal=made, now=NOW)
    with pytest.raises(AlreadyAnswered):
        answer(official, made)
    again = disagree(herself, wu)
    assert again.pk != made.pk
    answer(official, again)
    with acting(Role.PERSON, persons=[wu.pk]), pytest.raises(NothingToWithdraw), transaction.atomic():
        asking.withdraw_appeal(actor=herself, appeal=again, now=NOW)


def test_whoever_lacks_the_duty_or_the_place_answers_nothing(wu: Person, herself: Actor) -> None:
    made = disagree(herself, wu)
    with pytest.raises(NotYourDuty):
        answer(staff.actor("grid_worker", HOME), made)
    with pytest.raises(NoSuchAppeal):
        answer(staff.actor("official", "150203"), made)


def test_the_kept_reason_stays_when_the_facts_change(wu: Person, herself: Actor, as_process: Enter) -> None:
    disagree(herself, wu, "care_service_subsidy")
    with as_process("1502"):
        say(wu, hardship_class=2, valid_from=TODAY, now=NOW + timedelta(hours=1))
        kept = Explanation.objects.get()
        assert kept.content["status"] == "NOT_ELIGIBLE"
        assert selectors.answer(PersonId(wu.pk), "care_service_subsidy", on=TODAY).status == Status.ELIGIBLE
        with pytest.raises(ProgrammingError), transaction.atomic():
            connection.cursor().execute("UPDATE entitlements_explanation SET content = '{}'")
