"""Answers of the law with the names around them, ready for ``reasons.benefit_of``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeGuard

from yiyang.entitlements.selectors import Answer
from yiyang.faces.shared.reasons import ExplanationJson, Received, Surroundings, benefit_of
from yiyang.faces.shared.showing import Benefit, ClauseNote
from yiyang.policies import library
from yiyang.policies import selectors as policies
from yiyang.regions import selectors as regions
from yiyang.regions.codes import LENGTH, NATION

KEYS = frozenset(ExplanationJson.__required_keys__)


def is_explanation(content: dict[str, object]) -> TypeGuard[ExplanationJson]:
    """Whether these plain values are an explanation as the engine writes it."""
    return content.keys() >= KEYS


def benefits_of(
    answers: Sequence[Answer],
    *,
    on: date,
    leads: Iterable[str],
    since: Mapping[str, date],
    sources: Mapping[str, str],
    opened: Iterable[str] = (),
) -> tuple[Benefit, ...]:
    """Each answer from sentence down to clause.

    Args:
        leads: results whose missing receipt means 应享未享.
        since: result -> first day it was found so.
        sources: fact -> where it comes from and since when, ready to read.
        opened: results that stand unfolded.
    """
    told = [(answer, answer.content) for answer in answers]
    around = _surroundings([content for _, content in told if is_explanation(content)], sources, on)
    owed, wide = set(leads), set(opened)
    return tuple(
        benefit_of(
            content,
            around=around,
            received=_received(answer),
            owed=answer.benefit in owed,
            since=since.get(answer.benefit),
            opened=answer.benefit in wide,
        )
        for answer, content in told
        if is_explanation(content)
    )


def _received(answer: Answer) -> Received | None:
    if not answer.receives or answer.receives_since is None:
        return None
    return Received(answer.receives_since, answer.receives_fen or 0, "发放记录")


def _surroundings(told: Sequence[ExplanationJson], sources: Mapping[str, str], on: date) -> Surroundings:
    numbers = [number for one in told for number in one["numbers"]]
    steps = [step for number in numbers for step in number["steps"]]
    codes = {step["place"]: f"{step['place']}".ljust(LENGTH, "0") for step in steps if step["place"]}
    names = regions.names_of({*codes.values(), NATION}, on=on)
    specs = library.number_specs()
    cites = {(cite["doc"], cite["clause"]) for one in told for cite in one["cites"]}
    cites |= {(step["cite"]["doc"], step["cite"]["clause"]) for step in steps}
    return Surroundings(
        places={0: "全国", **{place: names.get(code, code) for place, code in codes.items()}},
        number_titles={number["key"]: specs[number["key"]].title for number in numbers},
        clauses={cite: note for cite in sorted(cites) if (note := _clause(*cite)) is not None},
        sources=sources,
    )


def _clause(doc: str, clause: str) -> ClauseNote | None:
    found = policies.clause_of(doc, clause)
    if found is None:
        return None
    return ClauseNote(
        found.title,
        found.number,
        found.summary,
        imported=bool(found.sentence),
        original=found.sentence,
    )
