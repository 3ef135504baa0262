"""One household: why, how to reach, what came of it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yiyang.base.ids import PersonId
from yiyang.base.log import audit
from yiyang.engine.errors import Refused
from yiyang.entitlements import selectors as entitlements
from yiyang.faces.community import presenting
from yiyang.faces.community.forms import NOTES, RecordAttempt
from yiyang.faces.community.presenting_person import Looked, lead_page
from yiyang.faces.community.reading import note_reading
from yiyang.faces.community.showing import FormPage
from yiyang.faces.shared import revealing
from yiyang.faces.shared.access import SignedIn, duty
from yiyang.faces.shared.fields import form_view, with_notes
from yiyang.faces.shared.showing import Link, Notice
from yiyang.outreach import selectors as leads
from yiyang.outreach import services as outreach
from yiyang.outreach.choices import Channel, Outcome
from yiyang.outreach.services import Attempt
from yiyang.people import selectors as people

SAID = {
    "taken": Notice("这户归您办了。电话和住址已经给您看，打电话和上门都请记下来。"),
    "spoken": Notice("替她记下了，和她自己办的一样。已经告诉她。"),
    "noted": Notice("已经记下这次联系。"),
    "applied": Notice("已经记下：办了。本人提的请求也了结了，名单会等发放结果。"),
    "registered": Notice("登记好了。全市再查一遍重复，查到了由民政部门核对。"),
    "moved": Notice("迁过去了。没办完的事已经交给新的社区。"),
    "move_asked": Notice("已经请对方接收。对方接收以前，这户还在您这里。", "info"),
    "death_reported": Notice("报告已经记下，待核实。钱和档案都没有动，走访先停。", "info"),
    "stay": Notice("已经记下。"),
    "stay_ended": Notice("已经记下离开的日期。"),
    "abandoned": Notice("评估已放弃，不算数。可以重新开始。", "info"),
    "died": Notice(
        "已经记下听说的情况。钱和档案都没有动：要有第二个来源（医院、公安或殡葬）核实，才会登记去世。", "info"
    ),
}


@duty("take_leads")
@require_GET
def lead(request: SignedIn, code: UUID) -> HttpResponse:
    """一个人：为什么找她，怎么联系，能享受什么."""
    now = timezone.localtime()
    looked = _look(request, code)
    frame = presenting.frame(request.actor, "名单", on=now.date())
    page = lead_page(looked, SAID.get(request.GET.get("said", "")))
    for action in ("read_person", *(["phone_shown"] if looked.shown else [])):
        audit.record(
            actor=request.actor,
            action=action,
            now=now,
            subject=("person", looked.person.pk),
            division=looked.person.division,
            face="w",
            fields=looked.shown,
            request_id=getattr(request, "request_id", None),
        )
    return render(request, "community/lead.html", {"frame": frame, "page": page})


@duty("take_leads")
@require_http_methods(["GET", "POST"])
def attempt(request: SignedIn, code: UUID) -> HttpResponse:
    """记一次联系."""
    now = timezone.localtime()
    looked = _look(request, code)
    if request.method == "GET":
        return _attempt_page(request, looked, RecordAttempt(today=now.date()))
    form = RecordAttempt(request.POST, today=now.date())
    if not form.is_valid():
        return _attempt_page(request, looked, form, status=400)
    outcome = Outcome(form.cleaned_data["outcome"])
    tried = Attempt(
        request_key=form.cleaned_data["request_key"],
        person_id=PersonId(looked.person.pk),
        channel=Channel(form.cleaned_data["channel"]),
        outcome=outcome,
        note=form.cleaned_data["note"],
        again_on=form.cleaned_data["again_on"],
    )
    try:
        outreach.record_attempt(actor=request.actor, attempt=tried, now=now)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _attempt_page(request, looked, form, status=refusal.status)
    said = {Outcome.APPLIED: "applied", Outcome.DIED: "died"}.get(outcome, "noted")
    return redirect(f"{reverse('community:lead', kwargs={'code': code})}?said={said}")


def _look(request: SignedIn, code: UUID) -> Looked:
    person = people.person_of(code)
    household = next(iter(leads.households([person.pk])), None)
    return Looked(person, household, request.actor, timezone.localtime())


def _attempt_page(
    request: SignedIn, looked: Looked, form: RecordAttempt, *, status: int = 200
) -> HttpResponse:
    person, on = looked.person, looked.now.date()
    back = reverse("community:lead", kwargs={"code": person.code})
    about = entitlements.calls_about([person.pk]).get(person.pk, "")
    lines = presenting.lead_lines(looked.household, on, about) if looked.household else ()
    view = form_view(form, action=request.path, verb="记下来", cancel=Link("不记了", back))
    page = FormPage(
        "记一次联系",
        f"{person.name}，{presenting.sex_age(person, on)}。{'；'.join(line.text for line in lines)}",
        with_notes(view, NOTES),
    )
    note_reading(request, person, looked.now)
    frame = presenting.frame(request.actor, "名单", on=on)
    return render(request, "community/attempt.html", {"frame": frame, "page": page}, status=status)


@duty("take_leads", "view_names")
@require_http_methods(["GET", "POST"])
def reveal(request: SignedIn, code: UUID, field: str) -> HttpResponse:
    """查看一项：写明为什么，看 60 秒."""
    now = timezone.localtime()
    wanted, found = revealing.field_of(field), people.person_of(code)
    return revealing.answer(
        request,
        found,
        wanted,
        name=found.name,
        frame=presenting.frame(request.actor, "名单", on=now.date()),
        back=reverse("community:lead", kwargs={"code": found.code}),
        template="community/reveal.html",
        now=now,
    )
