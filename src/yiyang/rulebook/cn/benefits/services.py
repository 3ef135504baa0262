"""What the place of residence offers: meals, the home made safe, beds and insurance."""
# ruff: noqa: ARG001 - a rule takes (p, law) even where it reads only one of them

from __future__ import annotations

from yiyang.engine.ruling.benefits import Facts, Law
from yiyang.engine.ruling.expressions import Expr, all_of, any_of, cases, least
from yiyang.engine.ruling.parameters import Cite
from yiyang.rulebook.cn.facts import rules


@rules.rule(
    "老年助餐每餐补贴", unit="fen/meal", by="residence", cite=Cite("example-meal", "5"),
    plain_title="助餐补贴（每餐）", plain="在老年食堂吃饭，每餐便宜一些",
)  # fmt: skip
def meal_subsidy_per_meal(p: Facts, law: Law) -> Expr:
    """A small table: hardship down, ability across."""
    per_meal = law.grid("meal_fen", (p.hardship_class, 4), (p.ability_class, 3))
    return cases((p.age >= law.meal_age, per_meal, "满60周岁"))


@rules.rule(
    "老年助餐补贴", unit="fen/month", by="residence", cite=Cite("example-meal", "6"),
    plain_title="助餐补贴", plain="这个月吃饭一共帮您省的钱",
)  # fmt: skip
def meal_subsidy(p: Facts, law: Law) -> Expr:
    """The amount per meal, for a limited number of meals."""
    month = p.meal_subsidy_per_meal * least(p.meals_in_month, law.meal_cap)
    return cases((p.age >= law.meal_age, month, "满60周岁并用餐"))


@rules.rule(
    "居家适老化改造补贴", unit="fen/once", by="residence", cite=Cite("example-adaptation", "3"),
    plain_title="家里改造补贴", plain="装扶手、改厕所，政府出一部分钱", marks=("lead", "stored"),
)  # fmt: skip
def home_adaptation(p: Facts, law: Law) -> Expr:
    """Once in a life, at home, with some loss of ability."""
    open_to = ~p.home_adapted & ~p.lives_in_care_home & (p.ability_level >= 1)
    return cases(
        (open_to & (p.hardship_class == 3), law.adaptation_extreme_fen, "特困并失能"),
        (open_to & (p.hardship_class == 2), law.adaptation_dibao_fen, "低保并失能"),
    )


@rules.rule(
    "家庭养老床位", unit="bool", by="residence", cite=Cite("example-home-bed", "2"),
    plain_title="家庭养老床位", plain="在家里照着养老院的样子照顾您", marks=("lead", "stored"),
)  # fmt: skip
def home_care_bed(p: Facts, law: Law) -> Expr:
    """In hardship, at least moderately impaired, living at home."""
    return all_of(
        (~p.lives_in_care_home, "住在家里"),
        (p.hardship_class >= 1, "经济困难"),
        (p.ability_level >= 2, "中度以上失能"),
    )


@rules.rule(
    "养老机构优先入住顺序", unit="rank", by="residence", cite=Cite("example-priority", "2"),
    plain_title="优先住养老院", plain="排队住公办养老院时您靠前",
)  # fmt: skip
def care_home_priority(p: Facts, law: Law) -> Expr:
    """The queue of public care homes: 1 goes first, 0 has no priority."""
    grave = (p.ability_level >= 3) | p.has_dementia
    return cases(
        (p.hardship_class == 3, 1, "特困人员"),
        ((p.hardship_class >= 1) & grave, 2, "经济困难的失能失智老人"),
        (p.bereaved_family, 3, "计划生育特殊家庭"),
        (p.entitled_group, 4, "优抚对象"),
    )


@rules.rule(
    "老年人意外伤害保险补助", unit="bool", by="residence", cite=Cite("example-accident", "2"),
    plain_title="意外险补助", plain="意外伤害险的钱政府帮您出", marks=("lead", "stored"),
)  # fmt: skip
def accident_insurance_subsidy(p: Facts, law: Law) -> Expr:
    """From an age on, where the county has opened it; the age itself is included."""
    return all_of(
        (law.accident_insurance_open == 1, "当地已开展"),
        (p.age >= law.accident_insurance_age, "达到规定年龄"),
    )


@rules.rule(
    "独居老人智慧安居设备", unit="bool", by="residence", cite=Cite("example-smart-home", "2"),
    plain_title="家里装报警拉绳", plain="一个人住，给您家装一拉就响的铃", marks=("lead", "stored"),
)  # fmt: skip
def smart_home_safety(p: Facts, law: Law) -> Expr:
    """For people living alone, where the county has opened it."""
    return all_of((law.smart_home_open == 1, "当地已开展"), (p.lives_alone, "独居"))


@rules.rule(
    "特殊困难老年人", unit="bool", by="residence", cite=Cite("example-visit", "1"),
    plain_title="重点关心的老人", plain="有难处的老人，社区多照看", marks=("due_list",),
)  # fmt: skip
def special_difficulty(p: Facts, law: Law) -> Expr:
    """One sign is enough, whatever is unknown besides."""
    grave = (p.disability_certificate_grade >= 1) & (p.disability_certificate_grade <= 2)
    return any_of(
        (p.lives_alone, "独居"),
        (p.empty_nest, "空巢"),
        (p.left_behind, "留守"),
        (p.ability_level >= law.special_difficulty_level, "失能"),
        (grave, "重度残疾"),
        (p.bereaved_family, "计划生育特殊家庭"),
    )


@rules.rule(
    "探访关爱", unit="bool", by="residence", cite=Cite("example-visit", "2"),
    plain_title="上门看望", plain="每月有人来看看您", marks=("due_list",),
)  # fmt: skip
def welfare_visit(p: Facts, law: Law) -> Expr:
    """A visit every month for everybody in special difficulty."""
    return any_of((p.special_difficulty, "特殊困难老年人"))


@rules.rule(
    "基本养老服务对象", unit="bool", by="residence", cite=Cite("example-list", "1"),
    plain_title="基本养老服务", plain="您在政府保障的名单里",
)  # fmt: skip
def on_basic_care_list(p: Facts, law: Law) -> Expr:
    """Very old, in hardship, impaired, or living alone from an age on."""
    alone = (p.age >= law.visit_age) & p.lives_alone
    return any_of(
        (p.age >= law.list_age, "达到规定年龄"),
        (p.hardship_class >= 2, "低保或特困"),
        (p.ability_level >= 2, "中度以上失能"),
        (alone, "达到规定年龄且独居"),
    )
