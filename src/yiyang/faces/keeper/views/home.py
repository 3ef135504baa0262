from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yiyang.base.log import audit
from yiyang.faces.keeper.presenting import home as pages
from yiyang.faces.keeper.presenting.desk import frame_of
from yiyang.faces.shared.access import SignedIn, duty


@duty("keep_accounts", "keep_duties", "read_audit")
@require_GET
def home(request: SignedIn) -> HttpResponse:
    """三员首页：各管各的."""
    now, actor = timezone.localtime(), request.actor
    if actor.may("read_audit"):
        audit.record(actor=actor, action="read_audit", now=now, face="k", detail={"page": "home"})
        page = pages.audit_home(now)
    elif actor.may("keep_duties"):
        page = pages.duties_home(actor, now)
    else:
        page = pages.accounts_home(now)
    frame = frame_of(actor, "home", now=now)
    return render(request, "keeper/home.html", {"frame": frame, "page": page})
