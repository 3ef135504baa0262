from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yiyang.engine.ruling.parameters import Cite
from yiyang.faces.bureau.forms import LawFilters
from yiyang.faces.bureau.presenting import definitions as words
from yiyang.faces.bureau.presenting import law as law_pages
from yiyang.faces.bureau.presenting.desk import Desk, NotHere, address, desk_of, frame_of
from yiyang.faces.shared.access import SignedIn, duty
from yiyang.policies import browsing
from yiyang.policies import selectors as policies


def _asked(request: SignedIn) -> tuple[Desk, LawFilters, date]:
    """The desk, the filters as typed, and the day; a day that cannot be read is said at its field."""
    desk = desk_of(request.actor, request.GET.get("place", ""), now=timezone.localtime())
    form = LawFilters({**request.GET.dict(), "place": desk.prefix})
    on = form.cleaned_data["on"] if form.is_valid() else None
    return desk, form, on or desk.today


@duty("view_law")
@require_GET
def law(request: SignedIn) -> HttpResponse:
    """政策."""
    desk, form, on = _asked(request)
    typed = form.cleaned_data.get("q", "").strip()
    page = law_pages.law_page(law_pages.reading_of(desk, on), form, typed)
    frame = frame_of(desk, "law", lambda prefix: address("law", place=prefix, q=typed))
    status = 400 if form.errors else 200
    return render(request, "bureau/law.html", {"frame": frame, "page": page}, status=status)


@duty("view_law")
@require_GET
def benefit(request: SignedIn, name: str) -> HttpResponse:
    """一项待遇."""
    desk, form, on = _asked(request)
    found = browsing.provisions(on).get(name)
    if found is None:
        raise NotHere(f"no result {name} on {on}")
    page = law_pages.benefit_page(law_pages.reading_of(desk, on), found, form)
    frame = frame_of(desk, "law", lambda prefix: address("law_benefit", name, place=prefix))
    status = 400 if form.errors else 200
    return render(request, "bureau/law_benefit.html", {"frame": frame, "page": page}, status=status)


@duty("view_law")
@require_GET
def clause(request: SignedIn, doc: str, clause: str) -> HttpResponse:
    """一条依据."""
    desk = desk_of(request.actor, "", now=timezone.localtime())
    said = policies.clause_of(doc, clause)
    if said is None:
        raise NotHere(f"no clause {clause} of {doc}")
    page = law_pages.clause_page(law_pages.reading_of(desk, desk.today), Cite(doc, clause), said)
    frame = frame_of(desk, "law", lambda prefix: address("law", place=prefix))
    return render(request, "bureau/clause.html", {"frame": frame, "page": page})


@duty("view_figures", "view_law")
@require_GET
def definitions(request: SignedIn) -> HttpResponse:
    """口径."""
    desk = desk_of(request.actor, request.GET.get("place", ""), now=timezone.localtime())
    frame = frame_of(desk, "definitions", lambda prefix: address("definitions", place=prefix))
    page = words.definitions_page(desk)
    return render(request, "bureau/definitions.html", {"frame": frame, "page": page})
