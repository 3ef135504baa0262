"""A person judges what a file and the record say differently."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yiyang.base.actors import Actor
from yiyang.base.log import audit
from yiyang.exchange import guards, selectors
from yiyang.exchange.choices import RowState, TicketState
from yiyang.exchange.kinds.declaring import Verdict
from yiyang.exchange.models import Batch, Ticket
from yiyang.exchange.services import merging, staging
from yiyang.exchange.services.reading import taking_of


@transaction.atomic
def settle_ticket(*, actor: Actor, ticket_id: int, take: bool, why: str, now: datetime) -> Ticket:
    """Take over what the file says, or keep the record; the reason stays.

    Raises:
        NoSuchTicket, NotYourDuty, AlreadySettled
        NeedsReason: shorter than five characters.
    """
    ticket = Ticket.objects.select_for_update().filter(pk=ticket_id).first()
    if ticket is None:
        raise selectors.NoSuchTicket(f"no ticket {ticket_id} here")
    guards.check_can_settle(actor, ticket)
    reason = guards.check_reason(why)
    batch = Batch.objects.select_for_update().get(pk=ticket.batch_id)
    row = selectors.row_at(batch.pk, ticket.line)
    if take:
        after = merging.merge_one(row=row, batch=batch, taking=taking_of(batch, actor, now))
    else:
        after = Verdict(RowState.UNCHANGED, person_id=ticket.person_id)
        staging.settle_rows([(row.pk, after)])
    if after.problem is not None:
        staging.note_problems(batch, [(row.line, after.problem)])
    staging.shift(batch, RowState.WAITING, after.state)
    ticket.state = TicketState.TAKEN if take else TicketState.KEPT
    ticket.settled_by_id, ticket.settled_at, ticket.why = actor.user_id, now, reason
    ticket.save(update_fields=["state", "settled_by", "settled_at", "why"])
    audit.record(
        actor=actor, action="import_settled", now=now, subject=("person", ticket.person_id),
        division=ticket.division, fields=ticket.fields, reason=reason, detail={"taken": take},
    )  # fmt: skip
    return ticket
