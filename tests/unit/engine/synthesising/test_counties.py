"""A made county: exact, repeatable, independent, and nobody real."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from yiyang.engine import identifying
from yiyang.engine.spelling import initials_of
from yiyang.engine.synthesising import counties, numbering, writing
from yiyang.engine.synthesising.ages import BIRTHDAY_ROOM, NoRoom, as_ymd
from yiyang.engine.synthesising.cells import BAND_STARTS, PlaceCells
from yiyang.engine.synthesising.counties import County
from yiyang.engine.synthesising.numbering import NotSynthetic
from yiyang.engine.synthesising.recipes import Recipe

AS_OF = date(2026, 11, 20)
SMALL = (150205, 150206)


@pytest.mark.parametrize("as_of", [date(2020, 11, 1), AS_OF])
def test_every_cell_of_the_census_is_met_on_the_reference_day(
    places: Mapping[int, PlaceCells], recipe: Recipe, as_of: date
) -> None:
    on = as_of.year * 10000 + as_of.month * 100 + as_of.day
    for code in (*SMALL, 620722):
        heads = counties.make_county(places[code], recipe, seed=1, as_of=as_of).heads
        band = np.searchsorted(BAND_STARTS, (on - as_ymd(heads.born)) // 10000, side="right") - 1
        found = tuple(tuple(int(((heads.sex == s) & (band == b)).sum()) for b in range(6)) for s in (1, 2))
        assert found == places[code].persons


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(
    places: Mapping[int, PlaceCells], recipe: Recipe, tmp_path: Path
) -> None:
    place = [places[150206]]
    for folder, seed in (("a", 1), ("b", 1), ("c", 2)):
        writing.write_places(place, recipe, tmp_path / folder, seed=seed, as_of=AS_OF)
    for table in writing.TABLES:
        one, two, other = ((tmp_path / f / table / "1502" / "150206.parquet").read_bytes() for f in "abc")
        assert one == two
        assert one != other


def test_a_county_alone_is_the_county_within_the_whole(
    places: Mapping[int, PlaceCells], recipe: Recipe, tmp_path: Path
) -> None:
    writing.write_places([places[c] for c in SMALL], recipe, tmp_path / "whole", seed=7, as_of=AS_OF)
    writing.write_places([places[150206]], recipe, tmp_path / "alone", seed=7, as_of=AS_OF)
    for table in writing.TABLES:
        name = f"{table}/1502/150206.parquet"
        assert (tmp_path / "whole" / name).read_bytes() == (tmp_path / "alone" / name).read_bytes()


def test_ids_stand_in_the_block_of_the_county_in_order_of_community(people: pa.Table) -> None:
    assert people["person_id"].to_pylist() == list(range(1502230000001, 1502230000001 + 20_100))
    divisions = people["division"].to_pylist()
    assert divisions == sorted(divisions)


def test_every_fake_id_is_valid_unique_and_fits_the_person(people: pa.Table) -> None:
    assert pc.count_distinct(people["id_number"]).as_py() == people.num_rows
    assert pc.count_distinct(people["code"]).as_py() == people.num_rows
    for row in people.select(["id_number", "sex", "birth_on"]).slice(0, 5000).to_pylist():
        found = identifying.read_id(row["id_number"])
        assert found.synthetic
        assert (found.sex, found.born_on) == (row["sex"], row["birth_on"])


def test_all_demo_counties_and_their_ids_are_apart(places: Mapping[int, PlaceCells]) -> None:
    numbering.check_slots(places)
    assert len({numbering.slot_of(code) for code in places}) == 23


def test_two_counties_with_one_slot_are_refused() -> None:
    twin = next(
        c
        for c in range(100_000, 200_000)
        if c != 150203 and numbering.slot_of(c) == numbering.slot_of(150203)
    )
    with pytest.raises(NoRoom, match="150203"):
        numbering.check_slots([150203, twin])


def test_the_last_number_of_a_slot_is_used_and_the_next_refused() -> None:
    one = np.ones(BIRTHDAY_ROOM, dtype=np.int64)
    ids = numbering.fake_ids(150203, one, one, one * 19700102)
    assert len(set(ids.to_pylist())) == BIRTHDAY_ROOM
    more = np.ones(BIRTHDAY_ROOM + 1, dtype=np.int64)
    with pytest.raises(NoRoom, match="share a birthday"):
        numbering.fake_ids(150203, more, more, more * 19700102)


def test_an_id_outside_the_prefix_is_never_let_out() -> None:
    numbering.check_synthetic(pa.array(["159901195001010017"]))
    with pytest.raises(NotSynthetic, match="1 invented"):
        numbering.check_synthetic(pa.array(["159901195001010017", "11010519491231002X"]))


def test_phones_cannot_be_dialled_and_some_are_unknown(people: pa.Table) -> None:
    phones = [phone for phone in people["phone"].to_pylist() if phone is not None]
    assert all(len(phone) == 11 and phone.startswith("000") for phone in phones)
    assert 0.86 < len(phones) / people.num_rows < 0.90


def test_addresses_say_that_they_are_invented(people: pa.Table) -> None:
    addresses = people["address"].to_pylist()
    assert all(address.endswith("（模拟）") for address in addresses)
    assert any("栋" in address and "社区" in address for address in addresses)
    assert any("村" in address and address.endswith("号（模拟）") for address in addresses)


def test_initials_belong_to_the_names(people: pa.Table) -> None:
    for row in people.select(["name", "name_initials"]).slice(0, 5_000).to_pylist():
        assert row["name_initials"] == initials_of(row["name"]), row


def test_a_sixth_has_mongolian_names_in_inner_mongolia_and_nobody_elsewhere(
    people: pa.Table, places: Mapping[int, PlaceCells], recipe: Recipe
) -> None:
    share = people["ethnicity"].to_pylist().count("02") / people.num_rows
    assert 0.17 < share < 0.19
    minle = counties.make_county(places[620722], recipe, seed=1, as_of=AS_OF).people()
    assert set(minle["ethnicity"].to_pylist()) == {"01"}


def test_names_follow_the_decade(people: pa.Table) -> None:
    rows = [
        r
        for r in people.select(["name", "sex", "birth_on", "ethnicity"]).to_pylist()
        if r["ethnicity"] == "01"
    ]

    def share(word: str, since: int, until: int) -> float:
        names = [r["name"] for r in rows if since <= r["birth_on"].year < until]
        return sum(word in name[1:] for name in names) / len(names)

    assert share("军", 1960, 1970) > 3 * share("军", 1930, 1940)
    assert share("秀", 1930, 1940) > share("秀", 1960, 1970)
    assert len({r["name"] for r in rows}) > len(rows) / 4


def test_one_in_eight_is_registered_elsewhere_and_some_outside_the_city(state: pa.Table) -> None:
    hukou = state["hukou_county"].to_numpy()
    elsewhere = hukou != 150223
    assert 0.115 < elsewhere.mean() < 0.135
    assert 0.15 < (hukou[elsewhere] // 100 != 1502).mean() < 0.25


def test_nobody_from_elsewhere_is_registered_in_a_development_zone(state: pa.Table) -> None:
    hukou = set(state["hukou_county"].to_pylist())
    assert {150203, 150221} < hukou
    assert 150271 not in hukou


def test_registration_and_residence_are_codes_of_twelve_digits(people: pa.Table) -> None:
    for row in people.select(["division", "hukou_division"]).slice(0, 3000).to_pylist():
        assert len(row["division"]) == len(row["hukou_division"]) == 12
        own = row["hukou_division"][:6] == "150223"
        assert (row["hukou_division"] == row["division"]) == own


def test_resident_committees_are_larger_than_villages(county: County) -> None:
    sizes = np.bincount(county.heads.community, minlength=len(county.place.communities))
    settings = np.array([community.setting for community in county.place.communities])
    assert sizes[settings == 0].mean() > 3 * sizes[settings == 1].mean()
    assert sizes.sum() == 20_100
