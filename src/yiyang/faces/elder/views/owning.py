"""我的资料: who looked, what was agreed to, what she wants done about it. No mandate reaches it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yiyang.faces.elder import minding
from yiyang.faces.elder.views.framing import own_of, show
from yiyang.faces.shared.access import SignedIn, older_person
from yiyang.people import guards
from yiyang.people import selectors as people
from yiyang.people.choices import Purpose, RightChannel
from yiyang.people.services import rights
from yiyang.people.services.rights import Wish

SAID = {"given": "记下了，您同意", "back": "收回了，不再这样用"}


@older_person
@require_safe
def mine(request: SignedIn) -> HttpResponse:
    """我的资料."""
    guards.check_own_data(request.actor, request.person_id)
    own = own_of(request, timezone.localtime())
    return show(request, "mine", minding.mine_page(own.id))


@older_person
@require_safe
def looked(request: SignedIn) -> HttpResponse:
    """谁看过我的资料."""
    guards.check_own_data(request.actor, request.person_id)
    page = minding.looked_page(request.person_id)
    own_of(request, timezone.localtime())  # whoever reads this list stands in it the next time
    return show(request, "mine_looked", page)


@older_person
@require_safe
def consents(request: SignedIn) -> HttpResponse:
    """我同意过什么."""
    guards.check_own_data(request.actor, request.person_id)
    said = SAID.get(request.GET.get("said", ""), "")
    return show(request, "mine_consents", minding.consents_page(request.person_id, said))


@older_person
@require_POST
def consent(request: SignedIn, purpose: str, act: str) -> HttpResponse:
    """One tap agrees to a purpose or takes it back."""
    now, person_id = timezone.localtime(), request.person_id
    if purpose.upper() not in Purpose or act not in SAID:
        return redirect("elder:consents")
    wanted = Purpose(purpose.upper())
    if act == "back":
        rights.take_back_consent(actor=request.actor, person_id=person_id, purpose=wanted, now=now)
    else:
        rights.give_consent(
            actor=request.actor, person_id=person_id, purpose=wanted, channel=RightChannel.PAGE, now=now
        )
    return redirect(f"{reverse('elder:consents')}?said={act}")


@older_person
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedIn, kind: str) -> HttpResponse:
    """What she wants done: first who answers and until when, then it is sent."""
    guards.check_own_data(request.actor, request.person_id)
    if kind not in minding.WISHES:
        return redirect("elder:mine")
    now = timezone.localtime()
    own, wish = own_of(request, now), Wish(minding.WISHES[kind], words=request.POST.get("words", ""))
    if request.method != "POST":
        return show(request, "mine_ask", minding.ask_page(wish.kind, own.person, own.today))
    case = rights.ask(
        actor=request.actor,
        person_id=own.id,
        wish=wish,
        workdays=minding.workdays_for(own.person, own.today),
        now=now,
    )
    return redirect("elder:matter", case.code)


@older_person
@require_safe
def matter(request: SignedIn, code: UUID) -> HttpResponse:
    """Where it stands, and the answer."""
    guards.check_own_data(request.actor, request.person_id)
    return show(request, "mine_case", minding.matter(minding.case_of(request.person_id, code)))


@older_person
@require_POST
def stop(request: SignedIn, code: UUID) -> HttpResponse:
    """She does not want it any more."""
    case = minding.case_of(request.person_id, code)
    rights.withdraw(actor=request.actor, case_id=case.pk, now=timezone.localtime())
    return redirect("elder:matter", code)


@older_person
@require_safe
def copy(request: SignedIn, code: UUID) -> HttpResponse:
    """The copy: to read and print, or as a file."""
    guards.check_own_data(request.actor, request.person_id)
    case = minding.case_of(request.person_id, code)
    page = minding.copy_page(case)
    if request.GET.get("as") != "file":
        return show(request, "mine_copy", page)
    text = people.words_of_case(case, "file")
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer
