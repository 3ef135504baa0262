"""How the house is, in numbers: what waits, how long, what the night did. Nothing of anybody.

Asked by the login role itself, outside any scope: it may read these columns and no other (a migration grants
them one by one).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Figure:
    """One number; ``label`` tells several of one name apart."""

    name: str
    value: float
    label: str = ""


@dataclass(frozen=True)
class Waiting:
    """News on its way."""

    events: int
    failed: int  # tried at least once, not heard by everybody
    oldest_s: float


def waiting() -> Waiting:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE attempts > 0),"
            " coalesce(extract(epoch FROM now() - min(occurred_at)), 0)"
            " FROM base_outbox WHERE done_at IS NULL"
        )
        events, failed, oldest = cursor.fetchone()
    return Waiting(events, failed, max(0.0, float(oldest)))


def figures() -> list[Figure]:
    """What waits, what the last nights did, and how busy the database is."""
    news = waiting()
    found = [
        Figure("outbox_waiting", news.events),
        Figure("outbox_failed", news.failed),
        Figure("outbox_oldest_seconds", news.oldest_s),
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (step) step, ok IS TRUE, extract(epoch FROM now() - began)"
            " FROM base_nightlyrun ORDER BY step, day DESC"
        )
        for step, ok, age in cursor.fetchall():
            found += [Figure("nightly_ok", float(ok), step), Figure("nightly_age_seconds", float(age), step)]
        cursor.execute(
            "SELECT count(*), pg_database_size(current_database()) FROM pg_stat_activity"
            " WHERE datname = current_database()"
        )
        connections, size = cursor.fetchone()
    return [*found, Figure("database_connections", connections), Figure("database_bytes", size)]
