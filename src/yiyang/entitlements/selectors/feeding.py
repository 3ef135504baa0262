"""New decisions for other systems, so that nobody who follows them ever misses one.

Ids are drawn before a transaction commits, so a smaller one can appear after a greater one. What is handed
out ends therefore below every id that a transaction still running could have drawn: it is waited for a
moment, and if it goes on (a sweep takes minutes) nothing is handed out, and the answer says so.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from yiyang.entitlements.models import Decision

PATIENCE_S = 1.0
STEP_S = 0.05

WRITING = """
SELECT virtualtransaction FROM pg_locks
 WHERE relation = 'entitlements_decision'::regclass AND mode = 'RowExclusiveLock' AND granted
   AND pid <> pg_backend_pid()"""


@dataclass(frozen=True)
class Page:
    """Decisions in the order of their ids. ``complete`` = nothing settled is left after them."""

    rows: Sequence[Decision]
    last: int
    complete: bool


def decisions_after(last: int, *, limit: int, benefit: str = "", patience_s: float = PATIENCE_S) -> Page:
    """The next decisions of the scope after one id; the person comes along."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM entitlements_decision WHERE id > %s", [last])
        top = int(cursor.fetchone()[0])
    if not top or not _settled(patience_s):
        return Page([], last, complete=not top)
    # A new statement sees whatever has been committed meanwhile below the top.
    found = Decision.objects.filter(pk__gt=last, pk__lte=top)
    if benefit:
        found = found.filter(benefit=benefit)
    rows = list(found.select_related("person").order_by("pk")[: limit + 1])
    if len(rows) > limit:
        return Page(rows[:limit], rows[limit - 1].pk, complete=False)
    return Page(rows, top, complete=True)


def _settled(patience_s: float) -> bool:
    """Every transaction that was writing decisions a moment ago has ended."""
    waited_for, until = _writing(), time.monotonic() + patience_s
    while waited_for:
        if time.monotonic() > until:
            return False
        time.sleep(STEP_S)
        waited_for &= _writing()
    return True


def _writing() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(WRITING)
        return {str(one) for (one,) in cursor.fetchall()}
