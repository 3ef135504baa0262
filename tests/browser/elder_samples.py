"""Sample people for the elder pages: explanations as the rule engine gives them, and what hangs on them.

Every name, amount and place is invented (模拟数据).
"""

from __future__ import annotations

from datetime import date, datetime

from yiyang.faces.elder.explanation import ConditionJson, ExplanationJson, InputJson, NumberJson
from yiyang.faces.elder.showing.asking import Caller
from yiyang.faces.elder.showing.cases import Case, appeal_case, call_case
from yiyang.faces.elder.showing.standing import Standing
from yiyang.faces.elder.showing.why import Clause

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 8, 30)  # noqa: DTZ001 - the face hands over local time
BIRTH = date(1934, 5, 1)
PLACES = {0: "国家", 150000: "内蒙古", 150200: "包头市", 150203: "昆都仑区"}
LIU = Caller("六合成社区", "刘干事", woman=True)
NOBODY = Caller("达尔罕茂明安联合旗百灵庙镇巴音赛罕社区")
DUE = datetime(2026, 11, 20, 17, 0)  # noqa: DTZ001
CLAUSE = Clause(
    "示例文件（高龄）第 3 条",
    "在当地有户口、年满八十周岁的老年人按年龄分三档每月发给津贴，由户籍所在旗县区核发，标准由市里公布，自满龄当月起计算。",
)


def number(
    key: str, value: int | None, unit: str, *, place: int = 150200, verified: bool = False
) -> NumberJson:
    """One resolved number of the law with one row behind it."""
    return {
        "key": key,
        "value": value,
        "steps": [
            {
                "place": place,
                "merge": "override",
                "value": value,
                "unit": unit,
                "since": "2021-01-01",
                "cite": {"doc": "example", "clause": "2"},
                "verified": verified,
            }
        ],
    }


def explanation(
    benefit: str,
    title: str,
    *,
    unit: str = "fen/month",
    status: str = "ELIGIBLE",
    amount: int | bool | None = None,
    label: str | None = None,
    arms: tuple[tuple[str, bool | None], ...] = (),
    inputs: tuple[tuple[str, int | bool | None], ...] = (),
    age: int | None = None,
    numbers: tuple[NumberJson, ...] = (),
    missing: tuple[str, ...] = (),
    by: str = "hukou",
) -> ExplanationJson:
    """An explanation with everything not named left empty."""
    conditions: list[ConditionJson] = [{"label": text, "holds": holds} for text, holds in arms]
    read: list[InputJson] = [
        {"field": f, "title": f, "value": v, "source": "CIVIL_AFFAIRS"} for f, v in inputs
    ]
    return {
        "benefit": benefit,
        "title": title,
        "unit": unit,
        "as_of": TODAY.isoformat(),
        "by": by,
        "status": status,
        "amount": amount,
        "reason": {"arm": 1 if label else None, "label": label},
        "conditions": conditions,
        "inputs": read,
        "uses": [{"name": "age", "title": "周岁", "value": age}] if age is not None else [],
        "numbers": list(numbers),
        "cites": [{"doc": "example", "clause": "3"}],
        "missing": list(missing),
        "law": {"rules": "0" * 12, "parameters": "0" * 12},
    }


def allowance(age: int = 92) -> ExplanationJson:
    """The allowance by age: three steps, the highest that holds."""
    steps = [(100, 100000), (90, 25000), (80, 10000)]
    arms = []
    for floor, _ in steps:
        arms.append((f"满{floor}周岁", age >= floor))
        if age >= floor:
            break
    fen = next((fen for floor, fen in steps if age >= floor), 0)
    return explanation(
        "oldest_old_allowance",
        "高龄津贴",
        status="ELIGIBLE" if fen else "NOT_ELIGIBLE",
        amount=fen,
        label=arms[-1][0] if fen else "其他情形",
        arms=tuple(arms),
        age=age,
        inputs=(("birth_ymd", 19340501),),
        numbers=(number("aged_fen", fen, "fen/month"),) if fen else (number("aged_80_age", 80, "year"),),
    )


def nursing() -> ExplanationJson:
    return explanation(
        "nursing_subsidy_due", "经济困难失能老年人护理补贴（应享额）", amount=20000, label="经济困难且居家",
        arms=(("经济困难且入住养老机构", False), ("经济困难且居家", True)),
        inputs=(("ability_level", 3), ("hardship_class", 2), ("lives_in_care_home", False)),
        numbers=(number("nursing_severe_fen", 20000, "fen/month"),),
    )  # fmt: skip


