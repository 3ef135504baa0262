"""The case load follows the leads, whoever writes them and however: lists are read from it alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tests.conftest import NOW, Enter
from tests.factories import people as make
from tests.factories.saying import DOING, decided, say
from yiyang.base.ids import PersonId, UserId
from yiyang.outreach import selectors, services
from yiyang.outreach.choices import OPEN_STATES, WORKED, LeadKind, LeadState
from yiyang.outreach.models import Caseload, Lead
from yiyang.outreach.selectors import View
from yiyang.people.models import Person

HOME, NEXT = "150204001021", "150204001022"


@pytest.fixture
def wu(as_process: Enter) -> Person:
    """吴奶奶, 82, on dibao, never assessed: two sums due, two hidden behind a missing level."""
    with as_process("1502"):
        found = make.person(division=HOME, hukou="150204000000")
        say(found, hardship_class=2)
        decided(found)
    return found


def by_hand(person_id: int) -> dict[str, object] | None:
    """The row as it must be, counted from the leads in Python."""
    leads = list(Lead.objects.filter(person_id=person_id, state__in=OPEN_STATES))
    if not leads:
        return None
    worked = [lead for lead in leads if lead.state in WORKED]
    listed = any(lead.state != LeadState.UNREACHABLE or lead.again_on is not None for lead in worked)
    reasons = [state for state in selectors.WHY_LEFT_OUT if any(lead.state == state for lead in leads)]
    worths = [lead.worth_fen for lead in worked if lead.worth_fen is not None]
    return {
        "division": leads[0].division,
        "listed": listed,
        "left_out": "" if listed else reasons[0].value,
        "asked_for": any(lead.asked_for for lead in worked),
        "call_by": min((lead.call_by for lead in worked if lead.call_by), default=None),
        "worth_fen": sum(worths) if worths else None,
        "since": min(lead.since for lead in worked or leads),
        "unserved": any(lead.kind == LeadKind.UNSERVED for lead in worked),
        "unassessed": any(lead.kind == LeadKind.NEEDS_ASSESSMENT for lead in worked),
        "reached": any(lead.state == LeadState.CONTACTED for lead in leads),
        "worked": bool(worked),
        "taken_by_id": max((lead.taken_by_id for lead in worked if lead.taken_by_id), default=None),
        "again_on": max((lead.again_on for lead in worked if lead.again_on), default=None),
    }


def kept(person_id: int) -> dict[str, object] | None:
    found = Caseload.objects.filter(pk=person_id).first()
    if found is None:
        return None
    return {name: value for name, value in vars(found).items() if name not in ("_state", "person_id")}


@pytest.mark.parametrize("state", [state for state in LeadState if state != LeadState.CLOSED])
@pytest.mark.parametrize("which", ["one", "all"])
def test_whatever_state_the_leads_are_in_the_case_load_says_so(
    wu: Person, as_process: Enter, state: LeadState, which: str
) -> None:
    with as_process("1502"):
        found = Lead.objects.filter(person=wu)
        some = found.filter(benefit="oldest_old_allowance") if which == "one" else found
        assert some.update(state=state, worth_fen=None if which == "all" else 5, call_by=date(2026, 12, 1))
        assert kept(wu.pk) == by_hand(wu.pk)


@pytest.mark.parametrize("state", [LeadState.CONTACTED, LeadState.UNREACHABLE, LeadState.DECLINED])
def test_a_day_that_was_told_is_followed(wu: Person, as_process: Enter, state: LeadState) -> None:
    with as_process("1502"):
        Lead.objects.filter(person=wu).update(state=state, again_on=date(2026, 12, 1))
        assert kept(wu.pk) == by_hand(wu.pk)


def test_a_move_a_request_and_the_end_are_followed(wu: Person, as_process: Enter) -> None:
    her = PersonId(wu.pk)
    with as_process("1502"):
        services.note_request(actor=DOING, person_id=her, benefit="call_back", call_by=NOW.date(), now=NOW)
        assert kept(wu.pk) == by_hand(wu.pk)
        services.move_leads(person_id=her, to=NEXT)
        assert kept(wu.pk) == by_hand(wu.pk)
        assert selectors.counted_in(HOME, on=NOW.date()).listed == 0
        assert selectors.counted_in(NEXT, on=NOW.date()).listed == 1
        services.close_all(person_id=her, why="已去世", now=NOW + timedelta(days=1))
        assert (kept(wu.pk), by_hand(wu.pk)) == (None, None)


def test_many_at_once_are_each_followed(as_process: Enter) -> None:
    with as_process("1502"):
        people = [make.person(division=HOME) for _ in range(5)]
        for person in people:
            decided(person)
        Lead.objects.filter(person__in=people[:2]).update(state=LeadState.DECLINED)
        Lead.objects.filter(person=people[4]).update(state=LeadState.CLOSED, closed_at=NOW)
        assert {one.pk: kept(one.pk) for one in people} == {one.pk: by_hand(one.pk) for one in people}
        counted = selectors.counted_in("1502", on=NOW.date())
        assert (counted.listed, sum(one.people for one in counted.left_out)) == (2, 2)
        assert counted.of(View.UNSERVED) == 2


def test_the_next_household_is_ones_own_before_anybodys(wu: Person, as_process: Enter) -> None:
    with as_process("1502"):
        richer = make.person(division=HOME)
        decided(richer)
        Lead.objects.filter(person=richer).update(worth_fen=9_000_000)
        assert selectors.counted_in(HOME, UserId(0), on=NOW.date()).following == richer.pk
        Lead.objects.filter(person=richer).update(state=LeadState.CONTACTED)
        assert selectors.counted_in(HOME, UserId(0), on=NOW.date()).following == wu.pk


def test_somebody_outside_the_branch_cannot_write_a_case_load(wu: Person, as_staff: Enter) -> None:
    with as_staff("150203"), connection.cursor() as cursor:
        cursor.execute("UPDATE outreach_caseload SET listed = false")
        assert cursor.rowcount == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            cursor.execute(
                "INSERT INTO outreach_caseload (person_id, division, listed, left_out, asked_for, since,"
                " unserved, unassessed, reached, worked)"
                " VALUES (%s, %s, true, '', false, '2026-01-01', true, false, false, true)",
                [wu.pk + 1, HOME],
            )
