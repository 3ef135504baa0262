"""A file through every stage, as two people and a process would take it. Called outside ``acting`` blocks."""

from __future__ import annotations

import io
from dataclasses import dataclass

from tests.conftest import NOW
from tests.factories import files, staff
from yiyang.base.actors import Actor
from yiyang.base.keys import sealing
from yiyang.base.scoping import Role, acting
from yiyang.exchange import selectors, services
from yiyang.exchange.models import Batch, Ticket
from yiyang.exchange.services import Received, Upload
from yiyang.people.models import Person


@dataclass(frozen=True)
class Pair:
    """Who uploads and who approves."""

    maker: Actor
    checker: Actor


def pair(prefix: str = "150206") -> Pair:
    return Pair(staff.actor("official", prefix, name="乌兰"), staff.actor("approver", prefix, name="巴图"))


def received(by: Actor, content: bytes, upload: Upload | None = None) -> Received:
    with acting(Role.APP, by.scope, actor_id=by.label):
        return services.receive_file(
            actor=by, upload=upload or files.upload(prefix=by.prefix), file=io.BytesIO(content), now=NOW
        )


def checked(by: Actor, content: bytes, upload: Upload | None = None) -> Batch:
    batch = received(by, content, upload).batch
    work(batch.pk)
    return found(by, batch.pk)


def merged(two: Pair, content: bytes, upload: Upload | None = None) -> Batch:
    """Uploaded by one, approved by the other, merged."""
    batch = checked(two.maker, content, upload)
    approve(two.checker, batch.pk)
    work(batch.pk)
    return found(two.maker, batch.pk)


def approve(by: Actor, batch_id: int) -> None:
    with acting(Role.APP, by.scope, actor_id=by.label):
        services.approve_batch(actor=by, batch_id=batch_id, now=NOW)


def work(batch_id: int, holder: str = "tests") -> Batch | None:
    return services.work_on(batch_id, holder=holder, clock=lambda: NOW)


def found(by: Actor, batch_id: int) -> Batch:
    with acting(Role.APP, by.scope, actor_id=by.label):
        return selectors.batch(batch_id)


def counts(batch: Batch) -> tuple[int, int, int, int, int]:
    """read, merged, unchanged, rejected, waiting."""
    return batch.read, batch.merged, batch.unchanged, batch.rejected, batch.waiting


def settle(by: Actor, ticket: Ticket, *, take: bool, why: str = "问过本人和社区") -> None:
    with acting(Role.APP, by.scope, actor_id=by.label):
        services.settle_ticket(actor=by, ticket_id=ticket.pk, take=take, why=why, now=NOW)


def number_of(whom: Person) -> str:
    """Her ID number in plain."""
    assert whom.id_number is not None
    return sealing.unseal("people_person.id_number", whom.pk, whom.id_number)
