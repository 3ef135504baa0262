"""Leads follow the standings: opened where somebody is due and does not receive, closed when that ends."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Case, F, Value, When

from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId, SweepId
from yiyang.base.log import audit
from yiyang.entitlements import selectors as entitlements
from yiyang.outreach.choices import OPEN_STATES, WORKED, LeadKind, LeadState
from yiyang.outreach.models import Lead
from yiyang.outreach.services import pausing
from yiyang.people import selectors as people

# What should be open now, by the standings that the scope shows: one row per person and benefit. A table of
# its own, because right after a sweep nothing is known yet about the size of what was just written.
WANTED = """
CREATE TEMP TABLE stage_wanted ON COMMIT DROP AS
SELECT s.person_id, s.benefit, s.residence AS division, s.since,
       CASE s.status WHEN 1 THEN 'UNSERVED' ELSE 'NEEDS_ASSESSMENT' END AS kind,
       CASE WHEN s.status = 1 AND s.benefit = ANY (%(amounts)s) THEN s.amount END AS worth_fen
  FROM entitlements_standing s
 WHERE s.benefit = ANY (%(leads)s)
   AND ((s.status = 1 AND NOT s.receives) OR (s.status = 2 AND s.awaits_assessment))
   AND s.residence >= (SELECT current_setting('app.lo')) AND s.residence < (SELECT current_setting('app.hi'))
   AND (%(persons)s::bigint[] IS NULL OR s.person_id = ANY (%(persons)s))"""

STANDING = """
CREATE TEMP TABLE stage_open ON COMMIT DROP AS
SELECT id, person_id, benefit, kind, asked_for AND state = ANY (%(worked)s) AS asks,
       CASE WHEN state = ANY (%(worked)s) THEN taken_by_id END AS hand, taken_at
  FROM outreach_lead
 WHERE state = ANY (%(open)s) AND (%(persons)s::bigint[] IS NULL OR person_id = ANY (%(persons)s))"""

# Whoever asked for help is called, whatever the law says; once that is done her lead is like any other.
CLOSE = """
UPDATE outreach_lead l SET state = 'CLOSED', closed_at = %(now)s, closed_why = %(why)s
  FROM stage_open o LEFT JOIN stage_wanted w
    ON w.person_id = o.person_id AND w.benefit = o.benefit AND w.kind = o.kind
 WHERE l.id = o.id AND w.person_id IS NULL AND NOT o.asks"""

# Whoever has taken a person has taken all her leads, those opened later too. DO NOTHING: somebody else has
# opened the same lead just now, which is as good.
OPEN = """
INSERT INTO outreach_lead (code, person_id, division, benefit, kind, worth_fen, since, state, asked_for,
                           taken_by_id, taken_at, sweep_id, opened_at, closed_why)
SELECT gen_random_uuid(), w.person_id, w.division, w.benefit, w.kind, w.worth_fen, w.since,
       CASE WHEN h.hand IS NULL THEN 'NEW' ELSE 'ASSIGNED' END, false, h.hand, h.taken_at,
       %(sweep)s, %(now)s, ''
  FROM stage_wanted w
  LEFT JOIN stage_open o
    ON o.person_id = w.person_id AND o.benefit = w.benefit AND (o.kind = w.kind OR o.asks)
  LEFT JOIN (SELECT person_id, max(hand) AS hand, max(taken_at) AS taken_at FROM stage_open
              WHERE hand IS NOT NULL GROUP BY person_id) h ON h.person_id = w.person_id
 WHERE o.id IS NULL
ON CONFLICT DO NOTHING"""

UPDATE = """
UPDATE outreach_lead l SET worth_fen = w.worth_fen, division = w.division
  FROM stage_wanted w JOIN stage_open o
    ON o.person_id = w.person_id AND o.benefit = w.benefit AND o.kind = w.kind
 WHERE l.id = o.id AND (l.worth_fen IS DISTINCT FROM w.worth_fen OR l.division <> w.division)"""


@transaction.atomic
def sync_with_sweep(*, sweep_id: SweepId, now: datetime) -> dict[str, int]:
    """Bring all leads of the scope in line with the standings that a sweep left. Idempotent.

    Returns:
        How many were ``closed``, ``opened`` and ``updated``.
    """
    return _sync(now, sweep_id=sweep_id, persons=None)


@transaction.atomic
def refresh_leads(*, person_id: PersonId, now: datetime) -> dict[str, int]:
    """The same for one person, after her facts or decisions changed."""
    return _sync(now, sweep_id=None, persons=[person_id])


def _sync(
    now: datetime,
    *,
    sweep_id: SweepId | None,
    persons: list[PersonId] | None,
    why: str = "认定变了：已在领，或不再符合",
) -> dict[str, int]:
    marks = entitlements.marks(on=now.date())
    bound: dict[str, Any] = {
        "amounts": list(marks.amounts),
        "leads": list(marks.leads),
        "open": [state.value for state in OPEN_STATES],
        "worked": [state.value for state in WORKED],
        "now": now,
        "sweep": sweep_id,
        "why": why,
        "persons": persons,
    }
    counts: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.stage_wanted, pg_temp.stage_open")
        cursor.execute(WANTED, bound)
        cursor.execute(STANDING, bound)
        cursor.execute("ANALYZE stage_wanted, stage_open")
        # Close before opening: one open lead per person and benefit, and a lead may change its kind.
        for name, text in (("closed", CLOSE), ("opened", OPEN), ("updated", UPDATE)):
            cursor.execute(text, bound)
            counts[name] = cursor.rowcount
        cursor.execute("DROP TABLE stage_wanted, stage_open")
    pausing.keep_paused(persons=persons)
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
    # Whatever day she was told before: now she asks, and stands on the list at once.
    Lead.objects.filter(person_id=person_id, state__in=OPEN_STATES).update(again_on=None)
    audit.record(
        actor=actor, action="help_asked", now=now, subject=("person", person_id), division=found.division
    )
    return lead


@transaction.atomic
def drop_request(*, person_id: PersonId, benefit: str, now: datetime) -> None:
    """The person does not want to be called any more; a lead that only she opened closes."""
    Lead.objects.filter(person_id=person_id, benefit=benefit, state__in=OPEN_STATES, asked_for=True).update(
        asked_for=False, call_by=None
    )
    _sync(now, sweep_id=None, persons=[person_id], why="本人不办了")


@transaction.atomic
def move_leads(*, person_id: PersonId, to: str) -> None:
    """Open leads move with the person, and are nobody's again."""
    Lead.objects.filter(person_id=person_id, state__in=OPEN_STATES).update(
        division=to,
        taken_by=None,
        taken_at=None,
        again_on=None,
        state=Case(When(state=LeadState.ASSIGNED, then=Value(LeadState.NEW)), default=F("state")),
    )


@transaction.atomic
def close_all(*, person_id: PersonId, why: str, now: datetime) -> None:
    """Nothing more is to be done for this person."""
    Lead.objects.filter(person_id=person_id, state__in=OPEN_STATES).update(
        state=LeadState.CLOSED, closed_at=now, closed_why=why
    )
