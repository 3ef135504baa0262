"""From last values to dated facts: who said what, since when true, since when known.

The last thirteen months hold a stream of changes, so that the picture "as known on day D" differs from
month to month; everything older was recorded before that window begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pyarrow as pa

from yiyang.engine.synthesising.recipes import UNKNOWN
from yiyang.engine.synthesising.seeds import Floats, Ints
from yiyang.engine.synthesising.states import NEVER_NULL, SOURCES, Tracks

WINDOW_DAYS = 396
"""Thirteen months."""

YEARS_BACK = 5
RECORDED_AFTER = {"COMMUNITY": 7, "ASSESSMENT": 4, "CIVIL_AFFAIRS": 31, "HEALTH": 45}
"""Most days between a fact becoming true and becoming known, by source; 31 where not named."""

DAY_US = 86_400_000_000
RECORDED_AT_US = 2 * 3_600_000_000
"""Ten in the morning in China, in microseconds of the UTC day."""

FACTS = pa.schema(
    [
        pa.field("person_id", pa.int64(), nullable=False),
        pa.field("key", pa.dictionary(pa.int8(), pa.string()), nullable=False),
        pa.field("value", pa.int32()),
        pa.field("source", pa.dictionary(pa.int8(), pa.string()), nullable=False),
        pa.field("valid_from", pa.date32(), nullable=False),
        pa.field("recorded_at", pa.timestamp("us", tz="UTC"), nullable=False),
    ]
)

KEYS = tuple(SOURCES)
SOURCE_NAMES = tuple(sorted(set(SOURCES.values())))


def epoch_day(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - date(1970, 1, 1).toordinal()


def facts(person_ids: Ints, tracks: Tracks, as_of: date, rng: np.random.Generator) -> pa.Table:
    """All facts of one county, key by key: the older ones first, then the changes of the window.

    The latest fact of a person and key recorded by the end of ``as_of`` is the value of the state; where
    there is none, the value is unknown, or 0 for the keys of ``NEVER_NULL``.

    Args:
        person_ids: (n,) ids by position.

    Returns:
        A table of the schema ``FACTS``; a null value says that the source no longer knows.
    """
    last_day = epoch_day(as_of)
    blocks: list[tuple[int, Ints, Ints, Ints, Ints]] = []
    for number, (key, source) in enumerate(SOURCES.items()):
        track = tracks[key]
        base = track.last.copy()
        base[track.changed] = track.before
        rows = np.flatnonzero(base > 0 if key in NEVER_NULL else base != UNKNOWN)
        lag = RECORDED_AFTER.get(source, 31)
        start = last_day - WINDOW_DAYS
        valid = start - lag - 1 - (rng.random(len(rows)) * YEARS_BACK * 365).astype(np.int64)
        blocks.append((number, rows, base[rows], valid, valid + rng.integers(0, lag + 1, len(rows))))
        # Known a day before the reference day at the latest: the state of that day holds every change.
        valid = start + (track.moment * (WINDOW_DAYS - 2)).astype(np.int64)
        known = np.minimum(valid + _lags(track.moment, lag), last_day - 1)
        blocks.append((number, track.changed, track.last[track.changed], valid, known))
    return _table(person_ids, blocks)


def _lags(moment: Floats, longest: int) -> Ints:
    """Days until known, from the moment itself, so that keys changing together become known together."""
    return np.asarray((moment * 7919 % 1 * (longest + 1)).astype(np.int64))


def _table(person_ids: Ints, blocks: list[tuple[int, Ints, Ints, Ints, Ints]]) -> pa.Table:
    lengths = [len(block[1]) for block in blocks]
    keys = np.repeat(np.array([block[0] for block in blocks], dtype=np.int8), lengths)
    source_of_key = np.array([SOURCE_NAMES.index(source) for source in SOURCES.values()], dtype=np.int8)
    rows, values, valid, known = (np.concatenate([block[i] for block in blocks]) for i in range(1, 5))
    columns = [
        pa.array(person_ids[rows]),
        pa.DictionaryArray.from_arrays(pa.array(keys), pa.array(KEYS)),
        pa.array(values.astype(np.int32), mask=values == UNKNOWN),
        pa.DictionaryArray.from_arrays(pa.array(source_of_key[keys]), pa.array(SOURCE_NAMES)),
        pa.array(valid.astype(np.int32)).view(pa.date32()),
        pa.array(known * DAY_US + RECORDED_AT_US).view(pa.timestamp("us", tz="UTC")),
    ]
    return pa.Table.from_arrays(columns, schema=FACTS)


LEVELS = (
    "ability_level",
    "hardship_class",
    "disability_certificate_grade",
    "ltci_disability_level",
    "pension_scheme",
)
COUNTS = ("insured_months", "meals_in_month")


def _type_of(key: str) -> pa.DataType:
    if key in LEVELS:
        return pa.int8()
    return pa.int16() if key in COUNTS else pa.bool_()


STATE = pa.schema(
    [
        pa.field("person_id", pa.int64(), nullable=False),
        pa.field("division", pa.string(), nullable=False),
        pa.field("birth_ymd", pa.int32(), nullable=False),
        pa.field("hukou_county", pa.int32(), nullable=False),
        pa.field("residence_county", pa.int32(), nullable=False),
        *(pa.field(key, _type_of(key), nullable=key not in NEVER_NULL) for key in SOURCES),
    ]
)
"""The sweep table: one row a person, the columns of the data contract in order."""


def state(
    person_ids: Ints, division: pa.Array, birth_ymd: Ints, hukou: Ints, county: int, tracks: Tracks
) -> pa.Table:
    """The row of each person as known on the reference day: a table of the schema ``STATE``."""
    columns: Mapping[str, pa.Array] = {
        "person_id": pa.array(person_ids),
        "division": division,
        "birth_ymd": pa.array(birth_ymd.astype(np.int32)),
        "hukou_county": pa.array(hukou.astype(np.int32)),
        "residence_county": pa.array(np.full(len(person_ids), county, dtype=np.int32)),
        **{key: _column(tracks[key].last, STATE.field(key).type) for key in SOURCES},
    }
    return pa.Table.from_arrays([columns[name] for name in STATE.names], schema=STATE)


def _column(values: Ints, kind: pa.DataType) -> pa.Array:
    mask = values == UNKNOWN
    if pa.types.is_boolean(kind):
        return pa.array(values == 1, mask=mask)
    return pa.array(values.astype(kind.to_pandas_dtype()), mask=mask)
