"""GB/T 42195-2022: from 26 items and four signs to an ability level. More points mean more ability."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from yiyang.engine.errors import BrokenInvariant, Refused


class AbilityLevel(IntEnum):
    """The standard's five levels; 0 is the best. A person never assessed has None, which is not 0."""

    INTACT = 0
    MILD = 1
    MODERATE = 2
    SEVERE = 3
    COMPLETE = 4


class BadItem(Refused):
    """An item that the standard does not have, or a score that the item cannot have."""

    code = "scoring.bad_item"
    message = "有一项的分数不对，请改正后再提交"


class BadSign(Refused):
    """A sign beside the items that cannot be meant, such as a negative count."""

    code = "scoring.bad_sign"
    message = "照护风险事件次数不对，请改正后再提交"


class Incomplete(Refused):
    """An item is not answered: the total is unknown, not lower."""

    code = "scoring.incomplete"
    message = "还有没评的项目，评完才能定级"


@dataclass(frozen=True, slots=True)
class AbilityOption:
    """One answer to one item, in our words; ``verified``: held against the original of the standard."""

    score: int
    text: str
    verified: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class AbilityItem:
    """One of the 26 items; ``options`` best first."""

    code: str
    identifier: str
    name: str
    note: str
    dimension: str
    options: tuple[AbilityOption, ...]
    verified: bool
    evidence: str

    @property
    def maximum(self) -> int:
        """The best score."""
        return self.options[0].score


@dataclass(frozen=True, slots=True)
class AbilityDimension:
    """One of the four dimensions."""

    code: str
    identifier: str
    name: str
    maximum: int


@dataclass(frozen=True, slots=True)
class AbilityBand:
    """Totals ``lowest`` … ``highest``, both included, mean ``level``."""

    level: AbilityLevel
    name: str
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class AdjustmentRule:
    """What the signs do to the level that the total gives.

    Args:
        adjust_once: several reasons together make one level in all; else one level each.
        risk_event_threshold: from how many care-risk events on, all kinds counted together.
        risk_event_days: over how many days they are counted.
        coma_level: the level of a person in a coma, whatever the items say.
    """

    adjust_once: bool
    risk_event_threshold: int
    risk_event_days: int
    coma_level: AbilityLevel


@dataclass(frozen=True)
class AbilityStandard:
    """The standard as a table: items in its order, dimensions, bands from best to worst, adjustments.

    Raises:
        BrokenInvariant: the table contradicts itself.
    """

    number: str
    title: str
    dimensions: tuple[AbilityDimension, ...]
    items: tuple[AbilityItem, ...]
    bands: tuple[AbilityBand, ...]
    rule: AdjustmentRule

    def __post_init__(self) -> None:
        for dimension in self.dimensions:
            if (
                sum(item.maximum for item in self.items if item.dimension == dimension.code)
                != dimension.maximum
            ):
                raise BrokenInvariant(f"{self.number}: the items of {dimension.code} miss its maximum")
        for item in self.items:
            if [option.score for option in item.options] != list(range(item.maximum, -1, -1)):
                raise BrokenInvariant(f"{self.number}: the options of {item.code} do not step down to 0")
        covered = [total for band in reversed(self.bands) for total in range(band.lowest, band.highest + 1)]
        if covered != list(range(self.maximum + 1)):
            raise BrokenInvariant(f"{self.number}: the bands do not cover 0 to {self.maximum} once")
        if len(self.by_code) != len(self.items):
            raise BrokenInvariant(f"{self.number}: an item code stands twice")

    @property
    def maximum(self) -> int:
        """The best total."""
        return sum(dimension.maximum for dimension in self.dimensions)

    @cached_property
    def by_code(self) -> Mapping[str, AbilityItem]:
        """Items by their code, in the standard's order."""
        return {item.code: item for item in self.items}

    def band_of(self, total: int) -> AbilityBand:
        """The band a total lies in; total 0 … ``maximum``."""
        return next(band for band in self.bands if band.lowest <= total <= band.highest)


