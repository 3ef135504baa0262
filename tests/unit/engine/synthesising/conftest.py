"""One real county of town and country, made once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pyarrow as pa
import pytest

from yiyang.engine.synthesising import counties
from yiyang.engine.synthesising.cells import PlaceCells
from yiyang.engine.synthesising.counties import County
from yiyang.engine.synthesising.recipes import Recipe
from yiyang.people import tables

AS_OF = date(2026, 11, 20)


@pytest.fixture(scope="session")
def recipe() -> Recipe:
    return tables.own_recipe()


@pytest.fixture(scope="session")
def places() -> Mapping[int, PlaceCells]:
    return {place.county: place for place in tables.own_places()}


@pytest.fixture(scope="session")
def county(places: Mapping[int, PlaceCells], recipe: Recipe) -> County:
    """Darhan Muminggan Banner: town, villages and gacha, 20,100 people."""
    return counties.make_county(places[150223], recipe, seed=1, as_of=AS_OF)


@pytest.fixture(scope="session")
def people(county: County) -> pa.Table:
    return county.people()


@pytest.fixture(scope="session")
def facts(county: County) -> pa.Table:
    return county.facts()


@pytest.fixture(scope="session")
def state(county: County) -> pa.Table:
    return county.state()
