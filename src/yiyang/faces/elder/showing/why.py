"""为什么: one sentence, the conditions, the amount with place and date, the clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yiyang.faces.elder import wording, words
from yiyang.faces.elder.showing.standing import Standing
from yiyang.faces.elder.wording import Condition, KnownFact, Origin, Step


@dataclass(frozen=True, slots=True)
class Clause:
    """The clause behind the answer: where it stands and what it says, in the house's own summary."""

    title: str
    summary: str
    imported: bool = False
    """True when the document itself is here and its own sentence is shown; else 原文未导入 is said."""


@dataclass(frozen=True, slots=True)
class WhyPage:
    """One sentence, the conditions, the amount with place and date, the clause, what is on record."""

    benefit: str
    name: str
    headline: str
    sentence: str
    conditions: tuple[Condition, ...]
    origin: Origin | None
    said: str
    example: bool
    clauses: tuple[Clause, ...]
    known: tuple[KnownFact, ...]
    step: Step | None
    can_help: bool
    asked: bool


HEADLINES = {"unclaimed": "您可以{}", "receiving": "您在领", "unknown": "还算不出", "not_now": "现在还不能{}"}


def why_page(
    standing: Standing,
    *,
    places: Mapping[int, str],
    clauses: Sequence[Clause],
    birth: date,
    today: date,
) -> WhyPage:
    """Why one result is as it is. ``places``: names by six-digit code, as in the explanation's steps."""
    data, parts = standing.explanation, standing.parts
    winner = wording.winner_of(data, parts)
    known = words.BENEFITS.get(data["benefit"])
    return WhyPage(
        benefit=data["benefit"],
        name=standing.name,
        headline=HEADLINES[standing.group].format(wording.verb_of(data)),
        sentence=wording.sentence_of(data, parts, birth=birth, today=today),
        conditions=tuple(wording.conditions_of(data, parts)),
        origin=wording.origin_of(winner, places),
        said=known.said if known else "",
        example=wording.is_example(winner),
        clauses=tuple(clauses),
        known=tuple(wording.known_facts(data, parts)),
        step=wording.next_step(data) if standing.group == "unknown" else None,
        can_help=standing.group == "unclaimed" and not standing.asked,
        asked=standing.asked,
    )
