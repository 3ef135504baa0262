"""Who may hold or do what, asked by pages and services alike."""

from __future__ import annotations

from yiyang.accounts.duties import DUTIES, INCOMPATIBLE, MAX_GRANT_DAYS
from yiyang.base.actors import Actor
from yiyang.engine.errors import Forbidden, Refused


class NotYourDuty(Forbidden):
    code = "accounts.not_your_duty"
    message = "这件事不在您的职责里。请找负责这项工作的同事办"


class DutyRefused(Refused):
    code = "accounts.duty_refused"
    message = "这项职责不能这样授予"


def check_may(actor: Actor, right: str) -> None:
    if not actor.may(right):
        raise NotYourDuty(f"{actor.label} lacks {right}")


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
