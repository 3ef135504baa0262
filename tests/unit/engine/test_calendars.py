"""Working days, ages, month ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from yiyang.engine.calendars import (
    DayKind,
    Deadline,
    NotYetBorn,
    SpecialDay,
    WorkdayTable,
    add_workdays,
    age_on,
    birthday_in,
    is_workday,
    month_ends,
    reaches,
    read_workdays,
    shipped_workdays,
    with_rows,
)
from yiyang.engine.errors import BrokenInvariant

TABLE = shipped_workdays()


def test_the_shipped_table_has_seven_years_of_holidays_and_makeup_days() -> None:
    kinds = [row.kind for row in TABLE.days]
    assert kinds.count(DayKind.HOLIDAY) == 210
    assert kinds.count(DayKind.MAKEUP_WORKDAY) == 46
    assert TABLE.years == set(range(2020, 2027))
    assert len(TABLE.by_day) == len(TABLE.days)


def test_a_makeup_workday_is_always_at_a_weekend() -> None:
    assert all(row.day.weekday() >= 5 for row in TABLE.days if row.kind is DayKind.MAKEUP_WORKDAY)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 5, 1), False),  # Friday, 劳动节
        (date(2026, 5, 9), True),  # Saturday, worked in exchange
        (date(2026, 5, 10), False),  # Sunday
        (date(2026, 5, 11), True),  # Monday
        (date(2026, 2, 16), False),  # Monday, 春节
        (date(2026, 2, 14), True),
        (date(2030, 5, 1), True),  # Wednesday without a table: the weekday rule
        (date(2030, 5, 4), False),
    ],
)
def test_the_table_comes_before_the_weekday(day: date, works: bool) -> None:
    assert is_workday(day, TABLE) is works


def test_a_year_without_a_table_is_marked() -> None:
    assert 2030 not in TABLE.years
    assert add_workdays(date(2030, 4, 26), 3, TABLE) == Deadline(date(2030, 5, 1), (2030,))


def test_fifteen_working_days_step_over_the_national_holidays() -> None:
    # 22-24, 28-30 September; 8-10 (a worked Saturday), 12-16, 19 October
    assert add_workdays(date(2026, 9, 21), 15, TABLE) == Deadline(date(2026, 10, 19), ())


def test_only_the_uncovered_part_of_a_way_is_named() -> None:
    assert add_workdays(date(2026, 12, 30), 3, TABLE) == Deadline(date(2027, 1, 4), (2027,))
    assert add_workdays(date(2019, 12, 31), 1, TABLE).uncovered == (2019,)
    assert add_workdays(date(2026, 12, 30), 1, TABLE).uncovered == ()


def test_the_first_day_itself_does_not_count() -> None:
    friday = date(2026, 11, 20)
    assert add_workdays(friday, 0, TABLE).day == friday
    assert add_workdays(friday, 1, TABLE).day == date(2026, 11, 23)
    assert add_workdays(date(2026, 11, 22), 1, TABLE).day == date(2026, 11, 23)


def test_negative_working_days_are_a_bug() -> None:
    with pytest.raises(BrokenInvariant):
        add_workdays(date(2026, 1, 1), -1, TABLE)


def test_an_installation_adds_rows_for_a_later_year() -> None:
    later = with_rows(TABLE, [SpecialDay(date(2027, 1, 1), DayKind.HOLIDAY, "元旦")])
    assert not is_workday(date(2027, 1, 1), later)
    assert add_workdays(date(2026, 12, 31), 1, later) == Deadline(date(2027, 1, 4), ())
    assert is_workday(date(2027, 1, 1), TABLE)


def test_an_added_row_corrects_a_shipped_one() -> None:
    fixed = with_rows(TABLE, [SpecialDay(date(2026, 5, 1), DayKind.MAKEUP_WORKDAY, "示例")])
    assert is_workday(date(2026, 5, 1), fixed)


@pytest.mark.parametrize(
    "text", ["date,kind,name\n2026-13-01,HOLIDAY,x\n", "date,kind,name\n2026-01-01,FEAST,x\n", "day\n1\n"]
)
def test_a_damaged_table_is_refused(text: str) -> None:
    with pytest.raises(BrokenInvariant, match="damaged"):
        read_workdays(text)


def test_an_empty_table_covers_nothing() -> None:
    assert add_workdays(date(2026, 5, 1), 1, WorkdayTable(())) == Deadline(date(2026, 5, 4), (2026,))


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(1946, 11, 22), date(2026, 11, 21), 79),
        (date(1946, 11, 22), date(2026, 11, 22), 80),
        (date(1944, 2, 29), date(2024, 2, 28), 79),
        (date(1944, 2, 29), date(2024, 2, 29), 80),
        (date(1944, 2, 29), date(2026, 2, 28), 81),
        (date(1944, 2, 29), date(2026, 3, 1), 82),
        (date(1896, 1, 1), date(2026, 1, 1), 130),
        (date(2026, 1, 1), date(2026, 1, 1), 0),
    ],
)
def test_a_year_is_completed_on_the_birthday(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age
    ymd = [d.year * 10000 + d.month * 100 + d.day for d in (day, birth)]
    assert (ymd[0] - ymd[1]) // 10000 == age


def test_a_leap_day_birthday_is_the_first_of_march_in_common_years() -> None:
    assert birthday_in(date(1944, 2, 29), 2026) == date(2026, 3, 1)
    assert birthday_in(date(1944, 2, 29), 2028) == date(2028, 2, 29)


@pytest.mark.parametrize("birth", [date(1944, 2, 29), date(1946, 11, 22), date(1946, 12, 31)])
def test_an_age_is_reached_on_its_first_day(birth: date) -> None:
    first = reaches(birth, 81)
    assert age_on(birth, first) == 81
    assert age_on(birth, first - timedelta(days=1)) == 80


def test_nobody_has_an_age_before_birth() -> None:
    with pytest.raises(NotYetBorn):
        age_on(date(2026, 1, 2), date(2026, 1, 1))


def test_the_last_month_ends_come_in_order() -> None:
    ends = (date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28))
    assert month_ends(date(2026, 3, 30), 3) == ends
    assert month_ends(date(2026, 2, 28), 3) == ends
    assert month_ends(date(2026, 2, 27), 1) == (date(2026, 1, 31),)
    assert month_ends(date(2024, 2, 29), 1) == (date(2024, 2, 29),)
    assert month_ends(date(2026, 3, 30), 0) == ()


def test_twelve_month_ends_reach_back_a_year() -> None:
    ends = month_ends(date(2026, 11, 22), 12)
    assert (len(ends), ends[0], ends[-1]) == (12, date(2025, 11, 30), date(2026, 10, 31))
