"""What one person is due, decided anew when something about her changes, and never rewritten."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tests.conftest import NOW, Enter
from tests.factories import people as make
from tests.factories.saying import DOING, say, say_all, work_off
from yiyang.base.ids import PersonId
from yiyang.base.models import OutboxEntry
from yiyang.entitlements import selectors
from yiyang.entitlements.choices import Status
from yiyang.entitlements.models import Decision, Standing
from yiyang.entitlements.services import deciding
from yiyang.people.models import Person
from yiyang.people.selectors import BeforeBirth, NoSuchPerson

HOME, REGISTERED, OUTSIDE = "150204001021", "150204000000", "110105000000"
TODAY = NOW.date()


@pytest.fixture
def wu(as_process: Enter) -> Person:
    """吴奶奶, 82, of whom nothing else is known."""
    with as_process("1502"):
        return make.person(division=HOME, hukou=REGISTERED, born_on=date(1944, 3, 1))


def decide(whom: Person, now: datetime = NOW) -> dict[str, Decision]:
    return {d.benefit: d for d in deciding.decide(actor=DOING, person_id=PersonId(whom.pk), now=now)}


def news() -> list[list[str]]:
    rows = OutboxEntry.objects.filter(name="EntitlementsChanged").order_by("occurred_at")
    return [row.payload["benefits"] for row in rows]


def test_an_amount_is_decided_with_reason_law_and_first_day(wu: Person, as_process: Enter) -> None:
    with as_process("1502"):
        found = decide(wu)["oldest_old_allowance"]
        standing = Standing.objects.get(benefit="oldest_old_allowance")
    assert (found.status, found.amount, found.reason_code) == (Status.ELIGIBLE, 12000, 3)
    assert (found.division, found.starts_on, found.as_of) == (REGISTERED, TODAY, TODAY)
    assert (found.masked_name, found.birth_year) == ("吴**", 1944)
    assert len(found.rules_digest) == len(found.numbers_digest) == 12
    assert (standing.decision_id, standing.residence, standing.since) == (found.pk, HOME, TODAY)


def test_a_plain_no_leaves_nothing_and_what_cannot_be_told_is_kept(wu: Person, as_process: Enter) -> None:
    with as_process("1502"):
        found = decide(wu)
        assert "accident_insurance_subsidy" not in found  # not opened in Baotou
        unknown = {name for name, d in found.items() if d.status == Status.CANNOT_TELL}
        assert unknown == {
            "care_service_subsidy",
            "care_support",
            "home_adaptation",
            "extreme_hardship_support",
            "home_care_bed",
        }
        assert all(found[name].amount is None for name in unknown)


def test_decided_again_without_a_change_nothing_is_written_and_nobody_told(
    wu: Person, as_process: Enter
) -> None:
    with as_process("1502"):
        first = decide(wu)
        assert decide(wu, NOW + timedelta(days=1)) == {}
        assert Decision.objects.count() == len(first)
        assert [sorted(names) for names in news()] == [sorted(first)]


def test_unknown_known_no_more_and_unknown_again_follow_each_other_in_one_chain(
    wu: Person, as_process: Enter
) -> None:
    steps: list[tuple[int | None, Status]] = [
        (None, Status.CANNOT_TELL),
        (1, Status.ELIGIBLE),
        (0, Status.NOT_ELIGIBLE),
        (None, Status.CANNOT_TELL),
    ]
    with as_process("1502"):
        for day, (value, _) in enumerate(steps):
            now = NOW + timedelta(days=day)
            say(wu, hardship_class=value, valid_from=now.date(), now=now)
            decide(wu, now)
        chain = list(selectors.decisions_of(PersonId(wu.pk), "care_service_subsidy"))[::-1]
        assert [d.status for d in chain] == [status for _, status in steps]
        assert [d.amount for d in chain] == [None, 12000, 0, None]
        assert [d.supersedes_id for d in chain] == [None, chain[0].pk, chain[1].pk, None]
        assert chain[2].ends_on == TODAY + timedelta(days=2)
        assert Standing.objects.get(benefit="care_service_subsidy").status == Status.CANNOT_TELL


def test_what_stands_remembers_since_when_although_the_amount_changes(wu: Person, as_process: Enter) -> None:
    with as_process("1502"):
        say(wu, disability_certificate_grade=2, hardship_class=0, ltci_disability_level=0, ability_level=0)
        decide(wu)
        later = NOW + timedelta(days=40)
        say(wu, disability_certificate_grade=1, valid_from=later.date(), now=later)
        (changed,) = decide(wu, later).values()
        assert (changed.benefit, changed.amount) == ("care_support", 12000)
        assert Standing.objects.get(benefit="care_support").since == TODAY


def test_only_what_a_fact_touches_is_looked_at(wu: Person, as_process: Enter) -> None:
    assert deciding.touched_by(["meals_in_month"], on=TODAY) == []
    assert deciding.touched_by(["lives_alone"], on=TODAY) == ["smart_home_safety"]
    assert set(deciding.touched_by(["ability_level"], on=TODAY)) == {
        "care_support",
        "home_adaptation",
        "home_care_bed",
    }
    with as_process("1502"):
        say(wu, hardship_class=1)
    work_off()
    with as_process("1502"):
        assert not Standing.objects.filter(benefit="oldest_old_allowance").exists()  # nobody has asked yet
        assert Standing.objects.get(benefit="care_service_subsidy").amount == 12000


@pytest.mark.parametrize(
    ("facts", "waits"),
    [
        ({"hardship_class": 2}, {"care_support", "home_adaptation"}),
        ({"hardship_class": 0, "ltci_disability_level": 0, "disability_certificate_grade": 0}, set()),
        ({"hardship_class": 2, "ability_level": 0}, {"care_support"}),  # the insurance's own level is missing
        ({"hardship_class": 2, "ability_level": 0, "insured_months": 0}, set()),
    ],
)
def test_an_assessment_is_waited_for_where_a_missing_level_hides_money(
    wu: Person, as_process: Enter, facts: dict[str, int], waits: set[str]
) -> None:
    with as_process("1502"):
        say_all(wu, facts)
        decide(wu)
        found = set(Standing.objects.filter(awaits_assessment=True).values_list("benefit", flat=True))
        assert found == waits


def test_registered_elsewhere_money_cannot_be_told_and_what_follows_residence_can(as_process: Enter) -> None:
    with as_process("1502"):
        guest = make.person(division=HOME, hukou=OUTSIDE, born_on=date(1944, 3, 1))
        say(guest, hardship_class=2, ability_level=2)
        found = decide(guest)
    assert found["oldest_old_allowance"].status == Status.CANNOT_TELL
    assert found["oldest_old_allowance"].division == OUTSIDE
    assert (found["home_adaptation"].status, found["home_adaptation"].division) == (Status.ELIGIBLE, HOME)


def test_the_place_of_registration_sees_its_decision_and_a_masked_name(
    as_process: Enter,
) -> None:
    with as_process("1502"):
        away = make.person(division="150203001015", hukou=REGISTERED, name="吴桂兰")
        decide(away)
    with as_process("150204"):
        (standing,) = selectors.registered_here("150204").filter(benefit="oldest_old_allowance")
        assert standing.decision.masked_name == "吴**"
        assert not Person.objects.filter(pk=away.pk).exists()


def test_a_receipt_says_served_and_its_end_says_unserved(wu: Person, as_process: Enter) -> None:
    with as_process("1502"):
        make.receipt(wu, "oldest_old_allowance", since=date(2026, 1, 1), until=TODAY, fen=12000)
        person_id = PersonId(wu.pk)
        yesterday = selectors.answer(person_id, "oldest_old_allowance", on=TODAY - timedelta(days=1))
        today = selectors.answer(person_id, "oldest_old_allowance", on=TODAY)
        assert (yesterday.receives, yesterday.unserved, yesterday.receives_fen) == (True, False, 12000)
        assert (today.receives, today.unserved) == (False, True)
        decide(wu)
        assert Standing.objects.get(benefit="oldest_old_allowance").receives is False


def test_an_answer_of_a_past_day_uses_the_facts_as_known_then(wu: Person, as_process: Enter) -> None:
    spring, summer = NOW - timedelta(days=200), NOW - timedelta(days=100)
    with as_process("1502"):
        say(wu, hardship_class=0, valid_from=spring.date(), now=spring)
        say(wu, hardship_class=1, valid_from=spring.date(), now=summer)  # corrected later
        answers = [
            selectors.answers_as_known(
                PersonId(wu.pk), on=spring.date(), known_at=known_at, only=["care_service_subsidy"]
            )[0].status
            for known_at in (spring - timedelta(days=1), spring, summer)
        ]
    assert answers == [Status.CANNOT_TELL, Status.NOT_ELIGIBLE, Status.ELIGIBLE]


def test_before_birth_nothing_is_answered(wu: Person, as_process: Enter) -> None:
    with as_process("1502"), pytest.raises(BeforeBirth):
        selectors.answers_as_known(PersonId(wu.pk), on=date(1900, 1, 1), known_at=NOW)


def test_a_result_nobody_knows_is_refused(wu: Person, as_process: Enter) -> None:
    with as_process("1502"), pytest.raises(selectors.NoSuchBenefit):
        selectors.answer(PersonId(wu.pk), "free_beer", on=TODAY)


def test_out_of_scope_nothing_is_decided(wu: Person, as_process: Enter) -> None:
    with as_process("150203"), pytest.raises(NoSuchPerson):
        decide(wu)


@pytest.mark.parametrize(
    "act", ["UPDATE entitlements_decision SET amount = 1", "DELETE FROM entitlements_decision"]
)
def test_what_was_decided_is_not_rewritten(wu: Person, as_process: Enter, act: str) -> None:
    with as_process("1502"):
        decide(wu)
        with pytest.raises(ProgrammingError), transaction.atomic():
            connection.cursor().execute(act)
