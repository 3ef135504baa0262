"""Census cells: the known totals, and tables that do not add up."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from yiyang.engine.synthesising import cells
from yiyang.engine.synthesising.cells import BadCells, PlaceCells, Setting
from yiyang.people import tables as people
from yiyang.regions import tables as regions

BAOTOU = {
    150202: 108_277,
    150203: 138_509,
    150204: 102_824,
    150205: 6_562,
    150206: 3_545,
    150207: 39_440,
    150221: 64_304,
    150222: 34_846,
    150223: 20_100,
    150271: 28_612,
}


def test_every_county_of_baotou_has_its_census_count(places: Mapping[int, PlaceCells]) -> None:
    assert {code: place.total for code, place in places.items() if place.city == 1502} == BAOTOU
    assert sum(BAOTOU.values()) == 547_019


def test_minle_and_changzhi_have_theirs(places: Mapping[int, PlaceCells]) -> None:
    assert places[620722].total == 34_263
    assert sum(place.total for place in places.values() if place.city == 1404) == 609_270


def test_every_county_knows_its_communities_and_neighbours(places: Mapping[int, PlaceCells]) -> None:
    assert sum(len(place.communities) for place in places.values() if place.city == 1502) == 855
    assert len(places[150203].siblings) == 9
    assert 150203 not in places[150203].siblings


@pytest.fixture
def damaged(tmp_path: Path) -> Callable[[str, str, str], None]:
    """Our own tables with one text replaced, then read."""

    def read(name: str, before: str, after: str) -> None:
        shutil.copytree(people.DATA, tmp_path / "cells")
        path = tmp_path / "cells" / name
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
        cells.read_cells(tmp_path / "cells", regions.DATA)

    return read


@pytest.mark.parametrize(
    ("name", "before", "after", "word"),
    [
        ("cells.csv", "150206,1,60-64,", "150206,1,60-64,9", "150200: the 10 places below it sum to"),
        ("cells.csv", "150206,1,60-64,", "150206,1,65-69,", "twice"),
        ("cells.csv", "150206,1,60-64,", "150206,1,50-54,", "no such cell"),
        ("cells.csv", "150206,1,60-64,", "150206,3,60-64,", "no such cell"),
        ("cells.csv", "150206,1,60-64,", "150206,1,60-64,-", "not a count"),
        ("cells.csv", "150206,1,60-64,", "159999,1,60-64,", "cells instead of 12"),
        ("city_cells.csv", "150200,2,85+,", "150200,2,85+,1", "aged 85"),
    ],
)
def test_tables_that_do_not_add_up_are_refused(
    damaged: Callable[[str, str, str], None], name: str, before: str, after: str, word: str
) -> None:
    with pytest.raises(BadCells, match=word.replace("+", r"\+")):
        damaged(name, before, after)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadCells, match=r"cells\.csv is missing"):
        cells.read_cells(tmp_path, regions.DATA)
    with pytest.raises(BadCells, match=r"census2020_age_sex_5y\.csv is missing"):
        cells.read_reference_folder(tmp_path, "15")


HEAD = "code,name,level,sex,age_from,age_to,persons"
BANDS = (("55", "59"), ("60", "64"), ("65", "69"), ("70", "74"), ("75", "79"), ("80", "84"), ("85", ""))
DIVISIONS = """code,code_short,name,level,parent,kind
990000000000,990000,某省,province,,province
990100000000,990100,某市,city,990000000000,city
990102000000,990102,甲区,county,990100000000,district
990102001000,990102001,某街道,town,990102000000,subdistrict
990102001001,990102001001,某社区,village,990102001000,resident_committee
990103000000,990103,乙区,county,990100000000,district
990103001000,990103001,另一街道,town,990103000000,subdistrict
990103001001,990103001001,另一社区,village,990103001000,resident_committee
"""
SUMMARY = (
    "code,households,one_person_households,households_with_65plus,hh_one_65plus,hh_two_65plus,hh_three_or_more_65plus\n"
    "990102,10,2,4,3,1,0\n"
    "990103,10,,4,3,1,0\n"
)


@pytest.fixture
def reference(tmp_path: Path) -> Callable[..., Path]:
    """A region of one city of two counties, 36 people each of 60 and over; texts may be replaced."""

    def write(before: str = "", after: str = "") -> Path:
        census = [HEAD]
        for code, times in (("990000", 2), ("990100", 2), ("990102", 1), ("990103", 1)):
            census += [f"{code},x,x,{sex},{a},{b},{3 * times}" for sex in "MF" for a, b in BANDS]
        texts = {
            "census2020_age_sex_5y.csv": "\n".join(census),
            "census2020_summary.csv": SUMMARY,
            "divisions_x.csv": DIVISIONS,
        }
        assert not before or any(before in text for text in texts.values())
        for name, text in texts.items():
            (tmp_path / name).write_text(text.replace(before, after) if before else text, encoding="utf-8")
        return tmp_path

    return write


@pytest.mark.parametrize("place", ["99", "9901", "990102"])
def test_a_folder_gives_the_counties_under_a_place(reference: Callable[..., Path], place: str) -> None:
    found = cells.read_reference_folder(reference(), place)
    assert [p.county for p in found] == ([990102] if place == "990102" else [990102, 990103])
    assert found[0].total == 36
    assert found[0].siblings == (990103,)
    assert found[0].communities[0].address == "某街道 某社区 "
    assert found[0].margins == cells.Margins(10, 2, 4, 3, 1, 0)


def test_a_county_with_a_gap_in_its_households_has_no_margins(reference: Callable[..., Path]) -> None:
    assert cells.read_reference_folder(reference(), "990103")[0].margins is None


@pytest.mark.parametrize(
    ("place", "before", "after", "word"),
    [
        ("99", "990102,x,x,M,60,64,3", "990102,x,x,M,60,64,4", "990100: the 2 places below it sum to 7"),
        ("99", "990000,x,x,F,85,,6", "990000,x,x,F,85,,5", "990000: the 1 places below it sum to 6"),
        ("99", "990103000000,", "990104000000,", "disagree about the counties under 99"),
        ("99", "990103001001,", "990104001001,", "no community is known in 990103"),
        ("99", "990103,x,x,F,85,,3", "", "990103 has 11 cells"),
        ("98", "", "", "no county under 98"),
    ],
)
def test_a_folder_that_does_not_add_up_is_refused(
    reference: Callable[..., Path], place: str, before: str, after: str, word: str
) -> None:
    with pytest.raises(BadCells, match=word):
        cells.read_reference_folder(reference(before, after), place)


@pytest.mark.parametrize("place", ["", "150", "1502030", "xx"])
def test_a_place_is_a_prefix_of_a_county_or_above(tmp_path: Path, place: str) -> None:
    with pytest.raises(BadCells, match="2, 4 or 6 digits"):
        cells.read_reference_folder(tmp_path, place)


def test_a_place_without_people_in_our_tables_is_refused() -> None:
    with pytest.raises(BadCells, match="nobody under 1503"):
        people.own_places("1503")


@pytest.mark.parametrize(
    ("code", "name", "setting", "short"),
    [
        ("150202011010", "东升社区居委会", Setting.URBAN, "东升社区"),
        ("620722101002", "团结巷居民委员会", Setting.URBAN, "团结巷社区"),
        ("620722101200", "城关村村民委员会", Setting.RURAL, "城关村"),
        ("150221108215", "张立文尧村委会", Setting.RURAL, "张立文尧村"),
        ("150222102251", "忽鸡沟村委", Setting.RURAL, "忽鸡沟村"),
        ("150223102201", "额尔登敖包嘎查村", Setting.GACHA, "额尔登敖包嘎查村"),
        ("140429401598", "虚拟生活区", Setting.VIRTUAL, "虚拟生活区"),
    ],
)
def test_a_community_is_called_as_people_call_it(code: str, name: str, setting: Setting, short: str) -> None:
    assert cells.setting_of(code, name) is setting
    assert cells.short_name(name, setting) == short
