"""Addresses that no letter would find, and where people are registered."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from yiyang.engine.synthesising.cells import PlaceCells, Setting
from yiyang.engine.synthesising.recipes import Recipe
from yiyang.engine.synthesising.seeds import Ints, Step, stream
from yiyang.engine.synthesising.spreading import Heads

MARK = "（模拟）"
ZONES = range(71, 80)
"""County numbers of development zones in statistical codes; GB/T 2260 gives none of them."""

_FLATS = tuple(
    f"{building}栋{unit}单元{floor}0{door}{MARK}"
    for building in range(1, 25)
    for unit in range(1, 5)
    for floor in range(1, 7)
    for door in range(1, 4)
)
_YARDS = tuple(f"{number}号{MARK}" for number in range(1, 401))
_CARE_HOME = f"养老机构{MARK}"
_HALLS = pa.array([*_FLATS, *_YARDS, _CARE_HOME])


def addresses(place: PlaceCells, heads: Heads, household: Ints, seed: int) -> pa.Array:
    """``青山路街道 六合成社区 3栋2单元501（模拟）``; a household has one, care home residents the home's.

    Args:
        household: (n,) household number, 0 in a care home.
    """
    rng = stream(seed, place.county, Step.ADDRESSES)
    luck = rng.random(int(household.max(initial=0)) + 1)[household]
    flats = np.array([c.setting in (Setting.URBAN, Setting.VIRTUAL) for c in place.communities])[
        heads.community
    ]
    hall = np.where(flats, np.floor(luck * len(_FLATS)), len(_FLATS) + np.floor(luck * len(_YARDS))).astype(
        np.int64
    )
    hall[household == 0] = len(_FLATS) + len(_YARDS)
    begin = pa.array([community.address for community in place.communities]).take(pa.array(heads.community))
    return pc.binary_join_element_wise(begin, _HALLS.take(pa.array(hall)), "")


def hukou_counties(place: PlaceCells, heads: Heads, recipe: Recipe, seed: int) -> Ints:
    """(n,) county of registration: mostly here, else another county of the city, else outside it.

    Development zones register nobody, so nobody from elsewhere is registered in one.
    """
    rng = stream(seed, place.county, Step.HUKOU)
    n = len(heads)
    away, outside = rng.random(n), rng.random(n)
    siblings = np.array([c for c in place.siblings if c % 100 not in ZONES], dtype=np.int64)
    strangers = np.array([c for c in recipe.hukou_outside if c // 100 != place.city], dtype=np.int64)
    counties = np.full(n, place.county)
    elsewhere = away < recipe.numbers["hukou_elsewhere"]
    far = elsewhere & ((outside < recipe.numbers["hukou_outside_city"]) | (len(siblings) == 0))
    near = elsewhere & ~far
    which = rng.integers(0, 2**31, n)
    counties[far] = strangers[which[far] % len(strangers)]
    if len(siblings):
        counties[near] = siblings[which[near] % len(siblings)]
    return counties


def hukou_divisions(divisions: pa.Array, counties: Ints, county: int) -> pa.Array:
    """Twelve digits: the own community for those registered here, only the county for the others."""
    known, position = np.unique(counties, return_inverse=True)
    codes = pa.array([f"{code}000000" for code in known.tolist()]).take(pa.array(position))
    return pc.if_else(pa.array(counties == county), divisions, codes)
