"""The data contract of the sweep table and the facts derived from it."""
# ruff: noqa: ARG001 - a rule takes (p, law) even where it reads only one of them

from __future__ import annotations

from yiyang.engine.ruling.benefits import Facts, Law, RuleSet
from yiyang.engine.ruling.declaring import FieldSpec
from yiyang.engine.ruling.expressions import Expr, cases, years

from .numbers import NUMBERS

ASSESS = "先做一次能力评估"
ASK_COMMUNITY = "请社区帮您核实一下情况"

FIELDS = (
    FieldSpec("birth_ymd", "出生日期", "ymd", False, 18900101, 21991231, "带身份证到社区登记"),
    FieldSpec(
        "ability_level", "能力等级", "class", True, 0, 4, ASSESS, assessed=True,
        meanings=("能力完好", "轻度受损", "中度受损", "重度受损", "完全丧失"),
    ),
    FieldSpec(
        "hardship_class", "困难类别", "class", True, 0, 3, "请社区帮您核实家庭困难情况",
        meanings=("无", "低保边缘", "低保", "特困"),
    ),
    FieldSpec(
        "disability_certificate_grade", "残疾证等级", "class", True, 0, 4, "带残疾证到社区登记",
        meanings=("无证", "一级", "二级", "三级", "四级"),
    ),
    FieldSpec(
        "ltci_disability_level", "长护险失能等级", "class", True, 0, 5, "申请长护险失能评估", assessed=True,
        meanings=("基本正常", "轻度", "中度", "重度一级", "重度二级", "重度三级"),
    ),
    FieldSpec("insured_months", "参保月数", "month", True, 0, 1200, "请医保部门查一下参保时间"),
    FieldSpec("meals_in_month", "本月助餐次数", "meal/month", False, 0, 93),
    FieldSpec("lives_in_care_home", "入住养老机构", "bool", False),
    FieldSpec("home_adapted", "已做适老化改造", "bool", False),
    FieldSpec("lives_alone", "独居", "bool", True, next_step="告诉社区您和谁一起住"),
    FieldSpec("empty_nest", "空巢", "bool", True, next_step="告诉社区您和谁一起住"),
    FieldSpec("left_behind", "留守", "bool", True, next_step="告诉社区子女在不在身边"),
    FieldSpec("bereaved_family", "计划生育特殊家庭", "bool", True, next_step=ASK_COMMUNITY),
    FieldSpec("entitled_group", "优抚对象", "bool", True, next_step="带优抚证件到社区登记"),
    FieldSpec("has_dementia", "失智", "bool", True, next_step="到医院做一次记忆检查"),
    FieldSpec("special_contribution", "对国家和社会作出特殊贡献", "bool", True, next_step=ASK_COMMUNITY),
    FieldSpec("seriously_ill", "患重大疾病", "bool", True, next_step="带病历到社区登记"),
    FieldSpec("homeless", "生活无着流浪乞讨", "bool", True, next_step=ASK_COMMUNITY),
    FieldSpec(
        "pension_scheme", "养老保险类别", "class", True, 0, 2, "请社区帮您查一下养老保险",
        meanings=("无", "职工", "城乡居民"),
    ),
)  # fmt: skip

rules = RuleSet("cn", FIELDS, NUMBERS)


@rules.fact("周岁", unit="year")
def age(p: Facts, law: Law) -> Expr:
    """Full years on the day of the law."""
    return years(p.birth_ymd)


@rules.fact("失能档", unit="class")
def ability_class(p: Facts, law: Law) -> Expr:
    """0 able, 1 mild or moderate, 2 severe or complete: the columns of the meal table."""
    return cases((p.ability_level >= 3, 2, "重度以上"), (p.ability_level >= 1, 1, "轻度或中度"))
