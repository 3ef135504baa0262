"""Who already receives what he or she is due: most do, some do not yet, some no more.

Decided for each person and benefit by a hash, so neither the order of rows nor other people matter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from yiyang.engine.errors import Refused
from yiyang.engine.synthesising.seeds import Bools, Floats, Ints
from yiyang.engine.synthesising.spreading import IDS_A_COUNTY

Words = NDArray[np.uint64]

RECEIPTS = pa.schema(
    [
        pa.field("person_id", pa.int64(), nullable=False),
        pa.field("benefit", pa.string(), nullable=False),
        pa.field("since", pa.date32(), nullable=False),
        pa.field("until", pa.date32()),
        pa.field("amount_fen", pa.int64(), nullable=False),
        pa.field("source", pa.string(), nullable=False),
    ]
)
NEEDED = ("person_id", "benefit", "amount_fen", "eligible_since")
MONTHS_OF_ENDS = 12
WAIT_FACTOR = 0.55  # of those still waiting, the share that waits another month


class BadEligible(Refused):
    code = "synthesising.bad_eligible"
    message = "缺少应享人员的必要列，没有生成领取记录"


def synthesise_receipts(
    eligible: pa.Table, *, seed: int, as_of: date, shares: Mapping[str, float]
) -> pa.Table:
    """Receipts for a share of the eligible people.

    Args:
        eligible: columns person_id int64, benefit text, amount_fen int64, eligible_since date32; one row
            for each person and benefit due on ``as_of``; any order.
        shares: benefit -> share that receives on ``as_of`` or did; ``other`` for the rest, ``ended`` the
            share of receipts that ended, ``county_spread`` the widest gap between counties.

    Returns:
        Table of the schema ``RECEIPTS``, in the order of ``eligible``. ``since`` and ``until`` are first days
        of months; ``until`` is the first day without payment, null while it goes on; nobody receives before
        being eligible, and whoever begins after ``as_of`` has no row yet.

    Raises:
        BadEligible: a column is missing.
    """
    missing = [name for name in NEEDED if name not in eligible.column_names]
    if missing:
        raise BadEligible(f"the table of eligible people lacks {', '.join(missing)}")
    eligible = eligible.select(NEEDED).combine_chunks()
    people = eligible["person_id"].to_numpy().astype(np.uint64)
    share, salt = _by_benefit(eligible["benefit"], shares, seed)
    spread = shares.get("county_spread", 0.0) * (
        _uniform(people // np.uint64(IDS_A_COUNTY), _word(f"{seed}")) - 0.5
    )
    served = _uniform(people, salt) < share + spread
    since, until = _months(people, salt, eligible["eligible_since"], as_of, shares.get("ended", 0.0))
    rows = np.flatnonzero(served & (since <= _month(as_of)) & (since < until))
    kept = eligible.take(pa.array(rows))
    columns = [
        kept["person_id"].combine_chunks(),
        kept["benefit"].cast(pa.string()).combine_chunks(),
        _first_days(since[rows]),
        _first_days(until[rows], until[rows] == _NEVER),
        kept["amount_fen"].cast(pa.int64()).combine_chunks(),
        pa.array(["SYNTHETIC"]).take(pa.array(np.zeros(len(rows), dtype=np.int64))),
    ]
    return pa.Table.from_arrays(columns, schema=RECEIPTS)


_NEVER = 12 * 8000


def _by_benefit(benefits: pa.ChunkedArray, shares: Mapping[str, float], seed: int) -> tuple[Floats, Words]:
    """Share and salt of each row, by its benefit."""
    coded = pc.dictionary_encode(benefits.cast(pa.string())).combine_chunks()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.chunk(0)
    names = coded.dictionary.to_pylist()
    index = coded.indices.to_numpy()
    share = np.array([shares.get(name, shares.get("other", 0.0)) for name in names], dtype=np.float64)
    salt = np.array([_word(f"{seed}:{name}") for name in names], dtype=np.uint64)
    return share[index], salt[index]


def _months(
    people: Words, salt: Words, eligible_since: pa.ChunkedArray, as_of: date, ended: float
) -> tuple[Ints, Ints]:
    """First month of receipt, and first without one (``_NEVER`` while it goes on); months since 1970."""
    days = eligible_since.cast(pa.date32()).to_numpy().astype("datetime64[D]")
    wait = np.floor(np.log1p(-_uniform(people, salt ^ np.uint64(1))) / np.log(WAIT_FACTOR)).astype(np.int64)
    since = days.astype("datetime64[M]").astype(np.int64) + 1 + wait
    back = np.floor(_uniform(people, salt ^ np.uint64(2)) * MONTHS_OF_ENDS).astype(np.int64)
    stops = _uniform(people, salt ^ np.uint64(3)) < ended
    return since, np.where(stops, _month(as_of) - back, _NEVER)


def _month(day: date) -> int:
    return (day.year - 1970) * 12 + day.month - 1


def _first_days(months: Ints, ongoing: Bools | None = None) -> pa.Array:
    """Dates of the first days of months; null where ``ongoing``."""
    days = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return pa.array(days.astype(np.int32), mask=ongoing).view(pa.date32())


def _word(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def _uniform(people: Words, salt: Words | int) -> Floats:
    """(n,) uniform in [0, 1) from person and salt (splitmix64)."""
    word = people * np.uint64(0x9E3779B97F4A7C15) + np.asarray(salt, dtype=np.uint64)
    word = (word ^ (word >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    word = word ^ (word >> np.uint64(31))
    return (word >> np.uint64(11)).astype(np.float64) / 2.0**53
