"""What is compared: every record with its sound, its birthday by the other calendar, its id in parts."""

from __future__ import annotations

import math
from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from yiyang.engine import lunar, spelling
from yiyang.engine.identifying import ID_CHECKS, ID_WEIGHTS

INPUT = pa.schema(
    [
        ("key", pa.int64()),
        ("name", pa.string()),
        ("initials", pa.string()),
        ("birth_ymd", pa.int32()),
        ("sex", pa.int8()),
        ("id_number", pa.string()),
        ("phone", pa.string()),
        ("address", pa.string()),
        ("division", pa.string()),
    ]
)
NAMES_OF_A_CITY = 10_000
COMMON = 20
"""A few records say nothing about how common a name is: they weigh as if 20 of 10,000 more bore it."""

_CHECKED = " + ".join(f"CAST(substr(id_number, {i}, 1) AS INT) * {w}" for i, w in enumerate(ID_WEIGHTS, 1))
_VALID = (
    "CASE WHEN regexp_full_match(id_number, '[0-9]{17}[0-9X]') "
    f"THEN substr('{ID_CHECKS}', ({_CHECKED}) % 11 + 1, 1) = right(id_number, 1) END"
)
COLUMNS = f"""
  side, key, division, nullif(sex, 0) AS sex,
  name, initials, sound, letters, outline, syllables, surname, second, last, name_bits, sound_bits,
  nullif(id_number, '') AS id, left(id_number, 17) AS id_body, left(id_number, 14) AS id_head,
  {_VALID} AS id_valid, substr(id_number, 7, 8) = birth AS id_fits,
  birth, lunar, lunar_leap, left(birth, 4) AS year, substr(birth, 5, 2) AS month,
  substr(birth, 5) AS month_day, least(substr(birth, 5, 2), substr(birth, 7))
    || greatest(substr(birth, 5, 2), substr(birth, 7)) AS day_month,
  nullif(phone, '') AS phone,
  nullif(regexp_replace(address, '[\\s,.，。、·（）()-]', '', 'g'), '') AS address,
  nullif(trim(regexp_replace(address, '[^0-9]+', '-', 'g'), '-'), '') AS door"""


def prepare(connection: duckdb.DuckDBPyConnection, records: pa.Table, against: pa.Table | None) -> None:
    """Make the table ``prepared`` on this connection: ``side`` 0 for records, 1 for those held against.

    Raises:
        KeyError: a column of ``INPUT`` is missing.
    """
    sides = [(0, records)] if against is None else [(0, records), (1, against)]
    # A table of no row has no chunk, and an Arrow stream of no chunk no type: hence the cast.
    rows = pa.concat_tables(
        table.select(INPUT.names).cast(INPUT).append_column("side", pa.array([side] * len(table), pa.int8()))
        for side, table in sides
    )
    connection.register("linked_rows", rows)
    connection.register("linked_names", _names(rows.column("name")))
    connection.register("linked_births", _births(rows.column("birth_ymd")))
    connection.execute(
        f"CREATE TEMP TABLE prepared AS SELECT {COLUMNS} FROM linked_rows "  # noqa: S608
        "LEFT JOIN linked_names USING (name) LEFT JOIN linked_births USING (birth_ymd)"
    )


def _names(column: pa.ChunkedArray) -> pa.Table:
    """Each name once: its syllables, and how rare it and its sound are, in bits."""
    counted = pc.value_counts(pc.drop_null(column))
    names: list[str] = counted.field("values").to_pylist()
    counts: list[int] = counted.field("counts").to_pylist()
    sounds = [spelling.sounds_of(name) for name in names]
    together: dict[tuple[str, ...], int] = {}
    for sound, count in zip(sounds, counts, strict=True):
        together[sound] = together.get(sound, 0) + count
    total = sum(counts) + NAMES_OF_A_CITY

    def bits(count: int) -> float:
        return math.log2(total / (count + COMMON))

    return pa.table(
        {
            "name": pa.array(names, pa.string()),
            "sound": pa.array([" ".join(sound) or None for sound in sounds], pa.string()),
            # The same syllables in another order; first and last alone.
            "letters": pa.array([" ".join(sorted(sound)) or None for sound in sounds], pa.string()),
            "outline": pa.array(
                [" ".join((*sound[:1], *sound[-1:])) or None for sound in sounds], pa.string()
            ),
            "syllables": pa.array([len(sound) for sound in sounds], pa.int16()),
            "surname": pa.array([sound[0] if sound else None for sound in sounds], pa.string()),
            "second": pa.array([sound[1] if len(sound) > 2 else None for sound in sounds], pa.string()),
            "last": pa.array([sound[-1] if len(sound) > 2 else None for sound in sounds], pa.string()),
            "name_bits": pa.array([bits(count) for count in counts], pa.float64()),
            "sound_bits": pa.array([bits(together[sound]) for sound in sounds], pa.float64()),
        }
    )


def _births(column: pa.ChunkedArray) -> pa.Table:
    """Each birthday once, as text, and the day it would be if it were meant by the lunar calendar."""
    days: list[int] = pc.unique(pc.drop_null(column)).to_pylist()
    return pa.table(
        {
            "birth_ymd": pa.array(days, pa.int32()),
            "birth": pa.array([f"{day:08d}" for day in days], pa.string()),
            "lunar": pa.array([_meant_lunar(day, leap=False) for day in days], pa.string()),
            "lunar_leap": pa.array([_meant_lunar(day, leap=True) for day in days], pa.string()),
        }
    )


def _meant_lunar(ymd: int, *, leap: bool) -> str | None:
    found: date | None = lunar.solar_day(ymd // 10000, ymd // 100 % 100, ymd % 100, leap=leap)
    return f"{found:%Y%m%d}" if found else None
