"""An explanation of the rule engine (rules.md, section 7) into one benefit as staff read it.

Pure: the caller brings place names, titles of numbers, clauses and what is received.
Unknown stays unknown: it says what is missing and never 不符合.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NotRequired, TypedDict

from yiyang.faces.shared.showing import (
    CANNOT_TELL,
    NOT_ELIGIBLE,
    SERVED,
    UNSERVED,
    AmountStep,
    Benefit,
    Chip,
    ClauseNote,
    Condition,
    Fact,
    Link,
)

OPEN_TO = Chip("可以享受", "info")
PERIOD = {"fen/month": "元/月", "fen/meal": "元/餐", "fen/once": "元，一次", "fen/year": "元/年"}
MERGES = {"floor": "与上级的数比，取高的", "add": "本级加发", "override": ""}
FACT_TITLES = {
    "age": "周岁",
    "birth_ymd": "出生日期",
    "ability_level": "能力等级",
    "ability_class": "失能档",
    "hardship_class": "经济困难类别",
    "disability_certificate_grade": "残疾等级",
    "ltci_disability_level": "长护险失能等级",
    "insured_months": "长护险参保月数",
    "meals_in_month": "本月用餐次数",
    "lives_in_care_home": "是否住养老机构",
    "home_adapted": "是否做过适老化改造",
    "lives_alone": "是否独居",
    "empty_nest": "是否空巢",
    "left_behind": "是否留守",
    "bereaved_family": "是否计划生育特殊家庭",
    "entitled_group": "是否优抚对象",
    "has_dementia": "是否确诊失智",
    "special_contribution": "是否有特殊贡献",
    "seriously_ill": "是否重病",
    "homeless": "是否流浪",
    "pension_scheme": "养老保险类型",
}
FACT_WORDS: Mapping[str, tuple[str, ...]] = {
    "ability_level": ("0 能力完好", "1 轻度受损", "2 中度受损", "3 重度受损", "4 完全丧失"),
    "hardship_class": ("不困难", "低保边缘", "低保", "特困"),
    "disability_certificate_grade": ("没有残疾证", "一级", "二级", "三级", "四级"),
    "ltci_disability_level": ("0 级", "1 级", "2 级", "3 级", "4 级", "5 级"),
    "pension_scheme": ("没有", "职工养老保险", "居民养老保险"),
}
FACT_UNITS = {"age": " 周岁", "insured_months": " 个月", "meals_in_month": " 餐"}


class CiteJson(TypedDict):
    """Document and clause, by id."""

    doc: str
    clause: str


class ReasonJson(TypedDict):
    """The arm that decided."""

    arm: int | None
    label: str | None


class ConditionJson(TypedDict):
    """One labelled condition."""

    label: str
    holds: bool | None


class InputJson(TypedDict):
    """One fact that was read."""

    field: NotRequired[str]
    name: NotRequired[str]
    title: NotRequired[str]
    value: int | bool | None
    source: NotRequired[str]


class StepJson(TypedDict):
    """One row of the law that shaped a number."""

    place: int
    merge: str
    value: int | None
    unit: str
    since: str
    cite: CiteJson
    verified: bool


class NumberJson(TypedDict):
    """One resolved number."""

    key: str
    value: int | None
    steps: list[StepJson]


class ExplanationJson(TypedDict):
    """One result of one person, as the engine explains it."""

    benefit: str
    title: str
    unit: str
    status: str
    amount: int | bool | None
    reason: ReasonJson
    conditions: list[ConditionJson]
    inputs: list[InputJson]
    uses: list[InputJson]
    numbers: list[NumberJson]
    cites: list[CiteJson]
    missing: list[str]


@dataclass(frozen=True, slots=True)
class Received:
    """What a source says the person receives: since when, how much, the source's name."""

    since: date
    amount_fen: int
    source: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Names that an explanation does not carry.

    ``number_titles`` by key; ``places`` by six-digit code, 0 the nation; ``clauses`` by
    (document, clause); ``sources`` by fact name: where the fact came from, with its date.
    """

    places: Mapping[int, str]
    number_titles: Mapping[str, str] = field(default_factory=dict)
    clauses: Mapping[tuple[str, str], ClauseNote] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    law_links: Mapping[str, str] = field(default_factory=dict)


def worth(amount: int | bool | None, unit: str) -> str:
    """What a result is worth in words: ``200.00 元/月``, ``可以享受``, ``第 2 顺位``."""
    if amount is None:
        return "补齐后再算"
    if unit in PERIOD:
        whole, rest = divmod(int(amount), 100)
        return f"{whole:,}.{rest:02d} {PERIOD[unit]}" if amount else "无"
    if unit == "rank":
        return f"第 {int(amount)} 顺位" if amount else "无"
    return "可以享受" if amount else "无"


def chip_of(status: str, *, received: Received | None, owed: bool) -> Chip:
    """The state of one benefit; ``owed`` says that no receipt means 应享未享."""
    if status == "CANNOT_TELL":
        return CANNOT_TELL
    if status != "ELIGIBLE":
        return NOT_ELIGIBLE
    if received is not None:
        return SERVED
    return UNSERVED if owed else OPEN_TO


def benefit_of(
    told: ExplanationJson,
    *,
    around: Surroundings,
    received: Received | None = None,
    owed: bool = True,
    since: date | None = None,
    actions: tuple[Link, ...] = (),
    opened: bool = False,
) -> Benefit:
    """One benefit of one person, from sentence down to clause."""
    names = {one.get("field", one.get("name", "")): one for one in (*told["inputs"], *told["uses"])}
    missing = tuple(_title(name, names) for name in told["missing"])
    label = told["reason"]["label"] or ""
    return Benefit(
        name=told["benefit"],
        title=told["title"],
        subtitle=_subtitle(told, label, missing),
        chip=chip_of(told["status"], received=received, owed=owed),
        amount=worth(told["amount"], told["unit"]),
        say=_say(told, label, names, missing),
        conditions=tuple(Condition(one["holds"], one["label"]) for one in told["conditions"]),
        steps=_steps(told, around),
        clauses=_clauses(told, around),
        facts=_read(told, around) + _facts(told, received, owed, since),
        missing=missing,
        actions=actions,
        opened=opened,
    )


def _title(name: str, names: Mapping[str, InputJson]) -> str:
    given = names[name].get("title", "") if name in names else ""
    return given or FACT_TITLES.get(name, name)


def _subtitle(told: ExplanationJson, label: str, missing: tuple[str, ...]) -> str:
    if told["status"] == "CANNOT_TELL":
        return f"缺{'、'.join(missing)}" if missing else "本地没有规定这个数"
    return label or ("条件都符合" if told["status"] == "ELIGIBLE" else "条件不符合")


def _say(told: ExplanationJson, label: str, names: Mapping[str, InputJson], missing: tuple[str, ...]) -> str:
    if told["status"] == "CANNOT_TELL":
        if missing:
            return f"还不知道{'、'.join(missing)}，所以算不出。先把它补上。"
        return "本地没有规定这项待遇的数，所以算不出。"
    if told["status"] != "ELIGIBLE":
        return "按已知情况，条件不符合。情况变了会自动重算。"
    age = names["age"]["value"] if "age" in names else None
    head = f"今年 {age} 周岁，" if age is not None else ""
    by = f"按“{label}”的标准，" if label else "条件都符合，"
    return f"{head}{by}{worth(told['amount'], told['unit'])}。"


def _read(told: ExplanationJson, around: Surroundings) -> tuple[Fact, ...]:
    """The facts that the rule looked at, with their source; a gap is shown as a gap."""
    facts = []
    for one in told["inputs"]:
        name = one.get("field", one.get("name", ""))
        title = one.get("title") or FACT_TITLES.get(name, name)
        source = around.sources.get(name, one.get("source", ""))
        facts.append(Fact(title, fact_words(name, one["value"]), source))
    return tuple(facts)


def fact_words(name: str, value: int | bool | None) -> str | None:
    """A stored fact in words: ``hardship_class`` 2 is 低保; None stays None."""
    if value is None:
        return None
    if name in FACT_WORDS and 0 <= int(value) < len(FACT_WORDS[name]):
        return FACT_WORDS[name][int(value)]
    if name == "birth_ymd":
        return f"{value // 10000}-{value // 100 % 100:02d}-{value % 100:02d}"
    if isinstance(value, bool):
        return "是" if value else "不是"
    return f"{value}{FACT_UNITS.get(name, '')}"


def _steps(told: ExplanationJson, around: Surroundings) -> tuple[AmountStep, ...]:
    return tuple(
        AmountStep(
            what=around.number_titles.get(number["key"], "标准"),
            value=number_words(step["value"], step["unit"]),
            place=around.places.get(step["place"], str(step["place"])),
            since=date.fromisoformat(step["since"]),
            rule=MERGES.get(step["merge"], ""),
            verified=step["verified"],
            href=around.law_links.get(number["key"], ""),
        )
        for number in told["numbers"]
        for step in number["steps"]
    )


def number_words(value: int | None, unit: str) -> str:
    """A number of the law with its unit: ``100.00 元/月``, ``80 周岁``, ``22 餐/月``, ``50%``."""
    if value is None:
        return "没有规定"
    if unit in PERIOD:
        return worth(value, unit) if value else f"0.00 {PERIOD[unit]}"
    if unit == "flag":
        return "已开办" if value else "未开办"
    words = {"year": " 周岁", "month": " 个月", "meal/month": " 餐/月", "percent": "%", "class": " 级"}
    return f"{value:,}{words.get(unit, f' {unit}')}"


def _clauses(told: ExplanationJson, around: Surroundings) -> tuple[ClauseNote, ...]:
    steps = [step["cite"] for number in told["numbers"] for step in number["steps"]]
    wanted = dict.fromkeys((one["doc"], one["clause"]) for one in (*told["cites"], *steps))
    return tuple(
        around.clauses.get(key, ClauseNote(key[0], f"第 {key[1]} 条", "这一条还没有摘要")) for key in wanted
    )


def _facts(
    told: ExplanationJson, received: Received | None, owed: bool, since: date | None
) -> tuple[Fact, ...]:
    facts = []
    if since is not None and told["status"] == "ELIGIBLE":
        facts.append(Fact("从哪天起符合", f"{since:%Y-%m-%d}"))
    if received is not None:
        words = worth(received.amount_fen, told["unit"]) if told["unit"] in PERIOD else "已服务"
        facts.append(Fact("正在领取", f"{words}，{received.since:%Y-%m-%d} 起", received.source))
    elif owed and told["status"] == "ELIGIBLE":
        facts.append(Fact("正在领取", "没有找到发放记录"))
    return tuple(facts)
