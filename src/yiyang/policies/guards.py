from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yiyang.accounts.guards import check_may
from yiyang.base.actors import Actor
from yiyang.base.ids import RehearsalId
from yiyang.engine.errors import Conflict, Forbidden, Refused
from yiyang.policies.choices import RevisionState
from yiyang.policies.models import Revision

REHEARSAL_GOOD_FOR_DAYS = 7


class NotYourPlace(Forbidden):
    code = "policies.not_your_place"
    message = "这个标准由上级或别的地方定，不在您的辖区"


class ForThePast(Refused):
    code = "policies.for_the_past"
    message = "生效日期已经过去。标准只能从今天或以后起改，过去的不动"


class SameDay(Refused):
    code = "policies.same_day"
    message = "这个标准在同一天已有一稿排期。请先撤回那一稿，或换一个日期"


class UnknownNumber(Refused):
    code = "policies.unknown_number"
    message = "没有这个标准项，请从列表里选"


class OwnWork(Forbidden):
    code = "policies.own_work"
    message = "您起草的稿件，须由别人审批"


class NotRehearsed(Refused):
    code = "policies.not_rehearsed"
    message = "还没有测算，或测算后又改过数。请先测算，看清增减的人再批"


class WrongState(Conflict):
    code = "policies.wrong_state"
    message = "这份稿件的状态刚变过，请刷新后再看"


class Reworked(Conflict):
    code = "policies.reworked"
    message = "您看过以后，这份稿件又改过或重新测算过。请看新的测算，再批"


class BadValue(Refused):
    code = "policies.bad_value"
    message = "数额不对：应是不小于 0 的整数"


def check_state(revision: Revision, allowed: Iterable[RevisionState | str]) -> None:
    if revision.state not in set(allowed):
        raise WrongState(f"revision {revision.pk} is {revision.state}")


def check_can_propose(actor: Actor, division: str, since: date, value: int, *, today: date) -> None:
    """Raises NotYourDuty, NotYourPlace, ForThePast, BadValue."""
    check_may(actor, "propose_law")
    if not actor.scope.holds(division):
        raise NotYourPlace(f"{division} is outside {actor.prefix}")
    if since < today:
        raise ForThePast(f"since {since}, today is {today}")
    if value < 0:
        raise BadValue(f"value {value}")


def check_can_approve(actor: Actor, revision: Revision, *, today: date) -> None:
    """Another person, with the right, on a rehearsed draft that does not reach into the past."""
    check_may(actor, "approve_law")
    if not actor.scope.holds(revision.division):
        raise NotYourPlace(f"{revision.division} is outside {actor.prefix}")
    if actor.user_id == revision.proposed_by_id:
        raise OwnWork(f"revision {revision.pk} was proposed by the same person")
    if revision.state == RevisionState.DRAFT or revision.rehearsal_id is None:
        raise NotRehearsed(f"revision {revision.pk} is {revision.state}")
    check_state(revision, (RevisionState.REHEARSED,))
    if revision.since < today:
        raise ForThePast(f"since {revision.since}, today is {today}")
    rehearsed = revision.rehearsed_at
    if rehearsed is None or (today - rehearsed.date()).days > REHEARSAL_GOOD_FOR_DAYS:
        raise NotRehearsed(f"rehearsed at {rehearsed}", message="测算已过 7 天，请重新测算后再批")


def check_seen(revision: Revision, seen: RehearsalId) -> None:
    """What was read is what would be signed. Raises Reworked."""
    if revision.rehearsal_id != seen:
        raise Reworked(f"revision {revision.pk} has rehearsal {revision.rehearsal_id}, seen was {seen}")


def may_approve(actor: Actor, revision: Revision, *, today: date) -> str:
    """Empty if the actor may approve, else the sentence that says why not."""
    try:
        check_can_approve(actor, revision, today=today)
    except (Refused, Forbidden, Conflict) as no:
        return no.message
    return ""


def check_can_withdraw(actor: Actor, revision: Revision) -> None:
    if not (actor.may("propose_law") or actor.may("approve_law")) or not actor.scope.holds(revision.division):
        raise NotYourPlace(f"{actor.label} may not withdraw {revision.pk}")
