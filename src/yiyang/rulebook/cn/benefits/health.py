"""Services by age: assessment, screening, health management, contract doctor, legal aid."""

from __future__ import annotations

from yiyang.engine.ruling.benefits import Facts, Law
from yiyang.engine.ruling.expressions import Expr, all_of, any_of
from yiyang.engine.ruling.parameters import Cite
from yiyang.rulebook.cn.facts import rules

OF_AGE = "达到规定年龄"


@rules.rule(
    "老年人能力综合评估", unit="bool", by="residence", cite=Cite("example-national-list", "3"),
    plain_title="能力评估", plain="看看您平时哪些事要人帮忙",
)  # fmt: skip
def ability_assessment(p: Facts, law: Law) -> Expr:
    """Open to everybody of the age; a lead only where a missing level hides money (``to_assess``)."""
    return all_of((p.age >= law.assessment_age, OF_AGE))


@rules.rule(
    "认知功能检测评估", unit="bool", by="residence", cite=Cite("example-health", "4"),
    plain_title="记忆检查", plain="免费查一查记性", marks=("due_list",),
)  # fmt: skip
def cognition_screening(p: Facts, law: Law) -> Expr:
    """A screening from an age on."""
    return all_of((p.age >= law.cognition_age, OF_AGE))


@rules.rule(
    "老年人健康管理服务", unit="bool", by="residence", cite=Cite("example-health", "2"),
    plain_title="免费体检", plain="每年一次免费体检", marks=("due_list",),
)  # fmt: skip
def health_management(p: Facts, law: Law) -> Expr:
    """Yearly health management from an age on."""
    return all_of((p.age >= law.health_age, OF_AGE))


@rules.rule(
    "中医药（蒙医药）健康管理", unit="bool", by="residence", cite=Cite("example-health", "3"),
    plain_title="中医蒙医保健", plain="中医蒙医大夫教您保养", marks=("due_list",),
)  # fmt: skip
def tcm_health_management(p: Facts, law: Law) -> Expr:
    """Chinese or Mongolian medicine, from an age on."""
    return all_of((p.age >= law.tcm_health_age, OF_AGE))


@rules.rule(
    "家庭医生签约服务", unit="bool", by="residence", cite=Cite("example-health", "5"),
    plain_title="家庭医生", plain="有一位固定的大夫管您", marks=("due_list",),
)  # fmt: skip
def contract_doctor(p: Facts, law: Law) -> Expr:
    """A contract doctor from an age on."""
    return all_of((p.age >= law.contract_doctor_age, OF_AGE))


@rules.rule(
    "法律援助免经济困难审查", unit="bool", by="residence", cite=Cite("example-legal-aid", "2"),
    plain_title="免费请律师", plain="打官司请律师，不用查家里收入",
)  # fmt: skip
def legal_aid_means_test_waiver(p: Facts, law: Law) -> Expr:
    """By age, or with a grave illness."""
    return any_of((p.age >= law.legal_aid_age, OF_AGE), (p.seriously_ill, "患重大疾病"))
