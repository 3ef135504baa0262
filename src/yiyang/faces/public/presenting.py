"""The list of one's own devices and proofs, in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from yiyang.accounts import standing
from yiyang.faces.public.showing import Device, DevicesPage, Key
from yiyang.faces.shared.access import SignedIn
from yiyang.faces.shared.sessions import seat_of
from yiyang.faces.shared.showing import Chip, Fact, Link, Notice

LOOK_BACK = timedelta(days=7)
FEW_CODES = 3
STOLEN = Notice(
    "近 7 天有一次登录被换到另一种浏览器上用，已经结束。"
    "不是您自己换的，请马上改密码，并告诉本单位安全管理员。",
    "warn",
)


def devices_page(request: SignedIn, *, now: datetime, home: str, notice: Notice | None) -> DevicesPage:
    """Sessions that run, proofs that are set up; a warning where one was used from elsewhere."""
    user_id, here = request.actor.account, seat_of(request)
    devices = tuple(
        Device(
            one.pk,
            one.agent,
            one.ip or "本机",
            _at(one.since, now),
            "现在" if one.pk == here else _at(one.seen_at, now),
            one.pk == here,
        )
        for one in standing.running(user_id, now=now)
    )
    keys = tuple(
        Key(one.pk, one.label, _at(one.made_at, now), _at(one.used_at, now) if one.used_at else "还没用过")
        for one in standing.passkeys_of(user_id)
    )
    if notice is None and standing.suspicious(user_id, since=now - LOOK_BACK):
        notice = STOLEN
    return DevicesPage(devices, _facts(request), keys, Link("回工作页面", home), notice)


def _facts(request: SignedIn) -> tuple[Fact, ...]:
    user_id = request.actor.account
    factors, user = standing.factors_of(user_id), standing.account(user_id)
    few = Chip("快用完了", "warn") if factors.codes_left < FEW_CODES else None
    return (
        Fact("密码", "已设置", since=localdate(user.password_at) if user.password_at else None),
        Fact("验证器 App", "已装好" if factors.totp else "没有装"),
        Fact("备用码", f"还剩 {factors.codes_left} 个", chip=few),
    )


def _at(moment: datetime, now: datetime) -> str:
    return f"{moment.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
