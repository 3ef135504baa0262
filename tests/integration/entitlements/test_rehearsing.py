"""What a changed number would do, before anybody signs it: the same people, counted; nothing moves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tests.conftest import NOW
from tests.factories import staff
from tests.factories.county import PREFIX, small_county
from yiyang.accounts.guards import NotYourDuty
from yiyang.base.actors import Actor
from yiyang.base.ids import RevisionId, SweepId
from yiyang.base.scoping import Role, Scope, acting
from yiyang.engine.ruling.evaluating import evaluate
from yiyang.entitlements import selectors
from yiyang.entitlements.models import Decision, Rehearsal, Standing
from yiyang.entitlements.services import rehearsing, sweeping
from yiyang.entitlements.services.rehearsing import SweepTooOld
from yiyang.outreach import services as outreach
from yiyang.outreach.models import Lead
from yiyang.people import selectors as people
from yiyang.people.models import State
from yiyang.policies import library, services
from yiyang.policies import selectors as policies
from yiyang.policies.models import Revision
from yiyang.policies.services import Proposal

DAY = date(2027, 1, 1)
KINDS = ("gained", "lost", "more", "less", "now_unknown", "now_known", "same")


@pytest.fixture
def zhang(db: None) -> Actor:
    return staff.actor("official", PREFIX)


@pytest.fixture
def swept(db: None) -> int:
    found = small_county(120)
    with acting(Role.JOB, Scope.of(PREFIX)):
        done = sweeping.sweep(prefix=PREFIX, as_of=NOW.date(), now=NOW)
        outreach.sync_with_sweep(sweep_id=SweepId(done.sweep.pk), now=NOW)
    return found


def draft(zhang: Actor, **number: Any) -> Revision:
    proposal = Proposal(
        **{
            "key": "aged_80_fen", "place": int(PREFIX), "since": DAY, "value": 15000, "merge": "override",
            "doc": "example-minimum", "clause": "1", "why": "物价上涨", **number,
        }
    )  # fmt: skip
    with acting(Role.APP, zhang.scope):
        return services.propose_revision(actor=zhang, proposal=proposal, now=NOW)


def rehearse(zhang: Actor, revision: Revision, now: Any = NOW) -> Rehearsal:
    with acting(Role.APP, zhang.scope):
        return rehearsing.rehearse_revision(actor=zhang, revision_id=RevisionId(revision.pk), now=now)


def told(made: Rehearsal, benefit: str) -> dict[str, Any]:
    return next(result for result in made.content["results"] if result["benefit"] == benefit)


def one_by_one(revision: Revision, benefit: str) -> dict[str, int]:
    """The same figures from the evaluation of every single person."""
    with acting(Role.JOB, Scope.of(PREFIX)):
        rows = people.sweep_rows(State.objects.values_list("pk", flat=True)).values()
        law, old = library.law_of(DAY), library.numbers(policies.approved_rows())
        new = library.numbers((*policies.approved_rows(), policies.as_row(revision)))
    counts = dict.fromkeys((*KINDS, "before_fen", "after_fen"), 0)
    for row in rows:
        before, after = (evaluate(law, numbers, row)[benefit].value for numbers in (old, new))
        counts[kind_of(before, after)] += 1
        counts["before_fen"] += int(before or 0)
        counts["after_fen"] += int(after or 0)
    return {"people": len(rows), **counts}


def kind_of(before: Any, after: Any) -> str:
    if before is None or after is None:
        return "same" if before is after else "now_known" if before is None else "now_unknown"
    if before == after:
        return "same"
    if not before or not after:
        return "gained" if after else "lost"
    return "more" if after > before else "less"


@pytest.mark.parametrize(
    ("number", "kinds"),
    [
        ({"value": 15000}, {"more"}),
        ({"value": 9000}, {"less"}),
        ({"key": "aged_80_age", "value": 83}, {"lost"}),
        ({"key": "aged_80_age", "value": 78}, {"gained"}),
    ],
)
def test_who_gains_and_who_loses_is_what_the_evaluation_of_everybody_says(
    zhang: Actor, swept: int, number: dict[str, Any], kinds: set[str]
) -> None:
    revision = draft(zhang, **number)
    made = rehearse(zhang, revision)
    result = told(made, "oldest_old_allowance")
    expected = one_by_one(revision, "oldest_old_allowance")
    assert {name: result["total"][name] for name in expected} == expected
    assert {name for name in KINDS if name != "same" and result["total"][name]} == kinds
    assert made.content["people"] == result["total"]["people"] == swept
    for name in expected:
        assert sum(county[name] for county in result["counties"]) == expected[name], name


def test_nothing_that_is_stored_moves_and_the_draft_is_rehearsed(zhang: Actor, swept: int) -> None:
    revision = draft(zhang)

    def stored() -> list[list[Any]]:
        with acting(Role.JOB, Scope.of(PREFIX)):
            return [
                list(m._default_manager.order_by("pk").values()) for m in (Decision, Standing, Lead, State)
            ]

    before = stored()
    made = rehearse(zhang, revision)
    assert stored() == before
    with acting(Role.APP, zhang.scope):
        noted = Revision.objects.get()
        assert (noted.state, noted.rehearsal_id, noted.rehearsed_at) == ("REHEARSED", made.pk, NOW)
        assert selectors.rehearsal_of(made.pk) == made
        assert policies.number("aged_80_fen", int(PREFIX), DAY) == 12000
    assert made.fingerprint == policies.fingerprint(noted)
    assert made.numbers_before != made.numbers_after


def test_some_of_those_who_gain_are_shown_masked_with_both_answers(zhang: Actor, swept: int) -> None:
    result = told(rehearse(zhang, draft(zhang)), "oldest_old_allowance")
    assert 0 < len(result["gainers"]) <= rehearsing.EXAMPLES
    assert result["losers"] == []
    for one in result["gainers"]:
        assert one["masked_name"].endswith("**")
        assert 80 <= one["age"] < 90
        assert (one["before"]["amount"], one["after"]["amount"]) == (12000, 15000)
        assert one["after"]["status"] == "ELIGIBLE"
        assert one["after"]["reason"] == "满80周岁"


def test_a_number_no_benefit_reads_changes_nobody_and_can_be_rehearsed(zhang: Actor, swept: int) -> None:
    made = rehearse(zhang, draft(zhang, key="call_back_days", value=2, doc="example-handling", clause="3"))
    assert made.content["results"] == []
    assert made.content["people"] == swept


def test_a_sweep_older_than_seven_days_is_refused_and_nothing_is_noted(zhang: Actor, swept: int) -> None:
    revision = draft(zhang)
    with pytest.raises(SweepTooOld, match="last sweep: 2026-11-22"):
        rehearse(zhang, revision, NOW + timedelta(days=8))
    with acting(Role.APP, zhang.scope):
        assert Revision.objects.get().state == "DRAFT"
        assert not Rehearsal.objects.exists()
    rehearse(zhang, revision, NOW + timedelta(days=7))


def test_a_sweep_of_another_place_does_not_count(swept: int) -> None:
    official = staff.actor("official", "150203")
    revision = draft(official, place=150203)
    with pytest.raises(SweepTooOld, match="last sweep: never"):
        rehearse(official, revision)


def test_whoever_has_no_right_rehearses_nothing(zhang: Actor, swept: int) -> None:
    revision = draft(zhang)
    with pytest.raises(NotYourDuty):
        rehearse(staff.actor("grid_worker", PREFIX), revision)


def test_a_rehearsal_is_neither_changed_nor_deleted(zhang: Actor, swept: int) -> None:
    rehearse(zhang, draft(zhang))
    for statement in ("UPDATE entitlements_rehearsal SET seconds = 0", "DELETE FROM entitlements_rehearsal"):
        for role in (Role.APP, Role.JOB):
            with acting(role, zhang.scope), pytest.raises(ProgrammingError), transaction.atomic():
                connection.cursor().execute(statement)
