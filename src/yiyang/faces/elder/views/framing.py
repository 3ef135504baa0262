"""What every view of this face does last: draw the page in the look the person chose."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from yiyang.base.log import audit
from yiyang.faces.elder import presenting
from yiyang.faces.elder.presenting import Own
from yiyang.faces.elder.proxies import proxy_of
from yiyang.faces.elder.showing.frames import LOOK_COOKIE, frame_of
from yiyang.faces.shared.access import SignedIn


def show(request: HttpRequest, template: str, page: object, *, status: int = 200) -> HttpResponse:
    """One page of this face; ``page`` is a record of ``showing``."""
    cookie = request.COOKIES.get(LOOK_COOKIE, "")
    frame = frame_of(cookie=cookie, query=request.GET.dict(), synthetic=True, proxy=proxy_of(request))
    return render(request, f"elder/{template}.html", {"page": page, "frame": frame}, status=status)


def own_path(request: HttpRequest, wanted: str | None) -> str:
    """The address if it is one of these pages, else home: nobody is sent away by a link."""
    ours = wanted and wanted.startswith("/e/") and url_has_allowed_host_and_scheme(wanted, request.get_host())
    return wanted if ours and wanted else reverse("elder:home")


def own_of(request: SignedIn, now: datetime) -> Own:
    """The person behind the request; that her record was opened is written down."""
    mine = presenting.own(request.person_id, today=now.date())
    audit.record(
        actor=request.actor,
        action="own_page",
        now=now,
        subject=("person", mine.person.pk),
        division=mine.person.division,
        face="elder",
        request_id=getattr(request, "request_id", None),
    )
    return mine
