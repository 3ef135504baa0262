"""Leads follow the standings: opened where somebody is due and does not receive, closed when that ends."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from yiyang.base import audit
from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId, SweepId
from yiyang.entitlements import selectors as entitlements
from yiyang.outreach.choices import OPEN_STATES, LeadKind, LeadState
from yiyang.outreach.models import Lead
from yiyang.people import selectors as people

CALL_BACK = "call_back"

# What should be open now, by the standings that the scope shows: one row per person and benefit.
WANTED = """
SELECT s.person_id, s.benefit, s.residence AS division, s.since,
       CASE s.status WHEN 1 THEN 'UNSERVED' ELSE 'NEEDS_ASSESSMENT' END AS kind,
       CASE WHEN s.status = 1 AND s.benefit = ANY (%(money)s) THEN s.amount END AS worth_fen
  FROM entitlements_standing s JOIN people_state p ON p.person_id = s.person_id
 WHERE s.benefit = ANY (%(leads)s)
   AND ((s.status = 1 AND NOT s.receives) OR (s.status = 2 AND s.awaits_assessment))
"""

CLOSE = f"""
UPDATE outreach_lead l SET state = 'CLOSED', closed_at = %(now)s, closed_why = %(why)s
 WHERE l.state = ANY (%(open)s) AND l.benefit <> %(call_back)s {{only}}
   AND NOT EXISTS (SELECT FROM ({WANTED}) w
                    WHERE w.person_id = l.person_id AND w.benefit = l.benefit AND w.kind = l.kind)
"""  # noqa: S608  # a fixed text; values are bound

OPEN = f"""
INSERT INTO outreach_lead (code, person_id, division, benefit, kind, worth_fen, since, state, asked_for,
                           sweep_id, opened_at, closed_why)
SELECT gen_random_uuid(), w.person_id, w.division, w.benefit, w.kind, w.worth_fen, w.since, 'NEW', false,
       %(sweep)s, %(now)s, ''
  FROM ({WANTED}) w
 WHERE NOT EXISTS (SELECT FROM outreach_lead l
                    WHERE l.person_id = w.person_id AND l.benefit = w.benefit AND l.state = ANY (%(open)s))
       {{only}}
"""  # noqa: S608

UPDATE = f"""
UPDATE outreach_lead l SET worth_fen = w.worth_fen, division = w.division
  FROM ({WANTED}) w
 WHERE l.person_id = w.person_id AND l.benefit = w.benefit AND l.state = ANY (%(open)s)
   AND (l.worth_fen IS DISTINCT FROM w.worth_fen OR l.division <> w.division) {{only}}
"""  # noqa: S608


@transaction.atomic
def sync_with_sweep(*, sweep_id: SweepId, now: datetime) -> dict[str, int]:
    """Bring all leads of the scope in line with the standings that a sweep left. Idempotent.

    Returns:
        How many were ``closed``, ``opened`` and ``updated``.
    """
    return _sync(now, sweep_id=sweep_id, only="", persons=None)


@transaction.atomic
def refresh_leads(*, person_id: PersonId, now: datetime) -> dict[str, int]:
    """The same for one person, after her facts or decisions changed."""
    return _sync(now, sweep_id=None, only="person", persons=[person_id])


def _sync(
    now: datetime, *, sweep_id: SweepId | None, only: str, persons: list[PersonId] | None
) -> dict[str, int]:
    marks = entitlements.marks(on=now.date())
    bound: dict[str, Any] = {
        "money": list(marks.amounts),
        "leads": list(marks.leads),
        "open": [state.value for state in OPEN_STATES],
        "call_back": CALL_BACK,
        "now": now,
        "sweep": sweep_id,
        "why": "认定变了：已在领，或不再符合",
        "persons": persons,
    }
    counts: dict[str, int] = {}
    with connection.cursor() as cursor:
        for name, text, alias in (("closed", CLOSE, "l"), ("opened", OPEN, "w"), ("updated", UPDATE, "w")):
            narrowed = f"AND {alias}.person_id = ANY (%(persons)s)" if only else ""
            cursor.execute(text.format(only=narrowed), bound)
            counts[name] = cursor.rowcount
    return counts


@transaction.atomic
def note_request(*, actor: Actor, person_id: PersonId, benefit: str, call_by: date, now: datetime) -> Lead:
    """The person asked for help herself: her lead goes to the top, with the day she was promised a call.

    A benefit that has no open lead (or help in general) gets one of its own.
    """
    found = people.person(person_id)
    lead = (
        Lead.objects.select_for_update()
        .filter(person_id=person_id, benefit=benefit, state__in=OPEN_STATES)
        .first()
    )
    if lead is None:
        lead = Lead(
            person_id=person_id,
            division=found.division,
            benefit=benefit,
            kind=LeadKind.UNSERVED,
            since=now.date(),
            opened_at=now,
        )
    elif lead.state not in (LeadState.NEW, LeadState.ASSIGNED, LeadState.CONTACTED):
        lead.state = LeadState.NEW  # she had said no, or could not be reached; now she asks
        lead.taken_by_id, lead.taken_at = None, None
    lead.asked_for, lead.call_by = True, call_by
    lead.save()
    audit.record(
        actor=actor, action="help_asked", now=now, subject=("person", person_id), division=found.division
    )
    return lead


@transaction.atomic
def drop_request(*, person_id: PersonId, benefit: str, now: datetime) -> None:
    """The person does not want to be called any more; a lead that only she opened closes."""
    mine = Lead.objects.filter(person_id=person_id, benefit=benefit, state__in=OPEN_STATES, asked_for=True)
    mine.filter(sweep_id=None, worth_fen=None).update(
        state=LeadState.CLOSED, closed_at=now, closed_why="本人不办了"
    )
    mine.filter(state__in=OPEN_STATES).update(asked_for=False, call_by=None)


@transaction.atomic
def move_leads(*, person_id: PersonId, to: str) -> None:
    """Open leads move with the person, and are nobody's again."""
    Lead.objects.filter(person_id=person_id, state__in=OPEN_STATES).update(
        division=to, taken_by=None, taken_at=None
    )


@transaction.atomic
def close_all(*, person_id: PersonId, why: str, now: datetime) -> None:
    """Nothing more is to be done for this person."""
    Lead.objects.filter(person_id=person_id, state__in=OPEN_STATES).update(
        state=LeadState.CLOSED, closed_at=now, closed_why=why
    )
