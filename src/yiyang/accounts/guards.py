"""Who may hold or do what, asked by pages and services alike."""

from __future__ import annotations

from yiyang.accounts.choices import MandateRight
from yiyang.accounts.duties import DUTIES, INCOMPATIBLE, MAX_GRANT_DAYS
from yiyang.base.actors import Actor, ActorKind
from yiyang.base.ids import PersonId
from yiyang.engine.errors import Forbidden, Refused

MAX_MANDATE_DAYS, MOST_HELPERS = 366, 5


class NotYourDuty(Forbidden):
    code = "accounts.not_your_duty"
    message = "这件事不在您的职责里。请找负责这项工作的同事办"


class NotYours(Forbidden):
    code = "accounts.not_yours"
    message = "这是别人的事，您不能替他办"


class NotInMandate(Forbidden):
    code = "accounts.not_in_mandate"
    message = "老人没有请您办这件事。要办，请本人自己来，或者打 12349"


class MandateRefused(Refused):
    code = "accounts.mandate_refused"
    message = "这样请人代办不行"


class DutyRefused(Refused):
    code = "accounts.duty_refused"
    message = "这项职责不能这样授予"


def check_may(actor: Actor, right: str) -> None:
    if not actor.may(right):
        raise NotYourDuty(f"{actor.label} lacks {right}")


def check_speaks(actor: Actor, person_id: PersonId, right: str) -> None:
    """The person herself, who holds her mandate for this, or somebody in office for people of the branch.

    Raises:
        NotYours: somebody else's, or not the one whose pages these are.
        NotInMandate: she let him do other things, not this.
    """
    if actor.may("take_leads"):
        return
    if person_id not in actor.speaks_for or actor.acting_for not in (None, person_id):
        raise NotYours(f"{actor.label} does not speak for {person_id}")
    mandate = actor.mandate_for(person_id)
    if mandate is not None and right not in mandate.rights:
        raise NotInMandate(f"{actor.label} may not {right} for {person_id}")


def check_herself(actor: Actor, person_id: PersonId) -> None:
    """What nobody may do for her: give a mandate, take it back, move money.

    Raises:
        NotInMandate: it is somebody who acts for her.
        NotYours
    """
    check_speaks(actor, person_id, "READ")
    if actor.mandate_for(person_id) is not None or actor.kind is not ActorKind.PERSON:
        raise NotInMandate(f"{actor.label} is not {person_id} herself")


def check_mandate(rights: frozenset[str], days: int, living: int) -> None:
    """Raises MandateRefused: unknown or no rights, longer than a year, too many helpers at once."""
    if not rights or not rights <= set(MandateRight.values) or MandateRight.READ not in rights:
        raise MandateRefused(f"rights {sorted(rights)}", message="请选好可以替您办什么")
    if not 0 < days <= MAX_MANDATE_DAYS:
        raise MandateRefused(f"a mandate of {days} days", message="一次最长一年，到期可以再请")
    if living >= MOST_HELPERS:
        raise MandateRefused(f"{living} helpers", message=f"最多请 {MOST_HELPERS} 个人。请先停掉一个")


def check_grant(duty: str, held: set[str], days: int) -> None:
    """Raises DutyRefused: unknown class, more than a year, or one hand would make and check."""
    if duty not in DUTIES:
        raise DutyRefused(f"no such duty: {duty}", message=f"没有“{duty}”这种职责")
    if not 0 < days <= MAX_GRANT_DAYS:
        raise DutyRefused(f"a grant of {days} days", message="一次最长授予一年，到期再续")
    for other in held:
        if frozenset({duty, other}) in INCOMPATIBLE:
            titles = f"“{DUTIES[duty].title}”和“{DUTIES[other].title}”"
            raise DutyRefused(f"{duty} with {other}", message=f"{titles}不能由同一个人担任")
