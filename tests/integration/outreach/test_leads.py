"""Leads follow what the law finds: opened, kept, closed; asked for, they stay until somebody has come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.conftest import NOW, Enter
from tests.factories import people as make
from tests.factories import staff
from tests.factories.saying import DOING, decided, say
from yiyang.base.ids import PersonId
from yiyang.entitlements.models import Standing
from yiyang.outreach import selectors, services
from yiyang.outreach.choices import OPEN_STATES, LeadState
from yiyang.outreach.models import Lead
from yiyang.people.models import Person

HOME, TODAY = "150204001021", NOW.date()
LATER = NOW + timedelta(days=1)
OLD_AGE = "oldest_old_allowance"


@pytest.fixture
def wu(as_process: Enter) -> Person:
    """吴奶奶, 82, on dibao, never assessed: an allowance, a subsidy, and two sums behind a missing level."""
    with as_process("1502"):
        found = make.person(division=HOME, hukou="150204000000")
        say(found, hardship_class=2)
        decided(found)
    return found


def open_leads(whom: Person) -> dict[str, tuple[str, int | None]]:
    return {lead.benefit: (lead.kind, lead.worth_fen) for lead in selectors.leads_of(PersonId(whom.pk))}


def refresh(whom: Person) -> dict[str, int]:
    return services.refresh_leads(person_id=PersonId(whom.pk), now=LATER)


def ask(whom: Person, benefit: str) -> Lead:
    return services.note_request(
        actor=DOING, person_id=PersonId(whom.pk), benefit=benefit, call_by=date(2026, 11, 25), now=NOW
    )


def drop(whom: Person, benefit: str) -> None:
    services.drop_request(person_id=PersonId(whom.pk), benefit=benefit, now=LATER)


def test_what_is_due_and_not_received_and_what_an_assessment_would_tell_is_a_lead(
    wu: Person, as_process: Enter
) -> None:
    with as_process("1502"):
        assert open_leads(wu) == {
            OLD_AGE: ("UNSERVED", 12000),
            "care_service_subsidy": ("UNSERVED", 12000),
            "care_support": ("NEEDS_ASSESSMENT", None),
            "home_adaptation": ("NEEDS_ASSESSMENT", None),
        }
        assert set(Lead.objects.values_list("state", "division", "since")) == {("NEW", HOME, TODAY)}
        assert refresh(wu) == {"closed": 0, "opened": 0, "updated": 0}


def test_what_is_received_or_no_longer_due_closes_with_the_reason(wu: Person, as_process: Enter) -> None:
    with as_process("1502"):
        Standing.objects.filter(benefit=OLD_AGE).update(receives=True)
        say(wu, hardship_class=0, now=LATER)
        decided(wu, LATER)
        assert open_leads(wu).keys() == {"care_support"}
        closed = Lead.objects.get(benefit=OLD_AGE)
        assert (closed.state, closed.closed_at, closed.closed_why) == (
            LeadState.CLOSED, LATER, "认定变了：已在领，或不再符合",
        )  # fmt: skip


def test_a_changed_worth_is_carried_on_in_the_same_lead(wu: Person, as_process: Enter) -> None:
    with as_process("1502"):
        before = Lead.objects.get(benefit=OLD_AGE)
        Standing.objects.filter(benefit=OLD_AGE).update(amount=25000)
        assert refresh(wu) == {"closed": 0, "opened": 0, "updated": 1}
        after = Lead.objects.get(benefit=OLD_AGE)
        assert (after.pk, after.worth_fen) == (before.pk, 25000)


def test_once_the_level_is_known_what_waited_for_it_becomes_money_in_the_same_hands(
    wu: Person, as_process: Enter
) -> None:
    zhang = staff.actor("grid_worker", HOME)
    with as_process("1502"):
        services.take_leads(actor=zhang, person_id=PersonId(wu.pk), now=NOW)
        say(wu, ability_level=2, ltci_disability_level=0, disability_certificate_grade=0, now=LATER)
        decided(wu, LATER)
        assert open_leads(wu) == {
            OLD_AGE: ("UNSERVED", 12000),
            "care_service_subsidy": ("UNSERVED", 12000),
            "care_support": ("UNSERVED", 15000),
            "home_adaptation": ("UNSERVED", 300000),
            "home_care_bed": ("UNSERVED", None),
        }
        assert set(Lead.objects.filter(state__in=OPEN_STATES).values_list("state", "taken_by_id")) == {
            (LeadState.ASSIGNED, zhang.user_id)
        }
        assert Lead.objects.filter(kind="NEEDS_ASSESSMENT", state=LeadState.CLOSED).count() == 2


@pytest.mark.parametrize("state", OPEN_STATES)
def test_one_open_lead_per_person_and_benefit_says_the_database(
    wu: Person, as_process: Enter, state: LeadState
) -> None:
    with as_process("1502"), pytest.raises(IntegrityError), transaction.atomic():
        Lead.objects.create(
            person=wu,
            division=HOME,
            benefit=OLD_AGE,
            kind="UNSERVED",
            since=TODAY,
            state=state,
            opened_at=NOW,
        )


@pytest.mark.parametrize(
    "state", [LeadState.APPLIED, LeadState.DECLINED, LeadState.NOT_ELIGIBLE_AFTER_ALL, LeadState.UNREACHABLE]
)
def test_what_was_worked_is_not_opened_a_second_time(wu: Person, as_process: Enter, state: LeadState) -> None:
    with as_process("1502"):
        Lead.objects.filter(benefit=OLD_AGE).update(state=state)
        assert refresh(wu) == {"closed": 0, "opened": 0, "updated": 0}
        assert Lead.objects.filter(benefit=OLD_AGE).count() == 1


def test_asked_for_it_goes_to_the_top_with_its_day(wu: Person, as_process: Enter) -> None:
    with as_process("1502"):
        rich = make.person(division=HOME)
        decided(rich)
        Lead.objects.filter(person=rich).update(worth_fen=9_999_999)
        ask(wu, OLD_AGE)
        (first, second), total = (
            selectors.listed_in(HOME, limit=9, on=NOW.date()),
            selectors.counted_in(HOME, on=NOW.date()).listed,
        )
        assert (first.person_id, first.asked_for, first.call_by) == (wu.pk, True, date(2026, 11, 25))
        assert (second.person_id, second.asked_for, total) == (rich.pk, False, 2)


def test_asked_for_although_nothing_is_due_it_stays_until_somebody_has_come(
    wu: Person, as_process: Enter
) -> None:
    with as_process("1502"):
        for benefit in ("call_back", "home_care_bed"):
            ask(wu, benefit)
        assert refresh(wu)["closed"] == 0
        assert {"call_back", "home_care_bed"} <= open_leads(wu).keys()
        Lead.objects.filter(benefit="call_back").update(state=LeadState.APPLIED)
        assert refresh(wu)["closed"] == 1
        assert "call_back" not in open_leads(wu)


def test_asked_for_applied_and_received_it_closes_like_any_other(wu: Person, as_process: Enter) -> None:
    with as_process("1502"):
        ask(wu, OLD_AGE)
        Lead.objects.filter(benefit=OLD_AGE).update(state=LeadState.APPLIED)
        assert refresh(wu)["closed"] == 0
        Standing.objects.filter(benefit=OLD_AGE).update(receives=True)
        assert refresh(wu)["closed"] == 1


@pytest.mark.parametrize("state", [LeadState.DECLINED, LeadState.UNREACHABLE, LeadState.APPLIED])
def test_whoever_had_said_no_and_asks_now_is_on_the_list_again(
    wu: Person, as_process: Enter, state: LeadState
) -> None:
    with as_process("1502"):
        Lead.objects.filter(benefit=OLD_AGE).update(state=state)
        lead = ask(wu, OLD_AGE)
        assert (lead.state, lead.taken_by_id) == (LeadState.NEW, None)


def test_a_request_withdrawn_closes_only_what_the_law_does_not_find_by_itself(
    wu: Person, as_process: Enter
) -> None:
    with as_process("1502"):
        say(wu, hardship_class=3, now=LATER)  # a benefit without a sum, found without a sweep
        decided(wu, LATER)
        for benefit in ("call_back", "extreme_hardship_support", "care_support"):
            ask(wu, benefit)
            drop(wu, benefit)
        left = open_leads(wu)
        assert "call_back" not in left
        assert {"extreme_hardship_support", "care_support"} <= left.keys()
        assert not Lead.objects.filter(asked_for=True).exists()
        assert Lead.objects.get(benefit="call_back").closed_why == "本人不办了"


def test_the_dead_and_the_moved_are_not_called(wu: Person, as_process: Enter) -> None:
    with as_process("1502"):
        services.close_all(person_id=PersonId(wu.pk), why="已去世", now=NOW)
        assert open_leads(wu) == {}
        assert selectors.listed_in("1502", limit=9, on=NOW.date()) == []
