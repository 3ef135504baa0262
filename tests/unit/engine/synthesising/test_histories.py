"""Facts by date and source, and the state they add up to."""

from __future__ import annotations

from datetime import date

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from yiyang.engine.synthesising import histories
from yiyang.engine.synthesising.counties import County
from yiyang.engine.synthesising.recipes import Recipe
from yiyang.engine.synthesising.states import NEVER_NULL, SOURCES

AS_OF = date(2026, 11, 20)
LATEST = "arg_max(struct_pack(v := value), (valid_from, recorded_at)).v"
MONTH_ENDS = [date(2025, 11, 30), date(2026, 1, 31), date(2026, 4, 30), date(2026, 7, 31), date(2026, 10, 31)]


def test_the_state_is_the_latest_fact_of_each_key(facts: pa.Table, state: pa.Table) -> None:
    for key in SOURCES:
        absent = "0" if key in NEVER_NULL else "NULL"
        ((people, apart),) = duckdb.execute(
            f"""WITH latest AS (
                    SELECT person_id, {LATEST} AS value
                    FROM facts WHERE key = '{key}' GROUP BY 1)
                SELECT count(*), count(*) FILTER ({key}::int IS DISTINCT FROM
                    CASE WHEN latest.person_id IS NULL THEN {absent} ELSE value END)
                FROM state LEFT JOIN latest USING (person_id)"""
        ).fetchall()
        assert (people, apart) == (20_100, 0), key


def test_month_ends_differ_from_each_other(facts: pa.Table) -> None:
    grants = [
        duckdb.execute(
            f"""WITH latest AS (
                    SELECT key, person_id, {LATEST} AS value
                    FROM facts WHERE key IN ('hardship_class', 'ability_level')
                         AND recorded_at < TIMESTAMPTZ '{day} 16:00:00+00' GROUP BY ALL)
                SELECT count(*) FILTER (key = 'hardship_class' AND value = 2),
                       count(*) FILTER (key = 'ability_level' AND value >= 0) FROM latest"""
        ).fetchall()[0]
        for day in MONTH_ENDS
    ]
    assert len({hardship for hardship, _ in grants}) > 2
    assert [assessed for _, assessed in grants] == sorted({assessed for _, assessed in grants})


def test_facts_come_from_their_source_and_are_known_after_they_became_true(facts: pa.Table) -> None:
    pairs = facts.group_by(["key", "source"]).aggregate([]).to_pylist()
    assert {row["key"]: row["source"] for row in pairs} == dict(SOURCES)
    assert len(pairs) == len(SOURCES)
    valid = facts["valid_from"].cast(pa.int32()).to_numpy()
    known = facts["recorded_at"].cast(pa.int64()).to_numpy() // histories.DAY_US
    assert (known >= valid).all()
    assert known.max() < histories.epoch_day(AS_OF)
    start = histories.epoch_day(AS_OF) - histories.WINDOW_DAYS
    assert not ((valid < start) & (known >= start)).any()


