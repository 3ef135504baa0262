"""The whole of Inner Mongolia against the census in the reference folder beside the repository."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from yiyang.engine.synthesising import cells, counties, numbering
from yiyang.engine.synthesising.ages import as_ymd
from yiyang.engine.synthesising.cells import BAND_STARTS, BadCells, PlaceCells
from yiyang.people import tables as people
from yiyang.regions import importing
from yiyang.regions import tables as regions

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
AS_OF = date(2020, 11, 1)


@pytest.fixture(scope="module")
def folder() -> Path:
    if not (SHARED / "census2020_age_sex_5y.csv").is_file():
        pytest.fail(
            "reference tests need the folder shared/data beside the repository; run `make test` without it"
        )
    return SHARED


@pytest.fixture(scope="module")
def region(folder: Path) -> tuple[PlaceCells, ...]:
    return cells.read_reference_folder(folder, "15")


def census(folder: Path) -> dict[tuple[str, int, int], int]:
    """Persons by code, sex and band, read again without the product's own reader."""
    with (folder / "census2020_age_sex_5y.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["code"], 1 if row["sex"] == "M" else 2, BAND_STARTS.index(int(row["age_from"]))): int(
                row["persons"]
            )
            for row in csv.DictReader(file)
            if int(row["age_from"]) >= 60
        }


def test_all_1296_cells_are_met_exactly_and_no_two_ids_are_alike(
    folder: Path, region: tuple[PlaceCells, ...]
) -> None:
    expected = census(folder)
    recipe = people.own_recipe()
    met, ids = 0, []
    on = AS_OF.year * 10000 + AS_OF.month * 100 + AS_OF.day
    for place in region:
        heads = counties.make_county(place, recipe, seed=1, as_of=AS_OF).heads
        ymd = as_ymd(heads.born)
        band = np.searchsorted(BAND_STARTS, (on - ymd) // 10000, side="right") - 1
        for sex in (1, 2):
            for column in range(6):
                found = int(((heads.sex == sex) & (band == column)).sum())
                assert found == expected[str(place.county), sex, column], (place.county, sex, column)
                met += 1
        ids.append(numbering.fake_ids(place.county, heads.sex, heads.born, ymd))
    assert met == 1296
    whole = pa.chunked_array(ids)
    assert len(whole) == 4_757_233
    assert pc.count_distinct(whole).as_py() == 4_757_233


def test_a_city_from_the_folder_is_the_city_within_the_region(
    folder: Path, region: tuple[PlaceCells, ...]
) -> None:
    city = cells.read_reference_folder(folder, "1502")
    assert city == tuple(place for place in region if place.city == 1502)


def test_our_own_baotou_is_the_folder_s_baotou(folder: Path) -> None:
    assert people.own_places("1502") == cells.read_reference_folder(folder, "1502")
    assert people.own_places("1404") == cells.read_reference_folder(folder, "1404")


def test_a_region_of_which_the_folder_holds_one_city_is_refused(folder: Path) -> None:
    with pytest.raises(BadCells, match="140000: the 1 places below it sum to"):
        cells.read_reference_folder(folder, "14")


def test_a_place_the_folder_does_not_know_is_refused(folder: Path) -> None:
    with pytest.raises(BadCells, match="no county under 11"):
        cells.read_reference_folder(folder, "11")


def test_the_divisions_of_the_region_are_read_without_a_fault(folder: Path) -> None:
    reading = importing.read_file(folder / "divisions_inner_mongolia.csv")
    assert reading.problems == ()
    assert len(reading.rows) == 15_938
    assert sorted(row.code[:6] for row in reading.rows if row.function_zone) == [
        "150172",
        "150271",
        "150571",
        "152571",
        "152971",
    ]


@pytest.mark.parametrize("name", ["baotou", "changzhi", "minle"])
def test_our_own_places_are_the_folder_s_places(folder: Path, name: str) -> None:
    theirs = {(r.code, r.name) for r in importing.read_file(folder / f"divisions_{name}.csv").rows}
    ours = {(r.code, r.name) for r in importing.read_file(regions.DATA / f"places_{name}.csv").rows}
    assert ours - theirs == {("000000000000", "中华人民共和国")}
    assert theirs <= ours
