from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yiyang.base.ids import RevisionId
from yiyang.engine.errors import Conflict, HouseError, Refused
from yiyang.faces.bureau.forms import Schedule, Withdraw
from yiyang.faces.bureau.presenting import revisions as pages
from yiyang.faces.bureau.presenting.desk import Desk, address, code_of, desk_of, frame_of
from yiyang.faces.shared.access import SignedIn, duty
from yiyang.faces.shared.showing import Notice
from yiyang.policies import selectors as policies
from yiyang.policies import services as law

if TYPE_CHECKING:
    from yiyang.policies.models import Revision

DONE = {
    "drafted": Notice("草稿已存。", "ok", "还不影响任何人。下一步：测算。"),
    "edited": Notice("草稿已改。", "ok", "以前的测算不再算数，请重新测算。"),
    "approved": Notice("已批准。", "ok", "下一步：填文号和日期，排期。"),
    "scheduled": Notice("已排期。", "ok", "到日自动生效，以前的认定不动。"),
    "withdrawn": Notice("已撤回。", "ok", "稿件和理由永远保留。"),
}


@duty("view_law")
@require_GET
def revisions(request: SignedIn) -> HttpResponse:
    """修订."""
    desk = desk_of(request.actor, "", now=timezone.localtime())
    found = list(policies.revisions_in(request.actor.prefix)[: pages.MOST])
    page = pages.revisions_page(desk, found)
    notice = DONE.get(request.GET.get("done", ""))
    frame = frame_of(desk, "revisions", law_at, notice=notice)
    return render(request, "bureau/revisions.html", {"frame": frame, "page": page})


@duty("view_law")
@require_GET
def revision(request: SignedIn, code: str) -> HttpResponse:
    """一份修订稿."""
    desk, found = found_by(request, code)
    return revision_page(request, desk, found, notice=DONE.get(request.GET.get("done", "")))


@duty("propose_law", "approve_law")
@require_POST
def schedule(request: SignedIn, code: str) -> HttpResponse:
    """排期."""
    desk, found = found_by(request, code)
    form = Schedule(request.POST)
    if not form.is_valid():
        return revision_page(request, desk, found, forms=pages.Forms(schedule=form), status=400)
    try:
        law.schedule_revision(
            actor=request.actor,
            revision_id=RevisionId(found.pk),
            document_number=form.cleaned_data["document_number"],
            document_on=form.cleaned_data["document_on"],
            now=desk.now,
        )
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return revision_page(request, desk, found, forms=pages.Forms(schedule=form), status=422)
    except Conflict as conflict:
        return stale(request, desk, code, conflict)
    return redirect(address("revision", found.code, done="scheduled"))


@duty("propose_law", "approve_law")
@require_POST
def withdraw(request: SignedIn, code: str) -> HttpResponse:
    """撤回."""
    desk, found = found_by(request, code)
    form = Withdraw(request.POST)
    if not form.is_valid():
        return revision_page(request, desk, found, forms=pages.Forms(withdraw=form), status=400)
    try:
        law.withdraw_revision(
            actor=request.actor, revision_id=RevisionId(found.pk), why=form.cleaned_data["why"], now=desk.now
        )
    except Refused as refusal:
        form.add_error("why", refusal.message)
        return revision_page(request, desk, found, forms=pages.Forms(withdraw=form), status=422)
    except Conflict as conflict:
        return stale(request, desk, code, conflict)
    return redirect(address("revision", found.code, done="withdrawn"))


def found_by(request: SignedIn, code: str) -> tuple[Desk, Revision]:
    """The desk and the draft.

    Raises:
        NotHere, NoSuchRevision: absent, or somebody else's draft: the two look alike.
    """
    desk = desk_of(request.actor, "", now=timezone.localtime())
    found = policies.revision_of(code_of(code))
    pages.check_visible(request.actor, found)
    return desk, found


def revision_page(
    request: SignedIn,
    desk: Desk,
    found: Revision,
    *,
    forms: pages.Forms | None = None,
    notice: Notice | None = None,
    status: int = 200,
) -> HttpResponse:
    frame = frame_of(desk, "revisions", law_at, notice=notice)
    page = pages.revision_page(desk, found, forms or pages.Forms())
    return render(request, "bureau/revision.html", {"frame": frame, "page": page}, status=status)


def stale(request: SignedIn, desk: Desk, code: str, error: HouseError) -> HttpResponse:
    """Somebody was faster: the page as it is now, with what did not happen."""
    again = policies.revision_of(code_of(code))
    notice = Notice(f"没有办成：{error.message}", "bad", "下面是现在的样子。", blocks=True)
    return revision_page(request, desk, again, notice=notice, status=error.status)


def law_at(prefix: str) -> str:
    return address("law", place=prefix)
