"""What a division code says by itself."""

from __future__ import annotations

import pytest

from yiyang.regions import codes
from yiyang.regions.codes import BadDivision, BadScope, Kind, Level


@pytest.mark.parametrize(
    ("code", "level", "prefix"),
    [
        ("000000000000", Level.NATION, ""),
        ("150000000000", Level.REGION, "15"),
        ("150200000000", Level.CITY, "1502"),
        ("150203000000", Level.COUNTY, "150203"),
        ("150203014000", Level.TOWNSHIP, "150203014"),
        ("150203014202", Level.COMMUNITY, "150203014202"),
    ],
)
def test_each_level_has_its_own_prefix(code: str, level: Level, prefix: str) -> None:
    assert codes.level_of(code) is level
    assert codes.prefix_of(code) == prefix


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        ("110000000000", "11"),
        ("150220000000", "150220"),
        ("152200000000", "1522"),
        ("150221100000", "150221100"),
        ("150221100200", "150221100200"),
    ],
)
def test_zeros_that_belong_to_a_number_are_not_cut_off(code: str, prefix: str) -> None:
    assert codes.prefix_of(code) == prefix


def test_parents_go_from_the_nation_down() -> None:
    assert codes.parents_of("150203014202") == (
        "000000000000",
        "150000000000",
        "150200000000",
        "150203000000",
        "150203014000",
    )
    assert codes.parents_of("000000000000") == ()


def test_a_city_without_counties_does_not_stand_above_itself_twice() -> None:
    assert codes.parents_of("441900003000") == ("000000000000", "440000000000", "441900000000")


@pytest.mark.parametrize(
    "code", ["", "150203", "15020301420", "15020301420x", "１５０２０３０１４２０２", "1502030142020"]
)
def test_anything_but_twelve_digits_is_refused(code: str) -> None:
    assert not codes.is_division(code)
    with pytest.raises(BadDivision):
        codes.level_of(code)
    with pytest.raises(BadDivision):
        codes.county_of(code)


def test_the_county_is_a_number() -> None:
    assert codes.county_of("150271402001") == 150271


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [
        ("150000000000", "内蒙古自治区", Kind.REGION),
        ("152200000000", "兴安盟", Kind.LEAGUE),
        ("150206000000", "白云鄂博矿区", Kind.MINING_DISTRICT),
        ("150722000000", "莫力达瓦达斡尔族自治旗", Kind.AUTONOMOUS_BANNER),
        ("150221000000", "土默特右旗", Kind.BANNER),
        ("150222000000", "固阳县", Kind.COUNTY),
        ("150781000000", "满洲里市", Kind.COUNTY_CITY),
        ("150271000000", "包头稀土高新技术产业开发区", Kind.FUNCTION_ZONE),
        ("150571000000", "经济技术开发区", Kind.FUNCTION_ZONE),
        ("150203014000", "街道", Kind.SUBDISTRICT),
        ("150221104000", "萨拉齐镇", Kind.TOWN),
        ("150221213000", "海子乡", Kind.TOWNSHIP),
        ("150207202000", "阿嘎如泰苏木", Kind.SUMU),
        ("150725201000", "鄂温克民族苏木", Kind.ETHNIC_SUMU),
        ("150784210000", "恩和俄罗斯族民族乡", Kind.ETHNIC_TOWNSHIP),
        ("150202400000", "铝业产业园区", Kind.VIRTUAL_TOWNSHIP),
        ("150202011010", "东升社区居委会", Kind.RESIDENT_COMMITTEE),
        ("150222102251", "忽鸡沟村委", Kind.VILLAGER_COMMITTEE),
        ("150223103202", "呼和点素嘎查村", Kind.GACHA),
        ("150207004400", "包头职业教育园区社区", Kind.VIRTUAL_COMMUNITY),
    ],
)
def test_kinds_follow_the_grammar_of_the_code(code: str, name: str, kind: Kind) -> None:
    assert codes.kind_of(code, name) is kind


@pytest.mark.parametrize("code", ["150202600000", "150202011600", "150202011999"])
def test_numbers_outside_the_grammar_are_refused(code: str) -> None:
    with pytest.raises(BadDivision):
        codes.kind_of(code, "某地")


def test_a_scope_holds_its_branch_and_nothing_beside_it() -> None:
    assert codes.is_under("150203014202", "1502")
    assert codes.is_under("150299999999", "1502")
    assert not codes.is_under("150300000000", "1502")
    assert not codes.is_under("150203014203", "150203014202")
    assert codes.is_under("150203014202", "150203014202")


@pytest.mark.parametrize("prefix", ["", "1", "150", "15020", "1502030", "1502~", "１５", "150203014202000"])
def test_a_scope_of_another_length_is_refused(prefix: str) -> None:
    with pytest.raises(BadScope):
        codes.scope_of(prefix)
