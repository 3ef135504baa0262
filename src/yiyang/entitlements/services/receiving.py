"""What people receive according to the offices that pay, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from yiyang.base import outbox
from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId
from yiyang.base.log import audit
from yiyang.entitlements import selectors
from yiyang.entitlements.events import EntitlementsChanged


@dataclass(frozen=True)
class Payment:
    """One person receives one benefit from a day, until a day if it has ended."""

    person_id: PersonId
    benefit: str
    since: date
    until: date | None
    amount_fen: int | None


CHANGE = """
UPDATE entitlements_receipt r SET until = n.until, amount_fen = n.fen, recorded_at = %s
  FROM unnest(%s::bigint[], %s::text[], %s::date[], %s::date[], %s::bigint[])
       AS n (id, benefit, since, until, fen)
 WHERE r.person_id = n.id AND r.benefit = n.benefit AND r.since = n.since"""
ADD = """
INSERT INTO entitlements_receipt (person_id, benefit, division, since, until, amount_fen, source, recorded_at)
SELECT n.id, n.benefit,
       CASE WHEN n.benefit = ANY (%s) THEN rpad(left(p.hukou_division, 6), 12, '0') ELSE p.division END,
       n.since, n.until, n.fen, %s, %s
  FROM unnest(%s::bigint[], %s::text[], %s::date[], %s::date[], %s::bigint[])
       AS n (id, benefit, since, until, fen)
  JOIN people_person p ON p.id = n.id
 WHERE NOT EXISTS (SELECT FROM entitlements_receipt r
                    WHERE r.person_id = n.id AND r.benefit = n.benefit AND r.since = n.since)"""


@transaction.atomic
def record_payments(
    *, actor: Actor, payments: Sequence[Payment], source: str, division: str, now: datetime
) -> None:
    """Bring receipts in line with what a paying office says; one row per person, benefit and first day."""
    if not payments:
        return
    marks = selectors.marks(on=now.date())
    by_hukou = [name for name in marks.stored if marks.by[name] == "hukou"]
    columns: list[list[int | str | date | None]] = [
        [one.person_id for one in payments],
        [one.benefit for one in payments],
        [one.since for one in payments],
        [one.until for one in payments],
        [one.amount_fen for one in payments],
    ]
    with connection.cursor() as cursor:
        cursor.execute(CHANGE, [now, *columns])
        cursor.execute(ADD, [by_hukou, source, now, *columns])
    audit.record(
        actor=actor, action="receipts", now=now, division=division, reason=source,
        detail={"receipts": len(payments)},
    )  # fmt: skip


RECEIVES = """
UPDATE entitlements_standing s SET receives = NOT s.receives
 WHERE s.person_id = %s
   AND s.receives <> EXISTS (SELECT FROM entitlements_receipt t
                              WHERE t.person_id = s.person_id AND t.benefit = s.benefit AND t.since <= %s
                                AND (t.until IS NULL OR t.until > %s))
RETURNING s.benefit"""


@transaction.atomic
def follow_payments(*, person_id: PersonId, division: str, now: datetime) -> list[str]:
    """After a payment was told: whether she is served shows at once, and whoever looks for her hears it."""
    on = now.date()
    with connection.cursor() as cursor:
        cursor.execute(RECEIVES, [person_id, on, on])
        touched = sorted(str(benefit) for (benefit,) in cursor.fetchall())
    if touched:
        outbox.publish(
            EntitlementsChanged(person_id=person_id, benefits=tuple(touched), division=division, at=now)
        )
    return touched
