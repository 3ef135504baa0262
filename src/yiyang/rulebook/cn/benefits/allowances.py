"""Money that follows the household registration: the oldest-old allowance and the care subsidies."""
# ruff: noqa: ARG001 - a rule takes (p, law) even where it reads only one of them

from __future__ import annotations

from yiyang.engine.ruling.benefits import Facts, Law
from yiyang.engine.ruling.expressions import Expr, all_of, cases, share
from yiyang.engine.ruling.parameters import Cite
from yiyang.rulebook.cn.facts import rules


@rules.rule(
    "高龄津贴", unit="fen/month", by="hukou", cite=Cite("example-oldest-old", "3"),
    plain="年纪大了，每月发给您的钱", marks=("lead", "stored", "money"),
)  # fmt: skip
def oldest_old_allowance(p: Facts, law: Law) -> Expr:
    """Three steps by age; nothing else is asked."""
    return cases(
        (p.age >= law.aged_100_age, law.aged_100_fen, "满100周岁"),
        (p.age >= law.aged_90_age, law.aged_90_fen, "满90周岁"),
        (p.age >= law.aged_80_age, law.aged_80_fen, "满80周岁"),
    )


@rules.rule(
    "养老服务补贴", unit="fen/month", by="hukou", cite=Cite("example-care-service", "2"),
    plain="家里困难，每月帮您付服务费", marks=("lead", "stored", "money"),
)  # fmt: skip
def care_service_subsidy(p: Facts, law: Law) -> Expr:
    """One amount for everybody in economic hardship."""
    return cases((p.hardship_class >= 1, law.care_service_fen, "经济困难"))


@rules.rule(
    "经济困难失能老年人护理补贴（应享额）", unit="fen/month", by="hukou", cite=Cite("example-nursing", "2"),
    plain_title="护理补贴", plain="家里困难又要人照顾，每月补一些",
)  # fmt: skip
def nursing_subsidy_due(p: Facts, law: Law) -> Expr:
    """By ability for people in hardship; a care home resident gets a share of it."""
    full = cases(
        (p.ability_level == 4, law.nursing_complete_fen, "完全失能"),
        (p.ability_level == 3, law.nursing_severe_fen, "重度失能"),
        (p.ability_level == 2, law.nursing_moderate_fen, "中度失能"),
    )
    in_home = share(full, law.nursing_care_home_percent, rounding="half_up")
    return cases(
        ((p.hardship_class >= 1) & p.lives_in_care_home, in_home, "经济困难且入住养老机构"),
        (p.hardship_class >= 1, full, "经济困难且居家"),
    )


@rules.rule(
    "重度残疾人护理补贴（应享额）", unit="fen/month", by="hukou", cite=Cite("example-disability", "4"),
    plain_title="重度残疾人护理补贴", plain="残疾证一级或二级，每月补一些",
)  # fmt: skip
def disability_nursing_due(p: Facts, law: Law) -> Expr:
    """By the grade of the disability certificate, the two gravest grades only."""
    return cases(
        (p.disability_certificate_grade == 1, law.disability_1_fen, "一级残疾"),
        (p.disability_certificate_grade == 2, law.disability_2_fen, "二级残疾"),
    )


@rules.rule(
    "长期护理保险待遇（应享额）", unit="fen/month", by="residence", cite=Cite("example-ltci", "6"),
    plain_title="长护险", plain="参加了长护险，要人照顾时可领",
)  # fmt: skip
def ltci_due(p: Facts, law: Law) -> Expr:
    """Where the city has opened the insurance, after the waiting time, by the insurance's own scale."""
    insured = (law.ltci_open == 1) & (p.insured_months >= law.ltci_waiting_months)
    return cases(
        (insured & (p.ltci_disability_level == 5), law.ltci_5_fen, "参保满期且重度三级"),
        (insured & (p.ltci_disability_level == 4), law.ltci_4_fen, "参保满期且重度二级"),
        (insured & (p.ltci_disability_level == 3), law.ltci_3_fen, "参保满期且重度一级"),
    )


rules.exclusive(
    "care_support", "nursing_subsidy_due", "disability_nursing_due", "ltci_due",
    title="照护类补贴（就高不重复）", unit="fen/month", by="hukou", cite=Cite("example-nursing", "7"),
    plain_title="照护补贴", plain="几样照护的钱，给您最多的那一样", marks=("lead", "stored", "money"),
)  # fmt: skip


@rules.rule(
    "特困人员救助供养", unit="bool", by="hukou", cite=Cite("example-social-relief", "3"),
    plain_title="特困供养", plain="没有依靠的老人，由政府来养", marks=("lead", "stored"),
)  # fmt: skip
def extreme_hardship_support(p: Facts, law: Law) -> Expr:
    """Support for everybody recognised as in extreme hardship."""
    return all_of((p.hardship_class == 3, "特困人员"))
