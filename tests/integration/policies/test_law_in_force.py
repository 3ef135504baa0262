"""Which number holds where and when, and what is said where there is none."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.conftest import NOW
from yiyang.base.scoping import Role, Scope, acting
from yiyang.engine.errors import HouseError
from yiyang.engine.ruling.parameters import Overlap, Parameters
from yiyang.policies import library, selectors
from yiyang.policies.selectors import NumberMissing

TODAY = NOW.date()
ROW = """
[[number]]
key = "aged_80_fen"
place = 150200
since = {since}
{until}
value = {value}
unit = "fen/month"
merge = "override"
cite = {{ doc = "example-city-oldest-old", clause = "2" }}
verified = false
"""


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2020, 12, 31), 10000),
        (date(2021, 1, 1), 12000),
        (date(2024, 12, 31), 12000),
        (date(2025, 1, 1), 14000),
    ],
)
def test_a_number_is_that_of_its_day_and_place(db: None, day: date, value: int) -> None:
    with acting(Role.APP, Scope.of("1502")):
        assert selectors.number("aged_80_fen", 150203, day) == value
        assert selectors.law_on(day).numbers.resolve("aged_80_fen", 150203, day).value == value


@pytest.mark.parametrize(
    ("county", "day"), [(110105, TODAY), (150203, date(2019, 12, 31)), (150902, date(1999, 1, 1))]
)
def test_a_gap_is_said_and_never_nought(db: None, county: int, day: date) -> None:
    with acting(Role.APP, Scope.of("1502")), pytest.raises(NumberMissing, match=f"is not set for {county}"):
        selectors.number("aged_80_fen", county, day)


def test_every_row_that_shaped_a_number_is_kept_for_the_explanation(db: None) -> None:
    with acting(Role.APP, Scope.of("1502")):
        steps = selectors.resolved("aged_80_fen", 150203, TODAY).steps
    assert [(row.place, row.merge, row.value) for row in steps] == [
        (150200, "override", 12000),
        (150203, "add", 2000),
    ]
    assert not any(row.verified for row in steps)


def test_a_clause_is_told_in_our_words_and_says_where_the_original_is_missing(db: None) -> None:
    with acting(Role.APP, Scope.of("1502")):
        shown = selectors.clause_of("example-city-oldest-old", "2")
        assert selectors.clause_of("example-city-oldest-old", "99") is None
    assert shown is not None
    assert shown.summary
    assert shown.sentence == ""


def written(folder: Path, *rows: tuple[str, str, int]) -> Path:
    path = folder / "numbers.toml"
    text = (
        ROW.format(since=since, until=f"until = {until}" if until else "", value=v)
        for since, until, v in rows
    )
    path.write_text("".join(text))
    return path


def test_two_numbers_of_one_key_and_place_on_one_day_are_refused_with_both_days(tmp_path: Path) -> None:
    path = written(tmp_path, ("2027-01-01", "", 1), ("2027-03-01", "", 2))
    with pytest.raises(
        Overlap, match="since 2027-01-01 is still in force when the row since 2027-03-01"
    ) as told:
        Parameters(library.rows_of(path))
    assert "请先写明旧数的截止日期" in told.value.message
    Parameters(library.rows_of(written(tmp_path, ("2027-01-01", "2027-03-01", 1), ("2027-03-01", "", 2))))


def test_a_parameter_file_that_cannot_be_read_names_file_and_entry(tmp_path: Path) -> None:
    path = written(tmp_path, ("2027-01-01", "", 1))
    path.write_text(path.read_text().replace("aged_80_fen", "aged_80_pounds"))
    with pytest.raises(HouseError, match=r"numbers\.toml"):
        library.rows_of(path)


def test_the_law_of_a_far_day_is_the_law_of_today_until_somebody_changes_it(db: None) -> None:
    far = TODAY + timedelta(days=3650)
    with acting(Role.APP, Scope.of("1502")):
        assert selectors.number("aged_80_fen", 150203, far) == selectors.number("aged_80_fen", 150203, TODAY)
