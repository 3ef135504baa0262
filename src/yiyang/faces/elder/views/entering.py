"""Coming in by a code sent to the phone, choosing who one is, and leaving."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiyang.accounts import services as accounts
from yiyang.accounts.backends import StaffPassword
from yiyang.base.actors import Actor, ActorKind
from yiyang.base.ids import UserId
from yiyang.base.keys import sealing
from yiyang.base.keys.sealing import Sealed
from yiyang.engine.errors import Refused
from yiyang.faces.elder import faults, presenting, sending
from yiyang.faces.elder.forms import CodeForm, PhoneForm
from yiyang.faces.elder.showing.entering import ASKED_AGAIN, SignInCodePage, SignInPage, WhoPage
from yiyang.faces.elder.showing.frames import PlainPage
from yiyang.faces.elder.views.framing import own_of, own_path, show
from yiyang.faces.shared import callers, drafts, sessions
from yiyang.faces.shared.access import GO_ON, SignedIn, entered, public
from yiyang.faces.shared.texts import phone_tail
from yiyang.notices import channels
from yiyang.notices import services as notices
from yiyang.notices.choices import Channel
from yiyang.notices.guards import check_can_send
from yiyang.notices.services import Address
from yiyang.people import services as people
from yiyang.people.services.entering import phone_index

ASKED, WHO = "elder_asked", "elder_who"
KEPT = "session.phone"
AGAIN = {"again": Channel.SMS, "voice": Channel.VOICE}


@dataclass(frozen=True, slots=True)
class Asked:
    """Kept in the session between phone and code: the number only sealed, to send to it once more."""

    index: str
    sealed: str
    tail: str
    accounts: list[int]
    onward: str


def _actor(request: HttpRequest) -> Actor | None:
    found: Actor | None = getattr(request, "actor", None)
    return found


@public
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """您的手机号是多少."""
    actor = _actor(request)
    if actor is not None and actor.kind is ActorKind.PERSON:
        return redirect("elder:home")
    if request.method != "POST":
        return show(request, "sign_in", _first_page(request.GET.get("next", "")))
    if actor is not None:
        # An official at the same browser: their session ends here, the same form is sent once more.
        request.session.clear()
        return redirect(request.get_full_path(), preserve_request=True)
    return _ask_for_code(request)


def _first_page(onward: str) -> SignInPage:
    return SignInPage(why=ASKED_AGAIN if onward == GO_ON else "", onward=onward)


def _ask_for_code(request: HttpRequest) -> HttpResponse:
    form, onward, now = PhoneForm(request.POST), request.POST.get("onward", ""), timezone.localtime()
    typed = request.POST.get("phone", "")
    if not form.is_valid():
        return show(request, "sign_in", SignInPage(typed, form.fault(), onward=onward), status=400)
    phone = form.cleaned_data["phone"]
    known = people.accounts_of_phone(phone)
    sealed = str(sealing.seal(KEPT, 0, phone))
    asked = Asked(phone_index(phone).hex(), sealed, phone_tail(phone), [int(one) for one in known], onward)
    try:
        _send(request, asked, Channel.SMS, now)
    except Refused as refusal:
        page = SignInPage(typed, f"{refusal.message}。", onward=onward)
        return show(request, "sign_in", page, status=refusal.status)
    # An unknown number is answered in the same words: who lives here is nobody's business.
    request.session[ASKED] = asdict(asked)
    return redirect("elder:sign_in_code")


def _send(request: HttpRequest, asked: Asked, channel: Channel, now: datetime) -> None:
    phone = sealing.unseal(KEPT, 0, Sealed(asked.sealed))
    check_can_send(channel, phone)
    notices.send_code(
        to=Address(phone),
        index=bytes.fromhex(asked.index),
        known=bool(asked.accounts),
        channel=channel,
        block=callers.block_of(request),
        now=now,
    )


@public
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """短信里的 6 个数字."""
    kept = request.session.get(ASKED)
    if kept is None or _actor(request) is not None:
        return redirect("elder:sign_in")
    asked = Asked(**kept)
    if request.method != "POST":
        called = request.GET.get("by") == "voice"
        return show(request, "sign_in_code", _code_page(asked, called=called))
    if (by := request.POST.get("by", "")) in AGAIN:
        return _send_again(request, asked, AGAIN[by])
    form = CodeForm(request.POST)
    fault, status = form.fault(), 400
    if not fault:
        try:
            accounts.use_code(
                phone_bidx=bytes.fromhex(asked.index),
                code=form.cleaned_data["code"],
                purpose="sign_in",
                now=timezone.localtime(),
            )
        except accounts.CodeWrong:
            fault = faults.WRONG_CODE
        except Refused as refusal:
            fault, status = f"{refusal.message}。", refusal.status
    if fault or not asked.accounts:
        page = _code_page(asked, value=request.POST.get("code", ""), fault=fault or faults.WRONG_CODE)
        return show(request, "sign_in_code", page, status=status)
    return _come_in(request, asked.accounts, asked.onward, shared=request.POST.get("phone") == "shared")


def _code_page(asked: Asked, *, value: str = "", fault: str = "", called: bool = False) -> SignInCodePage:
    return SignInCodePage(
        asked.tail,
        value,
        fault,
        sending.hint(),
        voice=channels.has_voice() and not called,
        called=called,
        onward=asked.onward,
    )


def _send_again(request: HttpRequest, asked: Asked, channel: Channel) -> HttpResponse:
    try:
        _send(request, asked, channel, timezone.localtime())
    except Refused as refusal:
        page = _code_page(asked, fault=f"{refusal.message}。")
        return show(request, "sign_in_code", page, status=refusal.status)
    called = "?by=voice" if channel is Channel.VOICE else ""
    return redirect(reverse("elder:sign_in_code") + called)


def _come_in(request: HttpRequest, people_of_phone: list[int], onward: str, *, shared: bool) -> HttpResponse:
    """Sign in the first; where several share the phone, the next page asks whether it is she."""
    user = StaffPassword().get_user(people_of_phone[0])
    if user is None:
        return redirect("elder:sign_in")
    sessions.begin(request, UserId(user.pk), now=timezone.localtime(), remembered=not shared)
    request.session.pop(ASKED, None)
    if shared:  # somebody else's phone forgets her when its browser is closed
        request.session.set_expiry(0)
    if len(people_of_phone) > 1:
        request.session[WHO] = {"people": people_of_phone, "onward": onward, "shared": shared}
        return redirect("elder:who")
    return redirect(own_path(request, onward))


@entered
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: SignedIn) -> HttpResponse:
    """您是哪一位: one name at a time, for each may see only her own record."""
    kept = request.session.get(WHO)
    if kept is None:
        return redirect("elder:home")
    if request.method != "POST":
        return show(request, "who", _who_page(request))
    if request.POST.get("answer") != "other":
        del request.session[WHO]
        return redirect(own_path(request, kept["onward"]))
    first, *rest = kept["people"]
    draft = request.session.get(drafts.KEPT)
    request.session.clear()
    if draft:
        request.session[drafts.KEPT] = draft
    request.session[WHO] = {**kept, "people": [*rest, first]}
    return redirect("elder:who_else")


def _who_page(request: SignedIn) -> WhoPage:
    """Family has no record here: it is asked whether it comes for somebody."""
    if request.actor.acting_for is None or request.actor.mandate is not None:
        return WhoPage("", "")
    return presenting.who_page(own_of(request, timezone.localtime()))


@public
@require_safe
def who_else(request: HttpRequest) -> HttpResponse:
    """The next of those who share the phone; the code has proved the phone already."""
    kept = request.session.get(WHO)
    if kept is None or _actor(request) is not None:
        return redirect("elder:home")
    return _come_in(request, kept["people"], kept["onward"], shared=kept["shared"])


@public
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """关好了: nothing of the person stays in this browser."""
    if request.method == "POST":
        # Emptied, not deleted: the role of this transaction may not touch sessions, the middleware may.
        request.session.clear()
        return redirect("elder:sign_out")
    return redirect("elder:home") if _actor(request) else show(request, "signed_out", PlainPage())
