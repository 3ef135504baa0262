"""What goes in and out. Nothing unknown is taken, nothing is guessed: a number is a number, a day a day."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field

from yiyang.people.facts import FACTS

MOST_ITEMS = 100
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CODE = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def _plain(form: re.Pattern[str], says: str) -> Any:
    def check(value: object) -> object:
        if isinstance(value, str) and form.fullmatch(value):
            return value
        raise ValueError(says)

    return BeforeValidator(check)


def _whole(value: object) -> object:
    """To JSON 3.0 is a whole number; true is none, and neither is "3"."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError("a whole number")


Whole = Annotated[int, BeforeValidator(_whole)]
Day = Annotated[date, _plain(_DAY, "a day like 2026-11-28")]
Code = Annotated[UUID, _plain(_CODE, "a UUID")]
FactKey = Annotated[str, Field(pattern=f"^({'|'.join(FACTS)})$")]
Benefit = Annotated[str, Field(pattern="^[a-z][a-z_]{0,59}$")]


class Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class FindIn(Strict):
    """By ID number, in the body: never in an address, where it would be logged."""

    id_number: Annotated[str, Field(pattern="^[0-9]{17}[0-9Xx]$")]


class FoundOut(Schema):
    person: UUID


class StandingOut(Schema):
    """What counts today. ``amount``: fen for money, null where nobody can tell."""

    benefit: str
    status: str
    amount: int | None
    since: date
    receives: bool


class PersonOut(Schema):
    person: UUID
    name: str  # masked
    birth_year: int
    division: str
    alive: bool
    standings: list[StandingOut]


class FactsIn(Strict):
    """What your office knows of one person since a day. Null: it no longer knows."""

    person: Code
    valid_from: Day
    facts: Annotated[
        dict[FactKey, Whole | None],
        Field(min_length=1, max_length=len(FACTS), json_schema_extra={"additionalProperties": False}),
    ]


class ReceiptIn(Strict):
    """What your office pays one person, in fen; the same benefit from the same day is the same receipt."""

    person: Code
    benefit: Benefit
    since: Day
    until: Day | None = None
    amount_fen: Whole | None = None


class ManyFacts(Strict):
    items: Annotated[list[FactsIn], Field(min_length=1, max_length=MOST_ITEMS)]


class ManyReceipts(Strict):
    items: Annotated[list[ReceiptIn], Field(min_length=1, max_length=MOST_ITEMS)]


class OutcomeOut(Schema):
    """``state``: taken, unchanged or refused; then ``code`` and ``reason`` say why."""

    item: int
    state: str
    code: str
    reason: str


class OutcomesOut(Schema):
    taken: int
    unchanged: int
    refused: int
    items: list[OutcomeOut]


class DecisionOut(Schema):
    """One decision as it was made. It is never changed; a later one of the same benefit takes its place."""

    id: int
    person: UUID
    benefit: str
    division: str
    status: str
    amount: int | None
    as_of: date
    starts_on: date | None
    ends_on: date | None
    decided_at: datetime
    supersedes: int | None


class DecisionsOut(Schema):
    """``next`` goes into ``after`` of the next request, now or tomorrow. ``complete``: there is no more."""

    items: list[DecisionOut]
    next: str
    complete: bool


class ProblemOut(Schema):
    type: str
    title: str
    status: int
    code: str
    detail: str
    request_id: str
    faults: list[dict[str, str]] | None = None
