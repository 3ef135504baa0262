"""The lunar calendar's table against days that are known from elsewhere."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from yiyang.engine.calendars import DayKind, shipped_workdays
from yiyang.engine.lunar import lunar_years, solar_day


def test_each_year_begins_where_the_one_before_ends() -> None:
    years = lunar_years()
    assert list(years) == list(range(1900, 2100))
    for number in range(1900, 2099):
        this = years[number]
        assert this.first_day + timedelta(days=sum(this.lengths)) == years[number + 1].first_day
        assert len(this.lengths) == (12 if this.leap is None else 13)


def test_new_year_is_a_holiday_in_every_year_of_the_notices() -> None:
    holidays = {
        row.day for row in shipped_workdays().days if row.kind is DayKind.HOLIDAY and row.name == "春节"
    }
    for number in range(2020, 2027):
        assert solar_day(number, 1, 1) in holidays


def test_mid_autumn_and_dragon_boat_are_holidays_too() -> None:
    holidays = {row.day for row in shipped_workdays().days if row.kind is DayKind.HOLIDAY}
    for number in range(2020, 2027):
        assert solar_day(number, 8, 15) in holidays
        assert solar_day(number, 5, 5) in holidays


@pytest.mark.parametrize(
    ("lunar", "common"),
    [
        ((1944, 1, 1, False), date(1944, 1, 25)),
        ((1949, 8, 10, False), date(1949, 10, 1)),
        ((1978, 8, 15, False), date(1978, 9, 17)),  # Hong Kong's old tables have the 16th
        ((1976, 8, 8, True), date(1976, 10, 1)),
        ((1943, 12, 8, False), date(1944, 1, 3)),
        ((2000, 1, 1, False), date(2000, 2, 5)),
        ((2023, 2, 1, False), date(2023, 2, 20)),
        ((2023, 2, 1, True), date(2023, 3, 22)),
        ((2033, 11, 1, True), date(2033, 12, 22)),
        ((1917, 2, 1, True), date(1917, 3, 23)),
    ],
)
def test_known_days(lunar: tuple[int, int, int, bool], common: date) -> None:
    year, month, day, leap = lunar
    assert solar_day(year, month, day, leap=leap) == common


@pytest.mark.parametrize(
    "lunar",
    [(2023, 3, 1, True), (2022, 2, 1, True), (2026, 13, 1, False), (2026, 0, 1, False), (2026, 1, 31, False)],
)
def test_a_day_the_calendar_does_not_have_is_none(lunar: tuple[int, int, int, bool]) -> None:
    year, month, day, leap = lunar
    assert solar_day(year, month, day, leap=leap) is None


def test_a_short_month_has_no_thirtieth_day() -> None:
    assert solar_day(2025, 12, 29) == date(2026, 2, 16)
    assert solar_day(2025, 12, 30) is None


def test_years_outside_the_table_are_none() -> None:
    assert solar_day(1899, 1, 1) is None
    assert solar_day(2100, 1, 1) is None
