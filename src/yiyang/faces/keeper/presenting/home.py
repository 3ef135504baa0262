"""The first page of each power: how things stand in what it keeps."""

from __future__ import annotations

from datetime import datetime, timedelta

from yiyang.accounts import selectors as accounts
from yiyang.accounts.duties import DUTIES
from yiyang.base.actors import Actor
from yiyang.base.log import alerts, audit
from yiyang.faces.keeper.presenting.alerts import NOTHING, waiting_lines
from yiyang.faces.keeper.showing import HomePage, Table
from yiyang.faces.shared.acts import act_words
from yiyang.faces.shared.showing import Figure, State
from yiyang.regions import selectors as regions

QUIET_DAYS = 90
SOON_DAYS = 30
MOST_ROWS = 50
A_DAY = timedelta(hours=24)


def accounts_home(now: datetime) -> HomePage:
    """The system administrator: accounts in use, out of use, and those nobody has used for long."""
    counted = accounts.counted(now=now, quiet=timedelta(days=QUIET_DAYS))
    quiet = accounts.quiet_since(now - timedelta(days=QUIET_DAYS))[:MOST_ROWS]
    rows = tuple(
        (user.login, user.name, f"{user.last_login:%Y-%m-%d}" if user.last_login else "从没登录过")
        for user in quiet
    )
    return HomePage(
        heading=f"{counted.in_use:,} 个工作人员账号在用",
        lead="这里管账号：开户、停用、找回登录。授予职责由安全管理员办，看老人档案不在这项职责里。",
        figures=(
            Figure("在用的账号", counted.in_use, "个"),
            Figure("停用的账号", counted.out_of_use, "个"),
            Figure(f"{QUIET_DAYS} 天没有登录", counted.quiet, "个", notes=("人走了没有停用的，多半在这里",)),
            Figure("老年人账号", counted.older_people, "个", notes=("凭手机号进入，没有密码",)),
        ),
        table=Table(
            f"{QUIET_DAYS} 天没有登录的账号",
            "请核对：人还在岗吗？不在岗的，停用",
            ("登录名", "姓名", "最近登录"),
            rows,
            State("empty", f"没有 {QUIET_DAYS} 天没登录的账号", "每个在用的账号近来都有人登录过。"),
        ),
    )


def duties_home(actor: Actor, now: datetime) -> HomePage:
    """The security officer: what waits to be asked about, who holds which duty, what ends soon."""
    on = now.date()
    waiting = list(alerts.waiting()[:MOST_ROWS])
    running = accounts.running_under(actor.prefix, on=on)
    ending = [one for one in running if one.until <= on + timedelta(days=SOON_DAYS)]
    places = regions.names_of((one.prefix.ljust(12, "0") for one in ending[:MOST_ROWS]), on=on)
    rows = tuple(
        (
            one.user.name,
            DUTIES[one.duty].title if one.duty in DUTIES else one.duty,
            places.get(one.prefix.ljust(12, "0"), one.prefix),
            f"{one.until:%Y-%m-%d}",
        )
        for one in ending[:MOST_ROWS]
    )
    return HomePage(
        heading=f"{len(running):,} 项职责在有效期内",
        lead="这里管职责和安全提醒。开户、停用账号由系统管理员办，看老人档案不在这项职责里。",
        figures=(
            Figure("在有效期内的职责", len(running), "项"),
            Figure(f"{SOON_DAYS} 天内到期", len(ending), "项"),
            Figure("有职责的人", len({one.user_id for one in running}), "人"),
        ),
        table=Table(
            f"{SOON_DAYS} 天内到期的职责",
            "到期自动失效；还要用的，到期前再授",
            ("姓名", "职责", "地方", "到哪天"),
            rows,
            State("empty", f"{SOON_DAYS} 天内没有职责到期", "职责最长一年，到期前这里会列出来。"),
        ),
        waiting=waiting_lines(waiting, on),
        nothing_waits=NOTHING,
    )


def audit_home(now: datetime) -> HomePage:
    """The auditor: what was done in a day, by kind."""
    counts = audit.counted_by_action(now - A_DAY, now)
    total = sum(counts.values())
    rows = tuple((act_words(action), f"{n:,}") for action, n in counts.items())
    return HomePage(
        heading=f"近 24 小时留下 {total:,} 条记录",
        lead="这里查谁看过、查过、改过什么。记录只能添，不能改也不能删；本页也会留下记录。",
        figures=(
            Figure("近 24 小时", total, "条"),
            Figure("看老人档案", counts.get("read_person", 0), "条"),
            Figure("被拒绝", counts.get("refused", 0), "条"),
            Figure("登录没成功", counts.get("sign_in_failed", 0), "条"),
        ),
        table=Table(
            "近 24 小时做了什么",
            "按多少排",
            ("做了什么", "条数"),
            rows,
            State("empty", "近 24 小时没有记录", "有人登录、查看或修改时，这里会有数。"),
            frozenset({1}),
        ),
    )
