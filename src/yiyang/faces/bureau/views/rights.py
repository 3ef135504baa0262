from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yiyang.base.ids import PersonId
from yiyang.base.log import audit
from yiyang.engine.errors import Conflict, Refused
from yiyang.faces.bureau.presenting import rights as pages
from yiyang.faces.bureau.presenting.desk import Desk, address, code_of, desk_of, frame_of
from yiyang.faces.bureau.presenting.rights import AnswerRight, NoteRight
from yiyang.faces.shared.access import SignedIn, duty
from yiyang.faces.shared.showing import Notice
from yiyang.people import selectors as people
from yiyang.people.choices import Asker, RightChannel, RightKind
from yiyang.people.services import rights as services
from yiyang.people.services.rights import Wish
from yiyang.policies import selectors as policies

if TYPE_CHECKING:
    from yiyang.people.models import Person, RightsCase

SAID = {
    "answered": Notice("答复已送出。", "ok", "本人在“我的资料”里能看到；打电话、到窗口来的，请告诉他。"),
    "noted": Notice("已登记。", "ok", "期限从今天算起。"),
}


@duty("answer_rights")
@require_GET
def rights(request: SignedIn) -> HttpResponse:
    """资料事项."""
    desk = desk_of(request.actor, "", now=timezone.localtime())
    waiting = list(people.rights_cases_in(request.actor.scope, open_only=True))
    closed = list(people.rights_cases_in(request.actor.scope, open_only=False)[: pages.MOST_ANSWERED])
    notice = SAID.get(request.GET.get("done", ""))
    frame = frame_of(desk, "rights", _people_at, notice=notice)
    page = pages.rights_page(desk, waiting, closed)
    audit.record(
        actor=request.actor,
        action="listed_people",
        now=desk.now,
        division=desk.place.division,
        face="g",
        purpose="办理资料事项",
        request_id=getattr(request, "request_id", None),
        detail={"rows": len(page.waiting) + len(page.answered)},
    )
    return render(request, "bureau/rights.html", {"frame": frame, "page": page})


@duty("answer_rights")
@require_http_methods(["GET", "POST"])
def right(request: SignedIn, code: str) -> HttpResponse:
    """答复资料事项."""
    desk = desk_of(request.actor, "", now=timezone.localtime())
    found = people.rights_case(code_of(code))
    if request.method == "GET":
        _note_reading(request, desk, found.person)
        return _page(request, desk, found, None)
    form = AnswerRight(request.POST)
    if not form.is_valid():
        return _page(request, desk, found, form, status=400)
    try:
        _send(request, desk, found, form)
    except Refused as refusal:
        form.add_error("words", refusal.message)
        return _page(request, desk, found, form, status=422)
    except Conflict as conflict:
        note = Notice(
            f"没有送出：{conflict.message}", "bad", f"您写的：{form.cleaned_data['words']}", blocks=True
        )
        return _page(request, desk, people.rights_case(code_of(code)), None, status=409, notice=note)
    return redirect(address("rights", done="answered"))


def _send(request: SignedIn, desk: Desk, found: RightsCase, form: AnswerRight) -> None:
    said = form.cleaned_data
    if said["outcome"] == "done":
        services.answer(actor=request.actor, case_id=found.pk, words=said["words"], now=desk.now)
    else:
        services.refuse(
            actor=request.actor, case_id=found.pk, words=said["words"], clause=said["clause"], now=desk.now
        )


@duty("answer_rights")
@require_http_methods(["GET", "POST"])
def right_new(request: SignedIn, code: str) -> HttpResponse:
    """替老人登记资料事项."""
    desk = desk_of(request.actor, "", now=timezone.localtime())
    person = people.person_of(code_of(code))
    frame = frame_of(desk, "rights", _people_at)
    if request.method == "GET":
        _note_reading(request, desk, person)
        return render(
            request, "bureau/right_new.html", {"frame": frame, "page": pages.note_page(desk, person, None)}
        )
    form = NoteRight(request.POST)
    status = 400
    if form.is_valid():
        said = form.cleaned_data
        wish = Wish(
            RightKind(said["kind"]),
            RightChannel(said["channel"]),
            Asker(said["asker"]),
            said["about"] if said["kind"] == RightKind.WITHDRAW else "",
            said["words"],
        )
        days = policies.number("rights_answer_workdays", int(person.division[:6]), desk.today)
        try:
            services.ask(
                actor=request.actor, person_id=PersonId(person.pk), wish=wish, workdays=days, now=desk.now
            )
            return redirect(address("rights", done="noted"))
        except Refused as refusal:
            form.add_error("asker" if "本人" in refusal.message else "about", refusal.message)
            status = 422
    page = pages.note_page(desk, person, form)
    return render(request, "bureau/right_new.html", {"frame": frame, "page": page}, status=status)


def _page(
    request: SignedIn,
    desk: Desk,
    found: RightsCase,
    form: AnswerRight | None,
    *,
    status: int = 200,
    notice: Notice | None = None,
) -> HttpResponse:
    frame = frame_of(desk, "rights", _people_at, notice=notice)
    page = pages.right_page(desk, found, form)
    return render(request, "bureau/right.html", {"frame": frame, "page": page}, status=status)


def _people_at(prefix: str) -> str:
    return address("people", place=prefix)


def _note_reading(request: SignedIn, desk: Desk, found: Person) -> None:
    audit.record(
        actor=request.actor,
        action="read_person",
        now=desk.now,
        subject=("person", found.pk),
        division=found.division,
        face="g",
        purpose="办理资料事项",
        request_id=getattr(request, "request_id", None),
        fields=("rights",),
    )
