from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from yiyang.accounts.guards import check_may
from yiyang.base.actors import Actor, ActorKind
from yiyang.engine.errors import Conflict, Forbidden, Refused
from yiyang.exchange.choices import BatchState, TicketState

if TYPE_CHECKING:
    from yiyang.exchange.models import Batch, Ticket

LEAST_WHY = 5


class TooLarge(Refused):
    code = "exchange.too_large"
    message = "文件超过 200 MB，没有接收。请按旗县区或街道拆成几份再上传"
    status = 413


class NoSuchKind(Refused):
    code = "exchange.no_such_kind"
    message = "没有这一类导入"


class DayRefused(Refused):
    code = "exchange.day_refused"
    message = "数据日期还没到。请填数据截至哪一天"


class OwnBatch(Forbidden):
    code = "exchange.own_batch"
    message = "自己上传的不能自己复核。请另一位有复核职责的同事办"


class WrongState(Conflict):
    code = "exchange.wrong_state"
    message = "这一批刚被别人处理过，请看现在的状态"


class AlreadySettled(Conflict):
    code = "exchange.already_settled"
    message = "这一条别的同事已经判断过了"


class NeedsReason(Refused):
    code = "exchange.needs_reason"
    message = f"请写明理由，至少 {LEAST_WHY} 个字"


def check_can_upload(actor: Actor, *, as_of: date, today: date) -> None:
    check_may(actor, "import_data")
    if as_of > today:
        raise DayRefused(f"as of {as_of}, after {today}")


def check_can_decide(actor: Actor, batch: Batch) -> None:
    """Raises NotYourDuty, OwnBatch, WrongState."""
    if actor.kind is not ActorKind.PROCESS:
        check_may(actor, "approve_import")
    if actor.user_id is not None and actor.user_id == batch.uploaded_by_id:
        raise OwnBatch(f"{actor.label} uploaded batch {batch.pk}")
    if batch.state != BatchState.CHECKED:
        raise WrongState(f"batch {batch.pk} is {batch.state}")


def check_reason(why: str) -> str:
    text = " ".join(why.split())
    if len(text) < LEAST_WHY:
        raise NeedsReason(f"a reason of {len(text)} characters")
    return text


def check_can_settle(actor: Actor, ticket: Ticket) -> None:
    check_may(actor, "settle_imports")
    if ticket.state != TicketState.OPEN:
        raise AlreadySettled(f"ticket {ticket.pk} is {ticket.state}")


def why_not_decide(actor: Actor, batch: Batch) -> str:
    """Empty if the actor may approve or decline this batch now, else the sentence for the page."""
    try:
        check_can_decide(actor, batch)
    except (Refused, Forbidden, Conflict) as refusal:
        return refusal.message
    return ""
