"""The home page: greeting, the one next fact of today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from yiyang.faces.elder import wording, words
from yiyang.faces.elder.showing.cases import Case
from yiyang.faces.elder.showing.standing import Standing
from yiyang.faces.shared.texts import day_zh, part_of_day

AGE_OF_GRANDPARENTS = 70
MALE, FEMALE = 1, 2


@dataclass(frozen=True, slots=True)
class Fact:
    """The one next fact of today: a lead-in, the fact itself, a picture."""

    lead: str
    main: str
    picture: Literal["coin", "call", "ask", "sun"]


@dataclass(frozen=True, slots=True)
class HomePage:
    """Greeting, day, one fact, four tiles."""

    greeting: str
    day: str
    fact: Fact


def address(name: str, sex: int, age: int) -> str:
    """How to speak to her: ``王奶奶``, ``李叔叔``; a Mongolian name stays whole: ``乌云其木格奶奶``.

    ``sex`` by GB/T 2261.1; unknown gives the whole name. Never cut by a count of characters alone.
    """
    older = age >= AGE_OF_GRANDPARENTS
    kin = {MALE: "爷爷" if older else "叔叔", FEMALE: "奶奶" if older else "阿姨"}.get(sex, "")
    if not kin:
        return name
    if name[:2] in words.COMPOUND_SURNAMES and len(name) <= 4:
        return name[:2] + kin
    is_han = name[:1] in words.SURNAMES and len(name) <= 3 and "·" not in name
    return (name[:1] if is_han else name) + kin


def home_page(
    *, name: str, sex: int, age: int, standings: Sequence[Standing], cases: Sequence[Case], now: datetime
) -> HomePage:
    """The home of one person at one moment."""
    greeting = f"{address(name, sex, age)}，{part_of_day(now.hour)}好"
    return HomePage(greeting, day_zh(now.date()), next_fact(standings, cases))


def next_fact(standings: Sequence[Standing], cases: Sequence[Case]) -> Fact:
    """What matters most today: a call coming, money left lying, an open question, else what she gets."""
    if waiting := next((case for case in cases if case.waiting_call), None):
        return Fact(waiting.when, f"{waiting.who}打给您", "call")
    unclaimed = [one for one in standings if one.group == "unclaimed"]
    if unclaimed:
        total = wording.monthly_total(one.worth for one in unclaimed)
        return Fact(f"您还能多领 {len(unclaimed)} 项", str(total) if total else "点“我的补贴”看看", "coin")
    unknown = [one for one in standings if one.group == "unknown"]
    if unknown:
        return Fact(f"有 {len(unknown)} 项还算不出", "点“我的补贴”看看", "ask")
    receiving = [one for one in standings if one.group == "receiving"]
    total = wording.monthly_total(one.worth for one in receiving)
    if receiving:
        return Fact(f"您在领 {len(receiving)} 项", str(total) if total else "都好好的", "coin")
    return Fact("今天没有要办的事", "有事就找我们", "sun")
