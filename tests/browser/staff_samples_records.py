"""Samples of records that wait: the list, a pair side by side, a death; registering on the phone."""

from __future__ import annotations

from dataclasses import replace

from tests.browser.staff_samples_bureau import CITY, tabs
from tests.browser.staff_samples_community import LEAD
from yiyang.faces.bureau.records_showing import (
    Compared,
    MatterGroup,
    MatterPage,
    MatterRow,
    RecordsPage,
    Titled,
)
from yiyang.faces.community.showing import FormPage
from yiyang.faces.shared.fields import Field, FormView, Option
from yiyang.faces.shared.showing import Chip, Event, Fact, Link, Notice, State

RECORD_FRAME = replace(CITY, tabs=tabs("人员"))
_ROW = MatterRow(
    "/g/records/pairs/1/",
    "额** 和 额**",
    "姓名同音不同字，同一天出生，电话只差一位；但是身份证号不同",
    "达尔罕茂明安联合旗百灵庙镇水塔街社区",
    "2026-11-20",
    Chip("很可能是", "warn"),
)
_UNSURE = replace(_ROW, chip=Chip("可能是", "unknown"))
_NO_MOVES = State("empty", "没有要接收的迁入", "别的地方请您接收的老人，会到这里。")
RECORDS = RecordsPage(
    "2 件档案的事等人办",
    "包头市。跨旗县区的重复，由市里核对；去世要有第二个来源；迁入由接收的一方点头。",
    (
        MatterGroup("pairs", "可能重复的档案", "2 件", 2, (_ROW, _UNSURE), State("empty", "没有")),
        MatterGroup("moves", "等您接收的迁入", "0 件", 0, (), _NO_MOVES),
    ),
)
_WHY = Field("why", "理由", "textarea", hint="至少 4 个字，以后查得到")
_JUDGE = FormView(
    "/g/records/pairs/1/",
    "确定",
    (
        Field(
            "answer",
            "是不是同一个人",
            "radio",
            options=(
                Option("LEFT", "是同一个人，保留左边这份"),
                Option("RIGHT", "是同一个人，保留右边这份"),
                Option("DIFFERENT", "不是同一个人"),
                Option("UNSURE", "暂时看不出", True),
            ),
        ),
        replace(_WHY, error="请填“理由”"),
    ),
    Link("先不办", "/g/records/"),
)
PAIR = MatterPage(
    "额** 和 额** 是同一个人吗",
    "系统认为很可能是：姓名同音不同字，同一天出生；但是身份证号不同。由您判断，系统不会自己合并。",
    Chip("等人看", "warn", "clock"),
    compared=(
        Compared("姓名", "额**", "额**", Chip("同音不同字", "warn")),
        Compared("身份证号", "150***********1226", "没有", Chip("有一份没有", "unknown")),
        Compared("住在", "六合成社区", "达尔罕茂明安联合旗百灵庙镇水塔街社区", Chip("不同", "bad", "x")),
        Compared("电话", "000****2345", "000****2345", Chip("相同", "ok")),
    ),
    links=(Link("看左边的档案", "/g/people/1/"), Link("看右边的档案", "/g/people/2/")),
    forms=(Titled("judge", "您的判断", _JUDGE),),
    events=(Event("今天 08:12", "系统发现可能重复", "姓名同音不同字"),),
    notice=Notice("没有办成：这一对刚被同事处理过。请刷新后看结果", "bad", blocks=True),
)
DEATH = MatterPage(
    "吴**：待核实",
    "核实以前钱照发、走访先停。第二个来源要和第一个不同，也不能是同一个人报的。",
    Chip("待核实", "warn", "clock"),
    facts=(Fact("老人", "吴** 女 84 岁"), Fact("去世日期", None)),
    forms=(Titled("confirm", "核实的结果", replace(_JUDGE, fields=(_WHY,))),),
)
REGISTER = FormPage(
    "登记一位老人",
    "刚才没有找到的人，在这里登记。一个人只登记一次。",
    FormView(
        "/w/register/",
        "登记",
        (
            Field("proof", "", "hidden", "1:2:3"),
            Field("division", "住在哪个社区", "select", options=(Option("1", "六合成社区", True),)),
            Field("name", "姓名", error="请填姓名"),
            Field("id_number", "身份证号", hint="有就照证写，没有证件可以空着", required=False),
            Field("sex", "性别", "radio", options=(Option("2", "女"), Option("1", "男")), required=False),
            Field("born_on", "出生日期", "date", required=False),
        ),
        Link("不登记了", "/w/search/"),
    ),
)
STAY = replace(
    REGISTER,
    heading="登记住院、住机构",
    history=(Event("2026-10-01", "住院：包头市中心医院", "2026-10-09 离开"),),
)
LEAD_DOUBT = replace(
    LEAD,
    doubt="有人报告她已去世，待核实。核实以前钱照发，先不上门、不打电话。",
    more=(
        Link("登记搬家", "/w/people/1/move/"),
        Link("登记住院、住机构", "/w/people/1/stay/"),
        Link("报告去世", "/w/people/1/death/"),
    ),
)
