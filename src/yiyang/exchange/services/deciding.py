"""A second person looks at what a file would do, and lets it in or not."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yiyang.base.actors import Actor
from yiyang.base.log import audit
from yiyang.exchange import guards, selectors
from yiyang.exchange.choices import BatchState
from yiyang.exchange.models import Batch


def _lock(batch_id: int) -> Batch:
    found = Batch.objects.select_for_update().filter(pk=batch_id).first()
    if found is None:
        raise selectors.NoSuchBatch(f"no batch {batch_id} here")
    return found


@transaction.atomic
def approve_batch(*, actor: Actor, batch_id: int, now: datetime) -> Batch:
    """Let the rows that are ready into the records; a process merges them.

    Raises:
        NoSuchBatch, NotYourDuty
        OwnBatch: whoever uploaded it does not approve it.
        WrongState: decided already, or not checked yet.
    """
    batch = _lock(batch_id)
    guards.check_can_decide(actor, batch)
    batch.state, batch.decided_by_id, batch.decided_at = BatchState.APPROVED, actor.user_id, now
    batch.save(update_fields=["state", "decided_by", "decided_at"])
    _note(actor, "import_approved", batch, now)
    return batch


@transaction.atomic
def decline_batch(*, actor: Actor, batch_id: int, why: str, now: datetime) -> Batch:
    """Nothing of the file goes in; the reason stays.

    Raises:
        NoSuchBatch, NotYourDuty, OwnBatch, WrongState
        NeedsReason: shorter than five characters.
    """
    batch = _lock(batch_id)
    guards.check_can_decide(actor, batch)
    batch.why_declined = guards.check_reason(why)
    batch.state, batch.decided_by_id, batch.decided_at = BatchState.DECLINED, actor.user_id, now
    batch.finished_at = now
    batch.save(update_fields=["state", "decided_by", "decided_at", "finished_at", "why_declined"])
    _note(actor, "import_declined", batch, now, reason=batch.why_declined)
    return batch


def _note(actor: Actor, action: str, batch: Batch, now: datetime, reason: str = "") -> None:
    audit.record(
        actor=actor,
        action=action,
        now=now,
        subject=("batch", batch.pk),
        division=batch.division,
        reason=reason,
        detail={"add": batch.to_add, "change": batch.to_change},
    )
