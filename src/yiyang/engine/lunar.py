"""The lunar calendar of 1900 to 2099, for birthdays that older people give by it.

``data/lunar_years.csv`` was computed by us: new moons and the sun's longitude after Meeus, days of 120° east
(before 1929 of Beijing), the month without a principal term is the leap month. The leap months of 1917 and
1922, where that term falls within minutes of midnight, stand as they were published.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources

_LENGTHS = {"L": 30, "S": 29}


@dataclass(frozen=True, slots=True)
class LunarYear:
    """One lunar year: its first day, the length of each month in order, the leap month or None."""

    first_day: date
    lengths: tuple[int, ...]
    leap: int | None

    def place_of(self, month: int, leap: bool) -> int | None:
        """Which month of the year, from 0; the leap month follows the one of its number."""
        if not 1 <= month <= 12 or (leap and month != self.leap):
            return None
        after_leap = self.leap is not None and month > self.leap
        return month - 1 + (leap or after_leap)


@cache
def lunar_years() -> Mapping[int, LunarYear]:
    """Every lunar year of the table."""
    text = (resources.files("yiyang.engine") / "data" / "lunar_years.csv").read_text(encoding="utf-8")
    return {
        int(row["year"]): LunarYear(
            first_day=date.fromisoformat(row["first_day"]),
            lengths=tuple(_LENGTHS[letter] for letter in row["months"]),
            leap=int(row["leap"]) if row["leap"] else None,
        )
        for row in csv.DictReader(io.StringIO(text))
    }


def solar_day(year: int, month: int, day: int, *, leap: bool = False) -> date | None:
    """The day of the common calendar, None where there is no such lunar day or the table has no such year.

    Args:
        year: number of the lunar year, that of the common year in which it begins.
        month: 1 to 12.
        day: 1 to 30.
        leap: the leap month that follows ``month``.
    """
    found = lunar_years().get(year)
    place = found.place_of(month, leap) if found else None
    if found is None or place is None or not 1 <= day <= found.lengths[place]:
        return None
    return found.first_day + timedelta(days=sum(found.lengths[:place]) + day - 1)
