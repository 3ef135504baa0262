from __future__ import annotations

from django.db import models


class RevisionState(models.TextChoices):
    """The life of one number of the law (the table of states stands in docs/generated/states.md)."""

    DRAFT = "DRAFT", "起草"
    REHEARSED = "REHEARSED", "已测算"
    APPROVED = "APPROVED", "已批准"
    SCHEDULED = "SCHEDULED", "已排期"
    IN_FORCE = "IN_FORCE", "已生效"
    SUPERSEDED = "SUPERSEDED", "已被替代"
    WITHDRAWN = "WITHDRAWN", "已撤回"


class Merge(models.TextChoices):
    OVERRIDE = "override", "以本级为准"
    FLOOR = "floor", "不低于上级"
    ADD = "add", "本级加发"


COUNTS_AS_LAW = (RevisionState.SCHEDULED, RevisionState.IN_FORCE, RevisionState.SUPERSEDED)
OPEN_STATES = (RevisionState.DRAFT, RevisionState.REHEARSED, RevisionState.APPROVED, RevisionState.SCHEDULED)

# Who moves a revision from where to where; docs/generated/states.md is drawn from it.
TRANSITIONS: dict[str, tuple[tuple[str, ...], RevisionState, str]] = {
    "propose_revision": ((), RevisionState.DRAFT, "起草人"),
    "edit_revision": ((RevisionState.DRAFT, RevisionState.REHEARSED), RevisionState.DRAFT, "起草人"),
    "note_rehearsal": ((RevisionState.DRAFT, RevisionState.REHEARSED), RevisionState.REHEARSED, "测算"),
    "approve_revision": ((RevisionState.REHEARSED,), RevisionState.APPROVED, "另一位负责人"),
    "schedule_revision": ((RevisionState.APPROVED,), RevisionState.SCHEDULED, "起草人或负责人"),
    "put_in_force": ((RevisionState.SCHEDULED,), RevisionState.IN_FORCE, "到日自动"),
    "supersede": ((RevisionState.IN_FORCE,), RevisionState.SUPERSEDED, "到日自动"),
    "withdraw_revision": (OPEN_STATES, RevisionState.WITHDRAWN, "起草人或负责人"),
}
