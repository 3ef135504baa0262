"""What is known about each person on the reference day, and what was known before the last change.

The contradictions that must not occur are excluded here: nobody in a care home lives alone or in an empty
nest, nobody lives alone and as a couple, homes are unknown for the homeless, and an old parent living with a
couple makes their nest not empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from yiyang.engine.synthesising.cells import PlaceCells, Setting
from yiyang.engine.synthesising.households import Homes, homes
from yiyang.engine.synthesising.recipes import RURAL, UNKNOWN, URBAN, BadRecipe, Recipe
from yiyang.engine.synthesising.seeds import Bools, Floats, Ints, Step, stream
from yiyang.engine.synthesising.spreading import Heads

SOURCES: Mapping[str, str] = {
    "ability_level": "ASSESSMENT",
    "hardship_class": "CIVIL_AFFAIRS",
    "disability_certificate_grade": "DISABLED_PERSONS_FEDERATION",
    "ltci_disability_level": "MEDICAL_INSURANCE",
    "insured_months": "MEDICAL_INSURANCE",
    "meals_in_month": "COMMUNITY",
    "lives_in_care_home": "CIVIL_AFFAIRS",
    "home_adapted": "CIVIL_AFFAIRS",
    "lives_alone": "COMMUNITY",
    "empty_nest": "COMMUNITY",
    "left_behind": "COMMUNITY",
    "bereaved_family": "HEALTH",
    "entitled_group": "CIVIL_AFFAIRS",
    "has_dementia": "HEALTH",
    "special_contribution": "CIVIL_AFFAIRS",
    "seriously_ill": "HEALTH",
    "homeless": "CIVIL_AFFAIRS",
    "pension_scheme": "HUMAN_RESOURCES",
}
"""Each fact's key, in the order of the sweep table, and who tells it."""

NEVER_NULL = ("meals_in_month", "lives_in_care_home", "home_adapted")
"""Keys whose absence means 0: no fact is written until something happened."""


@dataclass(slots=True)
class Track:
    """One key of one county: last values, and the value before for those who changed within the window.

    Attributes:
        last: (n,) values, -1 unknown.
        changed: (m,) positions, each at most once.
        before: (m,) values before the change, -1 unknown.
        moment: (m,) uniform in [0, 1): when in the window; equal for keys that change together.
    """

    last: Ints
    changed: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    before: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    moment: Floats = field(default_factory=lambda: np.empty(0))

    def change(self, rows: Ints, before: Ints, moment: Floats) -> None:
        """Note changes of rows that have none yet; those that have are passed over."""
        fresh = ~np.isin(rows, self.changed)
        self.changed = np.r_[self.changed, rows[fresh]]
        self.before = np.r_[self.before, before[fresh]]
        self.moment = np.r_[self.moment, moment[fresh]]


Tracks = dict[str, Track]


@dataclass(frozen=True, slots=True)
class Lottery:
    """Draws rates for the people of one county."""

    recipe: Recipe
    age_column: Ints
    rural: Ints
    rng: np.random.Generator

    def value(self, key: str, ability: Ints | None = None) -> Ints:
        """(n,) values, whether known or not; ``ability`` is the true level, for rates that ask for it."""
        rate = self.recipe.rates[key]
        if (rate.by == "ability") != (ability is not None):
            raise BadRecipe(f"rates.toml: {key} cannot be given by {rate.by}")
        column = self.age_column if ability is None else ability
        return rate.draw(column, self.rural, self.rng.random(len(self.rural)))

    def hidden(self, key: str) -> Bools:
        """(n,) those about whom no source says anything."""
        return np.asarray(self.rng.random(len(self.rural)) < self.recipe.rates[key].unknown[self.rural])

    def known(self, key: str, ability: Ints | None = None) -> Ints:
        """(n,) values, -1 where unknown."""
        return np.where(self.hidden(key), UNKNOWN, self.value(key, ability))


def tracks(place: PlaceCells, heads: Heads, recipe: Recipe, seed: int) -> tuple[Tracks, Homes]:
    """All keys of one county, and its households."""
    rng = stream(seed, place.county, Step.STATES)
    settings = np.array([community.setting for community in place.communities])
    rural = np.where((settings == Setting.RURAL) | (settings == Setting.GACHA), RURAL, URBAN)[heads.community]
    column = np.searchsorted(recipe.ages, heads.age, side="right") - 1
    lottery = Lottery(recipe, column, rural, rng)
    away = lottery.value("lives_in_care_home") == 1
    shares = recipe.numbers["couples_60"], recipe.numbers["couples_65"]
    household_rng = stream(seed, place.county, Step.HOUSEHOLDS)
    made = homes(heads, away, place.margins, shares, household_rng)
    found = _home(lottery, made, away)
    ability = _ability(lottery, found, away)
    _means(lottery, found, away)
    _others(lottery, found, ability, away)
    for key, track in found.items():
        _changes(recipe, key, track, rng)
    return {key: found[key] for key in SOURCES}, made


