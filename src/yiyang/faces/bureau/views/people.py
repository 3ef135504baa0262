from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yiyang.base.log import audit
from yiyang.entitlements import selectors as entitlements
from yiyang.faces.bureau.presenting.desk import Desk, address, desk_of, frame_of
from yiyang.faces.bureau.presenting.people import STATUSES, Asked, people_page
from yiyang.faces.shared.access import SignedIn, duty


@duty("view_people")
@require_GET
def people(request: SignedIn) -> HttpResponse:
    """名单."""
    now = timezone.localtime()
    desk = desk_of(request.actor, request.GET.get("place", ""), now=now)
    asked = _asked(request, desk)
    frame = frame_of(
        desk,
        "people",
        lambda prefix: address("people", place=prefix, benefit=asked.benefit, status=asked.status),
    )
    page = people_page(desk, asked)
    audit.record(
        actor=request.actor,
        action="listed_people",
        now=now,
        division=desk.place.division,
        face="g",
        request_id=getattr(request, "request_id", None),
        detail={"benefit": asked.benefit, "status": asked.status, "rows": len(page.rows)},
    )
    return render(request, "bureau/people.html", {"frame": frame, "page": page})


def _asked(request: SignedIn, desk: Desk) -> Asked:
    """Unknown words of the query fall back to what is asked most: who is not reached."""
    stored = entitlements.marks(on=desk.today).stored
    benefit, status = request.GET.get("benefit", ""), request.GET.get("status", "")
    number = request.GET.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    return Asked(
        benefit if benefit in stored else "",
        status if status in dict(STATUSES) else "unserved",
        max(1, page),
    )
