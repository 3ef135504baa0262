"""The shape of an explanation as the rule engine hands it out: plain data, one result of one person."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NotRequired, TypedDict


class ReasonJson(TypedDict):
    """Which arm decided."""

    arm: int | None
    label: str | None


class ConditionJson(TypedDict):
    """One arm that was looked at; ``holds`` is None where it cannot be told."""

    label: str
    holds: bool | None


class InputJson(TypedDict):
    """One fact of the person that was read; ``source`` where the caller knows it."""

    field: str
    title: str
    value: int | bool | None
    source: NotRequired[str]


class UseJson(TypedDict):
    """Another result that was read."""

    name: str
    title: str
    value: int | bool | None


class CiteJson(TypedDict):
    """Document and clause, by id."""

    doc: str
    clause: str


class StepJson(TypedDict):
    """One row that shaped a number of the law; nation first."""

    place: int
    merge: str
    value: int | None
    unit: str
    since: str
    cite: CiteJson
    verified: bool


class NumberJson(TypedDict):
    """One number of the law, resolved."""

    key: str
    value: int | None
    steps: list[StepJson]


class ExplanationJson(TypedDict):
    """What the rule engine says about one result of one person."""

    benefit: str
    title: str
    unit: str
    as_of: str
    by: str
    status: str
    amount: int | bool | None
    reason: ReasonJson
    conditions: list[ConditionJson]
    inputs: list[InputJson]
    uses: list[UseJson]
    numbers: list[NumberJson]
    cites: list[CiteJson]
    missing: list[str]
    law: dict[str, str]
    at_least: NotRequired[int | None]
    """Of an unknown group: the fen due whatever the unknown members come to."""


def read(content: Mapping[str, object]) -> ExplanationJson:
    """A copy of what another room handed over, under this shape; the original is never changed."""
    copied: ExplanationJson = json.loads(json.dumps(content))
    return copied
