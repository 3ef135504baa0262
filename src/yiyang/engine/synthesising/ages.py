"""From a census cell to birth dates: single ages by the life table, birthdays in the year of life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from yiyang.engine.errors import Refused
from yiyang.engine.synthesising.cells import BAND_STARTS
from yiyang.engine.synthesising.seeds import Floats, Ints

OLDEST = 109
"""The open band ends here: older invented people would only raise questions."""

BIRTHDAY_ROOM = 50
"""People of one sex and county who may share a birthday: what the fake ids have numbers for."""


class NoRoom(Refused):
    code = "synthesising.no_room"
    message = "这个县的人数超出模拟证件号的容量，没有生成任何人员"


@dataclass(frozen=True, slots=True)
class AgeTable:
    """How a band divides into single ages.

    Attributes:
        deaths: (2, 9) deaths a person-year, sex x five-year ages 60 ... 95, 100+.
        oldest_shares: (2, 4) shares of 85-89, 90-94, 95-99, 100+ in the open band; any scale.
    """

    deaths: Floats
    oldest_shares: Floats


def largest_remainder(total: int, weights: Floats) -> Ints:
    """Whole numbers that sum to ``total`` and are proportional to ``weights``; ties go to the first.

    Args:
        total: >= 0.
        weights: (k,), >= 0, not all zero; any scale, so rounded shares are normalised here.
    """
    exact = weights / weights.sum() * total
    whole = np.floor(exact).astype(np.int64)
    short = total - int(whole.sum())
    if short:
        whole[np.argsort(whole - exact, kind="stable")[:short]] += 1
    return whole


def single_ages(persons: int, sex: int, band: int, table: AgeTable) -> Ints:
    """Persons of each single age from 60 to ``OLDEST``: (50,) counts that sum to ``persons``.

    Inside a five-year age the person-years lived fall with the death rate (Lx of the life table under a
    constant rate); the open band is first divided by fixed national shares.
    """
    start = BAND_STARTS[band]
    counts = np.zeros(OLDEST - 59, dtype=np.int64)
    parts = [persons] if start < 85 else largest_remainder(persons, table.oldest_shares[sex - 1]).tolist()
    for step, part in enumerate(parts):
        first = start + 5 * step
        years = np.arange(10 if first == 100 else 5)
        rate = table.deaths[sex - 1, (first - 60) // 5]
        counts[first - 60 + years] = largest_remainder(part, np.exp(-rate * years))
    return counts


def last_birthday(as_of: date, age: int) -> int:
    """The latest day of birth, in days since 1970, of somebody who is ``age`` on ``as_of``.

    A day that does not exist (29 February) becomes the day before, so the years of life leave no gap.
    """
    year = as_of.year - age
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    day = 28 if (as_of.month, as_of.day) == (2, 29) and not leap else as_of.day
    return int(
        (np.datetime64(f"{year:04d}-{as_of.month:02d}-{day:02d}") - np.datetime64("1970-01-01")).astype(int)
    )


def birthdays(ages: Ints, as_of: date, rng: np.random.Generator) -> Ints:
    """A day of birth for each age, uniform in the year of life that ends on ``as_of``.

    Args:
        ages: (n,), ascending.

    Returns:
        (n,) days since 1970-01-01, in the order of ``ages``.

    Raises:
        NoRoom: more people of one age than fake ids can tell apart.
    """
    ends = np.array([last_birthday(as_of, age) for age in range(60, OLDEST + 2)])
    lengths = (ends[:-1] - ends[1:])[ages - 60]
    days = ends[1:][ages - 60] + 1 + np.floor(rng.random(len(ages)) * lengths).astype(np.int64)
    values, counts = np.unique(days, return_counts=True)
    for crowded in np.unique(ages[np.isin(days, values[counts > BIRTHDAY_ROOM])]).tolist():
        members = np.flatnonzero(ages == crowded)
        length = int(ends[crowded - 60] - ends[crowded - 59])
        if len(members) > BIRTHDAY_ROOM * length:
            raise NoRoom(f"{len(members)} people of one sex and age {crowded}: fake ids have room for fewer")
        days[members] = ends[crowded - 59] + 1 + rng.permutation(len(members)) % length
    return np.asarray(days)


def as_ymd(days: Ints) -> Ints:
    """Days since 1970 as numbers like 19340501."""
    dates = days.astype("datetime64[D]")
    years = dates.astype("datetime64[Y]").astype(np.int64) + 1970
    months = dates.astype("datetime64[M]").astype(np.int64) % 12 + 1
    in_month = (dates - dates.astype("datetime64[M]")).astype(np.int64) + 1
    return np.asarray(years * 10000 + months * 100 + in_month)
