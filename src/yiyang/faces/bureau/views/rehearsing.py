from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from yiyang.base.ids import RehearsalId, RevisionId
from yiyang.engine.errors import Conflict, Refused
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.services import rehearsing
from yiyang.faces.bureau.presenting import rehearsals as pages
from yiyang.faces.bureau.presenting.desk import NotHere, address, frame_of
from yiyang.faces.bureau.views.revisions import found_by, law_at, stale
from yiyang.faces.shared.access import SignedIn, duty
from yiyang.faces.shared.showing import Notice
from yiyang.policies import services as law

NOT_SEEN = "先看减少的人和净额，再勾选"


@duty("rehearse_law")
@require_POST
def rehearse(request: SignedIn, code: str) -> HttpResponse:
    """测算."""
    desk, found = found_by(request, code)
    try:
        rehearsing.rehearse_revision(actor=request.actor, revision_id=RevisionId(found.pk), now=desk.now)
    except (Refused, Conflict) as refusal:
        return stale(request, desk, code, refusal)
    return redirect(address("rehearsal", found.code))


@duty("view_law")
@require_GET
def rehearsal(request: SignedIn, code: str) -> HttpResponse:
    """测算结果."""
    return _page(request, code)


@duty("approve_law")
@require_POST
def approve(request: SignedIn, code: str) -> HttpResponse:
    """批准."""
    desk, found = found_by(request, code)
    if not request.POST.get("seen"):
        return _page(request, code, error=NOT_SEEN, status=400)
    try:
        law.approve_revision(
            actor=request.actor, revision_id=RevisionId(found.pk), rehearsal_id=_seen(request), now=desk.now
        )
    except (Refused, Conflict) as refusal:
        return stale(request, desk, code, refusal)
    return redirect(address("revision", found.code, done="approved"))


def _seen(request: SignedIn) -> RehearsalId:
    """Which rehearsal stood on the page that was read; 0 where the address does not say."""
    said = request.GET.get("rehearsal", "")
    return RehearsalId(int(said) if said.isascii() and said.isdigit() else 0)


def _page(request: SignedIn, code: str, *, error: str = "", status: int = 200) -> HttpResponse:
    desk, found = found_by(request, code)
    if found.rehearsal_id is None:
        raise NotHere(f"revision {found.pk} was not rehearsed")
    stored = entitlements.rehearsal_of(found.rehearsal_id)
    page = pages.rehearsal_page(desk, found, stored, error=error)
    notice = Notice(error, "bad", blocks=True) if error else None
    frame = frame_of(desk, "revisions", law_at, notice=notice)
    return render(request, "bureau/rehearsal.html", {"frame": frame, "page": page}, status=status)
