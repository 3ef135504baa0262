"""The system administrator: accounts found, opened, put out of use, unlocked, reset."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yiyang.accounts import standing
from yiyang.accounts.services import keeping
from yiyang.accounts.services.staff import LoginTaken
from yiyang.base.ids import UserId
from yiyang.engine.errors import Refused
from yiyang.faces.keeper.forms_accounts import Find, OpenAccount
from yiyang.faces.keeper.presenting import accounts as pages
from yiyang.faces.keeper.presenting.desk import address, frame_of
from yiyang.faces.keeper.showing_accounts import FormOnlyPage, StartPasswordPage
from yiyang.faces.shared import proving
from yiyang.faces.shared.access import SignedIn, duty
from yiyang.faces.shared.fields import FormView, form_view
from yiyang.faces.shared.showing import Link, Notice

ACTS: dict[str, Callable[..., None]] = {
    "close": keeping.close_account,
    "reopen": keeping.reopen_account,
    "unlock": keeping.unlock_account,
}
SAID = {
    "close": Notice("已经停用。对方开着的页面再点一下就会退出。"),
    "reopen": Notice("已经恢复使用。"),
    "unlock": Notice("已经解锁，马上可以再试。"),
}
START = "只显示这一次。当面或打电话告诉本人，不要发短信、发微信。"


@duty("keep_accounts")
@require_GET
def accounts(request: SignedIn) -> HttpResponse:
    """账号."""
    form = Find(request.GET)
    words = form.cleaned_data["q"].strip() if form.is_valid() else ""
    frame = frame_of(request.actor, "accounts", now=timezone.localtime())
    return render(request, "keeper/accounts.html", {"frame": frame, "page": pages.accounts_page(form, words)})


@duty("keep_accounts")
@require_http_methods(["GET", "POST"])
def open_account(request: SignedIn) -> HttpResponse:
    """开一个账号."""
    form = OpenAccount(request.POST if request.method == "POST" else None)
    if form.is_valid():
        login = form.cleaned_data["login"].strip()
        try:
            user_id, password = keeping.open_account(
                actor=request.actor, login=login, name=form.cleaned_data["name"], now=timezone.localtime()
            )
        except (Refused, LoginTaken) as refusal:
            form.add_error("login", refusal.message)
        else:
            return _start_password(request, "账号开好了", login, password, user_id)
    page = FormOnlyPage(
        "开一个账号",
        "一个人一个账号。开好以后给一个初始密码；本人第一次登录要装验证器、改密码。",
        form_view(form, action=request.path, verb="开户", cancel=Link("不开了", address("accounts"))),
    )
    return _form_page(request, page, 400 if form.errors else 200)


@duty("keep_accounts")
@require_GET
def account(request: SignedIn, user_id: int) -> HttpResponse:
    """一个账号."""
    now = timezone.localtime()
    page = pages.account_page(standing.staff_by_id(UserId(user_id)), now=now)
    frame = frame_of(request.actor, "accounts", now=now, notice=SAID.get(request.GET.get("said", "")))
    return render(request, "keeper/account.html", {"frame": frame, "page": page})


@duty("keep_accounts")
@require_POST
def act(request: SignedIn, user_id: int) -> HttpResponse:
    """停用、恢复、解锁."""
    word = request.POST.get("act", "")
    if word in ACTS:
        ACTS[word](actor=request.actor, user_id=UserId(user_id), now=timezone.localtime())
    return redirect(address("account", user_id, said=word))


@duty("keep_accounts")
@require_http_methods(["GET", "POST"])
def reset(request: SignedIn, user_id: int) -> HttpResponse:
    """重设密码和第二步验证；先证明是管理员本人."""
    now = timezone.localtime()
    if not proving.proved_recently(request, now):
        return proving.prove_again(request)
    user = standing.staff_by_id(UserId(user_id))
    if request.method == "POST":
        password = keeping.reset_account(actor=request.actor, user_id=UserId(user_id), now=now)
        return _start_password(request, "已经重设", user.login, password, UserId(user_id))
    form = FormView(request.path, "重设", (), Link("不重设了", address("account", user_id)))
    page = FormOnlyPage(
        f"重设{user.name}的密码和第二步验证",
        "先打电话或当面核实是本人在要求。重设以后，旧密码、验证器、通行密钥、备用码全部作废，正在用的登录都结束。",
        form,
    )
    return _form_page(request, page, 200)


def _start_password(
    request: SignedIn, heading: str, login: str, password: str, user_id: UserId
) -> HttpResponse:
    page = StartPasswordPage(heading, login, password, Link("好了", address("account", user_id)))
    notice = Notice(START, "warn")
    frame = frame_of(request.actor, "accounts", now=timezone.localtime(), notice=notice)
    return render(request, "keeper/start_password.html", {"frame": frame, "page": page})


def _form_page(request: SignedIn, page: FormOnlyPage, status: int) -> HttpResponse:
    frame = frame_of(request.actor, "accounts", now=timezone.localtime())
    return render(request, "keeper/form.html", {"frame": frame, "page": page}, status=status)