def _home(lottery: Lottery, made: Homes, away: Bools) -> Tracks:
    """Care home, alone, empty nest: three keys that move together."""
    rng, numbers, n = lottery.rng, lottery.recipe.numbers, len(away)
    single = ~away & ~made.paired & ~made.with_child
    couple_rows = np.minimum(made.partner, np.arange(n))
    # Both of a couple share one answer and one unknown: the community asked the household, not the person.
    alone = (lottery.value("alone_without_partner") == 1) & single
    full = np.isin(made.number, made.number[made.with_child & ~away])
    nest = (lottery.value("nest_of_couples") == 1)[couple_rows] & made.paired & ~full
    hidden = np.where(
        made.paired, lottery.hidden("nest_of_couples")[couple_rows], lottery.hidden("alone_without_partner")
    )
    homeless = (lottery.value("homeless") == 1) & single
    hidden = (hidden | homeless) & ~away
    found = {
        "lives_in_care_home": Track(away.astype(np.int64)),
        "lives_alone": Track(np.where(hidden, UNKNOWN, alone)),
        "empty_nest": Track(np.where(hidden, UNKNOWN, nest)),
        "homeless": Track(np.where(lottery.hidden("homeless") & ~homeless & ~away, UNKNOWN, homeless)),
    }
    _moves_in(found, lottery, away)
    luck, moment = rng.random(n), rng.random(n)
    widowed = np.flatnonzero((found["lives_alone"].last == 1) & (luck < numbers["newly_alone"]))
    found["lives_alone"].change(widowed, np.zeros_like(widowed), moment[widowed])
    found["empty_nest"].change(widowed, np.ones_like(widowed), moment[widowed])
    lost = np.flatnonzero(hidden & ~homeless & (luck < numbers["home_lost_sight"]))
    found["lives_alone"].change(lost, alone[lost].astype(np.int64), moment[lost])
    found["empty_nest"].change(lost, nest[lost].astype(np.int64), moment[lost])
    return found


def _moves_in(found: Tracks, lottery: Lottery, away: Bools) -> None:
    """Some care home residents came within the window; until then most of them lived alone."""
    rng = lottery.rng
    came = np.flatnonzero(away & (rng.random(len(away)) < lottery.recipe.numbers["moved_to_care_home"]))
    moment, luck = rng.random(len(came)), rng.random(len(came))
    alone_before, nest_before = (luck < 0.55).astype(np.int64), (luck > 0.8).astype(np.int64)
    found["lives_in_care_home"].change(came, np.zeros_like(came), moment)
    was_alone, was_nest = alone_before == 1, nest_before == 1
    found["lives_alone"].change(came[was_alone], alone_before[was_alone], moment[was_alone])
    found["empty_nest"].change(came[was_nest], nest_before[was_nest], moment[was_nest])


def _ability(lottery: Lottery, found: Tracks, away: Bools) -> Ints:
    """The ability level; the true one comes back, also where nobody has assessed it."""
    true = np.where(away, lottery.value("ability_level_in_care_home"), lottery.value("ability_level"))
    hidden = lottery.hidden("ability_level") & ~away
    found["ability_level"] = Track(np.where(hidden, UNKNOWN, true))
    return true


def _means(lottery: Lottery, found: Tracks, away: Bools) -> None:
    rng, numbers, n = lottery.rng, lottery.recipe.numbers, len(away)
    hardship = np.where(away, lottery.known("hardship_class_in_care_home"), lottery.known("hardship_class"))
    found["hardship_class"] = Track(hardship)
    found["pension_scheme"] = Track(lottery.known("pension_scheme"))
    years, luck = rng.integers(1, 41, n), rng.random(n)
    months = np.where(luck < numbers["insured_never"], 0, years * 12)
    found["insured_months"] = Track(np.where(luck > 1 - numbers["insured_unknown"], UNKNOWN, months))


def _others(lottery: Lottery, found: Tracks, ability: Ints, away: Bools) -> None:
    rng, n = lottery.rng, len(away)
    at_home = (~away).astype(np.int64)
    for key in ("disability_certificate_grade", "ltci_disability_level"):
        found[key] = Track(lottery.known(key, ability))
    for key in ("bereaved_family", "entitled_group", "has_dementia", "special_contribution", "seriously_ill"):
        found[key] = Track(lottery.known(key))
    left = lottery.known("left_behind")
    found["left_behind"] = Track(np.where(away, 0, left))
    adapted = lottery.value("home_adapted", ability)
    homeless = found["homeless"].last == 1
    found["home_adapted"] = Track(adapted * at_home * ~homeless)
    meals = (lottery.value("takes_meals") == 1) * rng.integers(6, 27, n)
    found["meals_in_month"] = Track(meals * at_home * ~homeless)


def _changes(recipe: Recipe, key: str, track: Track, rng: np.random.Generator) -> None:
    """Draw the changes of one key by the table; a person changes at most once."""
    n = len(track.last)
    luck, moment = rng.random(n), rng.random(n)
    floor = np.zeros(n)
    for change in recipe.changes.get(key, ()):
        fits = (track.last >= change.low) & (track.last <= change.high)
        rows = np.flatnonzero(fits & (luck >= floor) & (luck < floor + change.share))
        track.change(rows, np.full(len(rows), change.before), moment[rows])
        floor[fits] += change.share
