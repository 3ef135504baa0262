"""The people of a county by cell, then over its communities; every cell stays exact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from yiyang.engine.synthesising.ages import OLDEST, AgeTable, birthdays, largest_remainder, single_ages
from yiyang.engine.synthesising.cells import BANDS, SEXES, PlaceCells
from yiyang.engine.synthesising.seeds import Floats, Ints, Step, stream

IDS_A_COUNTY = 10_000_000
"""A county's people have the ids from county * this + 1."""


@dataclass(frozen=True, slots=True)
class Heads:
    """The people of one county, in order of community; position is the id within the county, from 0.

    Attributes:
        sex: (n,) 1 or 2.
        age: (n,) whole years on the reference day.
        born: (n,) days since 1970.
        community: (n,) index into the county's communities, ascending.
    """

    county: int
    sex: Ints
    age: Ints
    born: Ints
    community: Ints

    def __len__(self) -> int:
        return len(self.sex)

    @property
    def person_ids(self) -> Ints:
        return self.county * IDS_A_COUNTY + 1 + np.arange(len(self), dtype=np.int64)


def community_weights(place: PlaceCells, setting_weights: Floats, spread: float, seed: int) -> Floats:
    """Shares of the county's communities: one Dirichlet draw, resident committees the heaviest.

    Args:
        setting_weights: (4,) expected size by ``Setting``.
        spread: larger makes communities of a kind more alike.
    """
    expected = setting_weights[[community.setting for community in place.communities]]
    return stream(seed, place.county, Step.COMMUNITY_WEIGHTS).dirichlet(expected * spread)


def heads(place: PlaceCells, table: AgeTable, weights: Floats, seed: int, as_of: date) -> Heads:
    """Everybody of 60 and over in a county, exact in each of the twelve cells."""
    parts = [
        _cell(place, table, weights, seed, as_of, sex, band)
        for sex in SEXES
        for band in range(len(BANDS))
        if place.persons[sex - 1][band]
    ]
    sex, age, born, community = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    mixed = stream(seed, place.county, Step.ORDER).permutation(len(sex))
    order = mixed[np.argsort(community[mixed], kind="stable")]
    return Heads(place.county, sex[order], age[order], born[order], community[order])


def _cell(
    place: PlaceCells, table: AgeTable, weights: Floats, seed: int, as_of: date, sex: int, band: int
) -> tuple[Ints, Ints, Ints, Ints]:
    """Sex, age, birthday and community of one cell."""
    persons = place.persons[sex - 1][band]
    age = np.repeat(np.arange(60, OLDEST + 1), single_ages(persons, sex, band, table))
    born = birthdays(age, as_of, stream(seed, place.county, Step.BIRTHDAYS, sex, band))
    rng = stream(seed, place.county, Step.COMMUNITIES, sex, band)
    # A little noise of the cell's own, or the remainders of all small cells would go to the same communities.
    noisy = weights * rng.gamma(40.0, 1 / 40.0, len(weights))
    community = np.repeat(np.arange(len(weights)), largest_remainder(persons, noisy))
    return np.full(persons, sex), age, born, rng.permutation(community)
