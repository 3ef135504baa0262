from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yiyang.faces.bureau.presenting.desk import address, desk_of, frame_of
from yiyang.faces.bureau.presenting.overview import overview_page
from yiyang.faces.shared.access import SignedIn, duty
from yiyang.faces.shared.showing import Page, State

NOT_SWEPT = State(
    "empty",
    "这个地方还没有核算过",
    "核算由系统每晚做一次。核算以前没有数字，不显示 0；核完刷新本页就能看到。",
)


@duty("view_figures")
@require_GET
def overview(request: SignedIn) -> HttpResponse:
    """总览."""
    desk = desk_of(request.actor, request.GET.get("place", ""), now=timezone.localtime())
    order = request.GET.get("order", "")
    frame = frame_of(desk, "overview", lambda prefix: address("overview", place=prefix, order=order))
    if desk.sweep is None:
        page = Page(f"{desk.place.name}总览", NOT_SWEPT)
        return render(request, "shared/staff_state.html", {"frame": frame, "page": page})
    shown = overview_page(desk, desk.sweep, by_need=order == "need")
    return render(request, "bureau/overview.html", {"frame": frame, "page": shown})
