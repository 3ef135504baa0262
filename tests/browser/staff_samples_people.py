"""Samples of the list behind a figure, one person, the form that reveals one field, and the definitions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.browser.staff_samples_bureau import NOW
from yiyang.faces.bureau.law_showing import DefinitionRow, DefinitionsPage
from yiyang.faces.bureau.showing import (
    Look,
    PeoplePage,
    PersonPage,
    PersonRow,
)
from yiyang.faces.shared.fields import Field, FormView, Option
from yiyang.faces.shared.reasons import (
    ExplanationJson,
    Received,
    Surroundings,
    benefit_of,
)
from yiyang.faces.shared.revealing import RevealPage
from yiyang.faces.shared.showing import (
    CANNOT_TELL,
    NOT_YOURS,
    SERVED,
    UNSERVED,
    Chip,
    ClauseNote,
    Event,
    Fact,
    LeftOut,
    Link,
    Masked,
    Notice,
    Page,
    Pager,
    State,
)

_FILTERS = FormView(
    "/g/people/",
    "筛选",
    (
        Field("place", "", "hidden", "150204"),
        Field(
            "benefit",
            "待遇",
            "select",
            options=(Option("", "全部待遇"), Option("care_support", "照护类补贴", True)),
        ),
        Field(
            "status",
            "状态",
            "select",
            options=(Option("unserved", "应享未享", True), Option("cannot_tell", "无法判定")),
        ),
    ),
    Link("清空", "/g/people/?place=150204"),
    method="get",
)
_PEOPLE = (
    PersonRow(
        "/g/people/P1/",
        "王**",
        "女 84 岁",
        "青山路街道 六合成社区",
        UNSERVED,
        "照护类补贴：低保，中度失能，居家",
        20000,
        "元/月",
        date(2026, 10, 1),
        "已有人认领：刘干事",
    ),
    PersonRow(
        "/g/people/P2/",
        "额**",
        "男 91 岁",
        "自由路街道 自由路一号社区",
        UNSERVED,
        "高龄津贴：满 90 周岁该升一档",
        15000,
        "元/月",
        date(2026, 9, 1),
    ),
    PersonRow(
        "/g/people/P3/",
        "赵**",
        "男 82 岁",
        "青福镇 东达沟村",
        CANNOT_TELL,
        "照护类补贴：缺能力等级",
        None,
        "",
        None,
        "先做能力评估",
    ),
    PersonRow(
        "/g/people/P4/",
        "斯**",
        "女 79 岁",
        "青山路街道 都兰社区",
        SERVED,
        "养老服务补贴",
        10000,
        "元/月",
        date(2025, 1, 1),
    ),
)
PEOPLE = PeoplePage(
    "1,436 人应享未享照护类补贴",
    "青山区，按 2026-11-20 的情况和规定算。按金额从多到少、年龄从大到小排。",
    _FILTERS,
    1436,
    _PEOPLE,
    Pager(2, 29, "/g/people/?page=1", "/g/people/?page=3"),
    (LeftOut(3, "住址只到旗县区，还没有落到社区", "请青山区核实", "/g/people/?s=x"),),
    State("empty", "没有人"),
    Link("口径", "/g/definitions/#unserved"),
)
NOBODY = replace(
    PEOPLE,
    heading="没有人应享未享高龄津贴",
    rows=(),
    total=0,
    left_out=(),
    empty=State(
        "empty",
        "没有人应享未享",
        "白云鄂博矿区，高龄津贴，11月20日核算：599 人应享，599 人已享。",
        Link("看别的待遇", "/g/people/"),
    ),
)

AROUND = Surroundings(
    places={0: "国家", 150000: "内蒙古自治区", 150200: "包头市", 150204: "青山区"},
    number_titles={"aged_80_age": "满几周岁", "aged_80_fen": "每月标准", "aged_90_fen": "满 90 周岁标准"},
    clauses={
        ("example-oldest-old", "3"): ClauseNote(
            "示例文件《高龄津贴》",
            "第三条",
            "满八十周岁起按年龄分三档，按月发给。",
            "/g/clauses/example-oldest-old/3/",
        ),
        ("example-nursing", "7"): ClauseNote(
            "示例文件《护理补贴》",
            "第七条",
            "三项照护类补贴只领最高的一项。",
            "/g/clauses/example-nursing/7/",
        ),
    },
    sources={
        "birth_ymd": "身份证信息，公安 2026-11-19",
        "hardship_class": "社会救助 2026-10-31",
        "ability_level": "能力评估 2026-08-02",
    },
)
OLDEST: ExplanationJson = {
    "benefit": "oldest_old_allowance",
    "title": "高龄津贴",
    "unit": "fen/month",
    "status": "ELIGIBLE",
    "amount": 10000,
    "reason": {"arm": 3, "label": "满80周岁"},
    "conditions": [
        {"label": "满100周岁", "holds": False},
        {"label": "满90周岁", "holds": False},
        {"label": "满80周岁", "holds": True},
    ],
    "inputs": [],
    "uses": [{"name": "age", "title": "周岁", "value": 84}],
    "numbers": [
        {
            "key": "aged_80_age",
            "value": 80,
            "steps": [
                {
                    "place": 0,
                    "merge": "override",
                    "value": 80,
                    "unit": "year",
                    "since": "2015-01-01",
                    "cite": {"doc": "example-oldest-old", "clause": "3"},
                    "verified": False,
                }
            ],
        },
        {
            "key": "aged_80_fen",
            "value": 10000,
            "steps": [
                {
                    "place": 150200,
                    "merge": "override",
                    "value": 10000,
                    "unit": "fen/month",
                    "since": "2021-01-01",
                    "cite": {"doc": "example-oldest-old", "clause": "3"},
                    "verified": False,
                }
            ],
        },
    ],
    "cites": [{"doc": "example-oldest-old", "clause": "3"}],
    "missing": [],
}
CARE: ExplanationJson = {
    **OLDEST,
    "benefit": "care_support",
    "title": "照护类补贴（就高不重复）",
    "amount": 20000,
    "reason": {"arm": 1, "label": "经济困难且居家"},
    "conditions": [
        {"label": "经济困难且入住养老机构", "holds": False},
        {"label": "经济困难且居家", "holds": True},
    ],
    "inputs": [
        {"field": "hardship_class", "title": "经济困难类别", "value": 2},
        {"field": "ability_level", "title": "能力等级", "value": 2},
    ],
    "numbers": [],
    "cites": [{"doc": "example-nursing", "clause": "7"}],
}
HOME: ExplanationJson = {
    **CARE,
    "benefit": "home_adaptation",
    "title": "居家适老化改造补贴",
    "unit": "fen/once",
    "amount": None,
    "status": "CANNOT_TELL",
    "reason": {"arm": None, "label": None},
    "conditions": [{"label": "特困并失能", "holds": False}, {"label": "低保并失能", "holds": None}],
    "inputs": [{"field": "ability_level", "title": "能力等级", "value": None}],
    "missing": ["ability_level"],
}
NOT: ExplanationJson = {
    **CARE,
    "benefit": "extreme_hardship_support",
    "title": "特困人员救助供养",
    "unit": "bool",
    "status": "NOT_ELIGIBLE",
    "amount": False,
    "reason": {"arm": 0, "label": None},
    "conditions": [{"label": "特困", "holds": False}],
}
BED: ExplanationJson = {
    **CARE,
    "benefit": "home_care_bed",
    "title": "家庭养老床位",
    "unit": "bool",
    "amount": True,
    "reason": {"arm": 1, "label": "经济困难、中度以上失能、居家"},
}
CARE_SERVICE: ExplanationJson = {
    **CARE,
    "benefit": "care_service_subsidy",
    "title": "养老服务补贴",
    "amount": 10000,
    "reason": {"arm": 1, "label": "低保"},
}
SHOWN = (
    benefit_of(
        OLDEST,
        around=AROUND,
        received=Received(date(2022, 4, 1), 10000, "民政发放记录，最近 2026-11-10"),
        since=date(2022, 3, 14),
        opened=True,
    ),
    benefit_of(CARE, around=AROUND, since=date(2026, 10, 1)),
    benefit_of(CARE_SERVICE, around=AROUND, received=Received(date(2025, 1, 1), 10000, "民政发放记录")),
    benefit_of(HOME, around=AROUND),
    benefit_of(BED, around=AROUND),
    benefit_of(NOT, around=AROUND),
)
_KNOWN = FormView(
    "/g/people/P1/",
    "按那天重算",
    (Field("on", "哪一天", "date", hint="例如 2026-07-01，不能晚于今天"),),
    method="get",
)
FACTS = (
    Fact(
        "身份证号",
        "",
        "公安 ",
        date(2026, 11, 19),
        masked=Masked("150***********1234", "/g/people/P1/reveal/id/"),
    ),
    Fact("电话", "", "本人", date(2026, 8, 2), masked=Masked("138****5678", "/g/people/P1/reveal/phone/")),
    Fact(
        "住址", "", "社区", date(2026, 8, 2), masked=Masked("六合成社区 ***", "/g/people/P1/reveal/address/")
    ),
    Fact("户籍", "包头市青山区", "公安", date(2026, 11, 19)),
    Fact("经济状况", "低保", "社会救助", date(2026, 10, 31), Chip("有效", "ok")),
    Fact("能力等级", "2 中度受损", "能力评估", date(2026, 8, 2)),
    Fact("居住", "独居", "社区", date(2026, 11, 3), Chip("须月月探访", "warn")),
    Fact("长护险失能等级", None, "医保：没有评估"),
)
PERSON = PersonPage(
    "王**",
    "女 84 岁",
    "六合成社区，独居，低保，中度失能。档案号 P-0415 2207",
    Notice("您以“街道民政干事”身份查看，范围青山路街道。打开本页已留痕，本人可以索要记录。", "info"),
    "6 项 = 已享 2 + 应享未享 2 + 无法判定 1 + 不符合 1",
    SHOWN,
    FACTS,
    (
        Event("11-18 10:20", "刘干事打电话，没有人接", "第 2 次联系"),
        Event("11-10", "发放高龄津贴 100.00 元", "民政发放记录"),
        Event("10-04", "核算发现：照护类补贴应享未享", "条件自 2026-10-01 起符合"),
        Event("08-02", "能力评估：中度受损，58 分", "2 人签名"),
    ),
    (
        Look("今天 08:12", "", "打开本页", "办理护理补贴", True),
        Look("11-18 10:15", "社区 刘干事", "看电话", "联系本人"),
        Look("11-03 15:31", "社区 刘干事", "打开本页", "每月探访"),
    ),
    "近 30 天 3 次；本人可以索要此表",
    _KNOWN,
)
PERSON_THEN = replace(
    PERSON,
    as_known_on=date(2026, 7, 1),
    back_to_today="/g/people/P1/",
    known_form=replace(
        _KNOWN, fields=(replace(_KNOWN.fields[0], value="2027-07-01", error="不能晚于今天（2026-11-20）"),)
    ),
)
_REVEAL_FORM = FormView(
    "/g/people/P1/reveal/phone/",
    "看 60 秒",
    (
        Field(
            "purpose",
            "用途",
            "select",
            options=(Option("apply", "办理补贴"), Option("visit", "探访"), Option("check", "核查")),
        ),
        Field(
            "reason", "原因", "text", "看看", "写清哪一件事，本人可以看到。", "写明为什么要看，至少 5 个字"
        ),
        Field("known", "我知道这次查看会留痕", "tick", "1"),
    ),
    Link("不看了", "/g/people/P1/"),
)
REVEAL = RevealPage(
    "查看王**的电话",
    "只显示这一项，60 秒后遮盖。",
    _REVEAL_FORM,
    None,
    "电话",
    None,
    Link("回档案", "/g/people/P1/"),
)
REVEALED = replace(REVEAL, form=None, shown=Masked("138 0000 5678"), until=NOW)
ABSENT = Page("打不开", NOT_YOURS)
FAILED = Page(
    "这一块没取到",
    State(
        "failed", "这一块没取到，其余数字不受影响", "上次取到 06:00。过一会儿再看。", Link("再取一次", "/g/")
    ),
)
LOADING = Page("正在核算", State("loading", "正在核算 102,824 人，约 2 秒", "核完刷新本页就能看到。"))
DEFINITIONS = DefinitionsPage(
    "每个数是怎么来的",
    "人按居住地归到社区，一人只算一次；钱按示例标准算，未核对原文。",
    (
        DefinitionRow(
            "eligible",
            "应享",
            "高龄津贴、养老服务补贴、照护类补贴里至少一项算得出、金额大于 0 的人",
            "60 岁以上常住老人",
            "昨夜核算",
            "2026-11-20 06:00",
        ),
        DefinitionRow(
            "served",
            "已享",
            "应享，并且应享的每一项都有发放记录的人",
            "应享的人",
            "发放记录",
            "2026-11-20 06:00",
        ),
        DefinitionRow(
            "unserved",
            "应享未享",
            "应享，但至少有一项没有发放记录的人",
            "应享的人",
            "昨夜核算减去发放记录",
            "2026-11-20 06:00",
        ),
        DefinitionRow(
            "cannot",
            "无法判定",
            "没有一项应享，但至少有一项因缺资料算不出的人",
            "60 岁以上常住老人",
            "昨夜核算",
            "2026-11-20 06:00",
        ),
    ),
)
