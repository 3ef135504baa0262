"""A small invented county for sweeps: Bayan Obo by the census, scaled down, exact and the same every time."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from tests.conftest import NOW
from yiyang.base.scoping import Role, Scope, acting
from yiyang.engine.synthesising.counties import County, make_county
from yiyang.people import services as people
from yiyang.people import tables

PREFIX = "150206"
COMMUNITIES = ("150206001006", "150206001007", "150206002006", "150206002007")


@cache
def _drawn(persons: int) -> County:
    (place,) = tables.own_places(PREFIX)
    scale = persons / place.total
    men, women = (tuple(max(1, round(n * scale)) for n in row) for row in place.persons)
    small = replace(place, persons=(men, women), margins=None)
    return make_county(small, tables.own_recipe(), seed=1, as_of=NOW.date())


def small_county(persons: int = 150) -> int:
    """Enter about so many people with their facts; returns how many. Called outside ``acting`` blocks."""
    county = _drawn(persons)
    with acting(Role.JOB, Scope.of(PREFIX), actor_id="process:tests"):
        return people.load_people(county.people(), county.facts(), county.state(), now=NOW).people
