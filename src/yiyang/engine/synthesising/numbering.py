"""Numbers that cannot be anybody's: ids under an unassigned prefix, phones that cannot be dialled."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from yiyang.engine.errors import BrokenInvariant
from yiyang.engine.identifying import ID_CHECKS, ID_WEIGHTS, SYNTHETIC_PREFIX
from yiyang.engine.synthesising.ages import BIRTHDAY_ROOM, NoRoom
from yiyang.engine.synthesising.seeds import Bools, Ints

Letters = NDArray[np.uint8]

PREFIXES = 99
SLOTS_A_PREFIX = 500 // BIRTHDAY_ROOM
_MULTIPLIER, _MODULUS = 191, 1_000_003
"""So chosen that all counties of Inner Mongolia, Zhangye and Changzhi get different slots (tested)."""


class NotSynthetic(BrokenInvariant):
    code = "synthesising.not_synthetic"


def slot_of(county: int) -> int:
    """The county's own part of the number space, from its code alone: 0 ... 989."""
    return county * _MULTIPLIER % _MODULUS % (PREFIXES * SLOTS_A_PREFIX)


def check_slots(counties: Iterable[int]) -> None:
    """Two counties with one slot would give two people one id.

    Raises:
        NoRoom: names the two counties.
    """
    seen: dict[int, int] = {}
    for county in counties:
        other = seen.setdefault(slot_of(county), county)
        if other != county:
            raise NoRoom(f"counties {other} and {county} would share fake ids: synthesise them apart")


def fake_ids(county: int, sex: Ints, born: Ints, birth_ymd: Ints) -> pa.Array:
    """Citizen ids of 18 characters with the prefix 1599 and a valid check character, no two alike.

    Args:
        sex, born, birth_ymd: (n,) each; sex 1 or 2, born in days since 1970.

    Raises:
        NoRoom: more people of one sex share a birthday than the county has numbers for.
    """
    order = np.lexsort((born, sex))
    key = born[order] * 2 + (sex[order] - 1)
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
    rank = np.empty(len(sex), dtype=np.int64)
    rank[order] = np.arange(len(sex)) - np.repeat(starts, np.diff(np.r_[starts, len(sex)]))
    if int(rank.max(initial=0)) >= BIRTHDAY_ROOM:
        raise NoRoom(f"county {county}: more than {BIRTHDAY_ROOM} people of one sex share a birthday")
    prefix, slot = divmod(slot_of(county), SLOTS_A_PREFIX)
    sequence = (slot * BIRTHDAY_ROOM + rank) * 2 + (sex == 1)
    letters = np.empty((len(sex), 18), dtype=np.uint8)
    letters[:, :6] = np.frombuffer(f"{SYNTHETIC_PREFIX}{prefix + 1:02d}".encode(), dtype=np.uint8)
    letters[:, 6:14] = digits(birth_ymd, 8)
    letters[:, 14:17] = digits(sequence, 3)
    total = (letters[:, :17] - ord("0")).astype(np.int64) @ np.array(ID_WEIGHTS)
    letters[:, 17] = np.frombuffer(ID_CHECKS.encode(), dtype=np.uint8)[total % 11]
    return texts(letters)


def check_synthetic(ids: pa.Array) -> None:
    """Refuse to let out an id that could be a real person's.

    Raises:
        NotSynthetic: an id without the prefix 1599.
    """
    real = len(ids) - int(pc.sum(pc.starts_with(ids, SYNTHETIC_PREFIX)).as_py() or 0)
    if real:
        raise NotSynthetic(f"{real} invented people carry ids outside the prefix {SYNTHETIC_PREFIX}")


def fake_phones(count: int, known: Bools, rng: np.random.Generator) -> pa.Array:
    """``000`` and eight digits, null where nobody noted a phone."""
    letters = np.empty((count, 11), dtype=np.uint8)
    letters[:, :3] = ord("0")
    letters[:, 3:] = digits(rng.integers(0, 100_000_000, count), 8)
    return texts(letters, known)


def public_codes(count: int, rng: np.random.Generator) -> pa.Array:
    """UUIDs (version 8, own scheme) as text of 36 characters."""
    octets = rng.integers(0, 256, (count, 16), dtype=np.uint8)
    octets[:, 6] = octets[:, 6] & 0x0F | 0x80
    octets[:, 8] = octets[:, 8] & 0x3F | 0x80
    nibbles = np.empty((count, 32), dtype=np.uint8)
    nibbles[:, 0::2], nibbles[:, 1::2] = octets >> 4, octets & 0x0F
    letters = np.full((count, 36), ord("-"), dtype=np.uint8)
    places = [i for i in range(36) if i not in (8, 13, 18, 23)]
    letters[:, places] = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)[nibbles]
    return texts(letters)


def digits(numbers: Ints, width: int) -> Letters:
    """(n, width) ASCII digits with leading zeros."""
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return (numbers[:, None] // powers % 10 + ord("0")).astype(np.uint8)


def texts(letters: Letters, known: Bools | None = None) -> pa.Array:
    """Rows of ASCII letters as an Arrow column of text, without a Python object a row."""
    count, width = letters.shape
    offsets = pa.py_buffer(np.arange(0, (count + 1) * width, width, dtype=np.int32))
    column = pa.StringArray.from_buffers(count, offsets, pa.py_buffer(np.ascontiguousarray(letters)))
    return column if known is None else pc.if_else(pa.array(known), column, pa.scalar(None, pa.string()))