@dataclass(frozen=True, slots=True)
class AbilitySigns:
    """What counts beside the items: a coma, two diagnoses, care-risk events of all kinds together."""

    coma: bool = False
    dementia: bool = False
    mental_disorder: bool = False
    risk_events: int = 0


@dataclass(frozen=True, slots=True)
class AbilityResult:
    """The level and how it came about.

    Args:
        total: 0 … 90, None where an item is missing.
        dimensions: dimension code -> points, None where one of its items is missing.
        initial_level: from the total alone, None where that is unknown.
        level: after the adjustments: what counts.
        adjusted_by: every reason that holds, of ``coma``, ``dementia``, ``mental_disorder``, ``risk_events``.
        missing: codes of the items not answered.
    """

    total: int | None
    dimensions: Mapping[str, int | None]
    initial_level: AbilityLevel | None
    level: AbilityLevel
    adjusted_by: tuple[str, ...]
    missing: tuple[str, ...]


def score_ability(
    items: Mapping[str, int | None],
    signs: AbilitySigns,
    *,
    standard: AbilityStandard,
    rule: AdjustmentRule | None = None,
) -> AbilityResult:
    """Score one assessment.

    Args:
        items: item code -> score; absent or None = not answered.
        signs: what counts beside the items.
        standard: the table, from ``policies.standards.ability_standard()``.
        rule: another adjustment rule than the standard's.

    Raises:
        BadItem: an unknown item, or a score that is not one of its options.
        BadSign: a negative count of risk events.
        Incomplete: an item is not answered and the person is not in a coma.

    Source:
        GB/T 42195-2022, tables of the four dimensions, levels and adjustments.
    """
    rule = rule or standard.rule
    _check_items(items, standard)
    if signs.risk_events < 0:
        raise BadSign(f"risk_events is {signs.risk_events}: a count is never negative")
    missing = tuple(code for code in standard.by_code if items.get(code) is None)
    if missing and not signs.coma:
        raise Incomplete(f"not answered: {', '.join(missing)}")
    dimensions = {dimension.code: _points(dimension, items, standard) for dimension in standard.dimensions}
    total = _sum(list(dimensions.values()))
    initial = None if total is None else standard.band_of(total).level
    reasons = _reasons(signs, rule)
    level = rule.coma_level if signs.coma else _adjusted(initial, len(reasons), rule)
    return AbilityResult(total, dimensions, initial, level, reasons, missing)


def _check_items(items: Mapping[str, int | None], standard: AbilityStandard) -> None:
    for code, score in items.items():
        item = standard.by_code.get(code)
        if item is None:
            raise BadItem(f"{code!r} is not an item of {standard.number}")
        if score is None:
            continue
        # True is an int to Python, and a slip to us.
        if type(score) is not int:
            raise BadItem(f"{code} is {score!r}: a score is a whole number from 0 to {item.maximum}")
        if not 0 <= score <= item.maximum:
            raise BadItem(f"{code} is {score}: this item goes from 0 to {item.maximum}")


def _points(
    dimension: AbilityDimension, items: Mapping[str, int | None], standard: AbilityStandard
) -> int | None:
    return _sum([items.get(item.code) for item in standard.items if item.dimension == dimension.code])


def _sum(points: list[int | None]) -> int | None:
    """One unknown makes the sum unknown."""
    known = [point for point in points if point is not None]
    return sum(known) if len(known) == len(points) else None


def _reasons(signs: AbilitySigns, rule: AdjustmentRule) -> tuple[str, ...]:
    holds = {
        "coma": signs.coma,
        "dementia": signs.dementia,
        "mental_disorder": signs.mental_disorder,
        "risk_events": signs.risk_events >= rule.risk_event_threshold,
    }
    return tuple(reason for reason, true in holds.items() if true)


def _adjusted(initial: AbilityLevel | None, reasons: int, rule: AdjustmentRule) -> AbilityLevel:
    if initial is None:
        raise BrokenInvariant("a level without a total is only possible in a coma")
    steps = min(reasons, 1) if rule.adjust_once else reasons
    return AbilityLevel(min(initial + steps, max(AbilityLevel)))
