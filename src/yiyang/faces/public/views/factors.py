"""After the password: the second factor, a first one where there is none, a password of one's own."""

from __future__ import annotations

import io

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yiyang.accounts import totp
from yiyang.accounts.services import entering, factors
from yiyang.accounts.services import staff as accounts
from yiyang.base.log import audit
from yiyang.engine.errors import Refused
from yiyang.faces.public import passkeys, pending
from yiyang.faces.public.forms import Again, FirstCode, NewPassword, SecondFactor
from yiyang.faces.public.pending import DOOR, Pending
from yiyang.faces.public.showing import CodesPage, EnrolPage, FactorPage
from yiyang.faces.public.views.door import local_path
from yiyang.faces.shared import callers, proving
from yiyang.faces.shared.access import SignedIn, public, staff
from yiyang.faces.shared.fields import form_view
from yiyang.faces.shared.showing import Link

FACTOR = ("第二步：验证是您本人", "密码已经对了。再证明一次，别人拿到密码也进不来。")
AGAIN = ("请再证明一次是您本人", "接下来要做的事，五分钟内证明过才能做。")
PASSWORD = ("请先改密码", "现在用的是初始密码，或者密码已经用了太久。改好以后才能进入。")
WRONG = 400


@public
@require_http_methods(["GET", "POST"])
def factor(request: HttpRequest) -> HttpResponse:
    """第二步验证."""
    now = timezone.localtime()
    found = pending.of(request, now=now)
    if found is None:
        return redirect("public:sign_in")
    if request.method == "GET":
        return _factor_page(request, found, SecondFactor())
    form = SecondFactor(request.POST)
    if not form.is_valid():
        return _factor_page(request, found, form, WRONG)
    proof = passkeys.proof_of(request, form.cleaned_data["code"], form.cleaned_data["passkey"])
    try:
        entering.check_factor(
            user_id=found.account, login=found.login, proof=proof, ip=callers.address_of(request), now=now
        )
    except Refused as refusal:
        audit.record(
            actor=DOOR,
            action="sign_in_failed",
            now=now,
            face="public",
            subject=("user", found.user_id),
            reason=refusal.code,
        )
        form.add_error("code", refusal.message)
        return _factor_page(request, found, form, _status(refusal))
    return pending.next_step(request, pending.proved(request, found), now=now)


def _factor_page(request: HttpRequest, found: Pending, form: SecondFactor, status: int = 200) -> HttpResponse:
    page = FactorPage(
        *FACTOR,
        passkeys.form_of(form, action=request.path, verb="验证"),
        passkeys.box_to_show(request, found.account),
        "手机和备用码都不在了，请本单位系统管理员重设。",
    )
    return render(request, "public/factor.html", {"page": page}, status=status)


@public
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """第一次登录：装好验证器."""
    now = timezone.localtime()
    found = pending.of(request, now=now)
    if found is None or found.proved:
        return redirect("public:sign_in")
    if pending.has_factor(found):
        return redirect("public:factor")  # one that is set up is proved, not replaced
    form = FirstCode(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            codes = factors.confirm_totp(user_id=found.account, code=form.cleaned_data["code"], now=now)
        except Refused as refusal:
            form.add_error("code", refusal.message)
        else:
            pending.proved(request, found)
            audit.record(
                actor=DOOR, action="factor_added", now=now, face="public", subject=("user", found.user_id)
            )
            page = CodesPage(tuple(codes), Link("我记好了，继续", reverse("public:onward")))
            return render(request, "public/codes.html", {"page": page})
    key = factors.waiting_secret(user_id=found.account, now=now)
    enrolment = EnrolPage(
        found.login,
        reverse("public:enrol_picture"),
        totp.grouped(key),
        form_view(form, action=request.path, verb="装好了"),
    )
    status = WRONG if form.errors else 200
    return render(request, "public/enrol.html", {"page": enrolment}, status=status)


@public
@require_GET
def enrol_picture(request: HttpRequest) -> HttpResponse:
    """The square picture, as a file of its own: the page allows no picture inside itself."""
    now = timezone.localtime()
    found = pending.of(request, now=now)
    if found is None or found.proved or pending.has_factor(found):
        return redirect("public:sign_in")
    return picture(factors.waiting_secret(user_id=found.account, now=now), found.login)


def picture(key: str, login: str) -> HttpResponse:
    """A QR code of the address an app reads; black on white whatever the theme."""
    drawn = io.BytesIO()
    code = segno.make(totp.address(key, login), error="m", micro=False)
    code.save(drawn, kind="svg", scale=6, border=4, light="#fff")
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "no-store"})


@public
@require_GET
def onward(request: HttpRequest) -> HttpResponse:
    """After the recovery codes: what is still missing, or in."""
    now = timezone.localtime()
    found = pending.of(request, now=now)
    if found is None:
        return redirect("public:sign_in")
    return pending.next_step(request, found, now=now)


@public
@require_http_methods(["GET", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    """初始密码或过期的密码，改了才进."""
    now = timezone.localtime()
    found = pending.of(request, now=now)
    if found is None or not found.proved:
        return redirect("public:sign_in")
    form = NewPassword(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            accounts.change_password(user_id=found.account, password=form.cleaned_data["password"], now=now)
        except Refused as refusal:
            form.add_error("password", refusal.message)
        else:
            audit.record(
                actor=DOOR, action="password_changed", now=now, face="public", subject=("user", found.user_id)
            )
            return pending.next_step(request, found, now=now)
    page = FactorPage(*PASSWORD, form_view(form, action=request.path, verb="改密码"))
    return render(request, "public/factor.html", {"page": page}, status=WRONG if form.errors else 200)


@staff
@require_http_methods(["GET", "POST"])
def again(request: SignedIn) -> HttpResponse:
    """再证明一次是您本人：密码加第二步验证."""
    now, user_id = timezone.localtime(), request.actor.account
    if request.method == "GET":
        return _again_page(request, Again(initial={"next": request.GET.get("next", "")}))
    form = Again(request.POST)
    if not form.is_valid():
        return _again_page(request, form, WRONG)
    typed = form.cleaned_data
    try:
        entering.check_both(
            user_id=user_id,
            password=typed["password"],
            proof=passkeys.proof_of(request, typed["code"], typed["passkey"]),
            ip=callers.address_of(request),
            now=now,
        )
    except Refused as refusal:
        audit.record(actor=request.actor, action="proof_failed", now=now, face="public", reason=refusal.code)
        form.add_error(None, f"没有通过：{refusal.message}。")
        return _again_page(request, form, _status(refusal))
    proving.remember_proof(request, now=now)
    audit.record(actor=request.actor, action="proved_again", now=now, face="public")
    return redirect(local_path(request, typed["next"]) or reverse("public:devices"))


def _again_page(request: SignedIn, form: Again, status: int = 200) -> HttpResponse:
    page = FactorPage(
        *AGAIN,
        passkeys.form_of(form, action=request.path, verb="验证"),
        passkeys.box_to_show(request, request.actor.account),
        "用通行密钥时，先填密码再按。",
    )
    return render(request, "public/factor.html", {"page": page}, status=status)


def _status(refusal: Refused) -> int:
    return refusal.status if refusal.status == 429 else WRONG
