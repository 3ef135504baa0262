"""Whole numbers that sum, single ages, birthdays."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yiyang.engine.synthesising import ages
from yiyang.engine.synthesising.ages import AgeTable, NoRoom
from yiyang.engine.synthesising.recipes import Recipe
from yiyang.engine.synthesising.seeds import Step, stream

weights = st.lists(st.floats(0.001, 1000), min_size=1, max_size=30)


@settings(deadline=None)
@given(st.integers(0, 1_000_000), weights)
def test_the_largest_remainder_sums_and_stays_within_one(total: int, shares: list[float]) -> None:
    found = ages.largest_remainder(total, np.array(shares))
    exact = np.array(shares) / sum(shares) * total
    assert found.sum() == total
    assert (np.abs(found - exact) < 1 + 1e-6).all()


def test_ties_go_to_the_first() -> None:
    assert ages.largest_remainder(5, np.ones(3)).tolist() == [2, 2, 1]


def test_rounded_national_shares_are_normalised_so_the_open_band_stays_exact(recipe: Recipe) -> None:
    for sex in (1, 2):
        for persons in (0, 1, 17, 28_971):
            counts = ages.single_ages(persons, sex, 5, recipe.age_table)
            assert counts.sum() == persons
            assert counts[:25].sum() == 0
    women = ages.single_ages(10_000, 2, 5, recipe.age_table)
    assert [int(women[25 + k : 30 + k].sum()) for k in (0, 5, 10)] == [7040, 2340, 530]


def test_ages_fall_with_mortality_inside_a_band(recipe: Recipe) -> None:
    counts = ages.single_ages(100_000, 1, 4, recipe.age_table)[20:25]
    assert (np.diff(counts) < 0).all()
    assert counts[1] / counts[0] == pytest.approx(np.exp(-0.102203), abs=1e-4)


@pytest.mark.parametrize(
    "as_of", [date(2020, 11, 1), date(2024, 2, 29), date(2026, 3, 1), date(2025, 12, 31)]
)
def test_everybody_has_the_age_of_the_cell_on_the_reference_day(as_of: date) -> None:
    wanted = np.repeat(np.arange(60, 110), 40)
    born = ages.birthdays(wanted, as_of, stream(1, 150206, Step.BIRTHDAYS, 1, 0))
    on = as_of.year * 10000 + as_of.month * 100 + as_of.day
    assert ((on - ages.as_ymd(born)) // 10000 == wanted).all()


def test_birthdays_fill_the_whole_year_of_life() -> None:
    born = ages.birthdays(np.full(10_000, 70), date(2026, 11, 20), stream(1, 1, Step.BIRTHDAYS))
    assert (int(born.min()), int(born.max())) == (
        ages.last_birthday(date(2026, 11, 20), 71) + 1,
        ages.last_birthday(date(2026, 11, 20), 70),
    )


def test_a_crowded_age_is_spread_so_that_fake_ids_suffice() -> None:
    born = ages.birthdays(np.full(17_000, 60), date(2026, 11, 20), stream(1, 1, Step.BIRTHDAYS))
    assert np.unique(born, return_counts=True)[1].max() <= ages.BIRTHDAY_ROOM


def test_an_age_with_more_people_than_ids_is_refused() -> None:
    with pytest.raises(NoRoom, match="age 60"):
        ages.birthdays(np.full(20_000, 60), date(2026, 11, 20), stream(1, 1, Step.BIRTHDAYS))


def test_days_become_readable_numbers() -> None:
    days = np.array([0, -1, 31, (date(1934, 5, 1) - date(1970, 1, 1)).days])
    assert ages.as_ymd(days).tolist() == [19700101, 19691231, 19700201, 19340501]


def test_the_table_of_ages_has_both_sexes(recipe: Recipe) -> None:
    table: AgeTable = recipe.age_table
    assert table.deaths.shape == (2, 9)
    assert (table.deaths[0] > table.deaths[1]).all()
