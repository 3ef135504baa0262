"""What a statistical division code says by itself: level, parents, branch, kind.

A code is always text of twelve digits, 2 region + 2 city + 2 county + 3 township + 3 community. Source of the
grammar: National Bureau of Statistics, rules for statistical division codes; verified on 1,452 townships and
18,154 communities.
"""

from __future__ import annotations

from enum import StrEnum

from yiyang.engine.errors import Refused

LENGTH = 12
NATION = "0" * LENGTH
PREFIX_LENGTHS = (2, 4, 6, 9, LENGTH)

FUNCTION_ZONES = frozenset({"150172", "150271", "150571", "152571", "152971"})
"""Statistical codes of development zones: county level, not in GB/T 2260, without a boundary of their own."""


class BadDivision(Refused):
    code = "regions.bad_division"
    message = "区划代码不对：应为12位数字"


class BadScope(Refused):
    code = "regions.bad_scope"
    message = "管辖范围不对：应为2、4、6、9或12位区划代码"


class Level(StrEnum):
    """The six levels, top first; the values are those of ``RegionLevel``."""

    NATION = "NATION"
    REGION = "REGION"
    CITY = "CITY"
    COUNTY = "COUNTY"
    TOWNSHIP = "TOWNSHIP"
    COMMUNITY = "COMMUNITY"


class Kind(StrEnum):
    """What a place calls itself; kept beside its level."""

    NATION = "NATION"
    REGION = "REGION"
    CITY = "CITY"
    LEAGUE = "LEAGUE"
    COUNTY = "COUNTY"
    BANNER = "BANNER"
    AUTONOMOUS_BANNER = "AUTONOMOUS_BANNER"
    COUNTY_CITY = "COUNTY_CITY"
    DISTRICT = "DISTRICT"
    MINING_DISTRICT = "MINING_DISTRICT"
    FUNCTION_ZONE = "FUNCTION_ZONE"
    SUBDISTRICT = "SUBDISTRICT"
    TOWN = "TOWN"
    TOWNSHIP = "TOWNSHIP"
    SUMU = "SUMU"
    ETHNIC_TOWNSHIP = "ETHNIC_TOWNSHIP"
    ETHNIC_SUMU = "ETHNIC_SUMU"
    VIRTUAL_TOWNSHIP = "VIRTUAL_TOWNSHIP"
    RESIDENT_COMMITTEE = "RESIDENT_COMMITTEE"
    VILLAGER_COMMITTEE = "VILLAGER_COMMITTEE"
    GACHA = "GACHA"
    VIRTUAL_COMMUNITY = "VIRTUAL_COMMUNITY"


_PREFIX_LENGTH = {
    Level.NATION: 0,
    Level.REGION: 2,
    Level.CITY: 4,
    Level.COUNTY: 6,
    Level.TOWNSHIP: 9,
    Level.COMMUNITY: LENGTH,
}


def is_division(code: str) -> bool:
    """Whether this is a full code of twelve ASCII digits; says nothing about whether the place exists."""
    return len(code) == LENGTH and code.isascii() and code.isdigit()


def level_of(code: str) -> Level:
    """The level by the last group of digits that is not all zero, so ``150220000000`` is a county.

    Raises:
        BadDivision: not twelve digits.
    """
    if not is_division(code):
        raise BadDivision(f"not a division code of twelve digits: {code!r}")
    if code[9:] != "000":
        return Level.COMMUNITY
    if code[6:9] != "000":
        return Level.TOWNSHIP
    if code[4:6] != "00":
        return Level.COUNTY
    if code[2:4] != "00":
        return Level.CITY
    return Level.NATION if code == NATION else Level.REGION


def prefix_of(code: str) -> str:
    """The digits that name the branch, cut by level and not by zeros: ``150220000000`` gives ``150220``.

    The nation gives the empty text.
    """
    return code[: _PREFIX_LENGTH[level_of(code)]]


