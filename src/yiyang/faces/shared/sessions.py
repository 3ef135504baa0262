"""A signed-in browser: how it comes in, whether it still is, and who acts in it.

The web framework's session holds the id of a row of ours; whether that row still counts is asked at every
request, so whatever ends it (an account put out of use, a duty taken away) ends it at the next click.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from yiyang.accounts import selectors as accounts
from yiyang.accounts import standing
from yiyang.accounts.backends import StaffPassword
from yiyang.accounts.choices import EndReason
from yiyang.accounts.services import sessions
from yiyang.base.actors import Actor
from yiyang.base.ids import UserId
from yiyang.faces.shared import callers

SEAT, DUTY, PROVED, ACTING_FOR = "seat", "duty_id", "proved_at", "acting_for"
BACKEND = f"{StaffPassword.__module__}.{StaffPassword.__qualname__}"
ENDED_STATUS = 401


def begin(
    request: HttpRequest, user_id: UserId, *, now: datetime, remembered: bool = False, alone: bool = False
) -> None:
    """Somebody has proved who they are: a new key for the browser, a row for the list of devices."""
    user = StaffPassword().get_user(user_id)
    if user is None:
        return
    auth.login(request, user, backend=BACKEND)  # a new session key: one planted before opens nothing
    found = sessions.begin(
        user_id=user_id,
        agent=callers.agent_of(request),
        ip=callers.address_of(request) or None,
        now=now,
        remembered=remembered,
        alone=alone,
    )
    request.session[SEAT] = found.pk
    if remembered:
        request.session.set_expiry(standing.REMEMBERED)


def seat_of(request: HttpRequest) -> int | None:
    """The row of this browser, if somebody is in."""
    found = request.session.get(SEAT)
    return found if isinstance(found, int) else None


def actor_of(request: HttpRequest, *, now: datetime) -> Actor | None:
    """Who acts, or nobody. A session that is over is emptied here and ``request.ended`` says why.

    Runs before the transaction of the request, as the login role.
    """
    seat = seat_of(request)
    if seat is None:
        return None
    found = standing.session(seat)
    if found is None:
        request.session.flush()
        return None
    why = standing.over(found, agent=callers.agent_of(request), now=now)
    duty_id = request.session.get(DUTY)
    chosen = request.session.get(ACTING_FOR)
    actor = (
        accounts.actor_of(found.user, on=now.date(), duty_id=duty_id, acting_for=chosen)
        if why is None
        else None
    )
    if actor is not None and duty_id is not None and not actor.duty:
        why = EndReason.DUTY  # the chosen duty has run out: nobody slips into another one unasked
    if why is not None:
        sessions.end(session_id=seat, why=why, now=now)
        request.session.flush()
        request.ended = why  # type: ignore[attr-defined]  # Django's place for per-request facts
        return None
    sessions.see(session=found, now=now)
    return actor


def close_left(seat: int | None, request: HttpRequest, *, now: datetime) -> None:
    """After a request that emptied its session, or put somebody else into it: the old row is over."""
    if seat is not None and seat_of(request) != seat:
        sessions.end(session_id=seat, why=EndReason.LEFT, now=now)


def ended_page(request: HttpRequest, why: EndReason) -> HttpResponse:
    """What an open tab is told when its session is over; what was typed is not kept anywhere."""
    again = {"next": request.get_full_path()} if request.method == "GET" else {}
    door = reverse("public:sign_in")
    context = {
        "why": why,
        "says": why.label,
        "lost": request.method == "POST",
        "dead": why == EndReason.DISABLED,
        "suspicious": why == EndReason.STOLEN,
        "door": f"{door}?{urlencode(again)}" if again else door,
    }
    return render(request, "shared/session_ended.html", context, status=ENDED_STATUS)
