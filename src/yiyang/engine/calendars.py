"""Working days, ages and month ends. A day is an argument: nothing here knows what day it is.

The table of holidays stands in ``data/workdays.csv``: dates and kinds from the State Council's yearly
notices, 2020-2026. The notice for a year comes late in the year before; a year without rows follows the
weekday rule, and every answer that had to do so says which years those were.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, cached_property
from importlib import resources

from yiyang.engine.errors import BrokenInvariant, Refused

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


class DayKind(StrEnum):
    """How a day differs from its weekday."""

    HOLIDAY = "HOLIDAY"
    MAKEUP_WORKDAY = "MAKEUP_WORKDAY"


class NotYetBorn(Refused):
    """A day before the birth: nobody has an age on it."""

    code = "calendars.not_yet_born"
    message = "出生日期在这一天之后，请核对"


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """One day of the table, with the holiday it belongs to."""

    day: date
    kind: DayKind
    name: str


@dataclass(frozen=True)
class WorkdayTable:
    """Days that differ from their weekday; a year with at least one row counts as covered."""

    days: tuple[SpecialDay, ...]

    @cached_property
    def by_day(self) -> dict[date, SpecialDay]:
        """Rows by their day; the last of two rows for one day counts."""
        return {row.day: row for row in self.days}

    @cached_property
    def years(self) -> frozenset[int]:
        """Years with rows."""
        return frozenset(row.day.year for row in self.days)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day counted in working days; ``uncovered``: years on the way that had no table, only weekdays."""

    day: date
    uncovered: tuple[int, ...]


@cache
def shipped_workdays() -> WorkdayTable:
    """The table that comes with the product; an installation may add rows for later years."""
    text = (resources.files("yiyang.engine") / "data" / "workdays.csv").read_text(encoding="utf-8")
    return read_workdays(text)


def read_workdays(text: str) -> WorkdayTable:
    """A table from CSV text with the columns ``date``, ``kind``, ``name``.

    Raises:
        BrokenInvariant: a row is not of that form.
    """
    try:
        rows = [
            SpecialDay(date.fromisoformat(row["date"]), DayKind(row["kind"]), row["name"])
            for row in csv.DictReader(io.StringIO(text))
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenInvariant(f"the table of working days is damaged: {error}") from error
    return WorkdayTable(tuple(rows))


def with_rows(table: WorkdayTable, rows: Iterable[SpecialDay]) -> WorkdayTable:
    """The table with an installation's own rows on top; for one day the added row counts."""
    return WorkdayTable((*table.days, *rows))


def is_workday(day: date, table: WorkdayTable) -> bool:
    """The table's word where it has one, else Monday to Friday; the mark is ``day.year in table.years``."""
    special = table.by_day.get(day)
    if special is not None:
        return special.kind is DayKind.MAKEUP_WORKDAY
    return day.weekday() < _SATURDAY


def add_workdays(day: date, n: int, table: WorkdayTable) -> Deadline:
    """The ``n``-th working day after ``day``; ``day`` itself does not count, and 0 gives it back.

    Args:
        day: the day on which the period begins.
        n: working days, >= 0.
        table: holidays and make-up workdays.

    Raises:
        BrokenInvariant: ``n`` is negative: the caller's bug.
    """
    if n < 0:
        raise BrokenInvariant(f"{n} working days cannot be added")
    end, left, years = day, n, {day.year}
    while left:
        end += _ONE_DAY
        years.add(end.year)
        left -= is_workday(end, table)
    return Deadline(end, tuple(sorted(years - table.years)))


def birthday_in(birth: date, year: int) -> date:
    """The day on which a year of life is completed; 29 February turns on 1 March in common years."""
    try:
        return birth.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def age_on(birth: date, day: date) -> int:
    """Completed years of life, as the sweep counts them: ``(day_ymd - birth_ymd) // 10000``.

    Raises:
        NotYetBorn: ``day`` lies before ``birth``.
    """
    if day < birth:
        raise NotYetBorn(f"born on {birth}, asked for {day}")
    return day.year - birth.year - (day < birthday_in(birth, day.year))


def reaches(birth: date, age: int) -> date:
    """The first day on which ``age_on`` gives ``age``."""
    return birthday_in(birth, birth.year + age)


def month_ends(as_of: date, n: int) -> tuple[date, ...]:
    """The last ``n`` month ends up to ``as_of`` (which may be one itself), earliest first."""
    ends: list[date] = []
    after = as_of + _ONE_DAY
    while len(ends) < n:
        end = after.replace(day=1) - _ONE_DAY
        ends.append(end)
        after = end
    return tuple(reversed(ends))
