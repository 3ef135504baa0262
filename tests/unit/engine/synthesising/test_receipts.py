"""Who already receives: most, not all, decided person by person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from yiyang.engine.synthesising.receipts import RECEIPTS, BadEligible, synthesise_receipts
from yiyang.engine.synthesising.recipes import Recipe

AS_OF = date(2026, 11, 20)
SHARES = {"oldest_old_allowance": 0.91, "other": 0.8, "ended": 0.01, "county_spread": 0.0}


def eligible(
    count: int = 20_000, since: date = date(2020, 5, 17), benefit: str = "oldest_old_allowance"
) -> pa.Table:
    return pa.table(
        {
            "person_id": pa.array(1502020000001 + np.arange(count)),
            "benefit": pa.array([benefit] * count),
            "amount_fen": pa.array([10_000] * count, pa.int64()),
            "eligible_since": pa.array([since] * count, pa.date32()),
        }
    )


def made(
    table: pa.Table, seed: int = 1, as_of: date = AS_OF, shares: Mapping[str, float] = SHARES
) -> pa.Table:
    return synthesise_receipts(table, seed=seed, as_of=as_of, shares=shares)


def test_the_wanted_share_receives() -> None:
    found = made(eligible())
    assert found.schema == RECEIPTS
    assert 0.90 < found.num_rows / 20_000 < 0.92
    assert set(found["source"].to_pylist()) == {"SYNTHETIC"}
    assert 0.79 < made(eligible(benefit="anything_else")).num_rows / 20_000 < 0.81


def test_the_order_of_rows_and_other_people_do_not_matter() -> None:
    table = eligible()
    whole = {tuple(row.items()) for row in made(table).to_pylist()}
    backwards = table.take(pa.array(np.arange(table.num_rows)[::-1]))
    assert {tuple(row.items()) for row in made(backwards).to_pylist()} == whole
    some = {tuple(row.items()) for row in made(table.slice(100, 50)).to_pylist()}
    assert some == {row for row in whole if 1502020000101 <= dict(row)["person_id"] < 1502020000151}
    assert {tuple(row.items()) for row in made(table, seed=2).to_pylist()} != whole


def test_nobody_receives_before_being_eligible_or_after_the_reference_day() -> None:
    found = made(eligible(since=date(2026, 8, 17)))
    assert pc.min(found["since"]).as_py() == date(2026, 9, 1)
    assert pc.max(found["since"]).as_py() <= date(2026, 11, 1)
    assert found.num_rows < 0.90 * 20_000
    assert made(eligible(since=date(2026, 11, 2))).num_rows == 0


def test_months_fill_up_one_after_the_other() -> None:
    since = made(eligible(since=date(2026, 1, 10)))["since"].to_pylist()
    counts = [since.count(date(2026, month, 1)) for month in range(2, 8)]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] > 0


def test_some_receipts_ended_within_the_year_and_after_they_began() -> None:
    ended = [row for row in made(eligible()).to_pylist() if row["until"] is not None]
    assert 0.005 < len(ended) / 20_000 < 0.015
    assert all(row["since"] < row["until"] <= date(2026, 11, 1) for row in ended)
    assert all(row["until"] >= date(2025, 12, 1) for row in ended)


def test_counties_differ_when_asked_to() -> None:
    shares = {**SHARES, "county_spread": 0.2}
    counts = []
    for county in (150202, 150203, 150204):
        table = eligible(5000).set_column(0, "person_id", pa.array(county * 10_000_000 + np.arange(5000)))
        counts.append(made(table, shares=shares).num_rows / 5000)
    assert max(counts) - min(counts) > 0.02
    assert all(0.80 < count <= 1 for count in counts)


def test_an_empty_table_gives_an_empty_table() -> None:
    found = made(eligible(0))
    assert (found.num_rows, found.schema) == (0, RECEIPTS)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(BadEligible, match="eligible_since"):
        made(eligible().drop_columns(["eligible_since"]))


def test_the_shipped_shares_name_the_benefits_that_pay(recipe: Recipe) -> None:
    assert {
        "oldest_old_allowance",
        "care_service_subsidy",
        "care_support",
        "other",
        "ended",
    } <= recipe.receipts.keys()
