"""The security officer: duties found, given, taken away."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yiyang.accounts import selectors
from yiyang.accounts.services import granting
from yiyang.accounts.services.staff import NoSuchAccount
from yiyang.base.scoping import PREFIX_LENGTHS
from yiyang.engine.errors import Missing, Refused
from yiyang.faces.keeper.forms_accounts import Find, Grant
from yiyang.faces.keeper.presenting import duties as pages
from yiyang.faces.keeper.presenting.desk import address, frame_of
from yiyang.faces.keeper.showing_accounts import FormOnlyPage
from yiyang.faces.shared.access import SignedIn, duty
from yiyang.faces.shared.fields import FormView
from yiyang.faces.shared.showing import Link, Notice
from yiyang.regions import selectors as regions

SAID = {
    "given": Notice("已经授予，对方再点一下就生效（要重新登录）。"),
    "taken": Notice("已经收回，对方再点一下就生效。做过的事都还在。"),
}


@duty("keep_duties")
@require_GET
def duties(request: SignedIn) -> HttpResponse:
    """职责."""
    now, form = timezone.localtime(), Find(request.GET)
    words = form.cleaned_data["q"].strip() if form.is_valid() else ""
    page = pages.duties_page(request.actor, form, words, on=now.date())
    frame = frame_of(request.actor, "duties", now=now, notice=SAID.get(request.GET.get("said", "")))
    return render(request, "keeper/duties.html", {"frame": frame, "page": page})


@duty("keep_duties")
@require_http_methods(["GET", "POST"])
def give(request: SignedIn) -> HttpResponse:
    """授一项职责：先选地方，再填人和期限."""
    now, actor = timezone.localtime(), request.actor
    prefix = _place(request)
    form = Grant(request.POST) if request.method == "POST" else Grant.blank(_login(request), now.date())
    if form.is_valid():
        typed = form.cleaned_data
        try:
            granting.give_duty(
                actor=actor,
                login=typed["login"].strip(),
                duty=typed["duty"],
                prefix=prefix,
                since=typed["since"],
                until=typed["until"],
                now=now,
            )
        except (Refused, NoSuchAccount) as refusal:
            form.add_error("login" if isinstance(refusal, NoSuchAccount) else None, refusal.message)
        else:
            return redirect(address("duties", said="given"))
    page = pages.grant_page(actor, form, prefix, _login(request), on=now.date())
    frame = frame_of(actor, "duties", now=now)
    status = 400 if form.errors else 200
    return render(request, "keeper/grant.html", {"frame": frame, "page": page}, status=status)


@duty("keep_duties")
@require_http_methods(["GET", "POST"])
def take(request: SignedIn, duty_id: int) -> HttpResponse:
    """收回一项职责；先看清楚再按."""
    now, actor = timezone.localtime(), request.actor
    if request.method == "POST":
        granting.take_duty(actor=actor, duty_id=duty_id, now=now)
        return redirect(address("duties", said="taken"))
    found = next(
        (one for one in selectors.running_under(actor.prefix, on=now.date()) if one.pk == duty_id), None
    )
    if found is None:
        raise Missing(f"no running duty {duty_id} in {actor.prefix}", message="没有这项职责，或者已经结束")
    page = FormOnlyPage(
        f"收回{found.user.name}的职责",
        f"今天起失效：{pages.title_of(found)}，到 {found.until} 止。正在用的登录会结束，做过的事都还在。",
        FormView(request.path, "收回", (), Link("不收回", address("duties"))),
    )
    frame = frame_of(actor, "duties", now=now)
    return render(request, "keeper/form.html", {"frame": frame, "page": page})


def _place(request: SignedIn) -> str:
    """The place in the address, if it is one in the officer's branch; else the branch itself."""
    wanted = request.GET.get("place", "")
    if not wanted.startswith(request.actor.prefix) or len(wanted) not in PREFIX_LENGTHS:
        return request.actor.prefix
    try:
        regions.place(wanted, on=timezone.localdate())
    except regions.NoSuchPlace:
        return request.actor.prefix
    return wanted


def _login(request: SignedIn) -> str:
    return request.GET.get("login", "")[:64]
