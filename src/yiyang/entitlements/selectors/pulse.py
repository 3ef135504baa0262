"""How sweeping is, in numbers; asked by the login role outside any scope."""

from __future__ import annotations

from django.db import connection

from yiyang.base.pulse import Figure


def figures() -> list[Figure]:
    """Sweeps by state, and the last one that was done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, count(*) FROM entitlements_sweep GROUP BY state ORDER BY state")
        found = [Figure("sweeps", count, state) for state, count in cursor.fetchall()]
        cursor.execute(
            "SELECT extract(epoch FROM now() - finished_at), people, refused, seconds FROM entitlements_sweep"
            " WHERE finished_at IS NOT NULL ORDER BY finished_at DESC LIMIT 1"
        )
        for age, people, refused, seconds in cursor.fetchall():
            found += [
                Figure("last_sweep_age_seconds", float(age)),
                Figure("last_sweep_people", people),
                Figure("last_sweep_refused", refused),
                Figure("last_sweep_seconds", float(seconds or 0)),
            ]
    return found
