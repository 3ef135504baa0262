from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from yiyang.base.actors import Actor, ActorKind
from yiyang.engine.errors import Forbidden, Refused
from yiyang.people.facts import FACTS

OLDEST = 125  # years; whoever is said to be older has a wrong birth date until somebody has looked


class FactRefused(Refused):
    code = "people.fact_refused"
    message = "这项情况没有记下：内容不对，请核对后再记"


LEAST_REASON, MOST_REASON = 5, 200


class MayNotReveal(Forbidden):
    code = "people.may_not_reveal"
    message = "您的职责看不到完整的号码和住址。要用，请找负责这位老人的社区"


class ReasonTooShort(Refused):
    code = "people.reason_too_short"
    message = f"写清为哪一件事要看，至少 {LEAST_REASON} 个字。本人可以看到"


def check_reveal(actor: Actor, reason: str) -> None:
    """Raises MayNotReveal or ReasonTooShort."""
    if actor.kind is not ActorKind.STAFF or not actor.may("view_people"):
        raise MayNotReveal(f"{actor.label} as {actor.duty or 'nobody'}")
    if len("".join(reason.split())) < LEAST_REASON:
        raise ReasonTooShort


def check_fact(key: str, value: int | None, valid_from: date, *, today: date, born_on: date) -> None:
    """Raises FactRefused with a sentence: unknown fact, out of range, in the future or before birth."""
    spec = FACTS.get(key)
    if spec is None:
        raise FactRefused(f"no such fact: {key}", message="没有这一项情况")
    if value is not None and not spec.low <= value <= spec.high:
        text = f"“{spec.title}”只能是 {spec.low} 到 {spec.high}，写的是 {value}。没有记下，请核对"
        raise FactRefused(f"{key} = {value} is outside {spec.low}..{spec.high}", message=text)
    if value is None and spec.known:
        raise FactRefused(f"{key} cannot be unknown", message=f"“{spec.title}”不能是不知道")
    if valid_from > today:
        text = f"“{spec.title}”的开始日期 {valid_from:%Y-%m-%d} 还没到。没有记下，请核对"
        raise FactRefused(f"{key} begins on {valid_from}, in the future", message=text)
    if valid_from < born_on:
        text = f"“{spec.title}”的开始日期早于出生日期。没有记下，请核对"
        raise FactRefused(f"{key} begins on {valid_from}, before birth", message=text)


# What cannot be true of one person at the same time; each pair is of yes-or-no facts.
CONTRADICTIONS = (
    ("lives_in_care_home", "lives_alone"),
    ("lives_in_care_home", "empty_nest"),
    ("lives_in_care_home", "homeless"),
)


def check_together(state: Mapping[str, object], facts: Mapping[str, int | None]) -> None:
    """``facts`` about to be written beside what ``state`` holds. Raises FactRefused with the pair by name."""
    after = {**state, **facts}
    for pair in CONTRADICTIONS:
        if any(facts.get(key) for key in pair) and all(after.get(key) for key in pair):
            one, other = (FACTS[key].title for key in pair)
            text = f"“{one}”和“{other}”不会同时是“是”。没有记下：请把不对的那一项一起改成“否”"
            raise FactRefused(f"{pair[0]} and {pair[1]} contradict each other", message=text)


def check_birth(born_on: date, *, today: date) -> None:
    """Raises FactRefused: born in the future, or longer ago than anybody has lived."""
    if born_on > today:
        raise FactRefused(f"born on {born_on}", message="出生日期还没到。没有记下，请核对")
    if today.year - born_on.year > OLDEST:
        text = f"按出生日期 {born_on:%Y-%m-%d} 已超过 {OLDEST} 岁。没有记下，请核对证件"
        raise FactRefused(f"born on {born_on}", message=text)
