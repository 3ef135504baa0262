"""One process works on a file at a time; if it dies, another goes on where it stopped."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from yiyang.base.scoping import EVERYWHERE, Role, acting
from yiyang.engine.errors import Conflict
from yiyang.exchange.choices import TO_MERGE, TO_READ, BatchState
from yiyang.exchange.models import Batch

LEASE = timedelta(minutes=2)
PURPOSE = "import: duplicates in the whole installation"


class LostLease(Conflict):
    code = "exchange.lost_lease"
    message = "这一批已由另一个进程接手"


def claim(*, holder: str, now: datetime, batch_id: int | None = None) -> Batch | None:
    """The oldest file that waits for a process, now held by this one."""
    with acting(Role.JOB, EVERYWHERE, actor_id="process:import", purpose=PURPOSE):
        free = Q(lease_until=None) | Q(lease_until__lte=now) | Q(holder=holder)
        waiting = Batch.objects.filter(free, state__in=(*TO_READ, *TO_MERGE))
        if batch_id is not None:
            waiting = waiting.filter(pk=batch_id)
        batch = waiting.select_for_update(skip_locked=True).order_by("uploaded_at", "pk").first()
        if batch is None:
            return None
        batch.state = BatchState.READING if batch.state in TO_READ else BatchState.MERGING
        batch.holder, batch.lease_until = holder, now + LEASE
        batch.save(update_fields=["state", "holder", "lease_until"])
        return batch


def hold(batch_id: int, *, holder: str, now: datetime) -> Batch:
    """The batch, locked in this transaction, the lease begun anew.

    Raises:
        LostLease: another process has taken it, or it is over.
    """
    batch = Batch.objects.select_for_update().filter(pk=batch_id).first()
    if batch is None or batch.holder != holder:
        raise LostLease(f"batch {batch_id} is no longer held by {holder}")
    batch.lease_until = now + LEASE
    batch.save(update_fields=["lease_until"])
    return batch


def release(batch: Batch) -> None:
    """Nobody works on it any more; the caller saves."""
    batch.holder, batch.lease_until = "", None
