"""Accounts in words: the list, one account, what may be done."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from yiyang.accounts import standing
from yiyang.accounts.services import locking
from yiyang.base.ids import UserId
from yiyang.faces.keeper.forms_accounts import Find
from yiyang.faces.keeper.presenting.desk import address
from yiyang.faces.keeper.showing_accounts import AccountPage, AccountRow, AccountsPage, Act
from yiyang.faces.shared.fields import form_view
from yiyang.faces.shared.showing import Chip, Fact, Link, State

if TYPE_CHECKING:
    from yiyang.accounts.models import User

MOST_ROWS = 50


def accounts_page(form: Find, words: str) -> AccountsPage:
    """Accounts that match, by login; more than fit are counted, not hidden."""
    found = standing.staff_matching(words)
    rows = tuple(_row(user) for user in found[:MOST_ROWS])
    many = found.count()
    counted = (
        f"{many:,} 个账号" if many <= MOST_ROWS else f"{many:,} 个账号，显示前 {MOST_ROWS} 个，请写得更准"
    )
    return AccountsPage(
        heading="工作人员账号",
        lead="开户、停用、解锁、重设。授予职责由安全管理员办；没有职责的账号什么都看不到。",
        filters=form_view(form, action=address("accounts"), verb="查"),
        rows=rows,
        empty=State("empty", "没有这样的账号", "换姓名或用户名里的几个字再查。"),
        new=Link("开一个账号", address("account_new")),
        counted=counted,
    )


def account_page(user: User, *, now: datetime) -> AccountPage:
    """How an account stands, and what can be done with it."""
    factors = standing.factors_of(UserId(user.pk))
    locked = locking.locked_at(login=user.login, now=now)
    facts = (
        Fact("用户名", user.login),
        Fact("状态", "", chip=_chip(user)),
        Fact("密码", "初始密码，还没改" if user.must_change else "本人设的"),
        Fact("第二步验证", _factor_words(factors)),
        Fact("备用码", f"还剩 {factors.codes_left} 个"),
        Fact("最近登录", _moment(user)),
        Fact("锁定", f"在 {locked} 个地址被锁" if locked else "没有锁定"),
    )
    return AccountPage(
        heading=user.name,
        lead="每一步都会留下记录，对方再点一下就生效。",
        facts=facts,
        acts=tuple(_acts(user, locked)),
        action=address("account_act", user.pk),
    )


def _acts(user: User, locked: int) -> list[Act]:
    acts = []
    if locked:
        acts.append(Act("解锁", "忘掉错误次数，马上可以再试。先确认是本人。", "解锁", "unlock"))
    if not user.is_active:
        return [*acts, Act("恢复使用", "用原来的密码和验证方式登录。", "恢复使用", "reopen")]
    return [
        *acts,
        Act(
            "重设密码和第二步验证",
            "忘了密码、换了手机时用。给一个只能用一次的初始密码，旧的全部作废。",
            "重设",
            href=address("account_reset", user.pk),
        ),
        Act("停用", "离岗、调走当天停用。做过的事都还在。", "停用", "close"),
    ]


def _row(user: User) -> AccountRow:
    return AccountRow(user.login, address("account", user.pk), user.name, _moment(user), _chip(user))


def _chip(user: User) -> Chip:
    if not user.is_active:
        return Chip("停用", "quiet")
    return Chip("等本人第一次登录", "info") if user.must_change else Chip("在用", "ok")


def _moment(user: User) -> str:
    return f"{localtime(user.last_login):%Y-%m-%d %H:%M}" if user.last_login else "从没登录过"


def _factor_words(factors: standing.Factors) -> str:
    parts = ["验证器 App"] if factors.totp else []
    parts += [f"{factors.passkeys} 个通行密钥"] if factors.passkeys else []
    return "、".join(parts) or "还没设，下次登录时设"
