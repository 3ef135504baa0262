from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yiyang.base.log import audit
from yiyang.faces.bureau.forms import AsKnown
from yiyang.faces.bureau.presenting.desk import address, code_of, desk_of, frame_of
from yiyang.faces.bureau.presenting.people import name_for
from yiyang.faces.bureau.presenting.person import person_page, then_of
from yiyang.faces.shared import revealing
from yiyang.faces.shared.access import SignedIn, duty
from yiyang.people import selectors as registry
from yiyang.regions import codes


@duty("view_people")
@require_GET
def person(request: SignedIn, code: str) -> HttpResponse:
    """档案."""
    now = timezone.localtime()
    found = registry.person_of(code_of(code))
    desk = desk_of(request.actor, codes.prefix_of(found.division), now=now)
    asked = "on" in request.GET
    form = AsKnown(request.GET if asked else None, born_on=found.born_on, today=now.date())
    on = form.cleaned_data["on"] if asked and form.is_valid() else None
    audit.record(
        actor=request.actor,
        action="read_person",
        now=now,
        subject=("person", found.pk),
        division=found.division,
        face="g",
        request_id=getattr(request, "request_id", None),
        fields=("facts", "answers"),
    )
    page = person_page(desk, found, then_of(on, now), form)
    frame = frame_of(desk, "people", lambda prefix: address("people", place=prefix))
    status = 400 if asked and form.errors else 200
    return render(request, "bureau/person.html", {"frame": frame, "page": page}, status=status)


@duty("view_people")
@require_http_methods(["GET", "POST"])
def reveal(request: SignedIn, code: str, field: str) -> HttpResponse:
    """查看一项：写明为什么，看 60 秒."""
    now = timezone.localtime()
    wanted, found = revealing.field_of(field), registry.person_of(code_of(code))
    desk = desk_of(request.actor, codes.prefix_of(found.division), now=now)
    return revealing.answer(
        request,
        found,
        wanted,
        name=name_for(request.actor, found),
        frame=frame_of(desk, "people", lambda prefix: address("people", place=prefix)),
        back=address("person", found.code),
        template="bureau/reveal.html",
        now=now,
    )
