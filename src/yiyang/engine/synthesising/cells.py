"""Census cells of people aged 60 and over, and the communities they are spread over.

Source of the figures: 2020 population census, county tabulation (day 2020-11-01), own tables or a folder of
reference tables given at installation.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from yiyang.engine.errors import Refused

BANDS = ("60-64", "65-69", "70-74", "75-79", "80-84", "85+")
BAND_STARTS = (60, 65, 70, 75, 80, 85)
MALE, FEMALE = 1, 2
SEXES = (MALE, FEMALE)

Counts = tuple[tuple[int, ...], tuple[int, ...]]
"""Persons by sex (male, female) and band (six)."""

Cells = dict[str, dict[tuple[int, str], int]]
"""Code of six digits -> (sex, band) -> persons."""


class BadCells(Refused):
    code = "synthesising.bad_cells"
    message = "人口数据对不上，没有生成任何人员"


class Setting(IntEnum):
    """Where a community stands, by its number: decides its weight and several rates."""

    URBAN = 0  # resident committees, 001-199
    RURAL = 1  # villager committees, 200-399, gacha aside
    GACHA = 2
    VIRTUAL = 3  # 400 and more: parks, farms, camps


@dataclass(frozen=True, slots=True)
class Community:
    """A community of residence: code of twelve digits, and how an address there begins."""

    code: str
    address: str
    setting: Setting


@dataclass(frozen=True, slots=True)
class Margins:
    """Census households of a county: all, of one person, with anybody of 65+, with 1, 2, 3 or more such."""

    households: int
    one_person: int
    with_65: int
    one_65: int
    two_65: int
    three_65: int


@dataclass(frozen=True, slots=True)
class PlaceCells:
    """All that is needed to make one county.

    Attributes:
        county: six digits.
        persons: census counts, sex x band.
        communities: in order of code, at least one.
        siblings: the other counties of the same city, where some are registered.
        margins: household figures, where the census gives them.
    """

    county: int
    name: str
    persons: Counts
    communities: tuple[Community, ...]
    siblings: tuple[int, ...]
    margins: Margins | None

    @property
    def city(self) -> int:
        return self.county // 100

    @property
    def total(self) -> int:
        return sum(map(sum, self.persons))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if not path.is_file():
        raise BadCells(f"the table {path.name} is missing from {path.parent}")
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def read_cells(cells: Path, places: Path) -> tuple[PlaceCells, ...]:
    """The demo counties from the project's own tables.

    Args:
        cells: folder with cells.csv, city_cells.csv and households.csv.
        places: folder with places_*.csv.

    Raises:
        BadCells: a table is missing, a cell is missing or twice, counties do not sum to their city.
    """
    counties = _own_cells(cells / "cells.csv", "county")
    cities = _own_cells(cells / "city_cells.csv", "city")
    for city, expected in cities.items():
        check_sum(city, expected, {code: counties[code] for code in counties if code[:4] == city[:4]})
    return _assembled(
        counties, _names(places, "places_*.csv"), _margins(cells / "households.csv", "county", _OWN)
    )


def read_reference_folder(folder: Path, place: str) -> tuple[PlaceCells, ...]:
    """The counties of any place from a folder of reference tables (census2020_*.csv, divisions_*.csv).

    Args:
        folder: where the tables are.
        place: prefix of 2 (region), 4 (city) or 6 (county) digits.

    Raises:
        BadCells: the tables are missing or know no such place, a county has no communities or no cells, or
            counties do not sum to their city or cities to their region.
    """
    if len(place) not in (2, 4, 6) or not place.isdigit():
        raise BadCells(f"a place is given by 2, 4 or 6 digits, not {place!r}")
    census = {code: c for code, c in _reference_cells(folder).items() if code.startswith(place)}
    names = _names(folder, "divisions_*.csv")
    counties = {code: c for code, c in census.items() if code[4:] != "00"}
    listed = {code[:6] for code in names if code.startswith(place) and _is_county(code)}
    if not listed:
        raise BadCells(f"the divisions tables in {folder} know no county under {place}")
    if listed != counties.keys():
        odd = ", ".join(sorted(listed ^ counties.keys())[:5])
        raise BadCells(f"census and divisions disagree about the counties under {place}: {odd}")
    cities = {code: c for code, c in census.items() if code[4:] == "00" and code[2:] != "0000"}
    for city, expected in cities.items():
        check_sum(city, expected, {code: counties[code] for code in counties if code[:4] == city[:4]})
    if len(place) == 2:
        check_sum(f"{place}0000", census.get(f"{place}0000", {}), cities)
    margins = _margins(folder / "census2020_summary.csv", "code", _REFERENCE)
    return _assembled(counties, names, margins)


def check_sum(whole: str, expected: Mapping[tuple[int, str], int], parts: Cells) -> None:
    """Parts must sum to the whole in each of the twelve cells.

    Raises:
        BadCells: names the place, the cell and both figures.
    """
    for sex in SEXES:
        for band in BANDS:
            found = sum(cells[sex, band] for cells in parts.values())
            if found != expected.get((sex, band)):
                raise BadCells(
                    f"{whole}: the {len(parts)} places below it sum to {found} people of sex {sex} "
                    f"aged {band}, the census prints {expected.get((sex, band))}"
                )


def _complete(cells: Cells, name: str) -> Cells:
    for code, found in cells.items():
        if len(found) != len(SEXES) * len(BANDS):
            raise BadCells(f"{name}: {code} has {len(found)} cells instead of {len(SEXES) * len(BANDS)}")
    return cells


def _put(cells: Cells, code: str, key: tuple[int, str], persons: str, name: str) -> None:
    known = cells.setdefault(code, {})
    if key in known:
        raise BadCells(f"{name}: {code} gives sex {key[0]} aged {key[1]} twice")
    if not persons.isdigit():
        raise BadCells(f"{name}: {code} sex {key[0]} aged {key[1]}: {persons!r} is not a count")
    known[key] = int(persons)


def _own_cells(path: Path, column: str) -> Cells:
    cells: Cells = {}
    for row in _rows(path):
        sex = int(row["sex"]) if row["sex"] in ("1", "2") else 0
        if not sex or row["band"] not in BANDS:
            raise BadCells(f"{path.name}: no such cell: sex {row['sex']}, band {row['band']}")
        _put(cells, row[column], (sex, row["band"]), row["persons"], path.name)
    return _complete(cells, path.name)


def _reference_cells(folder: Path) -> Cells:
    path = folder / "census2020_age_sex_5y.csv"
    cells: Cells = {}
    for row in _rows(path):
        start = int(row["age_from"])
        if start >= BAND_STARTS[0]:
            key = (MALE if row["sex"] == "M" else FEMALE, BANDS[BAND_STARTS.index(start)])
            _put(cells, row["code"].zfill(6), key, row["persons"], path.name)
    return _complete(cells, path.name)


_OWN = ("households", "one_person", "with_65", "one_65", "two_65", "three_65")
_REFERENCE = (
    "households",
    "one_person_households",
    "households_with_65plus",
    "hh_one_65plus",
    "hh_two_65plus",
    "hh_three_or_more_65plus",
)


def _margins(path: Path, key: str, columns: tuple[str, ...]) -> dict[str, Margins]:
    """By code; a row with a gap (a few small counties) counts as having no margins."""
    return {
        row[key]: Margins(*(int(row[column]) for column in columns))
        for row in _rows(path)
        if all(row[column].isdigit() for column in columns)
    }


def _names(folder: Path, pattern: str) -> dict[str, str]:
    paths = sorted(folder.glob(pattern))
    if not paths:
        raise BadCells(f"no table {pattern} in {folder}")
    return {row["code"]: row["name"] for path in paths for row in _rows(path)}


def _assembled(
    counties: Cells, names: Mapping[str, str], margins: Mapping[str, Margins]
) -> tuple[PlaceCells, ...]:
    communities: dict[str, list[str]] = {}
    for code in sorted(names):
        if not code.endswith("000"):
            communities.setdefault(code[:6], []).append(code)
    siblings: dict[str, list[int]] = {}
    for code in sorted(names):
        if _is_county(code):
            siblings.setdefault(code[:4], []).append(int(code[:6]))
    empty = [code for code in counties if code not in communities]
    if empty:
        raise BadCells(
            f"no community is known in {', '.join(sorted(empty)[:5])}: the divisions table lacks them"
        )
    return tuple(
        PlaceCells(
            county=int(code),
            name=names[f"{code}000000"],
            persons=_counts(counties[code]),
            communities=tuple(_communities(communities[code], names)),
            siblings=tuple(other for other in siblings[code[:4]] if other != int(code)),
            margins=margins.get(code),
        )
        for code in sorted(counties)
    )


def _is_county(code: str) -> bool:
    return code[4:6] != "00" and code[6:] == "000000"


def _counts(cells: Mapping[tuple[int, str], int]) -> Counts:
    male, female = (tuple(cells[sex, band] for band in BANDS) for sex in SEXES)
    return male, female


def _communities(codes: Iterable[str], names: Mapping[str, str]) -> Iterator[Community]:
    for code in codes:
        setting = setting_of(code, names[code])
        town = names.get(f"{code[:9]}000", "")
        yield Community(code, f"{town} {short_name(names[code], setting)} ", setting)


def setting_of(code: str, name: str) -> Setting:
    """By the number of the community (statistical grammar); the name tells gacha from villages."""
    number = int(code[9:])
    if number >= 400:
        return Setting.VIRTUAL
    if number >= 200:
        return Setting.GACHA if "嘎查" in name else Setting.RURAL
    return Setting.URBAN


def short_name(name: str, setting: Setting) -> str:
    """The place without its committee: 六合成社区居委会 gives 六合成社区, 张召村委会 gives 张召村."""
    short = re.sub(r"(居民委员会|居委会|村民委员会|村委员会|村委会|村委)$", "", name)
    if setting is Setting.URBAN:
        return short if short.endswith("社区") else f"{short}社区"
    if setting is Setting.VIRTUAL or short.endswith(("村", "嘎查", "队", "社区")):
        return short
    return f"{short}村"
