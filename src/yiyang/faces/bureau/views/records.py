"""What waits about records: pairs, merges, deaths, moves; one act a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yiyang.base.ids import PersonId
from yiyang.base.log import audit
from yiyang.engine.errors import Conflict, Forbidden, HouseError, Refused
from yiyang.faces.bureau import forms_records as asked
from yiyang.faces.bureau.presenting import records as pages
from yiyang.faces.bureau.presenting.desk import Desk, address, code_of, desk_of, frame_of
from yiyang.faces.bureau.records_showing import MatterPage
from yiyang.faces.shared.access import SignedIn, duty
from yiyang.faces.shared.showing import Notice
from yiyang.people import services as registry
from yiyang.people.choices import DuplicateState, MergeState, ReportState, Source
from yiyang.people.selectors import one_record

if TYPE_CHECKING:
    from yiyang.people.models import Duplicate, Person

DONE = {
    "pair": Notice("记下了您的判断。"),
    "merged": Notice("合并好了。没办完的事归到留下的那份；合错了可以拆开。"),
    "proposed": Notice("两个身份证号：已经提出合并，等另一位同事确认。", "info"),
    "unmerged": Notice("拆开了。两份档案都回到合并以前。"),
    "withdrawn": Notice("没有合并，退回去再看。"),
    "died": Notice("登记了去世。待遇都已终止，名单里的事都已了结。"),
    "lives": Notice("核实本人健在。走访接着办。"),
    "corrected": Notice("更正好了。档案恢复，待遇重新认定。"),
    "received": Notice("接收了。几分钟内档案会迁过来。"),
    "refused": Notice("没有接收，已经退回。"),
}
Draw = Callable[[forms.Form | None, Notice | None], MatterPage]


@duty("decide_duplicates", "confirm_deaths")
@require_GET
def records(request: SignedIn) -> HttpResponse:
    """档案核对."""
    desk = _desk(request, request.GET.get("place", ""))
    audit.record(
        actor=request.actor,
        action="listed_people",
        now=desk.now,
        division=desk.place.division,
        face="g",
        request_id=getattr(request, "request_id", None),
        detail={"view": "records"},
    )
    frame = frame_of(
        desk,
        "records",
        lambda prefix: address("records", place=prefix),
        notice=DONE.get(request.GET.get("done", "")),
    )
    return render(request, "bureau/records.html", {"frame": frame, "page": pages.records_page(desk)})


@duty("decide_duplicates")
@require_http_methods(["GET", "POST"])
def pair(request: SignedIn, code: str) -> HttpResponse:
    """是不是同一个人."""
    desk, found = _desk(request), one_record.duplicate_of(code_of(code))
    draw: Draw = lambda form, notice: pages.pair_page(  # noqa: E731
        desk, one_record.duplicate_of(code_of(code)), _as(asked.JudgePair, form), notice
    )
    if request.method == "GET":
        return _read(request, desk, draw, found.a, found.b)
    form = asked.JudgePair(request.POST)
    if not form.is_valid():
        return _page(request, desk, draw(form, None), 400)
    return _acted(request, desk, draw, form, lambda: _judge(request, found, form))


def _judge(request: SignedIn, found: Duplicate, form: asked.JudgePair) -> str:
    answer, why, now = form.cleaned_data["answer"], form.cleaned_data["why"], timezone.localtime()
    if answer in (asked.KEEP_LEFT, asked.KEEP_RIGHT):
        left, right = PersonId(found.a_id), PersonId(found.b_id)
        kept, other = (left, right) if answer == asked.KEEP_LEFT else (right, left)
        merge = registry.merge_people(actor=request.actor, survivor_id=kept, other_id=other, why=why, now=now)
        return "merged" if merge.state == MergeState.DONE else "proposed"
    state = DuplicateState.DIFFERENT if answer == asked.DIFFERENT else DuplicateState.UNSURE
    registry.decide_duplicate(actor=request.actor, duplicate_id=found.pk, state=state, why=why, now=now)
    return "pair"


@duty("decide_duplicates")
@require_http_methods(["GET", "POST"])
def merge(request: SignedIn, code: str) -> HttpResponse:
    """确认合并，或拆开."""
    desk, found = _desk(request), one_record.merge_of(code_of(code))
    draw: Draw = lambda form, notice: pages.merge_page(  # noqa: E731
        desk, one_record.merge_of(code_of(code)), form, notice
    )
    if request.method == "GET":
        return _read(request, desk, draw, found.survivor, found.other)
    proposed = found.state == MergeState.PROPOSED
    form: forms.Form = asked.ConfirmMerge(request.POST) if proposed else asked.WithReason(request.POST)
    if not form.is_valid():
        return _page(request, desk, draw(form, None), 400)
    data, now = form.cleaned_data, desk.now

    def act() -> str:
        if not proposed:
            registry.unmerge_people(actor=request.actor, merge_id=found.pk, why=data["why"], now=now)
            return "unmerged"
        if data["answer"] == asked.YES:
            registry.confirm_merge(actor=request.actor, merge_id=found.pk, now=now)
            return "merged"
        registry.withdraw_merge(actor=request.actor, merge_id=found.pk, why=data["why"], now=now)
        return "withdrawn"

    return _acted(request, desk, draw, form, act)


@duty("confirm_deaths")
@require_http_methods(["GET", "POST"])
def death(request: SignedIn, code: str) -> HttpResponse:
    """核实去世，或更正登记错的去世."""
    desk, found = _desk(request), one_record.report_of(code_of(code))
    draw: Draw = lambda form, notice: pages.death_page(  # noqa: E731
        desk, one_record.report_of(code_of(code)), form, notice
    )
    if request.method == "GET":
        return _read(request, desk, draw, found.person)
    entered = found.state == ReportState.EFFECTIVE
    form: forms.Form = asked.WithReason(request.POST) if entered else asked.ConfirmDeath(request.POST)
    if not form.is_valid():
        return _page(request, desk, draw(form, None), 400)
    data, now = form.cleaned_data, desk.now

    def act() -> str:
        if entered:
            person_id = PersonId(found.person_id)
            registry.correct_death(actor=request.actor, person_id=person_id, why=data["why"], now=now)
            return "corrected"
        if data["answer"] == asked.NO:
            registry.refute_death(actor=request.actor, report_id=found.pk, why=data["why"], now=now)
            return "lives"
        registry.confirm_death(
            actor=request.actor,
            report_id=found.pk,
            source=Source(data["source"]),
            died_on=data["died_on"],
            why=data["why"],
            now=now,
        )
        return "died"

    return _acted(request, desk, draw, form, act)


@duty("move_people")
@require_http_methods(["GET", "POST"])
def move(request: SignedIn, code: str) -> HttpResponse:
    """接收迁入."""
    desk, found = _desk(request), one_record.move_of(code_of(code))
    draw: Draw = lambda form, notice: pages.move_page(  # noqa: E731
        desk, one_record.move_of(code_of(code)), form, notice
    )
    if request.method == "GET":
        return _page(request, desk, draw(None, None), 200)
    form = asked.ReceiveMove(request.POST)
    if not form.is_valid():
        return _page(request, desk, draw(form, None), 400)

    def act() -> str:
        receive = form.cleaned_data["answer"] == asked.YES
        registry.answer_move(
            actor=request.actor,
            move_id=found.pk,
            receive=receive,
            answer=form.cleaned_data["why"],
            now=desk.now,
        )
        return "received" if receive else "refused"

    return _acted(request, desk, draw, form, act)


def _as(kind: type[asked.JudgePair], form: forms.Form | None) -> asked.JudgePair | None:
    return form if isinstance(form, kind) else None


def _desk(request: SignedIn, place: str = "") -> Desk:
    return desk_of(request.actor, place, now=timezone.localtime())


def _acted(
    request: SignedIn, desk: Desk, draw: Draw, form: forms.Form, act: Callable[[], str]
) -> HttpResponse:
    """Do it; what stands in the way is said above the form, and what was typed is not lost."""
    try:
        return redirect(address("records", done=act()))
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _page(request, desk, draw(form, None), refusal.status)
    except (Conflict, Forbidden) as late:
        return _page(request, desk, draw(form, _lost(late)), late.status)


def _lost(late: HouseError) -> Notice:
    return Notice(f"没有办成：{late.message}", "bad", blocks=True)


def _read(request: SignedIn, desk: Desk, draw: Draw, *people: Person) -> HttpResponse:
    """Looking at somebody leaves a line about her."""
    for person in people:
        audit.record(
            actor=request.actor,
            action="read_person",
            now=desk.now,
            subject=("person", person.pk),
            division=person.division,
            face="g",
            purpose="核对档案",
            request_id=getattr(request, "request_id", None),
        )
    return _page(request, desk, draw(None, None), 200)


def _page(request: SignedIn, desk: Desk, page: MatterPage, status: int) -> HttpResponse:
    frame = frame_of(desk, "records", lambda prefix: address("records", place=prefix))
    return render(request, "bureau/matter.html", {"frame": frame, "page": page}, status=status)
