"""Alerts: who did what how often, what to ask, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from yiyang.base.log.watching import RULE_OF, RULES, Rule
from yiyang.faces.keeper.forms import Note
from yiyang.faces.keeper.presenting.desk import address
from yiyang.faces.keeper.presenting.words import at_words
from yiyang.faces.keeper.showing import AlertPage, AlertRow, AlertsPage, Table
from yiyang.faces.shared.fields import form_view
from yiyang.faces.shared.showing import Chip, Fact, Link, State, Waiting

if TYPE_CHECKING:
    from yiyang.base.models import Alert

MOST_ROWS, MOST_WAITING = 200, 5
CHIPS = {
    "NEW": Chip("还没看", "bad"),
    "SEEN": Chip("在问", "warn", "clock"),
    "ANSWERED": Chip("有答复", "ok"),
}
NOTHING = State("empty", "没有安全提醒", "看完整信息、查人、被拒绝、登录失败超过规定次数，这里会有一条。")


def alerts_page(found: Sequence[Alert], waiting: int, today: date) -> AlertsPage:
    """Those that wait on top; the rules below, for everybody to see what is counted."""
    return AlertsPage(
        heading=f"{waiting} 条安全提醒等您问清" if waiting else "没有安全提醒等您处理",
        lead="同一个人同一种事，一小时一条。只说做了多少次，不说看了谁；要看是谁，请审计员查记录。",
        rows=tuple(_row(one, today) for one in found[:MOST_ROWS]),
        empty=NOTHING,
        rules=Table(
            "什么时候提醒",
            "规则写在程序里，没有开关",
            ("提醒", "超过", "多长时间内", "要问什么"),
            tuple((rule.title, f"{rule.most} 次", span(rule.within), rule.ask) for rule in RULES),
            NOTHING,
        ),
    )


def alert_page(alert: Alert, form: Note | None, today: date) -> AlertPage:
    """One alert; an answered one has no form."""
    rule = rule_of(alert)
    facts = [
        Fact("谁", f"{alert.actor_name}（{alert.actor}）"),
        Fact("做了多少次", f"{alert.count} 次"),
        Fact("从", at_words(alert.since, today)),
        Fact("到", at_words(alert.last_at, today)),
        Fact("状态", "", chip=CHIPS.get(alert.state)),
    ]
    if alert.answered_by and alert.answered_at:
        facts.append(Fact(alert.answered_by, alert.note or "在问", at_words(alert.answered_at, today)))
    view = None
    if form is not None:
        back = Link("回提醒", address("alerts"))
        view = form_view(form, action=address("alert", alert.pk), verb="记下来", cancel=back)
    return AlertPage(f"{rule.title}：{alert.actor_name}", _limit_words(rule), tuple(facts), rule.ask, view)


def waiting_lines(found: Sequence[Alert], today: date) -> tuple[Waiting, ...]:
    """For the first page of the security officer."""
    return tuple(
        Waiting(
            CHIPS.get(one.state, CHIPS["NEW"]),
            f"{rule_of(one).title}：{one.actor_name} {one.count} 次",
            f"{at_words(one.last_at, today)}。{rule_of(one).ask}",
            "去处理",
            address("alert", one.pk),
        )
        for one in found[:MOST_WAITING]
    )


def rule_of(alert: Alert) -> Rule:
    """The rule that raised it; one that a later release no longer has keeps its word."""
    return RULE_OF.get(alert.kind) or Rule(alert.kind, alert.kind, "", 0, timedelta(0), "问清是怎么回事。")


def span(within: timedelta) -> str:
    minutes = int(within.total_seconds() // 60)
    return f"{minutes // 60} 小时" if minutes % 60 == 0 and minutes else f"{minutes} 分钟"


def _limit_words(rule: Rule) -> str:
    return f"规定：{span(rule.within)}内不超过 {rule.most} 次。" if rule.most else "不计次数，发现就提醒。"


def _row(alert: Alert, today: date) -> AlertRow:
    answered = f"{alert.answered_by}：{alert.note}" if alert.answered_by and alert.note else ""
    return AlertRow(
        rule_of(alert).title,
        address("alert", alert.pk),
        alert.actor_name or alert.actor,
        at_words(alert.last_at, today),
        f"{alert.count} 次",
        CHIPS.get(alert.state, CHIPS["NEW"]),
        answered,
    )
