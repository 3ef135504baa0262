"""What a security officer does: duties given and taken, within the own branch, never one's own."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from yiyang.accounts import guards, services
from yiyang.accounts.choices import UserKind
from yiyang.accounts.duties import DUTIES
from yiyang.accounts.guards import DutyRefused
from yiyang.accounts.models import Duty, User
from yiyang.accounts.services.staff import NoSuchAccount
from yiyang.base.actors import Actor
from yiyang.base.ids import UserId
from yiyang.base.log import audit

RIGHT = "keep_duties"


@transaction.atomic
def give_duty(
    *, actor: Actor, login: str, duty: str, prefix: str, since: date, until: date, now: datetime
) -> Duty:
    """Effective at the colleague's next request, whatever tab is open.

    Raises:
        NotYourDuty, NoSuchAccount
        DutyRefused: one's own account, outside the branch, too long, in the past, or excluded by another.
    """
    guards.check_may(actor, RIGHT)
    user = User.objects.filter(login=login, kind=UserKind.STAFF).only("pk", "is_active").first()
    if user is None or not user.is_active:
        raise NoSuchAccount(f"no account {login!r} in use", message="没有这个账号，或者已经停用")
    _check_own_and_branch(actor, UserId(user.pk), prefix)
    if since < now.date():
        raise DutyRefused("a duty in the past", message="不能从过去的日子起授职责")
    given = services.grant_duty(
        user_id=UserId(user.pk), duty=duty, prefix=prefix, since=since, until=until, granted_by=actor.account
    )
    _remember(actor, "duty_granted", given, now)
    return given


@transaction.atomic
def take_duty(*, actor: Actor, duty_id: int, now: datetime) -> Duty:
    """From today on it gives nothing; what was done under it stays.

    Raises:
        NotYourDuty, DutyOver
        DutyRefused: one's own, or outside the branch.
    """
    guards.check_may(actor, RIGHT)
    found = Duty.objects.filter(pk=duty_id, until__gt=now.date()).first()
    if found is None:
        raise services.DutyOver(f"duty {duty_id} is not running")
    _check_own_and_branch(actor, UserId(found.user_id), found.prefix)
    taken = services.end_duty(duty_id=duty_id, on=now.date())
    _remember(actor, "duty_taken", taken, now)
    return taken


def _check_own_and_branch(actor: Actor, user_id: UserId, prefix: str) -> None:
    if actor.account == user_id:
        raise DutyRefused("one's own duty", message="自己的职责不能自己授予或收回。请另一位安全管理员办")
    if not prefix.startswith(actor.prefix) or not actor.prefix:
        raise DutyRefused(f"{prefix} is outside {actor.prefix}", message="这个地方不在您的辖区里")


def _remember(actor: Actor, action: str, duty: Duty, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        now=now,
        face="k",
        subject=("account", duty.user_id),
        division=duty.prefix.ljust(12, "0"),
        purpose=DUTIES[duty.duty].title if duty.duty in DUTIES else duty.duty,
    )
