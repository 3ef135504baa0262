"""What is done too often: counted with the act, in its transaction; the rules are data and have no switch.

One alert for each rule, actor and hour. Who may act may not read the log: a function of the database counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from yiyang.base.actors import Actor


@dataclass(frozen=True)
class Rule:
    """More than ``most`` acts of one kind by one actor ``within`` a time."""

    kind: str
    title: str
    action: str
    most: int
    within: timedelta
    ask: str  # what the security officer should find out


RULES = (
    Rule(
        "REVEALS", "看完整信息太多", "revealed", 20, timedelta(hours=1),
        "问本人：在办什么事，要看这么多人的完整号码？",
    ),
    Rule(
        "PHONES", "看电话住址太多", "phone_shown", 60, timedelta(hours=1),
        "问本人：是集中走访，还是在抄号码？",
    ),
    Rule(
        "SEARCHES", "查人太快", "searched", 30, timedelta(minutes=1),
        "人手一分钟查不了三十次：是不是有程序在用这个账号？",
    ),
    Rule(
        "REFUSALS", "被拒绝太多", "refused", 20, timedelta(minutes=10),
        "在试别人的档案或不归他的页面：问本人，或查这个地址从哪里来。",
    ),
    Rule(
        "SIGN_INS", "登录失败太多", "sign_in_failed", 20, timedelta(minutes=10),
        "可能有人在猜密码：看是哪些地址来的，要不要通知大家改密码。",
    ),
)  # fmt: skip
CHAIN = Rule(
    "CHAIN", "记录被动过", "", 0, timedelta(0), "记录与封条不符：马上停下查，保住现场，通知审计员和上级。"
)  # found by the night, not by counting
RULE_OF = {rule.kind: rule for rule in (*RULES, CHAIN)}
_BY_ACTION = {rule.action: rule for rule in RULES}


def watch(actor: Actor, action: str, now: datetime) -> None:
    """After a line was written: does this act raise an alert? Most acts are not watched and cost nothing."""
    rule = _BY_ACTION.get(action)
    if rule is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT base_watch(%s, %s, %s, %s, %s, make_interval(secs => %s), %s)",
            [rule.kind, actor.label, actor.name, rule.action, now, rule.within.total_seconds(), rule.most],
        )
