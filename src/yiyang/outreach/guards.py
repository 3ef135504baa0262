from __future__ import annotations

from collections.abc import Sequence

from yiyang.accounts.guards import check_may
from yiyang.base.actors import Actor
from yiyang.engine.errors import Conflict, Forbidden, Refused
from yiyang.outreach.choices import WORKED
from yiyang.outreach.models import Lead


class AlreadyTaken(Conflict):
    code = "outreach.already_taken"
    message = "这户刚被别的同事接走了。请看名单里的下一户"


class NothingOpen(Refused):
    code = "outreach.nothing_open"
    message = "这位老人现在没有要办的事，名单已更新"


class NotYourLead(Forbidden):
    code = "outreach.not_your_lead"
    message = "这户是别的同事接的，请和他商量后由他交回"


class AttemptRefused(Refused):
    code = "outreach.attempt_refused"
    message = "这次联系没有记下，请把结果选好再记"


def check_can_take(actor: Actor, leads: Sequence[Lead]) -> None:
    """Raises NotYourDuty, NothingOpen, AlreadyTaken (by somebody else; one's own may be repeated)."""
    check_may(actor, "take_leads")
    if not leads:
        raise NothingOpen
    if any(lead.taken_by_id not in (None, actor.user_id) for lead in leads):
        raise AlreadyTaken


def check_can_work(actor: Actor, leads: Sequence[Lead]) -> None:
    check_may(actor, "take_leads")
    if not leads:
        raise NothingOpen
    if any(lead.taken_by_id not in (None, actor.user_id) for lead in leads):
        raise NotYourLead


def worked(lead: Lead) -> bool:
    """Still on somebody's list of people to see."""
    return lead.state in WORKED
