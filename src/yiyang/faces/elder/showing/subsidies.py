"""我的补贴: money not yet claimed first, then what she gets, then what cannot be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yiyang.faces.elder import wording
from yiyang.faces.elder.showing.standing import Standing
from yiyang.faces.elder.wording import Amount, Step
from yiyang.faces.shared.texts import month_zh

MOST_ROWS = 2
"""Rows of one kind that stand open; more are folded, or the page would hold more than one thought."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row that opens the why page."""

    benefit: str
    name: str
    words: str
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What she could have and has not: shown first, with the one main button."""

    benefit: str
    name: str
    amount: Amount | None
    asked: bool
    ended: str = ""
    """She received it once: since when no more."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """What cannot be told yet, and what to do about it."""

    benefit: str
    name: str
    step: Step
    others: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class SubsidiesPage:
    """Money not yet claimed first, then what she gets, then what cannot be told, the rest folded."""

    summary: str
    offer: Offer | None
    more_offers: tuple[Line, ...]
    receiving: tuple[Line, ...]
    more_receiving: tuple[Line, ...]
    unknown: Unknown | None
    not_now: tuple[Line, ...]


def subsidies_page(standings: Sequence[Standing], *, birth: date, today: date) -> SubsidiesPage:
    """Everything that concerns money, worth most first; nothing drops out: the four groups sum up."""
    groups: dict[str, list[Standing]] = {"unclaimed": [], "receiving": [], "unknown": [], "not_now": []}
    for one in sorted(standings, key=lambda each: -each.worth_a_year):
        groups[one.group].append(one)
    groups["unclaimed"].sort(key=lambda each: each.asked)
    first = groups["unclaimed"][0] if groups["unclaimed"] else None
    receiving = tuple(_line(one, today=today) for one in groups["receiving"])
    return SubsidiesPage(
        summary=_summary(len(receiving), len(groups["unclaimed"]), len(groups["unknown"])),
        offer=_offer(first, today=today) if first else None,
        more_offers=tuple(_line(one, today=today) for one in groups["unclaimed"][1:]),
        receiving=receiving[:MOST_ROWS],
        more_receiving=receiving[MOST_ROWS:],
        unknown=_unknown(groups["unknown"]),
        not_now=tuple(_refused_line(one, birth=birth, today=today) for one in groups["not_now"]),
    )


def _offer(one: Standing, *, today: date) -> Offer:
    ended = _ended(one.ended_on, today=today) if one.ended_on else ""
    return Offer(one.explanation["benefit"], one.name, one.amount, one.asked, ended)


def _summary(receiving: int, unclaimed: int, unknown: int) -> str:
    if receiving and unclaimed:
        return f"您在领 {receiving} 项，还能多领 {unclaimed} 项。"
    if unclaimed:
        return f"您可以领 {unclaimed} 项，都还没领。"
    if receiving:
        return f"您在领 {receiving} 项。"
    return f"有 {unknown} 项还算不出。" if unknown else "您现在没有补贴可以领。"


def _line(one: Standing, *, today: date) -> Line:
    said = str(one.amount) if one.amount else "不花钱的照顾"
    if one.received_since:
        said += f"，{month_zh(one.received_since, today=today)}起"
    if one.ended_on:
        said += f"，{_ended(one.ended_on, today=today)}"
    return Line(one.explanation["benefit"], one.name, said, one.asked)


def _refused_line(one: Standing, *, birth: date, today: date) -> Line:
    if one.ended_on:
        return Line(one.explanation["benefit"], one.name, _ended(one.ended_on, today=today))
    on = wording.becomes_on(one.explanation, birth)
    verb = wording.verb_of(one.explanation)
    said = f"{month_zh(on, today=today)}起可以{verb}" if on else f"现在不能{verb}"
    return Line(one.explanation["benefit"], one.name, said)


def _ended(on: date, *, today: date) -> str:
    """She received it once: since when no more."""
    return f"{month_zh(on, today=today)}停的"


def _unknown(group: Sequence[Standing]) -> Unknown | None:
    """The first question is asked whole, the others by name: one visit or one call answers most of them."""
    steps = [(one, wording.next_step(one.explanation)) for one in group]
    known = [(one, step) for one, step in steps if step is not None]
    if not known:
        return None
    first, step = min(known, key=lambda pair: pair[1].about != "visit")
    others = tuple(_unknown_line(one, each) for one, each in known if one is not first)
    return Unknown(first.explanation["benefit"], first.name, step, others)


def _unknown_line(one: Standing, step: Step) -> Line:
    return Line(one.explanation["benefit"], one.name, step.sentence.rstrip("。"), one.asked)
