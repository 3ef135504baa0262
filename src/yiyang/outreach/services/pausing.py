"""While somebody lies in a hospital, or is said to have died, nobody is sent to her door."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, Value

from yiyang.base.ids import PersonId
from yiyang.outreach.choices import WORKED, LeadState
from yiyang.outreach.models import Lead
from yiyang.people.selectors import one_record

# Leads that a sweep has just opened for people whose others are paused.
PAUSE = """
UPDATE outreach_lead l SET paused_from = l.state, state = 'PAUSED'
 WHERE l.state = ANY (%(worked)s) AND (%(persons)s::bigint[] IS NULL OR l.person_id = ANY (%(persons)s))
   AND (l.person_id IN (SELECT person_id FROM people_deathreport WHERE state = 'WAITING')
     OR l.person_id IN (SELECT person_id FROM people_stay WHERE kind = 'HOSPITAL' AND until IS NULL))"""


@transaction.atomic
def keep_paused(*, persons: list[PersonId] | None) -> int:
    """After leads were opened: those of people who cannot be visited wait. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(PAUSE, {"worked": [state.value for state in WORKED], "persons": persons})
        return int(cursor.rowcount)


@transaction.atomic
def pause_leads(*, person_id: PersonId) -> None:
    """Nobody visits her for the time being; what was taken stays taken."""
    found = Lead.objects.filter(person_id=person_id, state__in=WORKED)
    found.update(paused_from=F("state"), state=Value(LeadState.PAUSED))


@transaction.atomic
def resume_leads(*, person_id: PersonId, now: datetime) -> None:
    """Visits go on, unless another reason still holds."""
    if one_record.said_dead([person_id]) or one_record.in_hospital([person_id], on=now.date()):
        return
    found = Lead.objects.filter(person_id=person_id, state=LeadState.PAUSED)
    found.update(state=F("paused_from"), paused_from="")
