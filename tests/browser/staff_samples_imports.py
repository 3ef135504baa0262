"""Samples of files of other offices: waiting, running, refused, a question with long words."""

from __future__ import annotations

from dataclasses import replace

from tests.browser.staff_samples_bureau import CITY, tabs
from yiyang.faces.bureau.import_showing import (
    BatchRow,
    FeedRow,
    ImportPage,
    ImportsPage,
    Reason,
    Shift,
    Side,
    TemplateRow,
    TicketPage,
    TicketRow,
    TicketsPage,
    UploadPage,
)
from yiyang.faces.shared.fields import Field, FormView, Option
from yiyang.faces.shared.showing import Chip, Event, Fact, Link, Part, Recon, State, Step

IMPORT_FRAME = replace(CITY, tabs=tabs("来文"))
EMPTY = State("empty", "还没有来文", "下载下面的模板填写，或直接上传部门导出的表。")
_ROW = BatchRow(
    "L-3F09A1",
    "/g/imports/1/",
    "老年人名册",
    "民政部门",
    "2026-11-01",
    "547,019 行：可入库 546,982，退回 37",
    "乌兰 今天 09:12",
    Chip("等复核", "warn", "clock"),
)
_OLD = replace(
    _ROW,
    number="L-77B210",
    what="待遇发放",
    source="残联",
    counts="1,204 行：入库 1,204",
    who="后台 11-02 02:10",
    chip=Chip("已入库", "ok"),
)
IMPORTS = ImportsPage(
    heading="1 份来文等您复核",
    lead="包头市。别的部门和机构发来的表：先检查，再由另一位同事复核，然后入库。",
    new=Link("上传来文", "/g/imports/new/"),
    tickets=Link("12 条等人判断", "/g/imports/tickets/"),
    waiting=(_ROW,),
    others=(_OLD, replace(_OLD, number="L-000001", counts="", chip=Chip("读不了", "bad"))),
    feeds=(
        FeedRow(
            "残疾人证月报（达尔罕茂明安联合旗残疾人联合会）",
            "残联",
            "10月2日",
            "11月5日",
            Chip("晚了 17 天", "bad"),
        ),
        FeedRow("死亡人员周报", "公安部门", "还没有来过", "11月30日", Chip("按时", "ok")),
    ),
    templates=(
        TemplateRow(
            "老年人名册",
            "新登记的人，或已登记的人的电话、住址、居住地、户籍地、民族",
            "/g/imports/templates/people/",
        ),
        TemplateRow(
            "能力评估", "评估机构按标准做的评估：26 项评分和几项病情", "/g/imports/templates/assessments/"
        ),
    ),
    empty=EMPTY,
)
IMPORTS_NONE = replace(IMPORTS, heading="来文", waiting=(), others=(), feeds=(), tickets=None, new=None)
_FIELDS = (
    Field("file", "文件", hint="xlsx、csv 或 json，最大 200 MB。"),
    Field("kind", "这是什么表", "select", options=(Option("", "请选"), Option("people", "老年人名册"))),
    Field(
        "source", "哪个部门的数据", "select", hint="说法不同时，级别高的为准", options=(Option("", "请选"),)
    ),
    Field("as_of", "数据截至哪一天", "date", value="2026-11-22", hint="例如 2026-11-01，不能晚于今天"),
)
UPLOAD = UploadPage(
    heading="上传来文",
    lead="包头市。传上来的先检查、再由另一位同事复核，这以前不改动任何人的档案。",
    form=FormView("/g/imports/new/", "上传", _FIELDS, Link("不传了", "/g/imports/")),
)
_MACROS = "这份表格里有宏（程序），不能导入。请另存为不带宏的 .xlsx 再上传"
_WRONG = (replace(_FIELDS[0], error=_MACROS), replace(_FIELDS[1], error="请选“这是什么表”"), *_FIELDS[2:])
UPLOAD_WRONG = replace(UPLOAD, form=replace(UPLOAD.form, fields=_WRONG))
_STEPS = (Step("收到", "done"), Step("检查", "done"), Step("另一人复核", "current"), Step("入库", "todo"))
IMPORT = ImportPage(
    heading="L-3F09A1　老年人名册",
    lead="民政部门，数据截至 2026-11-01。新登记的人，或已登记的人的电话、住址、居住地、户籍地、民族。",
    chip=Chip("等复核", "warn", "clock"),
    steps=_STEPS,
    recon=Recon(
        Part("读到", 547_019, "f1"),
        (
            Part("可入库", 540_000, "f1"),
            Part("没有变化", 6_970, "f4"),
            Part("退回", 37, "f2"),
            Part("等人判断", 12, "f3"),
        ),
        "行",
    ),
    say="看清会新增和更新哪些人、退回多少，再决定。通过以后才会改动档案。",
    facts=(
        Fact("文件", "2026年11月固阳县金山镇及下湿壕镇等六个乡镇老年人基本信息汇总表（最终版）改2.xlsx"),
        Fact("格式和大小", "xlsx，约 96 MB"),
        Fact("来源", "民政部门"),
    ),
    notes=("工作表“旧表”没有读：只读第一张有内容的工作表", "列“备注”不认得，没有读"),
    shifts=(
        Shift(
            2,
            "王**",
            Chip("新增", "ok"),
            "身份证号、姓名、性别、居住地区划代码、户籍地区划代码、联系电话、居住地址",
        ),
        Shift(102_003, "—", Chip("更新", "info"), "身份证号、姓名、联系电话"),
    ),
    shifts_note="共 540,000 行会入库，下面是前 2 行；姓名遮盖",
    reasons=(
        Reason("身份证号", "身份证号被表格软件当成数字存了，后几位已经变成 0", 31),
        Reason("", "这一行比表头多出内容", 6),
    ),
    rejected=Link("下载退回的 37 行（xlsx）", "/g/imports/1/rejected/"),
    tickets=None,
    approve=FormView("/g/imports/1/approve/", "通过，让 540,000 行入库", ()),
    decline=FormView(
        "/g/imports/1/decline/", "不通过，整份退回", (Field("why", "为什么不通过", "textarea"),)
    ),
    events=(Event("今天 09:12", "乌兰上传"),),
)
IMPORT_RUNNING = replace(
    IMPORT,
    chip=Chip("正在入库", "info", "clock"),
    steps=(*(replace(step, state="done") for step in _STEPS[:3]), Step("入库", "current")),
    say="正在入库：已入 120,000 行，还有 420,000 行。本页每 5 秒自己更新。",
    approve=None,
    decline=None,
    shifts=(),
    tickets=Link("12 行等人判断", "/g/imports/tickets/"),
    refresh=0,  # the probe reads a page that stays
)
IMPORT_BAD = replace(
    IMPORT_RUNNING,
    chip=Chip("读不了", "bad"),
    steps=(Step("收到", "done"), Step("检查", "stopped"), Step("另一人复核", "todo"), Step("入库", "todo")),
    recon=None,
    say="表头里缺少“身份证号”。请补上这些列，或用下载的模板填写。没有改动任何人的档案。",
    reasons=(),
    rejected=None,
    tickets=None,
    notes=(),
)
TICKETS = TicketsPage(
    heading="2 条等人判断",
    lead="包头市。来文和档案说法不同，级别低的来源不会自动盖掉级别高的。",
    rows=(
        TicketRow(
            "D-0A1B2C",
            "/g/imports/tickets/1/",
            "与级别更高的来源不一致",
            "经济困难类别、独居",
            "社区走访",
            "11月20日",
        ),
        TicketRow("D-0A1B2D", "/g/imports/tickets/2/", "号码相同，姓名不同", "姓名", "残联", "11月21日"),
    ),
    empty=EMPTY,
)
TICKETS_NONE = replace(TICKETS, heading="没有要判断的", rows=())
TICKET = TicketPage(
    heading="D-0A1B2C　与级别更高的来源不一致",
    lead="档案里的说法级别 80，这份来文级别 40。级别低的不自动盖掉级别高的，请核实后判断。",
    chip=Chip("等判断", "warn", "clock"),
    sides=(
        Side("经济困难类别", "特困（民政部门）", "低保"),
        Side(
            "居住地址",
            "内蒙古自治区包头市达尔罕茂明安联合旗百灵庙镇敖包北路南侧第三小区12栋2单元1402",
            "没有写",
        ),
    ),
    facts=(Fact("老人", "吴** 女 82 岁"), Fact("身份证号", "150***********1234"), Fact("第几行", "10,023")),
    form=FormView(
        "/g/imports/tickets/1/",
        "记下判断",
        (
            Field(
                "outcome",
                "您的判断",
                "radio",
                options=(Option("take", "按来文办"), Option("keep", "保持原样，这一行不入库")),
            ),
            Field("why", "依据", "textarea", hint="例如：电话核实本人"),
        ),
    ),
    say="先向来源单位或社区核实。按来文办，档案会改；保持原样，这一行不入库。",
    events=(Event("11月20日", "来文入库时发现不一致"),),
)
TICKET_SETTLED = replace(
    TICKET,
    chip=Chip("按来文办", "ok"),
    sides=(),
    form=None,
    say="已经判断过。",
    events=(Event("今天 10:00", "乌兰：按来文办", "电话核实本人"), *TICKET.events),
)
