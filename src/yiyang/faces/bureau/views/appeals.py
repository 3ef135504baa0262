from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yiyang.base.log import audit
from yiyang.engine.errors import Conflict, Refused
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.choices import AppealState
from yiyang.entitlements.services import asking
from yiyang.faces.bureau.forms import AnswerAppeal
from yiyang.faces.bureau.presenting import appeals as pages
from yiyang.faces.bureau.presenting.desk import Desk, address, code_of, desk_of, frame_of
from yiyang.faces.shared.access import SignedIn, duty
from yiyang.faces.shared.showing import Link, Notice

if TYPE_CHECKING:
    from yiyang.entitlements.models import Appeal

DONE = Notice("答复已送出。", "ok", "本人在“我的补贴”里能看到；也会请社区告诉本人。")


@duty("answer_appeals", "view_people")
@require_GET
def appeals(request: SignedIn) -> HttpResponse:
    """申诉."""
    desk = desk_of(request.actor, "", now=timezone.localtime())
    answered = entitlements.appeals_in(desk.prefix, waiting=False).order_by("-answered_at", "-pk")
    page = pages.appeals_page(desk, list(answered[: pages.MOST_ANSWERED]))
    audit.record(
        actor=request.actor,
        action="listed_people",
        now=desk.now,
        division=desk.place.division,
        face="g",
        detail={"view": "appeals", "rows": len(page.waiting) + len(page.answered)},
    )
    notice = DONE if request.GET.get("done") else None
    frame = frame_of(desk, "appeals", _people_at, notice=notice)
    return render(request, "bureau/appeals.html", {"frame": frame, "page": page})


@duty("answer_appeals", "view_people")
@require_http_methods(["GET", "POST"])
def appeal(request: SignedIn, code: str) -> HttpResponse:
    """答复申诉."""
    desk = desk_of(request.actor, "", now=timezone.localtime())
    found = entitlements.appeal_of(code_of(code))
    if request.method == "GET":
        _note_reading(request, desk, found)
        return _page(request, desk, found, None)
    form = AnswerAppeal(request.POST)
    if not form.is_valid():
        return _page(request, desk, found, form, status=400)
    try:
        asking.answer_appeal(
            actor=request.actor,
            appeal_id=found.pk,
            state=AppealState(form.cleaned_data["outcome"]),
            answer=form.cleaned_data["words"],
            now=desk.now,
        )
    except Refused as refusal:
        form.add_error("words", refusal.message)
        return _page(request, desk, found, form, status=422)
    except Conflict as conflict:
        again = entitlements.appeal_of(code_of(code))
        return _page(request, desk, again, None, status=409, notice=_lost(conflict, form))
    return redirect(address("appeals", done="answered"))


def _lost(conflict: Conflict, form: AnswerAppeal) -> Notice:
    """A colleague was faster: nothing was sent, and what was typed is not lost."""
    return Notice(
        f"没有送出：{conflict.message}",
        "bad",
        f"您写的：{form.cleaned_data['words']}",
        action=Link("看全部申诉", address("appeals")),
        blocks=True,
    )


def _page(
    request: SignedIn,
    desk: Desk,
    found: Appeal,
    form: AnswerAppeal | None,
    *,
    status: int = 200,
    notice: Notice | None = None,
) -> HttpResponse:
    frame = frame_of(desk, "appeals", _people_at, notice=notice)
    page = pages.appeal_page(desk, found, form)
    return render(request, "bureau/appeal.html", {"frame": frame, "page": page}, status=status)


def _people_at(prefix: str) -> str:
    return address("people", place=prefix)


def _note_reading(request: SignedIn, desk: Desk, found: Appeal) -> None:
    audit.record(
        actor=request.actor,
        action="read_person",
        now=desk.now,
        subject=("person", found.person_id),
        division=found.person.division,
        face="g",
        purpose="办理申诉",
        request_id=getattr(request, "request_id", None),
        fields=("appeal", "answers"),
    )
