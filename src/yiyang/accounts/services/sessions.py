"""Signed-in browsers: begun, seen, ended. Every one of them can be ended from elsewhere."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from yiyang.accounts.choices import EndReason
from yiyang.accounts.models import Session, User
from yiyang.base.ids import UserId

SEEN_EVERY = timedelta(minutes=1)


@transaction.atomic
def begin(
    *,
    user_id: UserId,
    agent: str,
    ip: str | None,
    now: datetime,
    remembered: bool = False,
    alone: bool = False,
) -> Session:
    """A browser comes in. ``alone``: duties that may reveal are worked under on one device at a time."""
    user = User.objects.select_for_update().get(pk=user_id)
    if alone:
        _running(user_id).update(ended_at=now, why=EndReason.ELSEWHERE)
    return Session.objects.create(
        user=user,
        version=user.session_version,
        agent=agent,
        ip=ip,
        since=now,
        seen_at=now,
        remembered=remembered,
    )


def see(*, session: Session, now: datetime) -> None:
    """Somebody is still there; written once a minute at most, and never backwards."""
    if now - session.seen_at >= SEEN_EVERY:
        Session.objects.filter(pk=session.pk, seen_at__lt=now).update(seen_at=now)


def end(*, session_id: int, why: EndReason, now: datetime) -> None:
    """This browser is out; ending it twice keeps the first reason."""
    Session.objects.filter(pk=session_id, ended_at=None).update(ended_at=now, why=why)


def end_own(*, user_id: UserId, session_id: int, now: datetime) -> bool:
    """One of one's own, from the page that lists them; False where it is somebody else's or over."""
    mine = _running(user_id).filter(pk=session_id)
    return mine.update(ended_at=now, why=EndReason.ENDED) > 0


def end_all(*, user_id: UserId, why: EndReason, keeping: int | None = None) -> None:
    """Every session of this account is dead at its next request, also one that is being made just now.

    ``keeping``: the browser in which somebody changes something of their own; it goes on.
    """
    User.objects.filter(pk=user_id).update(session_version=F("session_version") + 1, version_why=why)
    if keeping is not None:
        version = User.objects.values_list("session_version", flat=True).get(pk=user_id)
        _running(user_id).filter(pk=keeping).update(version=version)


def _running(user_id: UserId) -> QuerySet[Session]:
    return Session.objects.filter(user_id=user_id, ended_at=None)
