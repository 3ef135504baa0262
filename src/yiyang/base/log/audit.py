"""What was read, searched, refused or changed leaves a trace that the application cannot rewrite."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet

from yiyang.base.actors import Actor
from yiyang.base.log import watching
from yiyang.base.models import AuditEntry


def record(
    *,
    actor: Actor,
    action: str,
    now: datetime,
    subject: tuple[str, int] | None = None,
    division: str = "",
    fields: Sequence[str] = (),
    face: str = "",
    purpose: str = "",
    reason: str = "",
    request_id: UUID | None = None,
    detail: dict[str, object] | None = None,
) -> None:
    """Write one line. ``fields`` are names, never values; ``detail`` holds counts and masks."""
    kind, subject_id = subject or ("", None)
    row: dict[str, datetime | str | int | UUID | None] = {
        "at": now,
        "actor": actor.label,
        "actor_name": actor.name,
        "duty": actor.duty,
        "action": action,
        "subject_kind": kind,
        "subject_id": subject_id,
        "fields": json.dumps(list(fields)),
        "purpose": purpose,
        "reason": reason,
        "division": division,
        "detail": json.dumps(detail or {}, ensure_ascii=False),
    }
    # Left out, the database fills them in from what the transaction was told, as it does the address.
    if request_id is not None:
        row["request_id"] = request_id
    if face:
        row["face"] = face
    # Plain SQL: Django would ask for the new id back, and most roles may write here but not read.
    with connection.cursor() as cursor:
        columns, holes = ", ".join(row), ", ".join(["%s"] * len(row))
        cursor.execute(f"INSERT INTO base_audit ({columns}) VALUES ({holes})", list(row.values()))  # noqa: S608
    watching.watch(actor, action, now)


def trail_of(kind: str, *subject_ids: int) -> QuerySet[AuditEntry]:
    """Who looked at these things or did something to them, newest first; only what the scope shows.

    Lines of the tables themselves (``row_…``) stand beside the act that caused them: the auditor reads them.
    """
    found = AuditEntry.objects.filter(subject_kind=kind, subject_id__in=subject_ids)
    return found.exclude(action__startswith="row_").order_by("-id")


CHANGES = ("row_update", "row_insert", "facts", "corrected", "moved", "died", "merged", "assessment_settled")


def changes_of(kind: str, subject_id: int, *, since: datetime) -> list[dict[str, object]]:
    """Changes of a thing's own rows from a moment on, oldest first: when, and the names of the columns."""
    found = AuditEntry.objects.filter(
        subject_kind=kind, subject_id=subject_id, at__gte=since, action__in=CHANGES
    )
    return [
        {"at": one.at.isoformat(), "act": one.action, "fields": one.fields}
        for one in found.order_by("id")[:50]
    ]


def looks_at(kind: str, subject_id: int, *, most: int) -> list[AuditEntry]:
    """Who looked at or did something to a thing, newest first; of each line only what she may read."""
    columns = ("id", "at", "actor", "actor_name", "duty", "face", "action", "purpose", "division")
    found = AuditEntry.objects.filter(subject_kind=kind, subject_id=subject_id).only(*columns)
    return list(found.exclude(action__startswith="row_").order_by("-id")[:most])


def counted_by_action(since: datetime, until: datetime) -> dict[str, int]:
    """How many lines of each action between two moments, the most first; only what the scope shows."""
    found = AuditEntry.objects.filter(at__gt=since, at__lte=until).values("action").annotate(n=Count("pk"))
    return {row["action"]: row["n"] for row in found.order_by("-n", "action")}
