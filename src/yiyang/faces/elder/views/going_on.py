"""After coming in again: what was typed before is still there, and is sent by one tap."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yiyang.faces.elder.showing.entering import GoOnPage
from yiyang.faces.elder.views.framing import show
from yiyang.faces.shared import drafts
from yiyang.faces.shared.access import SignedIn, entered


@entered
@require_http_methods(["GET", "HEAD", "POST"])
def go_on(request: SignedIn) -> HttpResponse:
    """接着办: for the person on whose page it was typed, and for no other."""
    draft = drafts.kept(request)
    if draft is None or request.method == "POST" or not draft.path.startswith("/e/"):
        request.session.pop(drafts.KEPT, None)
        return redirect("elder:home")
    if draft.mark and draft.mark != drafts.mark_of(request.actor.acting_for):
        marks = {drafts.mark_of(one): one for one in request.actor.speaks_for}
        if draft.mark not in marks:
            request.session.pop(drafts.KEPT, None)
            return redirect("elder:home")
        request.session["acting_for"] = int(marks[draft.mark])
        return redirect(f"{reverse('elder:go_on')}?for=other")
    return show(request, "go_on", GoOnPage(draft.path, draft.fields))