def insurance(amount: int | None = None) -> ExplanationJson:
    missing = () if amount is not None else ("ltci_disability_level",)
    status = "CANNOT_TELL" if amount is None else "ELIGIBLE" if amount else "NOT_ELIGIBLE"
    return explanation(
        "ltci_due", "长期护理保险待遇（应享额）", status=status, amount=amount, by="residence",
        inputs=(("insured_months", 30), ("ltci_disability_level", None)), missing=missing,
    )  # fmt: skip


def no_certificate() -> ExplanationJson:
    return explanation(
        "disability_nursing_due", "重度残疾人护理补贴（应享额）", status="NOT_ELIGIBLE", amount=0,
        arms=(("一级残疾", False), ("二级残疾", False)), inputs=(("disability_certificate_grade", 0),),
    )  # fmt: skip


def support(*, told: bool = True) -> ExplanationJson:
    return explanation(
        "care_support", "照护类补贴（就高不重复）", status="ELIGIBLE" if told else "CANNOT_TELL",
        amount=20000 if told else None, missing=() if told else ("ltci_disability_level",),
    )  # fmt: skip


def hardship() -> ExplanationJson:
    return explanation(
        "care_service_subsidy", "经济困难老年人养老服务补贴", amount=8000, inputs=(("hardship_class", 2),),
        numbers=(number("care_service_fen", 8000, "fen/month", place=150203),),
    )  # fmt: skip


def service(
    benefit: str, title: str, *, status: str = "ELIGIBLE", missing: tuple[str, ...] = ()
) -> ExplanationJson:
    """A result without money."""
    amount = {"ELIGIBLE": True, "NOT_ELIGIBLE": False}.get(status)
    return explanation(
        benefit, title, unit="bool", status=status, amount=amount, missing=missing, by="residence"
    )


def adaptation() -> ExplanationJson:
    return explanation(
        "home_adaptation", "居家适老化改造补贴", unit="fen/once", amount=300000, label="低保并失能",
        by="residence", arms=(("特困并失能", False), ("低保并失能", True)), inputs=(("home_adapted", False),),
        numbers=(number("adaptation_dibao_fen", 300000, "fen/once", verified=True),),
    )  # fmt: skip


def care(*, told: bool = True, received: int | None = None, asked: bool = False) -> Standing:
    ltci = insurance(0 if told else None)
    return Standing(support(told=told), (nursing(), no_certificate(), ltci), received, asked)


USUAL = (Standing(allowance(), received_fen=25000), Standing(hardship(), received_fen=8000), care())
MANY = (
    Standing(allowance(), received_fen=25000),
    Standing(hardship(), received_fen=8000),
    care(received=20000),
    Standing(service("smart_home_safety", "智能居家安全"), received_fen=0),
    Standing(adaptation()),
    Standing(service("home_care_bed", "家庭养老床位")),
    Standing(
        service("extreme_hardship_support", "特困供养", status="CANNOT_TELL", missing=("hardship_class",))
    ),
    Standing(insurance()),
    Standing(service("accident_insurance_subsidy", "意外伤害险补贴", status="NOT_ELIGIBLE")),
)
YOUNG_BIRTH = date(1947, 3, 12)
NONE = (Standing(allowance(79)), Standing(service("home_care_bed", "家庭养老床位", status="NOT_ELIGIBLE")))
UNKNOWN = (Standing(allowance(79)), care(told=False))
WAITING = call_case(code="a1", matter="办护理补贴", state="WAITING", due=DUE, caller=LIU, today=TODAY)
DISAGREED = appeal_case(
    code="b2", name="高龄津贴", state="WAITING", answered_by=date(2026, 12, 11), reviewer="昆都仑区民政局"
)
CASES: tuple[Case, ...] = (
    WAITING,
    DISAGREED,
    call_case(code="c3", matter="办高龄津贴", state="DONE", due=DUE, caller=LIU, today=TODAY),
    appeal_case(code="d4", name="吃饭补贴", state="KEPT", answered_by=TODAY, reviewer="昆都仑区民政局"),
)


def sixteen(*, age: int = 79) -> dict[str, ExplanationJson]:
    """The basic list of somebody of 79 with dibao, never assessed."""
    have = {"basic_pension_resident", "basic_ability_assessment", "basic_care_service_subsidy", "basic_dibao"}
    open_ = {"basic_nursing_subsidy", "basic_family_support", "basic_welfare_visit", "basic_home_adaptation"}
    from yiyang.faces.elder import words

    results = {}
    for code, name in words.SERVICES.items():
        status = "ELIGIBLE" if code in have else "CANNOT_TELL" if code in open_ else "NOT_ELIGIBLE"
        results[code] = service(
            code, name, status=status, missing=("ability_level",) if code in open_ else ()
        )
    results["oldest_old_allowance"] = allowance(age)
    return results
