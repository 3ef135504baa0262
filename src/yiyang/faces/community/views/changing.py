"""A move, a death, a stay: one person, one form each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yiyang.base.ids import PersonId
from yiyang.engine.errors import Conflict, HouseError, Missing, Refused
from yiyang.faces.community import presenting
from yiyang.faces.community.forms_registry import BeginStay, EndStay, MoveAway, ReportDeath
from yiyang.faces.community.reading import note_reading
from yiyang.faces.community.showing import FormPage
from yiyang.faces.shared.access import SignedIn, duty
from yiyang.faces.shared.fields import form_view
from yiyang.faces.shared.showing import Event, Link
from yiyang.people import selectors as people
from yiyang.people import services as registry
from yiyang.people.choices import Source, StayKind
from yiyang.people.selectors import one_record
from yiyang.regions import selectors as regions

if TYPE_CHECKING:
    from yiyang.people.models import Person

MOVE = "在您的范围内马上迁过去；搬到外面的，要对方街道或民政部门接收以后才迁。"
DEATH = "记下听说的情况。钱和档案都不动，走访先停；要有第二个来源核实，才登记去世。"
STAY = "住院期间不上门，出院以后接着办。住养老机构会记进已知情况，该不该发的补贴会重新认定。"
CITY_DIGITS = 4


@duty("move_people")
@require_http_methods(["GET", "POST"])
def move(request: SignedIn, code: UUID) -> HttpResponse:
    """登记搬家."""
    person = people.person_of(code)
    form = MoveAway(request.POST or None)
    page = Page(request, person, form, "登记搬家", MOVE, "登记")
    if not form.is_valid():
        return page.draw()
    to = _place(form, on=timezone.localdate(), near=person.division[:CITY_DIGITS])
    if not to:
        return page.draw()

    def act() -> str:
        asked = registry.ask_to_move(
            actor=request.actor,
            person_id=PersonId(person.pk),
            to=to,
            why=form.cleaned_data["why"],
            now=timezone.localtime(),
        )
        return "moved" if asked is None else "move_asked"

    return page.done(act)


def _place(form: MoveAway, *, on: date, near: str) -> str:
    """The code of the place written; "" with a sentence at the field where there is none, or several."""
    text = form.cleaned_data["to"].strip()
    found = regions.places_called(text, within=near, on=on)
    if len(found) == 1:
        return found[0].division
    if not found:
        form.add_error("to", "没有这个社区。写全名，或写 12 位代码；外市的请写代码")
        return ""
    above = regions.names_of({one.parent or "" for one in found}, on=on)
    some = "、".join(f"{above.get(one.parent or '', '')}{one.name}（{one.division}）" for one in found[:4])
    form.add_error("to", f"有 {len(found)} 处：{some}。请写其中一个的代码")
    return ""


@duty("report_deaths")
@require_http_methods(["GET", "POST"])
def death(request: SignedIn, code: UUID) -> HttpResponse:
    """报去世."""
    person = people.person_of(code)
    form = ReportDeath(request.POST or None)
    page = Page(request, person, form, "报告去世", DEATH, "报告", _said(person))
    if not form.is_valid():
        return page.draw()
    word = registry.DeathWord(
        person_id=PersonId(person.pk),
        source=Source(form.cleaned_data["source"]),
        died_on=form.cleaned_data["died_on"],
        note=form.cleaned_data["note"],
    )

    def act() -> str:
        registry.report_death(actor=request.actor, word=word, now=timezone.localtime())
        return "death_reported"

    return page.done(act)


def _said(person: Person) -> tuple[Event, ...]:
    """Who has said so already."""
    return tuple(
        Event(f"{one.reported_at:%m-%d}", f"{one.get_source_display()}说已去世", one.get_state_display())
        for one in one_record.reports_waiting(PersonId(person.pk))
    )


@duty("record_stays")
@require_http_methods(["GET", "POST"])
def stay(request: SignedIn, code: UUID) -> HttpResponse:
    """登记住院或住养老机构."""
    person = people.person_of(code)
    form = BeginStay(request.POST or None)
    page = Page(request, person, form, "登记住院、住机构", STAY, "登记", _stayed(person))
    if not form.is_valid():
        return page.draw()
    data = form.cleaned_data
    admission = registry.Admission(
        person_id=PersonId(person.pk),
        kind=StayKind(data["kind"]),
        since=data["since"],
        until=data["until"],
        place=data["place"],
        source=Source(data["source"]),
    )

    def act() -> str:
        registry.begin_stay(actor=request.actor, admission=admission, now=timezone.localtime())
        return "stay"

    return page.done(act)


def _stayed(person: Person) -> tuple[Event, ...]:
    return tuple(
        Event(
            f"{one.since:%Y-%m-%d}",
            f"{one.get_kind_display()}：{one.place}",
            f"{one.until:%Y-%m-%d} 离开" if one.until else "还在住",
        )
        for one in one_record.stays_of(PersonId(person.pk))
    )


@duty("record_stays")
@require_http_methods(["GET", "POST"])
def stay_end(request: SignedIn, code: UUID) -> HttpResponse:
    """登记出院或离开机构."""
    found = one_record.stay_of(code)
    person = people.person(PersonId(found.person_id))
    form = EndStay(request.POST or None)
    lead = f"{found.get_kind_display()}：{found.place}，{found.since:%Y-%m-%d} 起。"
    page = Page(request, person, form, "登记离开", lead, "登记")
    if not form.is_valid():
        return page.draw()

    def act() -> str:
        registry.end_stay(actor=request.actor, stay_id=found.pk, until=form.day(), now=timezone.localtime())
        return "stay_ended"

    return page.done(act)


class Page:
    """One form about one person: drawn until it is right, then back to her."""

    def __init__(
        self,
        request: SignedIn,
        person: Person,
        form: forms.Form,
        heading: str,
        lead: str,
        verb: str,
        history: tuple[Event, ...] = (),
    ) -> None:
        self.request, self.person, self.form = request, person, form
        self.heading, self.lead, self.verb, self.history = heading, lead, verb, history
        self.back = reverse("community:lead", kwargs={"code": person.code})

    def draw(self, status: int | None = None) -> HttpResponse:
        now = timezone.localtime()
        note_reading(self.request, self.person, now)
        on = now.date()
        who = f"{self.person.name}，{presenting.sex_age(self.person, on)}。"
        view = form_view(
            self.form, action=self.request.path, verb=self.verb, cancel=Link("不登记了", self.back)
        )
        page = FormPage(self.heading, who + self.lead, view, history=self.history)
        frame = presenting.frame(self.request.actor, "名单", on=on)
        code = status or (400 if self.form.errors else 200)
        return render(self.request, "community/registry.html", {"frame": frame, "page": page}, status=code)

    def done(self, act: Callable[[], str]) -> HttpResponse:
        """Do it; a refusal stands above the form with what was typed."""
        try:
            said = act()
        except (Refused, Conflict, Missing) as refusal:
            return self._refused(refusal)
        return redirect(f"{self.back}?said={said}")

    def _refused(self, refusal: HouseError) -> HttpResponse:
        self.form.add_error(None, refusal.message)
        return self.draw(refusal.status)