def parents_of(code: str) -> tuple[str, ...]:
    """The codes above this one, nation first, itself not included.

    A city without counties repeats itself at county level (Dongguan, 4419 00): that step is left out.
    """
    above = [NATION]
    for length in PREFIX_LENGTHS:
        if length >= len(prefix_of(code)):
            break
        step = code[:length].ljust(LENGTH, "0")
        if step != above[-1]:
            above.append(step)
    return tuple(above) if code != NATION else ()


def county_of(code: str) -> int:
    """The county of a division as the number that sweeps use: ``150203014202`` gives 150203.

    Raises:
        BadDivision: not twelve digits.
    """
    if not is_division(code):
        raise BadDivision(f"not a division code of twelve digits: {code!r}")
    return int(code[:6])


def is_function_zone(code: str) -> bool:
    """A development zone or something inside one."""
    return code[:6] in FUNCTION_ZONES


def scope_of(prefix: str) -> tuple[str, str]:
    """The half-open range ``[lo, hi)`` of the codes under a prefix, compared byte by byte.

    Args:
        prefix: 2, 4, 6, 9 or 12 digits; the nation is not a scope.

    Raises:
        BadScope: any other text; an empty scope must never mean everybody.
    """
    if len(prefix) not in PREFIX_LENGTHS or not (prefix.isascii() and prefix.isdigit()):
        raise BadScope(f"a scope is a division prefix of 2, 4, 6, 9 or 12 digits, not {prefix!r}")
    return prefix, prefix + "~"


def is_under(code: str, prefix: str) -> bool:
    """Whether a division lies in the branch of a prefix."""
    lo, hi = scope_of(prefix)
    return lo <= code < hi


def kind_of(code: str, name: str) -> Kind:
    """The kind by the grammar of the code; the name decides only between kinds that share a range.

    Raises:
        BadDivision: not twelve digits, or a number outside the grammar (township or community 600+).
    """
    level = level_of(code)
    if level is Level.COMMUNITY:
        return _community_kind(int(code[9:]), code, name)
    if level is Level.TOWNSHIP:
        return _township_kind(int(code[6:9]), code, name)
    if level is Level.COUNTY:
        return _county_kind(code, name)
    if level is Level.CITY:
        return Kind.LEAGUE if name.endswith("盟") else Kind.CITY
    return Kind.NATION if level is Level.NATION else Kind.REGION


def _community_kind(number: int, code: str, name: str) -> Kind:
    if number >= 600:
        raise BadDivision(f"community number {number} is outside the grammar: {code}")
    if number >= 400:
        return Kind.VIRTUAL_COMMUNITY
    if number >= 200:
        return Kind.GACHA if "嘎查" in name else Kind.VILLAGER_COMMITTEE
    return Kind.RESIDENT_COMMITTEE


def _township_kind(number: int, code: str, name: str) -> Kind:
    if number >= 600:
        raise BadDivision(f"township number {number} is outside the grammar: {code}")
    if number >= 400:
        return Kind.VIRTUAL_TOWNSHIP
    if number < 100:
        return Kind.SUBDISTRICT
    if number < 200:
        return Kind.TOWN
    if name.endswith("苏木"):
        return Kind.ETHNIC_SUMU if name.endswith(("族苏木", "民族苏木")) else Kind.SUMU
    return Kind.ETHNIC_TOWNSHIP if name.endswith("族乡") else Kind.TOWNSHIP


def _county_kind(code: str, name: str) -> Kind:
    if is_function_zone(code):
        return Kind.FUNCTION_ZONE
    endings = (
        ("自治旗", Kind.AUTONOMOUS_BANNER),
        ("旗", Kind.BANNER),
        ("矿区", Kind.MINING_DISTRICT),
        ("区", Kind.DISTRICT),
        ("市", Kind.COUNTY_CITY),
    )
    return next((kind for ending, kind in endings if name.endswith(ending)), Kind.COUNTY)
