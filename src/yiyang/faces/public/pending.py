"""Between the password and being let in: who it will be, and what is still missing. Kept in the session."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from yiyang.accounts import selectors as accounts
from yiyang.accounts import standing
from yiyang.accounts.duties import DUTIES as DUTY_CLASSES
from yiyang.accounts.selectors import Held
from yiyang.base.actors import process
from yiyang.base.ids import UserId
from yiyang.base.log import audit
from yiyang.faces.shared import proving, sessions
from yiyang.regions import selectors as regions

KEPT, CHALLENGE, DUTIES = "pending", "challenge", "duties"
GOOD_FOR = timedelta(minutes=15)
DOOR = process("front-door")


@dataclass(frozen=True, slots=True)
class Pending:
    """Somebody whose password was right. ``proved``: the second factor was right as well."""

    user_id: int
    login: str
    since: str
    onward: str
    proved: bool = False

    @property
    def account(self) -> UserId:
        return UserId(self.user_id)


def keep(request: HttpRequest, found: Pending) -> None:
    request.session[KEPT] = asdict(found)


def of(request: HttpRequest, *, now: datetime) -> Pending | None:
    """Whoever is half in, for a quarter of an hour; the account must still be in use."""
    kept = request.session.get(KEPT)
    if kept is None or getattr(request, "actor", None) is not None:
        return None
    found = Pending(**kept)
    fresh = abs(now - datetime.fromisoformat(found.since)) < GOOD_FOR
    return found if fresh and standing.in_use(found.account) else None


def proved(request: HttpRequest, found: Pending) -> Pending:
    """The second factor was right: nothing is asked twice on the way in."""
    known = replace(found, proved=True)
    keep(request, known)
    return known


def next_step(request: HttpRequest, found: Pending, *, now: datetime) -> HttpResponse:
    """What is still missing, or in."""
    if not found.proved:
        has = standing.factors_of(found.account).any
        return redirect("public:factor" if has else "public:enrol")
    if standing.needs_new_password(
        standing.account(found.account), max_age_days=settings.PASSWORD_MAX_AGE_DAYS, now=now
    ):
        return redirect("public:new_password")
    return come_in(request, found, now=now)


def come_in(request: HttpRequest, found: Pending, *, now: datetime) -> HttpResponse:
    """All is proved: the session begins, and the person lands where they were going."""
    held = accounts.duties_of(found.account, on=now.date())
    if not held:  # the last one ended while the person was typing
        return redirect("public:sign_in")
    alone = any(standing.ONE_DEVICE & DUTY_CLASSES[one.duty].rights for one in held)
    for key in (KEPT, CHALLENGE):
        request.session.pop(key, None)
    sessions.begin(request, found.account, now=now, alone=alone)
    proving.remember_proof(request, now=now)
    audit.record(actor=DOOR, action="signed_in", now=now, face="public", subject=("user", found.user_id))
    request.session[DUTIES] = [[one.id, duty_words(one, now.date()), one.home] for one in held]
    if len(held) > 1:
        return redirect(f"{reverse('public:duty')}?{urlencode({'next': found.onward})}")
    request.session[sessions.DUTY] = held[0].id
    return redirect(found.onward or reverse(held[0].home))


def duty_words(held: Held, on: date) -> str:
    try:
        place = regions.place(held.prefix, on=on).name
    except regions.NoSuchPlace:
        place = held.prefix
    return f"{held.title}，{place}"


def has_factor(found: Pending) -> bool:
    return standing.factors_of(found.account).any
