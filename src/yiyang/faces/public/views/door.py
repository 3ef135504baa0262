"""The front door: landing page, sign-in of people in office, sign-out."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from yiyang.accounts import selectors as accounts
from yiyang.accounts import standing
from yiyang.accounts.duties import DUTIES as DUTY_CLASSES
from yiyang.accounts.services import entering
from yiyang.base.actors import Actor, ActorKind
from yiyang.base.ids import UserId
from yiyang.base.log import audit
from yiyang.engine.errors import Refused
from yiyang.faces.public import pending
from yiyang.faces.public.forms import ChooseDuty, SignIn
from yiyang.faces.public.pending import DOOR, DUTIES, Pending
from yiyang.faces.public.showing import LandingPage, SignedOutPage, SignInPage
from yiyang.faces.shared import callers, sessions
from yiyang.faces.shared.access import SignedIn, public, staff
from yiyang.faces.shared.fields import form_view
from yiyang.faces.shared.showing import Fact, Notice
from yiyang.regions import selectors as regions

OLDER_PEOPLE = "/e/"
NO_DUTY = "这个账号现在没有职责，什么都看不到。请找本单位管理员授予职责。"
HELP = (
    Fact("打电话", "12349，养老服务热线"),
    Fact("去窗口", "社区或街道的民政窗口，带身份证", "工作日"),
    Fact("请人代办", "家里人、社区工作人员都可以", "本人同意就行"),
)


@public
@require_GET
def landing(request: HttpRequest) -> HttpResponse:
    """首页：两个入口."""
    try:
        place = regions.place(settings.YIYANG_PLACE, on=timezone.localdate()).name
    except regions.NoSuchPlace:
        place = ""  # an empty installation still has a door
    page = LandingPage(
        place=place,
        heading=f"{place}养老服务",
        lead="算清您能享受什么，说清为什么，送到您手里。",
        elder=OLDER_PEOPLE,
        staff=_home(request) or reverse("public:sign_in"),
        help=HELP,
    )
    return render(request, "public/landing.html", {"page": page})


@public
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """工作人员登录."""
    if home := _home(request):
        return redirect(home)
    if request.method == "GET":
        notice = Notice("前一个人已经退出，请再填一次。", "info") if "again" in request.GET else None
        return _page(request, SignIn(initial={"next": request.GET.get("next", "")}), notice=notice)
    if getattr(request, "actor", None) is not None:
        # Somebody else at the same browser: their session ends here, the same form is sent once more.
        request.session.clear()
        return redirect(f"{reverse('public:sign_in')}?again=1")
    form = SignIn(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    return _password(request, form)


def _password(request: HttpRequest, form: SignIn) -> HttpResponse:
    """The first factor; whoever it opens to is still outside."""
    now, typed = timezone.localtime(), form.cleaned_data
    try:
        user = entering.check_password(
            login=typed["username"], password=typed["password"], ip=callers.address_of(request), now=now
        )
    except Refused as refusal:
        _remember_failure(typed["username"], refusal.code, now)
        form.add_error(None, f"没有登录：{refusal.message}。")
        status = 400 if isinstance(refusal, entering.WrongPassword) else refusal.status
        return _page(request, form, status=status)
    if not accounts.duties_of(UserId(user.pk), on=now.date()):
        _remember_failure(typed["username"], "accounts.no_duty", now)
        form.add_error(None, NO_DUTY)
        return _page(request, form, status=400)
    onward = local_path(request, typed["next"])
    found = Pending(user.pk, user.login, now.isoformat(), onward)
    pending.keep(request, found)
    return pending.next_step(request, found, now=now)


def _remember_failure(login: str, why: str, now: datetime) -> None:
    """Which account was tried, if there is one; what was typed as a login may be a password."""
    known = standing.staff_account(login)
    audit.record(
        actor=DOOR,
        action="sign_in_failed",
        now=now,
        face="public",
        subject=("user", known.pk) if known is not None else None,
        reason=why,
    )


@staff
@require_http_methods(["GET", "POST"])
def choose_duty(request: SignedIn) -> HttpResponse:
    """有几个身份的人，选这次用哪一个."""
    held = {int(row[0]): (str(row[1]), str(row[2])) for row in request.session.get(DUTIES, [])}
    choices = [(duty_id, words) for duty_id, (words, _) in held.items()]
    if request.method == "GET":
        form = ChooseDuty(duties=choices, initial={"next": request.GET.get("next", "")})
        return _page(request, form, template="public/duty.html")
    form = ChooseDuty(request.POST, duties=choices)
    if not form.is_valid():
        return _page(request, form, status=400, template="public/duty.html")
    chosen = form.cleaned_data["duty"]
    request.session[sessions.DUTY] = chosen
    return redirect(local_path(request, form.cleaned_data["next"]) or reverse(held[chosen][1]))


@public
@require_http_methods(["GET", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """退出；只认按钮，不认链接."""
    if request.method == "GET":
        return redirect("public:landing")
    actor: Actor | None = getattr(request, "actor", None)
    if actor is not None:
        audit.record(actor=actor, action="signed_out", now=timezone.localtime(), face="public")
    # Emptied, not deleted: the role of this transaction may not touch sessions, the middleware may.
    request.session.clear()
    return render(request, "public/signed_out.html", {"page": SignedOutPage()})


def local_path(request: HttpRequest, wanted: str) -> str:
    """The page asked for before signing in, if it is one of ours; else nothing."""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted if safe and wanted.startswith("/") and not wanted.startswith("/sign-") else ""


def _home(request: HttpRequest) -> str:
    """Where somebody in office already belongs; nothing for everybody else."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or actor.kind is not ActorKind.STAFF or actor.duty not in DUTY_CLASSES:
        return ""
    return reverse(DUTY_CLASSES[actor.duty].home)


def _page(
    request: HttpRequest,
    form: SignIn | ChooseDuty,
    *,
    status: int = 200,
    template: str = "public/sign_in.html",
    notice: Notice | None = None,
) -> HttpResponse:
    verb = "登录" if isinstance(form, SignIn) else "进入"
    page = SignInPage(form_view(form, action=request.path, verb=verb), notice=notice)
    return render(request, template, {"page": page}, status=status)
