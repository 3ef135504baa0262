"""The side of the one who acts for somebody: for whom, what was agreed, and no more of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiyang.faces.elder import presenting
from yiyang.faces.elder.showing.helping import ForWhomPage
from yiyang.faces.elder.views.framing import own_of, show
from yiyang.faces.shared.access import SignedIn, entered, older_person
from yiyang.notices import services as notices
from yiyang.people import services as people

SAID = {"stopped": "好了，您不再替老人办了"}


@entered
@require_http_methods(["GET", "HEAD", "POST"])
def for_whom(request: SignedIn) -> HttpResponse:
    """给谁办."""
    found = presenting.whom(request.actor, today=timezone.localdate())
    if request.method != "POST":
        said = SAID.get(request.GET.get("said", ""), "")
        return show(request, "for_whom", ForWhomPage(tuple(found.values()), said))
    wanted = request.POST.get("whom", "")
    chosen = next((person_id for person_id, one in found.items() if one.code == wanted), None)
    if chosen is None:
        return redirect("elder:for_whom")
    request.session["acting_for"] = int(chosen)
    return redirect("elder:home")


@older_person
@require_http_methods(["GET", "HEAD", "POST"])
def mandate(request: SignedIn) -> HttpResponse:
    """她答应的: what may be done and until when; one button ends it."""
    held = request.actor.mandate
    if held is None:
        return redirect("elder:helpers")
    if request.method != "POST":
        return show(request, "mandate", presenting.mandate_page(own_of(request, timezone.localtime()), held))
    people.end_mandate(actor=request.actor, code=held.code, now=timezone.localtime())
    request.session.pop("acting_for", None)
    return redirect(f"{reverse('elder:for_whom')}?said=stopped")


@older_person
@require_safe
def messages(request: SignedIn) -> HttpResponse:
    """给我的消息: opened by herself they count as read, by somebody who acts for her they do not."""
    now = timezone.localtime()
    page = presenting.messages_page(own_of(request, now))
    if request.actor.mandate is None:
        notices.note_read(person_id=request.person_id, now=now)
    return show(request, "messages", page)
