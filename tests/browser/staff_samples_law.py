"""Samples of the law pages: browser, benefit, clause, revisions, rehearsal, appeals; amounts are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.browser.staff_samples_bureau import CITY, tabs
from yiyang.faces.bureau.law_showing import (
    ClausePage,
    LawBenefitPage,
    NumberHistory,
    NumberRow,
)
from yiyang.faces.bureau.showing import LawGroup, LawPage, LawRow
from yiyang.faces.shared.fields import Field, FormView
from yiyang.faces.shared.lane_charts import Period, lanes
from yiyang.faces.shared.showing import (
    UNVERIFIED,
    Chip,
    ClauseNote,
    Condition,
    Fact,
    Link,
    State,
)

FRAME = replace(
    CITY, tabs=tabs("政策"), place=replace(CITY.place, as_of=date(2026, 11, 20), as_of_word="规定截至")
)
NO_RESULT = State("empty", "没有找到", "换一个词，或清空条件。")

LAW = LawPage(
    "包头市，2026-11-20，36 项待遇",
    "每个数都有地方、日期和条款。标“示例”的还没有和原文核对，不能作为发放依据。",
    FormView(
        "/g/law/",
        "查",
        (Field("q", "待遇、标准或条款里的词", required=False), Field("on", "哪一天", "date", "2026-11-20")),
    ),
    (
        LawGroup(
            "补贴和津贴",
            (
                LawRow(
                    "高龄津贴",
                    "/g/law/oldest_old_allowance/",
                    "满 80、90、100 周岁，分三档",
                    "100.00 至 600.00 元/月",
                    "户籍地",
                    UNVERIFIED,
                    "示例文件《高龄津贴》第三条",
                ),
                LawRow(
                    "照护类补贴（就高不重复）",
                    "/g/law/care_support/",
                    "护理补贴、重度残疾护理补贴、长护险待遇，只领最高的一项",
                    "最高 1,800.00 元/月",
                    "户籍地",
                    UNVERIFIED,
                    "示例文件《护理补贴》第七条",
                ),
                LawRow(
                    "老年助餐补贴",
                    "/g/law/meal_subsidy/",
                    "满 60 周岁并用餐；按困难类别和失能档",
                    "2.00 至 8.00 元/餐",
                    "居住地",
                    UNVERIFIED,
                    "示例文件《助餐》第五条",
                ),
            ),
        ),
        LawGroup(
            "服务",
            (
                LawRow(
                    "家庭养老床位",
                    "/g/law/home_care_bed/",
                    "经济困难、中度以上失能、不住养老机构",
                    "服务",
                    "居住地",
                    UNVERIFIED,
                    "示例文件《家庭床位》第二条",
                ),
                LawRow(
                    "认知筛查",
                    "/g/law/cognition_screening/",
                    "满 75 周岁",
                    "服务",
                    "居住地",
                    Chip("已核对", "ok"),
                    "示例文件《健康管理》第四条",
                ),
            ),
        ),
    ),
    5,
    NO_RESULT,
    None,
    Link("看修订", "/g/revisions/"),
)
_CLAUSE = Link("示例文件《助餐》第五条", "/g/clauses/example-meal/5/")
NUMBERS = (
    NumberRow(
        "每餐补贴：无困难、能力完好",
        "1.00 元/餐",
        "内蒙古自治区",
        date(2021, 7, 1),
        None,
        "下级不得低于它",
        UNVERIFIED,
        _CLAUSE,
    ),
    NumberRow(
        "每餐补贴：无困难、能力完好",
        "2.00 元/餐",
        "包头市",
        date(2024, 7, 1),
        None,
        "就近取用",
        UNVERIFIED,
        _CLAUSE,
        Link("改这个数", "/g/revisions/new/?key=meal_fen_00"),
    ),
    NumberRow(
        "每餐补贴：无困难、能力完好",
        "0.50 元/餐",
        "青山区",
        date(2025, 4, 1),
        date(2027, 1, 1),
        "本级加发",
        Chip("已核对", "ok"),
        _CLAUSE,
    ),
)
HISTORY = NumberHistory(
    "无困难、能力完好一格，元/餐",
    lanes(
        ("国家", "内蒙古自治区", "包头市", "青山区"),
        (
            Period("内蒙古自治区", date(2021, 7, 1), None, "1.00，不得低于", "q1"),
            Period("包头市", date(2022, 1, 1), date(2024, 7, 1), "1.50", "q2"),
            Period("包头市", date(2024, 7, 1), date(2027, 1, 1), "2.00", "q4"),
            Period("包头市", date(2027, 1, 1), None, "1.80", "f2"),
            Period("青山区", date(2025, 4, 1), None, "本级加发 0.50", "q2"),
        ),
        first=date(2021, 1, 1),
        last=date(2027, 7, 1),
        today=date(2026, 11, 20),
        label="每餐补贴（无困难、能力完好）按地方和时间的沿革，内容同下方说明",
    ),
    "自治区 1.00 元是下限：新标准 1.80 元不低于下限，可以施行。青山区加发 0.50 元不变，合计 2.30 元。",
)
_OWN = ClauseNote(
    "示例文件《助餐》",
    "第五条",
    "按困难类别和失能档定每餐补贴，每月有餐数上限。",
    "/g/clauses/example-meal/5/",
)
BENEFIT = LawBenefitPage(
    "老年助餐补贴",
    "包头市，2026-11-20。按居住地算，每月结一次。",
    "每餐的补贴乘本月用餐次数，最多算 22 餐。",
    (
        Condition(True, "满 60 周岁", "年龄，公安"),
        Condition(True, "本月用过餐", "用餐次数，助餐点"),
        Condition(True, "困难类别和失能档决定每餐多少", "社会救助、能力评估；缺一项就是无法判定"),
    ),
    (Fact("按哪里算", "居住地"), Fact("和别的待遇", "可以同时领"), Fact("没有领的人", "不进名单：要先用餐")),
    NUMBERS,
    (HISTORY,),
    (_OWN,),
    FormView("/g/law/meal_subsidy/", "看那天", (Field("on", "哪一天", "date", "2026-11-20"),), method="get"),
    State(
        "empty",
        "石拐区没有规定餐数上限",
        "这里的人是“无法判定”，不是没有。请起草一条，或请市里统一规定。",
        Link("起草", "/g/revisions/new/"),
    ),
    Link("起草修订", "/g/revisions/new/"),
)
CLAUSE = ClausePage(
    "示例文件《助餐》第五条",
    _OWN,
    (
        Fact("文号", "示例〔2024〕1号"),
        Fact("发文机关", "示例机关"),
        Fact("日期", "2024-06-20"),
        Fact("核对", "未核对原文", chip=UNVERIFIED),
    ),
    (Link("老年助餐补贴", "/g/law/meal_subsidy/"), Link("每餐补贴", "/g/law/meal_subsidy_per_meal/")),
    NUMBERS[:2],
    State("empty", "原文没有导入", "本单位导入这份文件后，这里显示原文，并自动核对摘要。"),
)
