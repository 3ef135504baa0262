"""Many counties as Parquet, one file a county, one folder a city; one county is in memory at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from yiyang.engine.synthesising import numbering
from yiyang.engine.synthesising.cells import PlaceCells
from yiyang.engine.synthesising.counties import make_county
from yiyang.engine.synthesising.households import Residual
from yiyang.engine.synthesising.recipes import Recipe

TABLES = ("people", "facts", "state")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: rows by table, and by county the people and the household residual."""

    rows: dict[str, int]
    people: dict[int, int]
    residuals: dict[int, Residual | None]


def write_places(
    places: Sequence[PlaceCells],
    recipe: Recipe,
    folder: Path,
    *,
    seed: int,
    as_of: date,
    tables: Iterable[str] = TABLES,
) -> Written:
    """Write ``folder/<table>/<city>/<county>.parquet`` for each county and wanted table.

    Raises:
        NoRoom: two counties would share fake ids, or one has too many people of an age.
    """
    wanted = [name for name in TABLES if name in set(tables)]
    numbering.check_slots(place.county for place in places)
    written = Written(dict.fromkeys(wanted, 0), {}, {})
    for place in places:
        county = make_county(place, recipe, seed=seed, as_of=as_of)
        for name in wanted:
            table = {"people": county.people, "facts": county.facts, "state": county.state}[name]()
            path = folder / name / str(place.city) / f"{place.county}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            write_table(table, path)
            written.rows[name] += table.num_rows
        written.people[place.county] = len(county.heads)
        written.residuals[place.county] = county.residual()
    return written


def write_table(table: pa.Table, path: Path) -> None:
    """One row group, zstd; ids in order are stored as differences, which costs next to nothing."""
    pq.write_table(
        table,
        path,
        compression="zstd",
        row_group_size=max(table.num_rows, 1),
        use_dictionary=[name for name in table.column_names if name != "person_id"],
        column_encoding={"person_id": "DELTA_BINARY_PACKED"},
        write_statistics=["person_id", *(name for name in ("division",) if name in table.column_names)],
    )
