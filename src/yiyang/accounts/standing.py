"""Whether a signed-in browser still is, and what stands between a person and being let in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from yiyang.accounts.choices import EndReason, UserKind
from yiyang.accounts.models import Passkey, RecoveryCode, Session, Totp, User
from yiyang.base.ids import UserId
from yiyang.engine.errors import Missing

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
REMEMBERED = timedelta(days=180)
CLOCK_SLACK = timedelta(minutes=5)
ONE_DEVICE = frozenset({"view_people"})  # whoever may reveal a number does so on one device at a time


class NoSuchAccount(Missing):
    code = "accounts.no_such_account"
    message = "没有这个工作人员账号"


@dataclass(frozen=True)
class Factors:
    """What an account can prove itself with besides the password."""

    totp: bool
    passkeys: int
    codes_left: int

    @property
    def any(self) -> bool:
        return self.totp or self.passkeys > 0


def session(session_id: int) -> Session | None:
    """A browser with its account."""
    return Session.objects.select_related("user").filter(pk=session_id).first()


def over(found: Session, *, agent: str, now: datetime) -> EndReason | None:
    """Why this browser is out; None while it is in. The account is looked at each time, not remembered."""
    user = found.user
    if not user.is_active:
        return EndReason.DISABLED
    if found.ended_at is not None:
        return EndReason(found.why)
    if found.version != user.session_version:
        return EndReason(user.version_why or EndReason.CHANGED)
    if found.agent != agent:
        return EndReason.STOLEN
    if now < max(found.since, found.seen_at) - CLOCK_SLACK:
        return EndReason.CLOCK  # a clock set back would make the session live longer
    return _too_long(found, now)


def _too_long(found: Session, now: datetime) -> EndReason | None:
    if found.user.kind != UserKind.STAFF:
        longest = REMEMBERED if found.remembered else ABSOLUTE
        return EndReason.TOO_LONG if now - found.since >= longest else None
    if now - found.seen_at >= IDLE:
        return EndReason.IDLE
    return EndReason.TOO_LONG if now - found.since >= ABSOLUTE else None


def running(user_id: UserId, *, now: datetime) -> QuerySet[Session]:
    """Browsers in which this account is in, newest first."""
    user = User.objects.get(pk=user_id)
    alive = Session.objects.filter(user=user, ended_at=None, version=user.session_version)
    if user.kind == UserKind.STAFF:
        alive = alive.filter(seen_at__gt=now - IDLE, since__gt=now - ABSOLUTE)
    return alive.filter(since__gt=now - REMEMBERED).order_by("-since", "-pk")


def suspicious(user_id: UserId, *, since: datetime) -> bool:
    """A session of this account was tried from another kind of browser lately."""
    return Session.objects.filter(user_id=user_id, why=EndReason.STOLEN, ended_at__gt=since).exists()


def factors_of(user_id: UserId) -> Factors:
    """What is set up and confirmed."""
    return Factors(
        Totp.objects.filter(user_id=user_id, confirmed_at__isnull=False).exists(),
        Passkey.objects.filter(user_id=user_id).count(),
        RecoveryCode.objects.filter(user_id=user_id, used_at=None).count(),
    )


def passkeys_of(user_id: UserId) -> QuerySet[Passkey]:
    """Oldest first."""
    return Passkey.objects.filter(user_id=user_id).order_by("made_at", "pk")


def needs_new_password(user: User, *, max_age_days: int, now: datetime) -> bool:
    """A start password, or one older than the installation allows; 0 = no age."""
    if user.must_change:
        return True
    if not max_age_days:
        return False
    return user.password_at is None or now - user.password_at >= timedelta(days=max_age_days)


def staff_matching(words: str = "") -> QuerySet[User]:
    """Staff accounts by a part of login or name; by login."""
    found = User.objects.filter(kind=UserKind.STAFF)
    if words:
        found = found.filter(Q(login__icontains=words) | Q(name__icontains=words))
    return found.order_by("login", "pk")


def staff_account(login: str) -> User | None:
    return User.objects.filter(kind=UserKind.STAFF, login=login).first()


def account(user_id: UserId) -> User:
    return User.objects.get(pk=user_id)


def in_use(user_id: UserId) -> bool:
    return User.objects.filter(pk=user_id, is_active=True).exists()


def staff_by_id(user_id: UserId) -> User:
    """Raises NoSuchAccount: none, or an older person's."""
    found = User.objects.filter(pk=user_id, kind=UserKind.STAFF).first()
    if found is None:
        raise NoSuchAccount(f"no staff account {user_id}")
    return found
