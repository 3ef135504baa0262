"""One's own account: devices, password, app, passkeys, recovery codes."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yiyang.accounts import standing, totp
from yiyang.accounts.duties import DUTIES as DUTY_CLASSES
from yiyang.accounts.services import factors, sessions
from yiyang.accounts.services import staff as accounts
from yiyang.base.log import audit
from yiyang.engine.errors import Refused
from yiyang.faces.public import passkeys
from yiyang.faces.public.forms import FirstCode, NewPasskey, NewPassword
from yiyang.faces.public.presenting import devices_page
from yiyang.faces.public.showing import CodesPage, EnrolPage, FactorPage
from yiyang.faces.public.views.factors import WRONG, picture
from yiyang.faces.shared import proving
from yiyang.faces.shared.access import SignedIn, staff
from yiyang.faces.shared.fields import form_view
from yiyang.faces.shared.sessions import seat_of
from yiyang.faces.shared.showing import Link, Notice

PASSWORD = ("改密码", "改好以后，其他设备上的登录都会结束，这里不用重新登录。")
PASSKEY = ("登记通行密钥", "用这台设备的指纹、面容或锁屏密码代替手机验证码。私钥不离开设备。")
SAID = {
    "ended": Notice("已经结束那台设备上的登录。它再点一下就会被请出去。"),
    "over": Notice("那台设备上的登录已经不在了，没有改动。", "info"),
    "password": Notice("密码已经改好，其他设备上的登录都结束了。"),
    "factor": Notice("验证方式已经改好，其他设备上的登录都结束了。"),
    "removed": Notice("已经删掉这个通行密钥。"),
    "last": Notice("没有删：这是最后一种验证方式。请先加另一种。", "warn"),
}


@staff
@require_GET
def devices(request: SignedIn) -> HttpResponse:
    """我的登录设备."""
    now = timezone.localtime()
    duty = DUTY_CLASSES.get(request.actor.duty)
    home = reverse(duty.home if duty else "public:landing")
    page = devices_page(request, now=now, home=home, notice=SAID.get(request.GET.get("said", "")))
    return render(request, "public/devices.html", {"page": page})


@staff
@require_POST
def end_device(request: SignedIn, session_id: int) -> HttpResponse:
    """结束一台设备上的登录."""
    now, user_id = timezone.localtime(), request.actor.account
    ended = sessions.end_own(user_id=user_id, session_id=session_id, now=now)
    if ended:
        _remember(request, "session_ended")
    return _said("ended" if ended else "over")


@staff
@require_http_methods(["GET", "POST"])
def password(request: SignedIn) -> HttpResponse:
    """改自己的密码."""
    now = timezone.localtime()
    if not proving.proved_recently(request, now):
        return proving.prove_again(request)
    form = NewPassword(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            accounts.change_password(
                user_id=request.actor.account,
                password=form.cleaned_data["password"],
                now=now,
                keeping=seat_of(request),
            )
        except Refused as refusal:
            form.add_error("password", refusal.message)
        else:
            _remember(request, "password_changed")
            return _said("password")
    page = FactorPage(*PASSWORD, form_view(form, action=request.path, verb="改密码", cancel=_back()))
    return render(request, "public/factor.html", {"page": page}, status=WRONG if form.errors else 200)


@staff
@require_http_methods(["GET", "POST"])
def app(request: SignedIn) -> HttpResponse:
    """换验证器 App：新的装好了，旧的才失效."""
    now, user_id = timezone.localtime(), request.actor.account
    if not proving.proved_recently(request, now):
        return proving.prove_again(request)
    form = FirstCode(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            codes = factors.confirm_totp(
                user_id=user_id, code=form.cleaned_data["code"], now=now, keeping=seat_of(request)
            )
        except Refused as refusal:
            form.add_error("code", refusal.message)
        else:
            _remember(request, "factor_added")
            return _codes(request, codes)
    enrolment = EnrolPage(
        standing.account(user_id).login,
        reverse("public:app_picture"),
        totp.grouped(factors.waiting_secret(user_id=user_id, now=now)),
        form_view(form, action=request.path, verb="装好了", cancel=_back()),
    )
    return render(request, "public/enrol.html", {"page": enrolment}, status=WRONG if form.errors else 200)


@staff
@require_GET
def app_picture(request: SignedIn) -> HttpResponse:
    """The square picture of the app that is being set up."""
    now, user_id = timezone.localtime(), request.actor.account
    if not proving.proved_recently(request, now):
        return proving.prove_again(request)
    key = factors.waiting_secret(user_id=user_id, now=now)
    return picture(key, standing.account(user_id).login)


@staff
@require_http_methods(["GET", "POST"])
def passkey(request: SignedIn) -> HttpResponse:
    """登记这台设备的通行密钥."""
    now, user_id = timezone.localtime(), request.actor.account
    if not proving.proved_recently(request, now):
        return proving.prove_again(request)
    form = NewPasskey(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            codes = factors.add_passkey(
                user_id=user_id,
                site=passkeys.site_of(request),
                state=passkeys.challenge_of(request) or {},
                answer=form.cleaned_data["passkey"],
                label=form.cleaned_data["label"],
                now=now,
                keeping=seat_of(request),
            )
        except Refused as refusal:
            form.add_error(None, f"没有登记：{refusal.message}。")
        else:
            _remember(request, "factor_added")
            return _codes(request, codes)
    view = passkeys.form_of(form, action=request.path, verb="登记", cancel=_back())
    page = FactorPage(*PASSKEY, view, passkeys.box_to_make(request, user_id))
    return render(request, "public/passkey.html", {"page": page}, status=WRONG if form.errors else 200)


@staff
@require_POST
def remove_passkey(request: SignedIn, passkey_id: int) -> HttpResponse:
    """删掉一个通行密钥."""
    if not proving.proved_recently(request, timezone.localtime()):
        return _again_for_devices()
    try:
        factors.remove_passkey(user_id=request.actor.account, passkey_id=passkey_id, keeping=seat_of(request))
    except factors.FactorStays:
        return _said("last")
    _remember(request, "factor_removed")
    return _said("removed")


@staff
@require_POST
def renew_codes(request: SignedIn) -> HttpResponse:
    """重新生成备用码；旧的作废."""
    now = timezone.localtime()
    if not proving.proved_recently(request, now):
        return _again_for_devices()
    codes = factors.renew_recovery_codes(user_id=request.actor.account, now=now)
    _remember(request, "recovery_codes_made")
    return _codes(request, codes)


def _codes(request: SignedIn, codes: list[str]) -> HttpResponse:
    if not codes:
        return _said("factor")
    page = CodesPage(tuple(codes), Link("我记好了", reverse("public:devices")))
    return render(request, "public/codes.html", {"page": page})


def _again_for_devices() -> HttpResponse:
    """A button has no page of its own to come back to: the list of devices is it."""
    return redirect(f"{reverse('public:again')}?next={reverse('public:devices')}")


def _remember(request: SignedIn, action: str) -> None:
    audit.record(actor=request.actor, action=action, now=timezone.localtime(), face="public")


def _back() -> Link:
    return Link("不改了", reverse("public:devices"))


def _said(word: str) -> HttpResponse:
    return redirect(f"{reverse('public:devices')}?said={word}")
