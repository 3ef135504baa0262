from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yiyang.base.ids import RevisionId
from yiyang.engine.errors import Conflict, Refused
from yiyang.faces.bureau.forms import NumberForm, Propose
from yiyang.faces.bureau.law_showing import FormPage
from yiyang.faces.bureau.presenting import proposing as pages
from yiyang.faces.bureau.presenting.desk import Desk, NotHere, address, desk_of, frame_of
from yiyang.faces.bureau.presenting.numbers import unit_of
from yiyang.faces.bureau.views.revisions import found_by, law_at, stale
from yiyang.faces.shared.access import SignedIn, duty
from yiyang.policies import selectors as policies
from yiyang.policies import services as law
from yiyang.policies.services import Proposal


@duty("propose_law")
@require_http_methods(["GET", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """起草修订."""
    desk = desk_of(request.actor, "", now=timezone.localtime())
    key = request.POST.get("key", "") or request.GET.get("key", "")
    if not key:
        return _render(request, desk, pages.choose_page(desk, request.GET.get("benefit", "")))
    if policies.unit_of(key) is None:
        raise NotHere(f"no number {key}")
    places = pages.place_choices(desk)
    place = _place(request, places, desk)
    stands = policies.law_on(desk.today)
    clauses = pages.clause_choices(desk, pages.rows_of(desk, key, place, stands))
    posted = request.POST if request.method == "POST" else None
    form = Propose(posted, unit=unit_of(key), places=places, clauses=clauses,
                   initial=pages.initial_of(desk, key, place, stands))  # fmt: skip
    if posted is None:
        return _render(request, desk, pages.propose_page(desk, key, place, form))
    if form.is_valid():
        pages.check_bounds(form, key)
    if not form.is_valid():
        return _render(request, desk, pages.propose_page(desk, key, place, form), status=400)
    return _propose(request, desk, key, place, form)


def _propose(request: SignedIn, desk: Desk, key: str, place: int, form: Propose) -> HttpResponse:
    doc, _, clause = form.cleaned_data["clause"].partition("|")
    proposal = Proposal(
        key=key,
        place=int(form.cleaned_data["place"]),
        since=form.cleaned_data["since"],
        value=form.cleaned_data["value"],
        merge=form.cleaned_data["merge"],
        doc=doc,
        clause=clause,
        why=form.cleaned_data["why"].strip(),
    )
    try:
        made = law.propose_revision(actor=request.actor, proposal=proposal, now=desk.now)
    except (Refused, Conflict) as refusal:
        pages.put_refusal(form, refusal)
        page = pages.propose_page(desk, key, place, form)
        return _render(request, desk, page, status=refusal.status)
    return redirect(address("revision", made.code, done="drafted"))


def _place(request: SignedIn, places: list[tuple[str, str]], desk: Desk) -> int:
    """The place asked for if it is among the own ones, else the branch itself."""
    asked = request.POST.get("place", "") or request.GET.get("place", "")
    return int(asked) if asked in dict(places) else desk.county


@duty("propose_law")
@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, code: str) -> HttpResponse:
    """改草稿."""
    desk, found = found_by(request, code)
    posted = request.POST if request.method == "POST" else None
    form = NumberForm(posted, unit=found.unit, initial=pages.initial_edit(found))
    if posted is None:
        return _render(request, desk, pages.edit_page(desk, found, form))
    if form.is_valid():
        pages.check_bounds(form, found.key)
    if not form.is_valid():
        return _render(request, desk, pages.edit_page(desk, found, form), status=400)
    try:
        law.edit_revision(
            actor=request.actor,
            revision_id=RevisionId(found.pk),
            since=form.cleaned_data["since"],
            value=form.cleaned_data["value"],
            why=form.cleaned_data["why"].strip(),
            now=desk.now,
        )
    except Refused as refusal:
        pages.put_refusal(form, refusal)
        return _render(request, desk, pages.edit_page(desk, found, form), status=422)
    except Conflict as conflict:
        return stale(request, desk, code, conflict)
    return redirect(address("revision", found.code, done="edited"))


def _render(request: SignedIn, desk: Desk, page: FormPage, *, status: int = 200) -> HttpResponse:
    frame = frame_of(desk, "revisions", law_at)
    return render(request, "bureau/revision_new.html", {"frame": frame, "page": page}, status=status)
