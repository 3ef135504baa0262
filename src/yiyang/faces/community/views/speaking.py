"""代办: an older person says what she wants, somebody in office brings it, and she is told of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yiyang.accounts.choices import MandateWay
from yiyang.base.ids import PersonId
from yiyang.engine.errors import Refused
from yiyang.entitlements.choices import AppealGround, Way
from yiyang.entitlements.services import asking
from yiyang.faces.community import presenting, presenting_speaking
from yiyang.faces.community.forms_speaking import NOTES, RIGHTS, AskFor, DisagreeFor, MandateFor
from yiyang.faces.community.reading import note_reading
from yiyang.faces.community.showing import FormPage, MandatesPage
from yiyang.faces.shared.access import SignedIn, duty
from yiyang.faces.shared.fields import form_view, with_notes
from yiyang.faces.shared.showing import Link, Notice
from yiyang.people import selectors as registry
from yiyang.people import services as people
from yiyang.people.services import Helper

if TYPE_CHECKING:
    from yiyang.people.models import Person

SAID = {
    "given": Notice("委托记下了。已经告诉老人和代办的人。"),
    "stopped": Notice("委托停了，马上起效。已经告诉老人。"),
}


@duty("take_leads")
@require_http_methods(["GET", "POST"])
def ask(request: SignedIn, code: UUID) -> HttpResponse:
    """替她请人帮忙."""
    person, now = registry.person_of(code), timezone.localtime()
    choices = presenting_speaking.to_ask_for(now.date())
    form = AskFor(request.POST if request.method == "POST" else None, benefits=choices)

    def act() -> None:
        asking.ask_for_help(
            actor=request.actor,
            person_id=PersonId(person.pk),
            benefit=form.cleaned_data["benefit"],
            way=Way(form.cleaned_data["way"]),
            now=now,
        )

    heading, lead = f"替{person.name}请人帮忙", "记到名单最上面，和她自己点“帮我办”一样。办完会告诉她。"
    return _form(request, person, form, act, FormPage(heading, lead, _view(request, form, person)), now)


@duty("take_leads")
@require_http_methods(["GET", "POST"])
def disagree(request: SignedIn, code: UUID) -> HttpResponse:
    """替她说不同意."""
    person, now = registry.person_of(code), timezone.localtime()
    choices = presenting_speaking.to_disagree_with(now.date())
    form = DisagreeFor(request.POST if request.method == "POST" else None, benefits=choices)

    def act() -> None:
        asking.disagree(
            actor=request.actor,
            person_id=PersonId(person.pk),
            benefit=form.cleaned_data["benefit"],
            ground=AppealGround(form.cleaned_data["ground"]),
            own_words=form.cleaned_data["words"],
            way=Way(form.cleaned_data["way"]),
            now=now,
        )

    heading, lead = f"替{person.name}说不同意", "由旗县区民政的人看，按规定的期限答复。记下后会告诉她。"
    return _form(request, person, form, act, FormPage(heading, lead, _view(request, form, person)), now)


def _form(
    request: SignedIn,
    person: Person,
    form: forms.Form,
    act: Callable[[], None],
    page: FormPage,
    now: datetime,
) -> HttpResponse:
    """One form: shown, shown again with what is wrong, or done."""
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                act()
                return redirect(f"{reverse('community:lead', kwargs={'code': person.code})}?said=spoken")
            except Refused as refusal:
                form.add_error(None, refusal.message)
                status = refusal.status
        page = FormPage(page.heading, page.lead, _view(request, form, person))
    note_reading(request, person, now)
    frame = presenting.frame(request.actor, "名单", on=now.date())
    return render(request, "community/speak.html", {"frame": frame, "page": page}, status=status)


def _view(request: SignedIn, form: forms.Form, person: Person) -> presenting_speaking.FormView:
    back = Link("不办了", reverse("community:lead", kwargs={"code": person.code}))
    return with_notes(form_view(form, action=request.path, verb="替她记下来", cancel=back), NOTES)


@duty("take_leads")
@require_http_methods(["GET", "POST"])
def mandates(request: SignedIn, code: UUID) -> HttpResponse:
    """谁可以替她办: those who may, and one more with two witnesses or a paper."""
    person, now = registry.person_of(code), timezone.localtime()
    form, status = MandateFor(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                _give(request, person, form, now)
                return redirect(f"{request.path}?said=given")
            except Refused as refusal:
                form.add_error(None, refusal.message)
                status = refusal.status
    page = MandatesPage(
        f"谁可以替{person.name}办",
        presenting_speaking.mandates_of(person, on=now.date()),
        with_notes(form_view(form, action=request.path, verb="记下这份委托"), NOTES),
        SAID.get(request.GET.get("said", "")),
        Link("回到这户", reverse("community:lead", kwargs={"code": person.code})),
    )
    note_reading(request, person, now)
    frame = presenting.frame(request.actor, "名单", on=now.date())
    return render(request, "community/mandates.html", {"frame": frame, "page": page}, status=status)


def _give(request: SignedIn, person: Person, form: MandateFor, now: datetime) -> None:
    said = form.cleaned_data
    helper = Helper(
        phone=said["phone"],
        called=said["called"],
        rights=RIGHTS[said["rights"]],
        ends_on=now.date() + timedelta(days=int(said["days"])),
        way=MandateWay(said["way"]),
        evidence=said["evidence"],
    )
    people.give_mandate(actor=request.actor, person_id=PersonId(person.pk), helper=helper, now=now)


@duty("take_leads")
@require_POST
def stop(request: SignedIn, code: UUID, mandate: UUID) -> HttpResponse:
    """她说停: at the window or by phone, with the same effect as her own tap."""
    people.end_mandate(actor=request.actor, code=mandate, now=timezone.localtime())
    return redirect(f"{reverse('community:mandates', kwargs={'code': code})}?said=stopped")
