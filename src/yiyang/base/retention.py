"""How long the shared tables keep their rows; Django's own as well."""

from __future__ import annotations

from django.db.models import Q

from yiyang.base.models import OutboxEntry
from yiyang.base.retaining import Entry, Then, kept
from yiyang.base.scoping import Role

_UNDONE = OutboxEntry.objects.filter(done_at=None).values("event_id")

ENTRIES = (
    Entry("base.OutboxEntry", Then.DELETE, "news that everybody has heard", days=30, since="done_at"),
    # Longer than the news itself, and never while it waits: a handler would hear it twice.
    Entry(
        "base.Heard", Then.DELETE, "marks of news that is gone", days=60, since="heard_at",
        where=~Q(event_id__in=_UNDONE),
    ),
    Entry("base.NightlyRun", Then.DELETE, "what the night did", days=180, since="began"),
    Entry("base.Limit", Then.DELETE, "full buckets hold no count", days=1, since="at"),
    kept("base.AuditEntry", "six months at least (网络安全法 21, unverified); a chain loses no link"),
    kept("base.AuditSeal", "the chain over the log"),
    kept("base.Alert", "answered by the security officer; counts, no personal data of an older person"),
    kept("base.Rotation", "which keys wrote when; ids and counts"),
    Entry(
        "sessions.Session", Then.DELETE, "expired sessions", since="expire_date", role=Role.NONE
    ),
    kept("contenttypes.ContentType", "names of tables"),
    kept("auth.Permission", "names of rights of the framework, not used"),
    kept("auth.Group", "empty"),
)  # fmt: skip
