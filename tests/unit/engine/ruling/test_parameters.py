"""Numbers of the law: who overrides whom, what a gap means, what is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from yiyang.engine.ruling.parameters import Cite, Merge, Overlap, ParameterRow, Parameters, chain, succeed

Y20, Y25, Y26 = dt.date(2020, 1, 1), dt.date(2025, 1, 1), dt.date(2026, 1, 1)
DAY = dt.date(2026, 7, 1)


def row(
    place: int, value: int, merge: Merge = "override", since: dt.date = Y20, until: dt.date | None = None
) -> ParameterRow:
    return ParameterRow("a_fen", place, since, until, value, "fen/month", Cite("d", "1"), merge)


def value(*rows: ParameterRow, county: int = 150203, day: dt.date = DAY) -> int | None:
    return Parameters(rows).resolve("a_fen", county, day).value


def test_a_chain_goes_from_the_nation_to_the_county_and_names_nothing_twice() -> None:
    assert chain(150203) == (0, 150000, 150200, 150203)
    assert chain(150200) == (0, 150000, 150200)
    assert chain(0) == (0,)


def test_the_nearest_place_overrides() -> None:
    assert value(row(0, 1), row(150000, 2), row(150200, 3)) == 3
    assert value(row(0, 1), row(150000, 2), row(150200, 3), county=150902) == 2
    assert value(row(0, 1), row(150000, 2), county=620722) == 1


def test_a_floor_raises_and_never_lowers() -> None:
    assert value(row(150000, 100), row(150203, 110, "floor")) == 110
    assert value(row(150000, 100), row(150203, 90, "floor")) == 100
    assert value(row(150000, 100), row(150203, 100, "floor")) == 100


def test_a_top_up_is_added() -> None:
    assert value(row(150000, 100), row(150200, 20, "add"), row(150203, 5, "add")) == 125


@pytest.mark.parametrize("merge", ["floor", "add"])
def test_upon_a_gap_floor_and_top_up_stay_unknown(merge: Merge) -> None:
    assert value(row(150203, 100, merge)) is None


def test_a_gap_is_unknown_and_zero_is_zero() -> None:
    assert value(row(150000, 0)) == 0
    assert value(row(620722, 5)) is None


def test_in_force_on_the_first_day_and_no_longer_on_the_last() -> None:
    one = row(0, 7, since=Y25, until=Y26)
    assert value(one, day=Y25 - dt.timedelta(1)) is None
    assert value(one, day=Y25) == 7
    assert value(one, day=Y26 - dt.timedelta(1)) == 7
    assert value(one, day=Y26) is None


def test_every_row_that_shaped_the_value_is_kept_general_first() -> None:
    rows = [row(0, 1), row(150000, 100), row(150200, 90, "floor"), row(150203, 5, "add")]
    resolved = Parameters(rows).resolve("a_fen", 150203, DAY)
    assert [(step.place, step.value) for step in resolved.steps] == [(150000, 100), (150203, 5)]


@pytest.mark.parametrize(("until", "since"), [(None, Y25), (Y26, Y25), (None, Y20)])
def test_overlapping_rows_are_refused_with_key_place_and_days(until: dt.date | None, since: dt.date) -> None:
    with pytest.raises(Overlap, match=r"a_fen in place 150200.*2020-01-01.*" + str(since)):
        Parameters([row(150200, 1, until=until), row(150200, 2, since=since)])


def test_a_revision_closes_the_open_row_on_the_day_it_begins() -> None:
    merged = Parameters(succeed([row(150200, 1)], [row(150200, 2, since=Y25), row(150200, 3, since=Y26)]))
    days = (Y25 - dt.timedelta(1), Y25, Y26)
    assert [merged.resolve("a_fen", 150203, day).value for day in days] == [1, 2, 3]


def test_a_revision_that_begins_with_the_row_it_meets_is_refused() -> None:
    with pytest.raises(Overlap):
        Parameters(succeed([row(150200, 1)], [row(150200, 2)]))


def test_rows_instead_replace_all_rows_of_their_key() -> None:
    numbers = Parameters([row(0, 1), row(150203, 2)]).instead([row(0, 9)])
    assert numbers.resolve("a_fen", 150203, DAY).value == 9


def test_the_digest_moves_with_a_value_and_not_with_the_order() -> None:
    one, two = row(0, 1), row(150000, 2)
    assert Parameters([one, two]).digest() == Parameters([two, one]).digest()
    assert Parameters([one, two]).digest() != Parameters([one, row(150000, 3)]).digest()
