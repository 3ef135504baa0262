"""Samples of the three powers: a first page that waits, the log with a fault in its filters, alerts."""

from __future__ import annotations

from yiyang.faces.keeper.showing import (
    AlertPage,
    AlertRow,
    AlertsPage,
    HomePage,
    LogPage,
    LogRow,
    LookersPage,
    Table,
)
from yiyang.faces.shared.fields import Field, FormView, Option
from yiyang.faces.shared.showing import Chip, Crumb, Fact, Figure, Frame, Link, PlaceBar, State, Tab, Waiting

PLACE = PlaceBar((Crumb("内蒙古"), Crumb("包头市"), Crumb("达尔罕茂明安联合旗")))
OFFICER = Frame(
    "/k/",
    (Tab("首页", "/k/", True), Tab("安全提醒", "/k/alerts/", waiting=3)),
    "安全管理员 额尔登其其格",
    PLACE,
)
AUDITOR = Frame("/k/", (Tab("首页", "/k/"), Tab("查记录", "/k/audit/", True)), "审计员 冯工", PLACE)
NOTHING = State("empty", "没有这样的记录", "条件放宽一些再查；范围外的记录在这里看不到。")
ENDING = Table(
    "30 天内到期的职责",
    "到期自动失效",
    ("姓名", "职责", "地方", "到哪天"),
    (("额尔登其其格·乌日图那苏图", "社区工作人员", "百灵庙镇希拉穆仁社区居民委员会", "2026-12-01"),),
    NOTHING,
)
HOME = HomePage(
    "1,204 项职责在有效期内",
    "这里管职责和安全提醒。",
    (Figure("在有效期内的职责", 1204, "项"), Figure("30 天内到期", 1, "项"), Figure("有职责的人", 980, "人")),
    ENDING,
    (
        Waiting(
            Chip("还没看", "bad"),
            "看完整信息太多：刘干事 23 次",
            "今天 08:12。问本人",
            "去处理",
            "/k/alerts/1/",
        ),
    ),
)
ALERTS = AlertsPage(
    "1 条安全提醒等您问清",
    "同一个人同一种事，一小时一条。",
    (
        AlertRow("看完整信息太多", "/k/alerts/1/", "刘干事", "今天 08:12:05", "23 次", Chip("还没看", "bad")),
        AlertRow(
            "登录失败太多",
            "/k/alerts/2/",
            "front-door",
            "2026-11-20 23:59:59",
            "1,204 次",
            Chip("有答复", "ok"),
            "吴工：是门禁程序配错了密码，已改",
        ),
    ),
    NOTHING,
    Table("什么时候提醒", "规则没有开关", ("提醒", "超过"), (("查人太快", "30 次"),), NOTHING),
)
_NOTE = FormView(
    "/k/alerts/1/",
    "记下来",
    (
        Field(
            "outcome",
            "办到哪一步",
            "radio",
            options=(Option("seen", "在问"), Option("answered", "问清了", True)),
        ),
        Field("note", "问了谁，是什么事", "textarea", "好", "至少 5 个字。", "写清问了谁、是什么事"),
    ),
    Link("回提醒", "/k/alerts/"),
)
ALERT = AlertPage(
    "看完整信息太多：刘干事",
    "规定：1 小时内不超过 20 次。",
    (Fact("谁", "刘干事（staff:5）"), Fact("状态", "", chip=Chip("还没看", "bad"))),
    "问本人：在办什么事？",
    _NOTE,
)
_FILTERS = FormView(
    "/k/audit/",
    "查",
    (
        Field("person", "老人档案号", required=False),
        Field("action", "做了什么", "select", options=(Option("", "全部", True),), required=False),
        Field("since", "从哪天", "date", "昨天", error="写成 2026-11-20 这样", required=False),
    ),
    Link("清空", "/k/audit/"),
    method="get",
)
_ROW = LogRow(
    "今天 08:12:05",
    "刘干事",
    "社区工作人员",
    "查看一项完整信息",
    "老人 20b6c985：身份证号",
    "/k/audit/people/20b6c985-b080-47ff-a5ff-35807cb069b4/",
    "希拉穆仁社区居民委员会",
    "办理补贴、证件或申请，联系本人办护理补贴",
    "社区，2001:db8:85a3::8a2e:370:7334",
)
LOG = LogPage(
    "查记录：多于 10,000 条",
    "老人只有档案号，没有姓名。",
    _FILTERS,
    (_ROW, LogRow("2026-11-20 23:59:59", "front-door", "process:front-door", "被拒绝", "", "", "", "", "")),
    "多于 10,000 条，本页 2 条",
    NOTHING,
    newest="/k/audit/",
    older="/k/audit/?below=7",
    export=FormView("/k/audit/export/", "导出 CSV", (Field("person", "", "hidden"),)),
    chain=(
        Fact("封条", None, "后台程序每分钟封一次"),
        Fact("最近一次核对", "71 条", chip=Chip("2 处不符", "bad")),
    ),
)
LOG_NONE = LogPage("查记录：共 0 条", "", _FILTERS, (), "共 0 条", NOTHING)
LOOKERS = LookersPage(
    "档案号 20b6c985：2 个人看过或办过",
    "按最近一次排。",
    Table("谁看过", "", ("谁", "次数"), (("刘干事", "1,204"),), NOTHING, frozenset({1})),
    "/k/audit/?person=20b6c985",
)
