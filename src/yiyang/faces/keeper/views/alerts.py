from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yiyang.base.log import alerts as watch
from yiyang.engine.errors import Conflict, Refused
from yiyang.faces.keeper.forms import Note
from yiyang.faces.keeper.presenting import alerts as pages
from yiyang.faces.keeper.presenting.desk import address, frame_of
from yiyang.faces.shared.access import SignedIn, duty
from yiyang.faces.shared.showing import Notice

DONE = Notice("已经记下。", "ok", "审计员能看到您写的。")


@duty("answer_alerts")
@require_GET
def alerts(request: SignedIn) -> HttpResponse:
    """安全提醒."""
    now = timezone.localtime()
    waiting = watch.waiting().count()
    page = pages.alerts_page(list(watch.in_order()[: pages.MOST_ROWS]), waiting, now.date())
    notice = DONE if request.GET.get("done") else None
    frame = frame_of(request.actor, "alerts", now=now, waiting={"alerts": waiting}, notice=notice)
    return render(request, "keeper/alerts.html", {"frame": frame, "page": page})


@duty("answer_alerts")
@require_http_methods(["GET", "POST"])
def alert(request: SignedIn, alert_id: int) -> HttpResponse:
    """一条提醒：问清，写答复."""
    found = watch.alert(alert_id)
    if request.method == "GET":
        open_still = watch.is_open(found)
        return _page(request, alert_id, Note(initial={"note": found.note}) if open_still else None)
    form = Note(request.POST)
    if not form.is_valid():
        return _page(request, alert_id, form, status=400)
    try:
        watch.take_note(
            actor=request.actor,
            alert_id=alert_id,
            answered=form.cleaned_data["outcome"] == "answered",
            note=form.cleaned_data["note"],
            now=timezone.localtime(),
        )
    except Refused as refusal:
        form.add_error("note", refusal.message)
        return _page(request, alert_id, form, status=422)
    except Conflict as conflict:
        lost = Notice(
            f"没有记下：{conflict.message}", "bad", f"您写的：{form.cleaned_data['note']}", blocks=True
        )
        return _page(request, alert_id, None, status=409, notice=lost)
    return redirect(address("alerts", done="noted"))


def _page(
    request: SignedIn, alert_id: int, form: Note | None, *, status: int = 200, notice: Notice | None = None
) -> HttpResponse:
    now = timezone.localtime()
    page = pages.alert_page(watch.alert(alert_id), form, now.date())
    frame = frame_of(request.actor, "alerts", now=now, notice=notice)
    return render(request, "keeper/alert.html", {"frame": frame, "page": page}, status=status)
