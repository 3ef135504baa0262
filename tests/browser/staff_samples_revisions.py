"""Samples of revisions and of a rehearsal; amounts are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.browser.staff_samples_bureau import CITY, COUNTIES, tabs
from tests.browser.staff_samples_law import HISTORY, NO_RESULT
from yiyang.faces.bureau.law_showing import (
    Cell,
    ExplainedPerson,
    FormPage,
    FourEyes,
    GridRow,
    NumberGrid,
    RehearsalPage,
    RevisionPage,
    RevisionRow,
    RevisionsPage,
    ShiftRow,
)
from yiyang.faces.shared.charts import diverging
from yiyang.faces.shared.fields import Field, FormView, Option
from yiyang.faces.shared.showing import (
    UNVERIFIED,
    Chip,
    Event,
    Fact,
    Figure,
    LeftOut,
    Link,
    Notice,
    Part,
    Recon,
    Step,
)

REVISION_FRAME = replace(CITY, tabs=tabs("修订"))
_ROWS = (
    RevisionRow(
        "R-2026-031",
        "/g/revisions/R-2026-031/",
        "老年助餐补贴，12 个数",
        "包头市",
        "2.00 → 1.80 等",
        date(2027, 1, 1),
        Chip("等审批", "warn", "clock"),
        "王科长 11-17",
        "您审批，剩 2 天",
    ),
    RevisionRow(
        "R-2026-029",
        "/g/revisions/R-2026-029/",
        "高龄津贴 满 80 周岁",
        "达尔罕茂明安联合旗",
        "100.00 → 120.00",
        date(2027, 1, 1),
        Chip("草稿", "quiet", "form"),
        "乌科长 11-12",
        "先演练",
    ),
    RevisionRow(
        "R-2026-018",
        "/g/revisions/R-2026-018/",
        "适老化改造 低保",
        "包头市",
        "2,000.00 → 3,000.00",
        date(2026, 7, 1),
        Chip("已生效", "ok"),
        "王科长 05-10",
        "永远保留",
    ),
    RevisionRow(
        "R-2026-011",
        "/g/revisions/R-2026-011/",
        "参保等待期",
        "包头市",
        "24 → 12 个月",
        date(2026, 4, 1),
        Chip("已撤回", "quiet", "x"),
        "王科长 03-02",
        "理由：等自治区统一",
    ),
)
REVISIONS = RevisionsPage(
    "1 件修订等您审批",
    "包头市和各旗县区。起草和审批必须是两个人；只管将来，已发的不动。",
    _ROWS[:1],
    _ROWS[1:],
    Link("起草修订", "/g/revisions/new/"),
    NO_RESULT,
)
_FORM = FormView(
    "/g/revisions/new/",
    "存成草稿",
    (
        Field(
            "key",
            "改哪个数",
            "select",
            options=(
                Option("meal_fen_00", "每餐补贴：无困难、能力完好"),
                Option("aged_80_fen", "高龄津贴：满 80 周岁"),
            ),
        ),
        Field(
            "value",
            "改成多少",
            "number",
            "1.80",
            "现行 2.00；自治区下限 1.00",
            unit="元/餐",
            inputmode="decimal",
        ),
        Field("since", "从哪天起", "date", "2027-01-01", "不能早于今天。例如 2027-01-01"),
        Field(
            "clause", "依据哪一条", "select", options=(Option("example-meal/5", "示例文件《助餐》第五条"),)
        ),
        Field("note", "为什么改", "textarea", "把普惠部分转给失能和困难老人", required=False),
    ),
    Link("不改了", "/g/revisions/"),
)
REVISION_NEW = FormPage(
    "起草修订：老年助餐补贴",
    "先存草稿，再演练，再由另一个人审批。草稿不影响任何人。",
    _FORM,
    "现行的数",
    (
        Fact("包头市", "2.00 元/餐", "示例文件《助餐》第五条", date(2024, 7, 1)),
        Fact("内蒙古自治区", "1.00 元/餐", "下级不得低于它", date(2021, 7, 1)),
        Fact("涉及", "13,433 人用餐", "2026-10"),
    ),
)
REVISION_WRONG = replace(
    REVISION_NEW,
    form=replace(
        _FORM,
        fields=(
            _FORM.fields[0],
            replace(_FORM.fields[1], value="0.8", error="不能低于自治区下限 1.00 元/餐"),
            replace(_FORM.fields[2], value="2026-11-01", error="开始日期不能早于今天（2026-11-20）"),
            *_FORM.fields[3:],
        ),
    ),
    notice=Notice(
        "没有保存：张科长 10:02 存了同一个数的另一份草稿。您填的还在，请对照后再存。",
        "bad",
        action=Link("看那一份", "/g/revisions/R-2026-030/"),
        blocks=True,
    ),
)
GRID = NumberGrid(
    "改什么",
    "每餐补贴，元",
    ("能力完好", "轻度或中度", "重度以上"),
    (
        GridRow(
            "无困难", (Cell("2.00", "1.80", "down"), Cell("2.50", "3.00", "up"), Cell("3.00", "5.00", "up"))
        ),
        GridRow(
            "低保边缘", (Cell("3.00", "3.00", "same"), Cell("3.50", "4.00", "up"), Cell("4.00", "6.00", "up"))
        ),
        GridRow(
            "低保", (Cell("4.00", "4.00", "same"), Cell("4.50", "5.00", "up"), Cell("5.00", "7.00", "up"))
        ),
        GridRow(
            "特困", (Cell("5.00", "5.00", "same"), Cell("6.00", "6.50", "up"), Cell("7.00", "8.00", "up"))
        ),
    ),
    "困难类别",
)
STEPS = (
    Step("起草", "done", "王科长 11-17"),
    Step("演练", "done", "11-19，有效至 11-26"),
    Step("审批（另一人）", "current"),
    Step("排期", "todo", "填文号和日期"),
    Step("生效", "todo", "2027-01-01"),
)
EYES = FourEyes(
    "起草与审批须为两人",
    "起草：王科长。您：李主任，有审批权，未参与起草。",
    "我已看过减少的 8,329 人和净增支",
    "/g/revisions/R-2026-031/approve/",
    send_back="/g/revisions/R-2026-031/back/",
    error="先看减少的人，再勾选",
)
_FACTS = (
    Fact("稿号", "R-2026-031"),
    Fact("地方", "包头市"),
    Fact("从哪天起", "2027-01-01"),
    Fact("依据", "示例文件《助餐》第五条", chip=UNVERIFIED),
    Fact("起草", "王科长", "民政局", date(2026, 11, 17)),
)
_EVENTS = (Event("11-19 16:02", "演练完成：3,397 人增加，8,329 人减少"), Event("11-17 09:30", "王科长起草"))
REVISION_OWN = RevisionPage(
    "老年助餐补贴：把普惠部分转给失能和困难老人",
    "拟自 2027-01-01 起在包头市施行。",
    UNVERIFIED,
    STEPS,
    GRID,
    HISTORY,
    _FACTS,
    _EVENTS,
    None,
    "等另一个有审批权的人审批。您起草的稿件，须由别人审批。",
    FormView("/g/revisions/R-2026-031/withdraw/", "撤回", (Field("reason", "为什么撤回", "textarea"),)),
    replace(EYES, refusal="您起草的稿件，须由别人审批", note="起草：您，王科长。"),
    Link("看演练", "/g/revisions/R-2026-031/rehearsal/"),
    (
        Figure("增加", 3397, key="gain"),
        Figure("减少", 8329, key="lose"),
        Figure("每月净增支", 3136390, "元", fen=True, signed=True),
    ),
)
REVISION_DRAFT = replace(
    REVISION_OWN,
    chip=Chip("草稿", "quiet", "form"),
    steps=(Step("起草", "current", "王科长 11-17"), *(Step(one.text, "todo") for one in STEPS[1:])),
    next_form=FormView("/g/revisions/R-2026-031/rehearse/", "现在演练", ()),
    next_say="按昨夜的核算把全市 547,019 人重算一遍，约 1 秒，不影响任何人。",
    eyes=None,
    rehearsal=None,
    figures=(),
    history=None,
    grid=NumberGrid(
        "改什么",
        "元/月",
        ("满 80 周岁",),
        (GridRow("达尔罕茂明安联合旗", (Cell("100.00", "120.00", "up"),)),),
        "地方",
    ),
)


def _shift(code: str, name: str, people: int) -> ShiftRow:
    gain, lose = people // 4, people * 62 // 100
    return ShiftRow(
        name,
        f"/g/?place={code}",
        people,
        gain,
        lose,
        people - gain - lose,
        people * 4400,
        people * 4400 + gain * 1758 - lose * 340,
        diverging(lose=lose * 340, gain=gain * 1758, largest=1650850),
    )


_PEOPLE_COUNT = (2902, 3712, 2756, 176, 95, 1057, 1061, 575, 332, 767)
_SHIFTS = tuple(_shift(code, name, n) for (code, name, *_), n in zip(COUNTIES, _PEOPLE_COUNT, strict=True))
_SUM = ShiftRow(
    "包头市",
    "",
    sum(row.people for row in _SHIFTS),
    sum(row.gain for row in _SHIFTS),
    sum(row.lose for row in _SHIFTS),
    sum(row.same for row in _SHIFTS),
    sum(row.before_fen for row in _SHIFTS),
    sum(row.after_fen for row in _SHIFTS),
    diverging(lose=1, gain=1, largest=1),
)
REHEARSAL = RehearsalPage(
    "老年助餐补贴：把普惠部分转给失能和困难老人",
    "修订稿 R-2026-031，拟自 2027-01-01 起在包头市施行。依据：示例文件《助餐》第五条。",
    UNVERIFIED,
    STEPS,
    GRID,
    HISTORY,
    (
        Figure(
            "受影响的人",
            _SUM.gain + _SUM.lose,
            "人",
            "",
            (f"共 {_SUM.people:,} 人用餐，{_SUM.same:,} 人不变",),
            define="/g/definitions/#rehearsal",
        ),
        Figure("增加", _SUM.gain, "人", "gain", ("每月 +59,666.52 元",), define="/g/definitions/#rehearsal"),
        Figure("减少", _SUM.lose, "人", "lose", ("每月 −28,305.00 元",), define="/g/definitions/#rehearsal"),
        Figure(
            "每月净增支",
            _SUM.net_fen,
            "元",
            "",
            (f"即 {_SUM.net_fen:,} 分",),
            define="/g/definitions/#rehearsal",
            fen=True,
            signed=True,
        ),
    ),
    "按 2026-10 实际用餐记录重算，全市一次扫描 0.4 秒",
    Recon(
        Part("用餐人", _SUM.people, ""),
        (
            Part("增加", _SUM.gain, "fg"),
            Part("减少", _SUM.lose, "fl"),
            Part("不变", _SUM.same, "f4"),
            Part("无法判定", 0, "f3"),
        ),
    ),
    _SHIFTS,
    _SUM,
    "旗县区",
    tuple(
        ExplainedPerson(
            f"/g/people/P{n}/",
            "王**" if n % 2 else "额**",
            f"{'女' if n % 3 else '男'} {64 + n} 岁",
            COUNTIES[n % 10][2],
            4400,
            (4400 + 700 * n) if n <= 10 else (None if n == 20 else 3960),
            "无困难、重度以上：每餐 3.00 → 5.00 元，按上限 22 餐计",
        )
        for n in range(1, 21)
    ),
    "增减各抽 10 人，抽样种子 20261119，可复算；姓名已遮盖",
    (LeftOut(12, "户籍在外地，由户籍地核定"),),
    EYES,
    Link("回修订稿", "/g/revisions/R-2026-031/"),
)
