"""What the person may ask for: a call, a second look, and to have either stopped by one tap."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.choices import CALL_BACK, CallAbout
from yiyang.entitlements.services import asking
from yiyang.faces.elder import presenting, words
from yiyang.faces.elder.forms import DisagreeForm
from yiyang.faces.elder.showing.asking import GROUNDS, CallbackPage, words_to_send
from yiyang.faces.elder.views.framing import own_of, show
from yiyang.faces.shared.access import SignedIn, older_person


@older_person
@require_http_methods(["GET", "HEAD", "POST"])
def help_with(request: SignedIn, benefit: str) -> HttpResponse:
    """帮我办."""
    now = timezone.localtime()
    if request.method == "POST":
        return _ask(request, benefit, "")
    mine = own_of(request, now)
    page = presenting.call_page(mine, benefit, back=reverse("elder:subsidies"))
    return show(request, "help", page)


@older_person
@require_http_methods(["GET", "HEAD", "POST"])
def callback(request: SignedIn) -> HttpResponse:
    """找人帮忙: first what about, then who calls and when."""
    about = request.GET.get("about", "")
    if about not in words.CALLS:
        return show(request, "callback", CallbackPage())
    benefit = presenting.VISIT if about == "visit" else CALL_BACK
    if request.method == "POST":
        return _ask(request, benefit, about)
    mine = own_of(request, timezone.localtime())
    page = presenting.call_page(mine, benefit, back=reverse("elder:callback"), about=about)
    return show(request, "help", page)


def _ask(request: SignedIn, benefit: str, about: str) -> HttpResponse:
    asked = asking.ask_for_help(
        actor=request.actor,
        person_id=request.person_id,
        benefit=benefit,
        about=CallAbout(about.upper()) if about else None,
        now=timezone.localtime(),
    )
    return redirect("elder:asked", asked.code)


@older_person
@require_http_methods(["GET", "HEAD", "POST"])
def disagree(request: SignedIn, benefit: str) -> HttpResponse:
    """我不同意: one tap what about, then who answers and until when; own words are welcome, not asked for."""
    now = timezone.localtime()
    if request.method == "POST":
        return _send(request, benefit)
    mine = own_of(request, now)
    matter = request.GET.get("matter", "")
    if matter not in words.DISAGREEMENTS:
        return show(request, "disagree", presenting.disagree_page(mine, benefit))
    page = presenting.disagree_confirm_page(mine, benefit, matter, now=now)
    return show(request, "disagree_confirm", page)


def _send(request: SignedIn, benefit: str) -> HttpResponse:
    form, now = DisagreeForm(request.POST), timezone.localtime()
    matter = request.POST.get("matter", "")
    if matter not in words.DISAGREEMENTS:
        return redirect("elder:disagree", benefit)
    if not form.is_valid():
        page = presenting.disagree_confirm_page(
            own_of(request, now),
            benefit,
            matter,
            now=now,
            own_words=request.POST.get("words", ""),
            fault=form.fault(),
        )
        return show(request, "disagree_confirm", page, status=400)
    by_phone = form.cleaned_data["by"] == "phone" or matter == "unclear"
    sent = asking.disagree(
        actor=request.actor,
        person_id=request.person_id,
        benefit=benefit,
        ground=GROUNDS[matter],
        own_words=words_to_send(form.cleaned_data["words"], matter=matter, by_phone=by_phone),
        now=now,
    )
    kept = urlencode({"matter": matter, "by": "phone" if by_phone else "page"})
    return redirect(f"{reverse('elder:sent', args=[sent.code])}?{kept}")


@older_person
@require_POST
def undo(request: SignedIn, code: UUID) -> HttpResponse:
    """One tap stops a call or takes a disagreement back.

    Raises:
        NoSuchAppeal: neither of the two, or somebody else's.
    """
    now = timezone.localtime()
    try:
        application = entitlements.application_of(code)
    except entitlements.NoSuchApplication:
        asking.withdraw_appeal(actor=request.actor, appeal=entitlements.appeal_of(code), now=now)
        return redirect(f"{reverse('elder:cases')}?said=appeal")
    asking.withdraw_application(actor=request.actor, application=application, now=now)
    return redirect(f"{reverse('elder:cases')}?said=call")
