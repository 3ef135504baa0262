"""From the explanation of a result to words an older person understands.

Pure: takes the explanation as data (the JSON of the rule engine, ``engine.ruling.explaining``), gives back
strings and small frozen records. It computes no entitlement and knows no number of the law.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from yiyang.faces.elder import words
from yiyang.faces.elder.explanation import ConditionJson, ExplanationJson, InputJson, NumberJson
from yiyang.faces.shared.texts import long_day_zh, month_zh, yuan

Mark = Literal["yes", "no", "ask"]
MARKS: dict[bool | None, Mark] = {True: "yes", False: "no", None: "ask"}
ANSWERS: dict[Mark, str] = {"yes": "是", "no": "不是", "ask": "还没查"}
BY_AGE = re.compile(r"^满\s*(\d+)\s*周?岁(以上)?$")
PERIODS = {"fen/month": "每月", "fen/meal": "每顿", "fen/once": "一次"}
OF_AGE, OTHERWISE, NOT_HERE = "达到规定年龄", "其他情形", "当地已开展"
"""Labels of the rulebook: an age it does not name, no arm held, whether the place offers it at all."""
PLACE_OF_NATION = 0


@dataclass(frozen=True, slots=True)
class Amount:
    """Money to be shown big: ``每月`` **250** ``元``."""

    period: str
    number: str

    def __str__(self) -> str:
        return f"{self.period} {self.number} 元".strip()


@dataclass(frozen=True, slots=True)
class Condition:
    """One line with a mark and a word; colour and mark never stand alone."""

    mark: Mark
    words: str
    answer: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class KnownFact:
    """What is on record about the person, and who said it."""

    name: str
    value: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next: a sentence, a button, and which call-back subject it leads to."""

    sentence: str
    button: str
    about: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an amount comes from: whose number, since when, and whether it is only an example."""

    amount: Amount
    place: str
    since: str
    example: bool


def benefit_name(benefit: str, title: str = "") -> str:
    """The name on these pages; an unknown result keeps its own title without brackets, in plain words."""
    known = words.BENEFITS.get(benefit)
    return known.name if known else plain(re.sub(r"[（(].*?[）)]", "", title)) or "一项补贴"


def verb_of(data: ExplanationJson) -> str:
    """Money is drawn (领), a service is arranged (办)."""
    return "领" if data["unit"].startswith("fen/") else "办"


def plain(text: str) -> str:
    """The label of a rule in words of every day; numbers get air around them."""
    if text in words.ARMS:
        return words.ARMS[text]
    for official, everyday in words.PLAINER:
        text = text.replace(official, everyday)
    return re.sub(r"(?<=[\u4e00-\u9fff])(\d+)(?=[\u4e00-\u9fff])", r" \1 ", text)


def amount_of(unit: str, value: int | bool | None) -> Amount | None:
    """Money to show, or None where the result is not money or is unknown."""
    if unit not in PERIODS or value is None or isinstance(value, bool):
        return None
    return Amount(PERIODS[unit], yuan(value))


def monthly_total(amounts: Iterable[tuple[str, int]]) -> Amount | None:
    """The sum of what comes every month; None if nothing does."""
    total = sum(fen for unit, fen in amounts if unit == "fen/month")
    return Amount(PERIODS["fen/month"], yuan(total)) if total else None


def age_of(data: ExplanationJson) -> int | None:
    """The age the rule saw, if it asked for it."""
    ages = [use["value"] for use in data["uses"] if use["name"] == "age"]
    return int(ages[0]) if ages and ages[0] is not None else None


def conditions_of(
    data: ExplanationJson, parts: Sequence[ExplanationJson] = (), *, most: int = 4
) -> list[Condition]:
    """The lines of the why page: arms that were looked at, else the facts; members of a group; the unknown.

    Of a row of steps only the nearest that failed is kept: the rest would be noise.
    """
    winner = winner_of(data, parts)
    members = _member_lines(data, parts)
    # The arms of a group are its members, and those have lines of their own; where all of them pay, the
    # sentence above has said why, and once more would be too much for one page.
    all_pay = bool(members) and all(line.mark == "yes" for line in members)
    lines = [] if parts and (winner is data or all_pay) else _arm_lines(winner)
    if not lines and not all_pay:
        lines = [_fact_line(one) for one in data["inputs"] if _is_telling(one)]
    lines += members
    if not any(line.mark == "ask" for line in lines):
        lines += [_unknown_line(field) for field in data["missing"]]
    if is_elsewhere(data):
        lines.append(Condition("ask", words.ELSEWHERE.name, words.ELSEWHERE.unknown))
    return sorted(lines[:most], key=lambda line: line.mark == "ask")


def winner_of(data: ExplanationJson, parts: Sequence[ExplanationJson]) -> ExplanationJson:
    """The member of a group that is paid, or the result itself."""
    return next((part for part in parts if part["amount"] and part["amount"] == data["amount"]), data)


def _arm_lines(data: ExplanationJson) -> list[Condition]:
    """What held; of what failed only what stands in the way, or the next step by age."""
    arms = [arm for arm in data["conditions"] if arm["holds"] is not None]
    held = [_arm_line(arm, data) for arm in arms if arm["holds"]]
    failed = [_arm_line(arm, data) for arm in arms if not arm["holds"]]
    if all(is_by_age(arm["label"]) for arm in arms):
        return held[:1] + failed[-1:]
    return held if data["status"] == "ELIGIBLE" else held[:2] + failed[-2:]


def _arm_line(arm: ConditionJson, data: ExplanationJson) -> Condition:
    mark = MARKS[arm["holds"]]
    if is_by_age(arm["label"]):
        return Condition(mark, _age_words(arm["label"], data), "到了" if arm["holds"] else "还没到")
    if arm["label"] == NOT_HERE and not arm["holds"]:
        return Condition(mark, plain(arm["label"]), "还没有")
    return Condition(mark, plain(arm["label"]), ANSWERS[mark])


def is_by_age(label: str) -> bool:
    """The label asks for nothing but an age."""
    return label == OF_AGE or BY_AGE.match(label) is not None


def _age_words(label: str, data: ExplanationJson) -> str:
    """``满 90 岁``; where the label names no age, the one age among the numbers of the law."""
    if by_age := BY_AGE.match(label):
        return f"满 {by_age[1]} 岁"
    ages = {number["value"] for number in data["numbers"] if _is_age(number)}
    return f"满 {ages.pop()} 岁" if len(ages) == 1 else plain(label)


def _is_telling(one: InputJson) -> bool:
    """Known, and not the day of birth (the sentence says the age); unknown ones have their own line."""
    return one["value"] is not None and one["field"] != "birth_ymd"


def _fact_line(one: InputJson) -> Condition:
    name = words.FACTS[one["field"]].name if one["field"] in words.FACTS else plain(one["title"])
    return Condition(MARKS[bool(one["value"])], name, value_words(one["field"], one["value"]))


def _member_lines(data: ExplanationJson, parts: Sequence[ExplanationJson]) -> list[Condition]:
    """Members of a group, those without a claim last; why the unknown ones matter is said once."""
    lines = sorted((_part_line(part, data["amount"]) for part in parts), key=lambda line: line.mark == "no")
    first = next((line for line in lines if line.mark == "ask"), None)
    return [replace(line, note="查了更多就领多的") if line is first else line for line in lines]


def _part_line(part: ExplanationJson, chosen: int | bool | None) -> Condition:
    """One member of a group of which only the largest is paid."""
    name, money = benefit_name(part["benefit"], part["title"]), amount_of(part["unit"], part["amount"])
    if part["amount"] is None:
        return Condition("ask", name, ANSWERS["ask"])
    if not part["amount"]:
        return Condition("no", name, "没有")
    return Condition("yes", name, "领这种" if part["amount"] == chosen else "少一些", str(money or ""))


def _unknown_line(field: str) -> Condition:
    fact = words.FACTS.get(field, words.UNNAMED)
    return Condition("ask", fact.name, fact.unknown)


def is_elsewhere(data: ExplanationJson) -> bool:
    """The numbers of her hukou are not known here: nothing is missing about her, and still no answer."""
    return data["status"] == "CANNOT_TELL" and data["by"] == "hukou" and not data["missing"]


def next_step(data: ExplanationJson) -> Step | None:
    """What has to happen before the answer can be told; None if the answer is known."""
    if data["status"] != "CANNOT_TELL":
        return None
    if is_elsewhere(data):
        fact = words.ELSEWHERE
    else:
        # The first visit answers most: assessment before questions by phone.
        known = [words.FACTS.get(field, words.UNNAMED) for field in data["missing"]] or [words.UNNAMED]
        fact = min(known, key=lambda one: one.about != "visit")
    return Step(fact.step, fact.button, fact.about)


def sentence_of(
    data: ExplanationJson, parts: Sequence[ExplanationJson] = (), *, birth: date, today: date
) -> str:
    """The answer in one or two short sentences."""
    money = amount_of(data["unit"], data["amount"])
    if data["status"] == "ELIGIBLE":
        because = _because(winner_of(data, parts))
        return f"{because}，{money}。" if money else f"{because}。"
    if data["status"] == "NOT_ELIGIBLE":
        if parts:
            return "这几种补贴，您现在都还不能领。"
        return _refusal(data, birth=birth, today=today)
    sure = max((int(part["amount"]) for part in parts if part["amount"]), default=0)
    least = data.get("at_least") or sure
    step = next_step(data)
    so_far = f"至少{amount_of(data['unit'], least)}。" if least else ""
    return so_far + (step.sentence if step else "")


def _because(data: ExplanationJson) -> str:
    label, age = data["reason"]["label"] or "", age_of(data)
    if is_by_age(label):
        reached = _age_words(label, data).replace("满", "满了", 1)
        return f"您今年 {age} 岁，{reached}" if age is not None else f"您{reached}"
    titles = {data["title"], OTHERWISE, *(use["title"] for use in data["uses"])}
    held = [arm["label"] for arm in data["conditions"] if arm["holds"]]
    told = [label] if label not in titles else held
    if told and told[0]:
        return "您" + "，".join(plain(part) for part in "、".join(told).split("、"))
    return f"您今年 {age} 岁，够条件" if age is not None else "您够条件"


def _refusal(data: ExplanationJson, *, birth: date, today: date) -> str:
    on, needed = becomes_on(data, birth), age_needed(data)
    if on and needed:
        from_then = f"{month_zh(on, today=today)}起可以{verb_of(data)}"
        return f"这项要满 {needed} 岁。您今年 {age_of(data)} 岁，{from_then}。"
    failed = [arm for arm in data["conditions"] if arm["holds"] is False]
    if failed and failed[-1]["label"] == NOT_HERE:
        return "这里还没有开办这一项。开办了，会再算。"
    if failed:
        return f"要“{_arm_line(failed[-1], data).words}”才可以{verb_of(data)}。您现在还不是。"
    return f"这项您现在还不能{verb_of(data)}。情况变了，会再算。"


def age_needed(data: ExplanationJson) -> int | None:
    """The nearest age that alone would change the answer; None where anything else stands in the way.

    Read from labels that name their age, else from the ages among the numbers of the law; only if the rule
    read no other fact of the person and everything that failed was an age.
    """
    age = age_of(data)
    failed = [arm["label"] for arm in data["conditions"] if arm["holds"] is False]
    others = {use["name"] for use in data["uses"]} != {"age"} or any(
        _is_telling(one) for one in data["inputs"]
    )
    if age is None or others or data["status"] != "NOT_ELIGIBLE" or not all(map(is_by_age, failed)):
        return None
    ages: list[int | None] = [int(found[1]) for found in map(BY_AGE.match, failed) if found]
    ages = ages or [number["value"] for number in data["numbers"] if _is_age(number)]
    return min((one for one in ages if one is not None and one > age), default=None)


def _is_age(number: NumberJson) -> bool:
    return any(step["unit"] == "year" for step in number["steps"])


def becomes_on(data: ExplanationJson, birth: date) -> date | None:
    """The birthday on which the needed age is reached; 29 February turns on 1 March in common years."""
    needed = age_needed(data)
    if needed is None:
        return None
    try:
        return birth.replace(year=birth.year + needed)
    except ValueError:
        return date(birth.year + needed, 3, 1)


def origin_of(data: ExplanationJson, places: Mapping[int, str]) -> Origin | None:
    """Who set the amount that is shown, and since when: the last row that shaped it.

    The number equal to the amount is the one to explain; a share or a product is explained by its first
    money number.
    """
    money = [one for one in data["numbers"] if any(step["unit"].startswith("fen/") for step in one["steps"])]
    if not money:
        return None
    number = next((one for one in money if one["value"] == data["amount"]), money[0])
    step = number["steps"][-1]
    shown = amount_of(step["unit"], number["value"])
    if shown is None:
        return None
    place = places.get(step["place"], "国家" if step["place"] == PLACE_OF_NATION else "当地")
    return Origin(shown, place, long_day_zh(date.fromisoformat(step["since"])), example=is_example(data))


def is_example(data: ExplanationJson) -> bool:
    """True unless every row behind the answer was held against its original."""
    steps = [step for number in data["numbers"] for step in number["steps"]]
    return not all(step["verified"] for step in steps)


def known_facts(data: ExplanationJson, parts: Sequence[ExplanationJson] = ()) -> list[KnownFact]:
    """What is on record about the person and was read for this answer, each fact once, unknown ones too."""
    found: dict[str, KnownFact] = {}
    if (age := age_of(data)) is not None:
        found["age"] = KnownFact("年纪", f"{age} 岁")
    for one in (fact for each in (data, *parts) for fact in each["inputs"]):
        if one["field"] == "birth_ymd" or one["field"] in found:
            continue
        name = words.FACTS[one["field"]].name if one["field"] in words.FACTS else plain(one["title"])
        source = words.SOURCES.get(one.get("source", ""), "")
        found[one["field"]] = KnownFact(name, value_words(one["field"], one["value"]), source)
    return list(found.values())


def value_words(field: str, value: int | bool | None) -> str:
    """A coded fact in words; unknown is said, never shown as no."""
    if value is None:
        return words.FACTS[field].unknown if field in words.FACTS else "还没查"
    if field in words.VALUES:
        return words.VALUES[field].get(int(value), "记得不清楚")
    if field in words.COUNTS:
        return f"{int(value)} {words.COUNTS[field]}"
    return "是" if value else "不是"
