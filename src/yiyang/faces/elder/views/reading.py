"""What the person may read about herself; every page leaves a line in the access log."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiyang.entitlements import selectors as entitlements
from yiyang.faces.elder import presenting
from yiyang.faces.elder.views.framing import own_of, show
from yiyang.faces.shared.access import SignedIn, older_person

SAID = {"call": "停了，不会有人打给您", "appeal": "收回了，不用再等"}


@older_person
@require_safe
def home(request: SignedIn) -> HttpResponse:
    """首页."""
    now = timezone.localtime()
    return show(request, "home", presenting.home_page(own_of(request, now), now=now))


@older_person
@require_safe
def subsidies(request: SignedIn) -> HttpResponse:
    """我的补贴."""
    return show(request, "subsidies", presenting.subsidies_page(own_of(request, timezone.localtime())))


@older_person
@require_safe
def why(request: SignedIn, benefit: str) -> HttpResponse:
    """为什么."""
    now = timezone.localtime()
    return show(request, "why", presenting.why_page(own_of(request, now), benefit, now=now))


@older_person
@require_safe
def services(request: SignedIn) -> HttpResponse:
    """我能享受什么."""
    return show(request, "services", presenting.services_page(own_of(request, timezone.localtime())))


@older_person
@require_safe
def cases(request: SignedIn) -> HttpResponse:
    """我的事情."""
    said = SAID.get(request.GET.get("said", ""), "")
    return show(request, "cases", presenting.cases_page(own_of(request, timezone.localtime()), said=said))


@older_person
@require_safe
def asked(request: SignedIn, code: UUID) -> HttpResponse:
    """好了，等电话吧."""
    mine = own_of(request, timezone.localtime())
    page = presenting.call_done_page(mine, entitlements.application_of(code))
    return show(request, "help_done", page)


@older_person
@require_safe
def sent(request: SignedIn, code: UUID) -> HttpResponse:
    """告诉他们了."""
    mine = own_of(request, timezone.localtime())
    page = presenting.disagree_done_page(
        mine,
        entitlements.appeal_of(code),
        matter=request.GET.get("matter", ""),
        by_phone=request.GET.get("by") == "phone",
    )
    return show(request, "disagree_done", page)
