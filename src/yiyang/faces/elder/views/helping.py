"""Asking somebody to act for her, in four pages and with a code; stopping it, in one tap."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yiyang.accounts.choices import MandateRight, MandateWay
from yiyang.accounts.guards import check_herself
from yiyang.accounts.services import CodeWrong
from yiyang.base.keys import sealing
from yiyang.base.keys.sealing import Sealed
from yiyang.engine.errors import HouseError, Refused
from yiyang.faces.elder import faults, presenting, sending
from yiyang.faces.elder.forms import CodeForm, PhoneForm
from yiyang.faces.elder.showing.helping import (
    CALLED,
    SAID,
    HelperCodePage,
    HelperConfirmPage,
    HelperPhonePage,
    HelperWhoPage,
)
from yiyang.faces.elder.views.framing import own_of, show
from yiyang.faces.shared import callers
from yiyang.faces.shared.access import SignedIn, older_person
from yiyang.faces.shared.texts import phone_tail
from yiyang.people import selectors as registry
from yiyang.people import services as people
from yiyang.people.services import Helper

KEPT, PLACE = "elder_helper", "session.helper"
DAYS = 365
RIGHTS = {"all": frozenset(MandateRight.values), "read": frozenset({MandateRight.READ.value})}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was said on the pages before: sealed in the session and in each form, so that neither is lost."""

    person: int
    phone: str
    called: str = ""
    rights: str = "all"

    def sealed(self) -> str:
        return str(sealing.seal(PLACE, 0, json.dumps(asdict(self))))


@older_person
@require_safe
def helpers(request: SignedIn) -> HttpResponse:
    """谁可以替我办事."""
    check_herself(request.actor, request.person_id)
    mine = own_of(request, timezone.localtime())
    page = presenting.helpers_page(mine, said=SAID.get(request.GET.get("said", ""), ""))
    return show(request, "helpers", page)


@older_person
@require_POST
def stop(request: SignedIn, code: UUID) -> HttpResponse:
    """停: from the next request on nothing can be done for her any more."""
    check_herself(request.actor, request.person_id)
    people.end_mandate(actor=request.actor, code=code, now=timezone.localtime())
    return redirect(f"{reverse('elder:helpers')}?said=stopped")


@older_person
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedIn) -> HttpResponse:
    """那个人的手机号."""
    check_herself(request.actor, request.person_id)
    if request.method != "POST":
        return show(request, "helper_phone", HelperPhonePage())
    form, typed = PhoneForm(request.POST), request.POST.get("phone", "")
    fault = form.fault()
    if not fault and form.cleaned_data["phone"] == _own_phone(request):
        fault = "这是您自己的号码。请写那个人的。"
    if fault:
        return show(request, "helper_phone", HelperPhonePage(typed, fault), status=400)
    request.session[KEPT] = Wanted(int(request.person_id), form.cleaned_data["phone"]).sealed()
    return redirect("elder:helper_who")


@older_person
@require_http_methods(["GET", "HEAD", "POST"])
def add_who(request: SignedIn) -> HttpResponse:
    """那个人是您的谁."""
    wanted = _wanted(request)
    if wanted is None:
        return redirect("elder:helper_add")
    called = CALLED.get(request.POST.get("called", ""))
    if called is None:
        return show(request, "helper_who", HelperWhoPage(wanted.sealed()))
    request.session[KEPT] = Wanted(wanted.person, wanted.phone, called).sealed()
    return redirect("elder:helper_confirm")


@older_person
@require_http_methods(["GET", "HEAD", "POST"])
def add_confirm(request: SignedIn) -> HttpResponse:
    """请他替您办事？ Yes sends the digits to her own phone."""
    wanted, now = _wanted(request), timezone.localtime()
    if wanted is None or not wanted.called:
        return redirect("elder:helper_add")
    if request.method != "POST":
        return _confirm_page(request, wanted, now.date())
    rights = request.POST.get("rights", "")
    wanted = Wanted(wanted.person, wanted.phone, wanted.called, rights if rights in RIGHTS else "read")
    try:
        block = callers.block_of(request)
        people.send_mandate_code(actor=request.actor, person_id=request.person_id, block=block, now=now)
    except Refused as refusal:
        return _confirm_page(request, wanted, now.date(), refusal)
    request.session[KEPT] = wanted.sealed()
    return redirect("elder:helper_code")


def _confirm_page(
    request: SignedIn, wanted: Wanted, today: date, refusal: HouseError | None = None
) -> HttpResponse:
    page = HelperConfirmPage(
        wanted.sealed(),
        wanted.called,
        phone_tail(wanted.phone),
        today + timedelta(days=DAYS),
        phone_tail(_own_phone(request)),
        f"{refusal.message}。" if refusal else "",
    )
    return show(request, "helper_confirm", page, status=refusal.status if refusal else 200)


@older_person
@require_http_methods(["GET", "HEAD", "POST"])
def add_code(request: SignedIn) -> HttpResponse:
    """短信里的 6 个数字: they make it true."""
    wanted = _wanted(request)
    if wanted is None or not wanted.called:
        return redirect("elder:helper_add")
    if request.method != "POST":
        return _code_page(request, wanted)
    form, now = CodeForm(request.POST), timezone.localtime()
    if fault := form.fault():
        return _code_page(request, wanted, fault, 400)
    helper = Helper(
        wanted.phone, wanted.called, RIGHTS[wanted.rights], now.date() + timedelta(days=DAYS), MandateWay.CODE
    )
    try:
        people.give_mandate_by_code(
            actor=request.actor,
            person_id=request.person_id,
            helper=helper,
            code=form.cleaned_data["code"],
            now=now,
        )
    except CodeWrong:
        return _code_page(request, wanted, faults.WRONG_CODE, 400)
    except Refused as refusal:
        return _code_page(request, wanted, f"{refusal.message}。", refusal.status)
    request.session.pop(KEPT, None)
    return redirect(f"{reverse('elder:helpers')}?said=given")


def _code_page(request: SignedIn, wanted: Wanted, fault: str = "", status: int = 200) -> HttpResponse:
    page = HelperCodePage(
        wanted.sealed(),
        wanted.called,
        phone_tail(_own_phone(request)),
        request.POST.get("code", ""),
        fault,
        sending.hint(),
    )
    return show(request, "helper_code", page, status=status)


def _own_phone(request: SignedIn) -> str:
    return registry.phone_of(registry.person(request.person_id))


def _wanted(request: SignedIn) -> Wanted | None:
    """From the form, which outlives the session, else from the session; never somebody else's."""
    check_herself(request.actor, request.person_id)
    kept = request.POST.get("kept") or request.session.get(KEPT, "")
    try:
        wanted = Wanted(**json.loads(sealing.unseal(PLACE, 0, Sealed(kept))))
    except (HouseError, TypeError, ValueError):
        return None
    return wanted if wanted.person == request.person_id and wanted.rights in RIGHTS else None
