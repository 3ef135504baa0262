"""Every number of the law that a rule may ask for: its key, Chinese name, unit and sane bounds."""

from __future__ import annotations

from yiyang.engine.ruling.declaring import NumberSpec

MONTHLY, YEAR, ONCE = "fen/month", "year", "fen/once"


def _age(key: str, title: str) -> NumberSpec:
    return NumberSpec(key, title, YEAR, 0, 129)


def _flag(key: str, title: str) -> NumberSpec:
    return NumberSpec(key, title, "flag", 0, 1)


def _monthly(key: str, title: str) -> NumberSpec:
    return NumberSpec(key, title, MONTHLY, 0, 10_000_000)


NUMBERS = (
    _age("aged_80_age", "高龄津贴第一档年龄"),
    _age("aged_90_age", "高龄津贴第二档年龄"),
    _age("aged_100_age", "高龄津贴第三档年龄"),
    _monthly("aged_80_fen", "高龄津贴第一档标准"),
    _monthly("aged_90_fen", "高龄津贴第二档标准"),
    _monthly("aged_100_fen", "高龄津贴第三档标准"),
    _monthly("care_service_fen", "养老服务补贴标准"),
    _monthly("nursing_moderate_fen", "护理补贴标准（中度失能）"),
    _monthly("nursing_severe_fen", "护理补贴标准（重度失能）"),
    _monthly("nursing_complete_fen", "护理补贴标准（完全失能）"),
    NumberSpec("nursing_care_home_percent", "入住养老机构的护理补贴比例", "percent", 0, 100),
    _monthly("disability_1_fen", "重度残疾人护理补贴标准（一级）"),
    _monthly("disability_2_fen", "重度残疾人护理补贴标准（二级）"),
    _flag("ltci_open", "已开展长期护理保险"),
    NumberSpec("ltci_waiting_months", "长期护理保险等待期", "month", 0, 600),
    _monthly("ltci_3_fen", "长期护理保险待遇（重度一级）"),
    _monthly("ltci_4_fen", "长期护理保险待遇（重度二级）"),
    _monthly("ltci_5_fen", "长期护理保险待遇（重度三级）"),
    _age("meal_age", "老年助餐补贴年龄"),
    NumberSpec("meal_fen", "老年助餐每餐补贴（困难类别-失能档）", "fen/meal", 0, 100_000, grid=(4, 3)),
    NumberSpec("meal_cap", "每月补贴餐数上限", "meal/month", 0, 93),
    NumberSpec("adaptation_extreme_fen", "适老化改造补贴标准（特困）", ONCE),
    NumberSpec("adaptation_dibao_fen", "适老化改造补贴标准（低保）", ONCE),
    _age("accident_insurance_age", "意外伤害保险补助年龄"),
    _flag("accident_insurance_open", "已开展意外伤害保险补助"),
    _flag("smart_home_open", "已开展独居老人智慧安居"),
    NumberSpec("special_difficulty_level", "特殊困难认定的能力等级", "class", 0, 4),
    NumberSpec("self_care_lost_level", "认定生活不能自理的能力等级", "class", 0, 4),
    _age("assessment_age", "能力综合评估年龄"),
    _age("cognition_age", "认知功能检测年龄"),
    _age("health_age", "健康管理服务年龄"),
    _age("tcm_health_age", "中医药（蒙医药）健康管理年龄"),
    _age("contract_doctor_age", "家庭医生签约服务年龄"),
    _age("legal_aid_age", "法律援助免经济困难审查年龄"),
    _age("list_age", "基本养老服务对象年龄"),
    _age("visit_age", "独居老人纳入服务对象的年龄"),
    NumberSpec("ability_valid_months", "能力评估结果有效期", "month", 1, 120, unused=True),
    NumberSpec("appeal_answer_workdays", "异议答复期限", "workday", 1, 120, unused=True),
    NumberSpec("rights_answer_workdays", "个人信息事项答复期限", "workday", 1, 120, unused=True),
    NumberSpec("call_back_days", "帮办回电期限", "day", 1, 60, unused=True),
)
