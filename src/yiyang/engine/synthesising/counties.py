"""One county from its cells: people, dated facts, and the state the sweep reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from yiyang.engine.synthesising import addressing, histories, naming, numbering
from yiyang.engine.synthesising.ages import as_ymd
from yiyang.engine.synthesising.cells import PlaceCells
from yiyang.engine.synthesising.households import Homes, Residual, residual
from yiyang.engine.synthesising.recipes import Recipe
from yiyang.engine.synthesising.seeds import Ints, Step, stream
from yiyang.engine.synthesising.spreading import IDS_A_COUNTY, Heads, community_weights, heads
from yiyang.engine.synthesising.states import Tracks, tracks

PEOPLE = pa.schema(
    [
        pa.field("person_id", pa.int64(), nullable=False),
        pa.field("code", pa.string(), nullable=False),
        pa.field("division", pa.string(), nullable=False),
        pa.field("hukou_division", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("name_initials", pa.string(), nullable=False),
        pa.field("sex", pa.int8(), nullable=False),
        pa.field("birth_on", pa.date32(), nullable=False),
        pa.field("id_number", pa.string(), nullable=False),
        pa.field("phone", pa.string()),
        pa.field("address", pa.string(), nullable=False),
        pa.field("ethnicity", pa.string(), nullable=False),
        pa.field("household_no", pa.int64()),
    ]
)
"""One row a person. ``household_no`` is unique over all counties, null in a care home; ethnicity 01 Han, 02
Mongolian (GB/T 3304)."""


@dataclass(frozen=True)
class County:
    """One county, drawn; its tables are built when asked for.

    Attributes:
        heads: sex, age, birthday, community of everybody.
        tracks: last values and changes of every key.
        homes: households.
        hukou: (n,) county of registration.
    """

    place: PlaceCells
    recipe: Recipe
    seed: int
    as_of: date
    heads: Heads
    tracks: Tracks
    homes: Homes
    hukou: Ints

    def residual(self) -> Residual | None:
        """Households with people of 65+, made minus census; nothing where the census gives no margins."""
        return residual(self.heads, self.homes, self.place.margins) if self.place.margins else None

    def state(self) -> pa.Table:
        """The sweep rows as known on ``as_of`` (schema ``histories.STATE``)."""
        heads = self.heads
        return histories.state(
            heads.person_ids, self._divisions(), as_ymd(heads.born), self.hukou, heads.county, self.tracks
        )

    def facts(self) -> pa.Table:
        """Dated facts (schema ``histories.FACTS``); the latest ones make ``state``."""
        rng = stream(self.seed, self.heads.county, Step.FACT_DATES)
        return histories.facts(self.heads.person_ids, self.tracks, self.as_of, rng)

    def people(self) -> pa.Table:
        """Names, numbers, addresses (schema ``PEOPLE``)."""
        heads, county, recipe = self.heads, self.heads.county, self.recipe
        birth_ymd = as_ymd(heads.born)
        name_rng = stream(self.seed, county, Step.NAMES)
        share = recipe.numbers["mongolian"] if str(county).startswith(recipe.mongolian_places) else 0.0
        mongolian = name_rng.random(len(heads)) < share
        names, initials = naming.names(recipe.names, heads.sex, birth_ymd // 10000, mongolian, name_rng)
        number_rng = stream(self.seed, county, Step.NUMBERS)
        ids = numbering.fake_ids(county, heads.sex, heads.born, birth_ymd)
        numbering.check_synthetic(ids)
        known = number_rng.random(len(heads)) < recipe.numbers["phone_known"]
        divisions, household = self._divisions(), self.homes.number
        columns = [
            pa.array(heads.person_ids),
            numbering.public_codes(len(heads), number_rng),
            divisions,
            addressing.hukou_divisions(divisions, self.hukou, county),
            names,
            initials,
            pa.array(heads.sex.astype(np.int8)),
            pa.array(heads.born.astype(np.int32)).view(pa.date32()),
            ids,
            numbering.fake_phones(len(heads), known, number_rng),
            addressing.addresses(self.place, heads, household, self.seed),
            pa.array(["01", "02"]).take(pa.array(mongolian.astype(np.int64))),
            pa.array(county * IDS_A_COUNTY + household, mask=household == 0),
        ]
        return pa.Table.from_arrays(columns, schema=PEOPLE)

    def _divisions(self) -> pa.Array:
        codes = pa.array([community.code for community in self.place.communities])
        return codes.take(pa.array(self.heads.community))


def make_county(place: PlaceCells, recipe: Recipe, *, seed: int, as_of: date) -> County:
    """Draw one county; the same arguments give the same bytes, whatever else is made.

    Args:
        as_of: the day on which the age structure of the census holds; it does not forecast.

    Raises:
        NoRoom: too many people of one sex and age for the fake ids.
    """
    weights = community_weights(place, recipe.community_weights, recipe.numbers["community_spread"], seed)
    crowd = heads(place, recipe.age_table, weights, seed, as_of)
    found, homes = tracks(place, crowd, recipe, seed)
    hukou = addressing.hukou_counties(place, crowd, recipe, seed)
    return County(place, recipe, seed, as_of, crowd, found, homes, hukou)
