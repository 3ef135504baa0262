"""GB/T 42195-2022 on the phone: one item a screen, skipping is not nought, signed once."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yiyang.assessments import guards, services
from yiyang.assessments import selectors as assessments
from yiyang.assessments.choices import AssessmentReason, AssessmentState
from yiyang.assessments.guards import AlreadyOpen, StillUnanswered
from yiyang.base.ids import AssessmentId, PersonId
from yiyang.base.log import audit
from yiyang.engine.scoring import AbilitySigns
from yiyang.faces.community import presenting
from yiyang.faces.community import presenting_assessment as shown
from yiyang.faces.community.forms import REASON_NOTES, BeginAssessment, SignAssessment, Signs
from yiyang.faces.community.presenting_assessment import Running
from yiyang.faces.community.presenting_changes import changes_of, still_to_come
from yiyang.faces.community.showing import DonePage, FormPage, SignsPage
from yiyang.faces.shared.access import SignedIn, duty
from yiyang.faces.shared.fields import form_view, with_notes
from yiyang.faces.shared.showing import Fact, Link, Notice, Page, State
from yiyang.outreach import selectors as leads
from yiyang.people import selectors as people
from yiyang.regions import selectors as regions

CHOOSE = "选一个，或选“先跳过”"


@duty("assess")
@require_http_methods(["GET", "POST"])
def begin(request: SignedIn, code: UUID) -> HttpResponse:
    """开始评估，或接着做自己没做完的."""
    now = timezone.localtime()
    person = people.person_of(code)
    person_id = PersonId(person.pk)
    going_on = assessments.open_for(person_id)
    if going_on is not None:
        if going_on.assessor_id != request.actor.user_id:
            return _taken(request, code, shown.begun_words(going_on))
        return redirect(_next_open(shown.running(going_on)))
    if request.method == "GET":
        return _begin_page(request, code, None)
    form = BeginAssessment(request.POST)
    if not form.is_valid():
        return _begin_page(request, code, form)
    reason = AssessmentReason(form.cleaned_data["reason"])
    try:
        begun = services.open_assessment(actor=request.actor, person_id=person_id, reason=reason, now=now)
    except AlreadyOpen as conflict:
        return _taken(request, code, conflict.message)
    _audit(request, "assessment_begun", person.pk, person.division, consent=True)
    return redirect(shown.running(begun).href(1))


def _begin_page(request: SignedIn, code: UUID, form: BeginAssessment | None) -> HttpResponse:
    now = timezone.localtime()
    on = now.date()
    person = people.person_of(code)
    person_id = PersonId(person.pk)
    settled = list(assessments.history_of(person_id))
    history = shown.history_events(settled, on=on) or shown.known_level(person_id, now=now)
    valid = assessments.current(person_id, on=on)
    first = {"reason": AssessmentReason.FIRST.value} if not history else {}
    back = reverse("community:lead", kwargs={"code": code})
    view = form_view(
        form or BeginAssessment(initial=first),
        action=request.path,
        verb="开始第 1 题",
        cancel=Link("先不做", back),
    )
    said = f"现有结果 {shown.level_name(valid.level)}，" if valid and valid.level is not None else ""
    until = f"有效到 {valid.valid_until:%Y-%m-%d}" if valid and valid.valid_until else ""
    page = FormPage(
        f"给{person.name}做能力评估",
        "国家标准 GB/T 42195-2022，26 题，约 20 分钟。中途可以停，已答的都存着。",
        with_notes(view, REASON_NOTES),
        Notice(f"{said}{until}，全市认可。没有变化不用重评。", "info") if valid else None,
        history=history,
    )
    _audit(request, "read_person", person.pk, person.division)
    frame = presenting.frame(request.actor, "名单", on=on)
    status = 400 if form is not None else 200
    return render(request, "community/assess.html", {"frame": frame, "page": page}, status=status)


def _taken(request: SignedIn, code: UUID, sentence: str) -> HttpResponse:
    """Somebody else is at it: a sentence, and the way back."""
    back = Link("回这位老人", reverse("community:lead", kwargs={"code": code}))
    text = "请和他商量，或等他签字。签好后全市认可，不用再评一次。"
    page = Page("现在不能评估", State("failed", sentence, text, back))
    frame = presenting.frame(request.actor, "名单", on=timezone.localdate())
    return render(request, "shared/phone_state.html", {"frame": frame, "page": page}, status=409)


@duty("assess")
@require_http_methods(["GET", "POST"])
def item(request: SignedIn, code: UUID, n: int) -> HttpResponse:
    """一题一屏；跳过不是 0 分."""
    now = _mine(request, code)
    if not 1 <= n <= len(now.items):
        return redirect(now.page("review"))
    review = request.GET.get("back") == "review"
    asked = now.items[n - 1]
    if request.method == "GET":
        return _item_page(request, now, n)
    typed = request.POST.get("score")
    allowed = {"": None, **{f"{one.score}": one.score for one in asked.options}}
    if typed not in allowed:
        return _item_page(request, now, n, error=CHOOSE)
    services.answer_item(
        actor=request.actor,
        assessment_id=AssessmentId(now.assessment.pk),
        item=asked.code,
        score=allowed[typed],
    )
    if review:
        return redirect(now.page("review"))
    return redirect(now.href(n + 1) if n < len(now.items) else now.page("signs"))


def _item_page(request: SignedIn, now: Running, n: int, *, error: str = "") -> HttpResponse:
    on = timezone.localdate()
    review = request.GET.get("back") == "review"
    page = shown.item_page(now, n, on=on, skipped=False, review=review, error=error)
    frame = presenting.frame(request.actor, "名单", on=on)
    status = 400 if error else 200
    return render(request, "community/assess_item.html", {"frame": frame, "page": page}, status=status)


@duty("assess")
@require_http_methods(["GET", "POST"])
def signs(request: SignedIn, code: UUID) -> HttpResponse:
    """昏迷、确诊、近一个月出的事：和 26 题分开问."""
    now = _mine(request, code)
    if request.method == "GET":
        kept = now.assessment
        names = ("coma", "dementia", "mental_disorder", "risk_events")
        initial = {name: getattr(kept, name) for name in names} if kept.signs_answered else {}
        return _signs_page(request, now, Signs(initial=initial))
    form = Signs(request.POST)
    if not form.is_valid():
        return _signs_page(request, now, form, status=400)
    answers = form.cleaned_data
    services.answer_signs(
        actor=request.actor,
        assessment_id=AssessmentId(now.assessment.pk),
        signs=AbilitySigns(
            coma=answers["coma"],
            dementia=answers["dementia"],
            mental_disorder=answers["mental_disorder"],
            risk_events=answers["risk_events"],
        ),
    )
    return redirect(now.page("review"))


def _signs_page(request: SignedIn, now: Running, form: Signs, *, status: int = 200) -> HttpResponse:
    page = SignsPage(
        "特殊情况",
        "这几样和 26 题分开问。不打勾就是没有。有一样成立，等级可能加重一级；昏迷直接定级。",
        form_view(form, action=request.path, verb="看结果"),
        Link("上一题", now.href(len(now.items))),
    )
    frame = presenting.frame(request.actor, "名单", on=timezone.localdate())
    return render(request, "community/assess_signs.html", {"frame": frame, "page": page}, status=status)


@duty("assess")
@require_http_methods(["GET", "POST"])
def review(request: SignedIn, code: UUID) -> HttpResponse:
    """签字前再看一遍；签字后待遇马上重算."""
    if assessments.assessment_of(code).state == AssessmentState.SETTLED:
        return redirect("community:assess_done", code=code)  # signed twice by one impatient thumb
    now = _mine(request, code)
    if request.method == "GET":
        return _review_page(request, now, SignAssessment())
    form = SignAssessment(request.POST)
    if not form.is_valid():
        return _review_page(request, now, form, status=400)
    try:
        services.settle_assessment(
            actor=request.actor, assessment_id=AssessmentId(now.assessment.pk), now=timezone.localtime()
        )
    except StillUnanswered as refusal:
        form.add_error(None, refusal.message)
        return _review_page(request, now, form, status=refusal.status)
    return redirect(now.page("done"))


def _review_page(request: SignedIn, now: Running, form: SignAssessment, *, status: int = 200) -> HttpResponse:
    on = timezone.localdate()
    view = form_view(form, action=request.path, verb="签字，立即生效")
    page = shown.review_page(now, on=on, sign=view)
    frame = presenting.frame(request.actor, "名单", on=on)
    return render(request, "community/assess_review.html", {"frame": frame, "page": page}, status=status)


@duty("assess")
@require_POST
def abandon(request: SignedIn, code: UUID) -> HttpResponse:
    """放弃没做完的评估：不算数，别人可以重新开始."""
    now = _mine(request, code)
    services.abandon_assessment(
        actor=request.actor, assessment_id=AssessmentId(now.assessment.pk), now=timezone.localtime()
    )
    back = reverse("community:lead", kwargs={"code": now.person.code})
    return redirect(f"{back}?said=abandoned")


@duty("assess")
@require_GET
def done(request: SignedIn, code: UUID) -> HttpResponse:
    """评估改变了什么."""
    settled = assessments.assessment_of(code)
    now = shown.running(settled)
    if settled.state != AssessmentState.SETTLED or settled.level is None or settled.settled_at is None:
        return redirect(now.page("review"))
    on = timezone.localdate()
    changes = changes_of(settled, on=on)
    _audit(request, "read_person", now.person.pk, now.person.division)
    frame = presenting.frame(request.actor, "名单", on=on)
    page = DonePage(
        heading=f"{now.person.name}：{shown.level_name(settled.level)}",
        lead=_lead(now, changed=len(changes)),
        level=_level(now),
        facts=_done_facts(now),
        changes=changes,
        unchanged="其余待遇没有变化。" if changes else "",
        actions=_actions(now),
    )
    return render(request, "community/assess_done.html", {"frame": frame, "page": page})


def _lead(now: Running, *, changed: int) -> str:
    at = timezone.localtime(now.assessment.settled_at)
    head = f"已签字，{at:%m月%d日 %H:%M} 起生效。"
    if still_to_come(now.assessment, on=timezone.localdate()):
        return f"{head}待遇正在重算，过一会儿再看这一页。"
    return f"{head}{f'有 {changed} 项待遇变了，已经重算。' if changed else '待遇已经重算，没有变化。'}"


def _level(now: Running) -> str:
    one = now.assessment
    total = f"总分 {one.total}" if one.total is not None else "昏迷，没有总分"
    step = ""
    if one.initial_level is not None and one.initial_level != one.level:
        why = "、".join(shown.SIGNS[reason] for reason in one.adjusted_by)
        step = f"，初步 {shown.level_name(one.initial_level)}，因{why}加重一级"
    until = f"，有效到 {one.valid_until:%Y-%m-%d}" if one.valid_until else ""
    return f"{total}{step}。全市认可{until}。"


def _done_facts(now: Running) -> tuple[Fact, ...]:
    one, on = now.assessment, timezone.localdate()
    place = regions.names_of([one.division], on=on).get(one.division, one.division)
    return (Fact("原因", one.get_reason_display()), Fact("在哪里做的", place), *shown.sign_facts(one))


def _actions(now: Running) -> tuple[Link, ...]:
    person = reverse("community:lead", kwargs={"code": now.person.code})
    waiting = leads.leads_of(PersonId(now.person.pk)).count()
    text = f"接着办这 {waiting} 项" if waiting else "看这位老人"
    return (Link(text, person), Link("回名单", reverse("community:list")))


def _mine(request: SignedIn, code: UUID) -> Running:
    """The running assessment, if it is this person's own and still open.

    Raises:
        NoSuchAssessment, AlreadySettled, NotYourAssessment
    """
    found = assessments.assessment_of(code)
    guards.check_can_answer(request.actor, found)
    now = shown.running(found)
    if request.method == "GET":
        _audit(request, "read_person", now.person.pk, now.person.division)
    return now


def _next_open(now: Running) -> str:
    """Where to go on: the first open item, else the signs, else the last page."""
    if now.open_numbers:
        return now.href(now.open_numbers[0])
    return now.page("review" if now.assessment.signs_answered else "signs")


def _audit(request: SignedIn, action: str, person_id: int, division: str, **detail: object) -> None:
    audit.record(
        actor=request.actor,
        action=action,
        now=timezone.localtime(),
        subject=("person", person_id),
        division=division,
        face="w",
        request_id=getattr(request, "request_id", None),
        detail=detail,
    )