def test_most_facts_are_older_than_the_window_and_a_stream_lies_within(facts: pa.Table) -> None:
    start = histories.epoch_day(AS_OF) - histories.WINDOW_DAYS
    days = facts["valid_from"].cast(pa.int32()).to_numpy()
    assert (days < start).mean() > 0.95
    months = np.bincount((days[days >= start] - start) // 33)
    assert len(months) == 12
    assert (months > 100).all()


def test_a_source_may_lose_sight(facts: pa.Table) -> None:
    lost = facts.filter(pc.is_null(facts["value"]))
    assert lost.num_rows > 0
    assert pc.min(lost["valid_from"]).as_py() > date(2025, 10, 1)


def test_the_state_has_exactly_the_columns_of_the_contract(state: pa.Table) -> None:
    assert state.column_names == [
        "person_id",
        "division",
        "birth_ymd",
        "hukou_county",
        "residence_county",
        *SOURCES,
    ]
    for name in ("person_id", "division", "birth_ymd", "hukou_county", "residence_county", *NEVER_NULL):
        assert state[name].null_count == 0


@pytest.mark.parametrize(
    ("key", "low", "high"),
    [
        ("ability_level", 0, 4),
        ("hardship_class", 0, 3),
        ("disability_certificate_grade", 0, 4),
        ("ltci_disability_level", 0, 5),
        ("insured_months", 0, 600),
        ("meals_in_month", 0, 31),
        ("pension_scheme", 0, 2),
    ],
)
def test_values_stay_in_their_range_and_use_all_of_it(state: pa.Table, key: str, low: int, high: int) -> None:
    found = pc.min_max(state[key]).as_py()
    assert found["min"] == low
    assert found["max"] <= high
    if high < 6:
        assert found["max"] == high


def test_unknowns_are_plentiful(state: pa.Table) -> None:
    share = {key: state[key].null_count / state.num_rows for key in SOURCES}
    assert 0.13 < share["ability_level"] < 0.15
    assert all(share[key] > 0.003 for key in SOURCES if key not in NEVER_NULL)


def test_nobody_contradicts_herself(state: pa.Table) -> None:
    faults = duckdb.execute(
        """SELECT count(*) FILTER (lives_alone AND empty_nest),
                  count(*) FILTER (lives_in_care_home AND (lives_alone OR empty_nest OR left_behind)),
                  count(*) FILTER (lives_in_care_home AND (lives_alone IS NULL OR ability_level IS NULL)),
                  count(*) FILTER (lives_in_care_home AND (meals_in_month > 0 OR home_adapted OR homeless)),
                  count(*) FILTER (homeless AND (lives_alone IS NOT NULL OR home_adapted))
           FROM state"""
    ).fetchall()
    assert faults == [(0, 0, 0, 0, 0)]


def test_couples_share_house_nest_and_address(county: County, people: pa.Table, state: pa.Table) -> None:
    couples, torn = duckdb.execute(
        """WITH joined AS (
               SELECT household_no, count(*) n, count(DISTINCT address) a, count(DISTINCT people.division) d,
                      count(DISTINCT empty_nest) e, bool_or(lives_alone) alone, count(DISTINCT sex) s
               FROM people JOIN state USING (person_id) WHERE household_no IS NOT NULL
               GROUP BY 1 HAVING n > 1)
           SELECT count(*), count(*) FILTER (a > 1 OR d > 1 OR e > 1 OR alone OR s <> 2) FROM joined"""
    ).fetchall()[0]
    assert couples > 4_000
    assert torn == 0


def test_households_meet_the_census_margins_but_for_a_reported_rest(county: County) -> None:
    rest, margins = county.residual(), county.place.margins
    assert rest is not None
    assert margins is not None
    assert (rest.two_65, rest.three_65) == (0, 0)
    assert abs(rest.one_65) / margins.one_65 < 0.1


def test_disability_and_age_go_together(state: pa.Table) -> None:
    rows = duckdb.execute(
        """SELECT avg((ability_level >= 2)::int) FILTER (birth_ymd > 19560000),
                  avg((ability_level >= 2)::int) FILTER (birth_ymd < 19460000),
                  avg((ltci_disability_level >= 3)::int) FILTER (ability_level >= 3),
                  avg((ltci_disability_level >= 3)::int) FILTER (ability_level = 0) FROM state"""
    ).fetchall()[0]
    assert rows[1] > 4 * rows[0]
    assert rows[2] > 0.1
    assert rows[3] == 0


def test_every_rate_admits_that_nobody_verified_it(recipe: Recipe) -> None:
    assert set(SOURCES) - set(recipe.rates) == {
        "lives_alone",
        "empty_nest",
        "insured_months",
        "meals_in_month",
    }
    assert all(0 <= share <= 1 for share in recipe.receipts.values())
