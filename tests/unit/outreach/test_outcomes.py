"""The table of outcomes is whole, and says what it should about each word."""

from __future__ import annotations

from yiyang.outreach.choices import OPEN_STATES, WORKED, LeadState, Outcome
from yiyang.outreach.selectors import WHY_LEFT_OUT
from yiyang.outreach.services.reaching import EFFECT, NEEDS_NOTE


def test_every_outcome_has_its_effect() -> None:
    assert set(EFFECT) == set(Outcome)


def test_nobody_met_changes_no_state_and_a_no_wants_a_reason() -> None:
    assert {o for o, state in EFFECT.items() if state is None} == {Outcome.NOT_AT_HOME, Outcome.NO_ANSWER}
    assert {Outcome.DECLINED, Outcome.NOT_ELIGIBLE, Outcome.DIED} <= NEEDS_NOTE


def test_an_open_lead_is_either_on_the_list_or_left_out_for_a_reason() -> None:
    listed = set(OPEN_STATES) - set(WHY_LEFT_OUT)
    assert listed == {LeadState.NEW, LeadState.ASSIGNED, LeadState.CONTACTED}
    assert listed < set(WORKED)
    assert set(WHY_LEFT_OUT) < set(OPEN_STATES)
    assert LeadState.CLOSED not in OPEN_STATES
