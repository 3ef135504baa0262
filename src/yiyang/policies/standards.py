"""National standards and lists as the rulebook ships them, read once and checked: no database, no Django.

Wording is ours. ``verified`` false means: nobody has held the row against the original, and the page says so.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from yiyang.engine.errors import BrokenInvariant
from yiyang.engine.scoring import (
    AbilityBand,
    AbilityDimension,
    AbilityItem,
    AbilityLevel,
    AbilityOption,
    AbilityStandard,
    AdjustmentRule,
    LtciBand,
    LtciDimension,
    LtciItem,
    LtciStandard,
)


@dataclass(frozen=True, slots=True)
class BasicService:
    """One line of the national list of basic elder-care services."""

    no: int
    code: str
    kind: str
    service: str
    for_whom: str
    verified: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class BasicCareList:
    """A list of basic services, in force from ``since``; regions and cities publish longer ones."""

    title: str
    since: date
    services: tuple[BasicService, ...]


@cache
def ability_standard() -> AbilityStandard:
    """GB/T 42195-2022: 26 items, 90 points.

    Raises:
        BrokenInvariant: the shipped table is damaged.
    """
    table = _table("gbt42195")
    return AbilityStandard(
        number=table["number"],
        title=table["title"],
        dimensions=tuple(AbilityDimension(**row) for row in table["dimensions"]),
        items=tuple(_ability_item(row, table) for row in table["items"]),
        bands=tuple(
            AbilityBand(AbilityLevel(row["level"]), row["name"], row["lowest"], row["highest"])
            for row in table["levels"]
        ),
        rule=_adjustments(table),
    )


@cache
def ltci_standard() -> LtciStandard:
    """The long-term care insurance's grading of 2021; ``verified`` is false.

    Raises:
        BrokenInvariant: the shipped table is damaged.
    """
    table = _table("ltci_2021")
    screen = table["self_screen"]
    lists = {row["list"]: tuple(item["code"] for item in row["items"]) for row in screen["activities"]}
    return LtciStandard(
        title=table["title"],
        dimensions=tuple(
            LtciDimension(row["code"], row["name"], tuple(LtciBand(**band) for band in row["bands"]))
            for row in table["dimensions"]
        ),
        items=tuple(
            LtciItem(row["code"], row["name"], row["code"].partition(".")[0], tuple(row["points"]))
            for row in table["items"]
        ),
        matrix=tuple(tuple(row) for row in table["matrix"]),
        levels=tuple(table["levels"]),
        screen_a=lists["a"],
        screen_b=lists["b"],
        screen=tuple(screen["letters"]),
        may_apply=frozenset(screen["may_apply"]),
        verified=table["verified"],
    )


@cache
def basic_care_list() -> BasicCareList:
    """The national list of 2023: 16 lines.

    Raises:
        BrokenInvariant: the shipped table is damaged.
    """
    table = _table("basic_list_2023")
    services = []
    for row in table["services"]:
        row.pop("mark")
        services.append(BasicService(**row))
    return BasicCareList(table["title"], table["since"], tuple(services))


def _table(name: str) -> dict[str, Any]:
    path = resources.files("yiyang.rulebook") / "cn" / "standards" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _ability_item(row: dict[str, Any], table: dict[str, Any]) -> AbilityItem:
    texts = row["options"] if "options" in row else table["patterns"][row["pattern"]]
    doubts = {doubt["score"]: doubt for doubt in row.get("doubtful", [])}
    options = []
    for score, text in zip(range(len(texts) - 1, -1, -1), texts, strict=True):
        about = doubts.get(score, table)
        options.append(AbilityOption(score, text, about["verified"], about["evidence"]))
    return AbilityItem(
        code=row["code"],
        identifier=row["identifier"],
        name=row["name"],
        note=row.get("note", ""),
        dimension=row["code"].rpartition(".")[0],
        options=tuple(options),
        verified=row.get("verified", table["verified"]),
        evidence=row.get("evidence", table["evidence"]),
    )


def _adjustments(table: dict[str, Any]) -> AdjustmentRule:
    rows = {row["code"]: row for row in table["adjustments"]}
    if rows.keys() != {"coma", "dementia", "mental_disorder", "risk_events", "adjust_once"}:
        raise BrokenInvariant(f"{table['number']}: other adjustments than the engine knows: {sorted(rows)}")
    return AdjustmentRule(
        adjust_once=rows["adjust_once"]["value"],
        risk_event_threshold=rows["risk_events"]["count"],
        risk_event_days=rows["risk_events"]["days"],
        coma_level=AbilityLevel(rows["coma"]["level"]),
    )
