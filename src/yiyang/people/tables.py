"""The tables from which invented people are made: census cells of the demo places, rates, names."""

from __future__ import annotations

from pathlib import Path

from yiyang.engine.synthesising import cells, recipes
from yiyang.engine.synthesising.cells import PlaceCells
from yiyang.engine.synthesising.recipes import Recipe
from yiyang.regions import tables as regions

DATA = Path(__file__).parent / "data"


def own_recipe() -> Recipe:
    """The rates, mortality and names of this project; every rate is an unverified guess."""
    return recipes.read_recipe(DATA)


def own_places(place: str = "") -> tuple[PlaceCells, ...]:
    """The demo counties under a prefix of 2, 4 or 6 digits; all of them for the empty one.

    Raises:
        BadCells: no demo county lies there, or our tables are damaged.
    """
    found = tuple(c for c in cells.read_cells(DATA, regions.DATA) if str(c.county).startswith(place))
    if not found:
        raise cells.BadCells(f"our own tables hold nobody under {place}: give a folder of reference tables")
    return found
