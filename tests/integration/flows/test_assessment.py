"""From a lead that waits for an assessment to money found, in whoever's hands: all rooms at once."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conftest import NOW, Enter
from tests.factories import assessing, staff
from tests.factories import people as make
from tests.factories.saying import decided, say, work_off
from yiyang.base import outbox
from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId
from yiyang.base.models import OutboxEntry
from yiyang.base.scoping import Acting, Role, acting
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.choices import Status
from yiyang.entitlements.models import Standing
from yiyang.outreach import selectors as leads
from yiyang.outreach import services as outreach
from yiyang.outreach.choices import LeadState
from yiyang.people.models import Person

HOME = "150204001021"


@pytest.fixture
def zhang(db: None) -> Actor:
    return staff.actor("grid_worker", HOME)


@pytest.fixture
def wu(as_process: Enter) -> Person:
    """吴奶奶, 82, on dibao, everything known but what she can do."""
    with as_process("1502"):
        found = make.person(division=HOME, hukou="150204000000", born_on=date(1944, 3, 1))
        say(
            found, hardship_class=2, ltci_disability_level=0, insured_months=0, disability_certificate_grade=0
        )
        decided(found)
    work_off()
    return found


def test_signed_in_one_request_her_entitlements_and_leads_change_in_the_same_breath(
    wu: Person, zhang: Actor, as_process: Enter
) -> None:
    person_id = PersonId(wu.pk)
    with acting(Role.APP, zhang.scope):
        outreach.take_leads(actor=zhang, person_id=person_id, now=NOW)
        before = {lead.benefit: lead.kind for lead in leads.leads_of(person_id)}
        assert before["care_support"] == before["home_adaptation"] == "NEEDS_ASSESSMENT"
    # As the middleware does: the act commits, then its news is heard under the same role and scope.
    with outbox.collecting() as events, acting(Role.APP, zhang.scope, actor_id=zhang.label):
        assessing.assessed(zhang, wu, 3)
    assert len(events) == 1
    outbox.deliver_at_once(events, Acting(Role.APP, zhang.scope, actor_id=zhang.label), NOW)
    with acting(Role.APP, zhang.scope):
        found = {s.benefit: (s.status, s.amount) for s in entitlements.standings_of(person_id)}
        assert found["care_support"] == (Status.ELIGIBLE, 30000)
        assert found["home_adaptation"] == (Status.ELIGIBLE, 300000)
        assert found["home_care_bed"] == (Status.ELIGIBLE, 1)
        open_now = {lead.benefit: (lead.kind, lead.taken_by_id) for lead in leads.leads_of(person_id)}
        assert open_now["care_support"] == ("UNSERVED", zhang.user_id)
        assert open_now["home_adaptation"] == ("UNSERVED", zhang.user_id)
        (household,) = leads.households([wu.pk])
        assert (household.taken_by, household.worth_fen) == (zhang.user_id, 12000 + 12000 + 30000 + 300000)
        assert not OutboxEntry.objects.filter(done_at=None).exists()


def test_able_after_all_the_leads_that_waited_close_and_nothing_is_promised(
    wu: Person, zhang: Actor, as_process: Enter
) -> None:
    with acting(Role.APP, zhang.scope):
        assessing.assessed(zhang, wu, 0)
    work_off()
    with acting(Role.APP, zhang.scope):
        person_id = PersonId(wu.pk)
        assert {lead.benefit for lead in leads.leads_of(person_id)} == {
            "oldest_old_allowance",
            "care_service_subsidy",
        }
        (last, first) = entitlements.decisions_of(person_id, "care_support")
        assert (first.status, last.status, last.supersedes_id) == (
            Status.CANNOT_TELL, Status.NOT_ELIGIBLE, first.pk,
        )  # fmt: skip
        closed = leads.leads_of(person_id, open_only=False).filter(state=LeadState.CLOSED)
        assert {lead.benefit for lead in closed} == {"care_support", "home_adaptation"}


def test_worse_a_year_later_the_higher_amount_follows_and_since_when_stays(
    wu: Person, zhang: Actor, as_process: Enter
) -> None:
    with acting(Role.APP, zhang.scope):
        assessing.assessed(zhang, wu, 2)
    work_off()
    later = NOW.replace(month=12)
    with acting(Role.APP, zhang.scope):
        assessing.assessed(zhang, wu, 4, now=later)
    work_off(later)
    with acting(Role.APP, zhang.scope):
        chain = entitlements.decisions_of(PersonId(wu.pk), "care_support")
        assert [(d.status, d.amount) for d in chain] == [(1, 40000), (1, 15000), (2, None)]
        standing = Standing.objects.get(benefit="care_support")
        assert (standing.amount, standing.since) == (40000, NOW.date())
        lead = leads.leads_of(PersonId(wu.pk)).get(benefit="care_support")
        assert (lead.worth_fen, lead.opened_at) == (40000, NOW)
