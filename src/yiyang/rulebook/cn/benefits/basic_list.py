"""The national list of basic care services, item by item: for whom each of the sixteen is meant.

The item says who is meant (物质帮助 8, 照护服务 7, 关爱服务 1); what is paid where is the matter of the
other results.
"""
# ruff: noqa: ARG001 - a rule takes (p, law) even where it reads only one of them

from __future__ import annotations

from typing import Literal

from yiyang.engine.ruling.benefits import Body, Facts, Law
from yiyang.engine.ruling.expressions import Expr, all_of
from yiyang.engine.ruling.parameters import Cite
from yiyang.rulebook.cn.facts import rules

Kind = Literal["物质帮助", "照护服务", "关爱服务"]

ITEMS: dict[str, tuple[int, Kind]] = {}
"""Result name -> number on the list and kind."""


def _item(no: int, kind: Kind, title: str, plain: str) -> _Register:
    return _Register(no, kind, title, plain)


class _Register:
    """Declare one item and remember its place on the list."""

    def __init__(self, no: int, kind: Kind, title: str, plain: str) -> None:
        self.no, self.kind, self.title, self.plain = no, kind, title, plain

    def __call__(self, body: Body) -> Body:
        ITEMS[body.__name__] = (self.no, self.kind)
        declare = rules.rule(
            f"国家清单：{self.title}", unit="bool", by="residence",
            cite=Cite("example-national-list", str(self.no)), plain_title=self.title, plain=self.plain,
        )  # fmt: skip
        return declare(body)


@_item(1, "物质帮助", "职工基本养老保险", "每月领的职工养老金")
def basic_pension_employee(p: Facts, law: Law) -> Expr:
    """People in the employees' pension scheme."""
    return all_of((p.pension_scheme == 1, "参加职工基本养老保险"))


@_item(2, "物质帮助", "城乡居民基本养老保险", "每月领的居民养老金")
def basic_pension_resident(p: Facts, law: Law) -> Expr:
    """People in the residents' pension scheme."""
    return all_of((p.pension_scheme == 2, "参加城乡居民基本养老保险"))


@_item(3, "照护服务", "老年人能力综合评估", "看看您平时哪些事要人帮忙")
def basic_ability_assessment(p: Facts, law: Law) -> Expr:
    """Everybody who may ask for an assessment."""
    return all_of((p.ability_assessment, "达到规定年龄"))


@_item(4, "物质帮助", "高龄津贴", "年纪大了每月发的钱")
def basic_oldest_old_allowance(p: Facts, law: Law) -> Expr:
    """From the first step of the allowance on."""
    return all_of((p.age >= law.aged_80_age, "达到规定年龄"))


@_item(5, "物质帮助", "养老服务补贴", "家里困难，帮您付服务费")
def basic_care_service_subsidy(p: Facts, law: Law) -> Expr:
    """Everybody in economic hardship."""
    return all_of((p.hardship_class >= 1, "经济困难"))


@_item(6, "照护服务", "家庭适老化改造", "装扶手、改厕所")
def basic_home_adaptation(p: Facts, law: Law) -> Expr:
    """Everybody in economic hardship."""
    return all_of((p.hardship_class >= 1, "经济困难"))


@_item(7, "物质帮助", "护理补贴", "要人照顾，每月补一些")
def basic_nursing_subsidy(p: Facts, law: Law) -> Expr:
    """People certified unable to care for themselves; from which level on is not verified."""
    return all_of((p.ability_level >= law.self_care_lost_level, "生活不能自理"))


@_item(8, "照护服务", "家庭养老支持服务", "教家里人怎么照顾您")
def basic_family_support(p: Facts, law: Law) -> Expr:
    """People certified unable to care for themselves; from which level on is not verified."""
    return all_of((p.ability_level >= law.self_care_lost_level, "生活不能自理"))


@_item(9, "物质帮助", "最低生活保障", "低保")
def basic_dibao(p: Facts, law: Law) -> Expr:
    """Dibao and extreme hardship."""
    return all_of((p.hardship_class >= 2, "低保或特困"))


@_item(10, "照护服务", "分散供养", "在自己家里，由政府来养")
def basic_support_at_home(p: Facts, law: Law) -> Expr:
    """People in extreme hardship who stay at home."""
    return all_of((p.hardship_class == 3, "特困人员"))


@_item(11, "照护服务", "集中供养", "住进供养院，由政府来养")
def basic_support_in_home(p: Facts, law: Law) -> Expr:
    """People in extreme hardship who move into a home."""
    return all_of((p.hardship_class == 3, "特困人员"))


@_item(12, "关爱服务", "探访服务", "每月有人来看看您")
def basic_welfare_visit(p: Facts, law: Law) -> Expr:
    """Everybody in special difficulty."""
    return all_of((p.welfare_visit, "特殊困难老年人"))


@_item(13, "照护服务", "作出特殊贡献的老年人集中供养", "为国家出过大力的老人住进供养院")
def basic_support_contributors(p: Facts, law: Law) -> Expr:
    """People of special contribution to state and society."""
    return all_of((p.special_contribution, "对国家和社会作出特殊贡献"))


@_item(14, "照护服务", "优先享受机构养老", "住养老院您排在前面")
def basic_priority_admission(p: Facts, law: Law) -> Expr:
    """Bereaved one-child families."""
    return all_of((p.bereaved_family, "计划生育特殊家庭"))


@_item(15, "物质帮助", "残疾人两项补贴", "有残疾证，每月补一些")
def basic_disability_subsidies(p: Facts, law: Law) -> Expr:
    """People with a disability certificate of any grade."""
    return all_of((p.disability_certificate_grade >= 1, "持有残疾证"))


@_item(16, "物质帮助", "社会救助", "没地方住、没饭吃时帮您")
def basic_relief(p: Facts, law: Law) -> Expr:
    """People without means who live in the street."""
    return all_of((p.homeless, "生活无着流浪乞讨"))
