"""What a background process does with files: one at a time, under a lease."""

from __future__ import annotations

import contextlib

from yiyang.exchange.choices import BatchState
from yiyang.exchange.models import Batch
from yiyang.exchange.services import leasing
from yiyang.exchange.services.merging import merge_batch
from yiyang.exchange.services.reading import Clock, read_batch


def work_on_next(*, holder: str, clock: Clock) -> int:
    """Read or merge the oldest file that waits; returns how many there were: one or none."""
    batch = leasing.claim(holder=holder, now=clock())
    if batch is None:
        return 0
    with contextlib.suppress(leasing.LostLease):  # somebody else goes on
        _go_on(batch, holder, clock)
    return 1


def work_on(batch_id: int, *, holder: str, clock: Clock) -> Batch | None:
    """The next stage of one file; None if nothing is to be done, or another process is at it."""
    batch = leasing.claim(holder=holder, now=clock(), batch_id=batch_id)
    return None if batch is None else _go_on(batch, holder, clock)


def _go_on(batch: Batch, holder: str, clock: Clock) -> Batch:
    act = read_batch if batch.state == BatchState.READING else merge_batch
    return act(batch.pk, holder=holder, clock=clock)
