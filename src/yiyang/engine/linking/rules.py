"""The duplicate rules as data.

A weight is in bits: how much more often the level is seen between two records of one person than between
records of two. A shared birthday is one in about 11,000 days (13 bits); a name weighs by how rare it is.
Among 550,000 people a pair is as likely as not one person from about 24 bits on: there ``likely`` stands.

Conditions and weights are DuckDB text over two prepared records ``a`` and ``b`` (``preparing.COLUMNS``).
The order of the levels counts: the first that holds is taken, and a value missing on either side holds none.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """Two records are compared when they share a key: ``keys`` are texts over one record ``r``.

    Each key of one record is held against each key of the other. ``cap``: records that may share one key;
    a key shared by more is left out and told, because it says nothing (a village's only phone).
    """

    name: str
    keys: tuple[str, ...]
    cap: int = 400


@dataclass(frozen=True)
class Level:
    """One outcome of a comparison; ``code`` is the reason that is told."""

    code: str
    when: str
    bits: str


@dataclass(frozen=True)
class Comparison:
    name: str
    levels: tuple[Level, ...]


@dataclass(frozen=True)
class Rules:
    """``LIKELY`` from ``likely`` bits on, ``SAME`` from ``same`` on unless a reason is among the ``doubts``.

    One number under two names is an error of somebody's; whose, a sum of weights cannot say. The ``first``
    comparisons are made for every pair, the others, whose weights are plain numbers, where they can still
    make it likely.
    """

    blocks: tuple[Block, ...]
    comparisons: tuple[Comparison, ...]
    first: int = 3
    likely: float = 24.0
    same: float = 32.0
    doubts: tuple[str, ...] = ("OTHER_NAME", "OTHER_SEX")


def _swapped(a: str, b: str) -> str:
    """Two neighbours exchanged: one step for Damerau, two places that differ."""
    return f"length({a}) = length({b}) AND hamming({a}, {b}) = 2 AND damerau_levenshtein({a}, {b}) = 1"


def _one_digit(a: str, b: str) -> str:
    return f"length({a}) = length({b}) AND hamming({a}, {b}) = 1"


_BODY_A, _BODY_B = "a.id_body", "b.id_body"
# Two valid numbers that fit their birthdays and differ in one digit are neighbours in the sequence, or people
# of two birthdays: a single digit is a slip of the pen where a number contradicts itself or its record.
_SOUND = "a.id_valid AND b.id_valid AND a.id_fits AND b.id_fits AND left(a.id, 6) = left(b.id, 6)"
_SLIP = f"NOT ({_SOUND})"
_ALIKE = "a.sound = b.sound"  # neighbours in number with two names are twins

_DAYS = ("birth", "lunar", "lunar_leap")
_LUNAR = "a.birth IN (b.lunar, b.lunar_leap) OR b.birth IN (a.lunar, a.lunar_leap)"
_YEAR_BESIDE = "a.month_day = b.month_day AND abs(CAST(a.year AS INT) - CAST(b.year AS INT)) = 1"
_ONE_MORE = "a.outline = b.outline AND abs(a.syllables - b.syllables) = 1"
_ONE_CHARACTER = "greatest(length(a.name), length(b.name)) >= 3 AND damerau_levenshtein(a.name, b.name) = 1"
_ONE_SOUND = "a.surname = b.surname AND (a.second = b.second OR a.last = b.last)"

BLOCKS = (
    Block("same id", ("r.id",)),
    Block("same birth, initials", ("r.birth || r.initials",)),
    Block("same birth, surname by sound", ("r.birth || split_part(r.sound, ' ', 1)",), cap=200),
    Block("same sound, birth by the other calendar", tuple(f"r.sound || r.{day}" for day in _DAYS)),
    Block("same sound, day and month exchanged", ("r.sound || r.year || r.day_month",)),
    Block("same sound and day, other year", ("r.sound || r.month_day",), cap=200),
    Block("same sound and month", ("r.sound || r.year || r.month",), cap=200),
    Block("same initials, end of the id", ("r.initials || right(r.id, 4)",)),
    Block("beginning of the id, surname by sound", ("r.id_head || split_part(r.sound, ' ', 1)",)),
    Block("same phone", ("r.phone",), cap=60),
    Block("same sound, one community", ("r.sound || r.division",), cap=200),
)  # fmt: skip

COMPARISONS = (
    Comparison(
        "id",
        (
            Level("SAME_ID", "a.id = b.id", "56"),
            Level("ID_ONE_DIGIT", f"{_SLIP} AND {_one_digit(_BODY_A, _BODY_B)}", "14"),
            Level("ID_SWAPPED", f"{_SLIP} AND {_swapped(_BODY_A, _BODY_B)}", "14"),
            Level("ID_CHECK_CHARACTER", "(NOT a.id_valid OR NOT b.id_valid) AND a.id_body = b.id_body", "14"),
            Level("ID_NEIGHBOUR", f"{_ALIKE} AND {_one_digit(_BODY_A, _BODY_B)}", "-3"),
            Level("ID_NEIGHBOUR", f"{_ALIKE} AND {_swapped(_BODY_A, _BODY_B)}", "-1"),
            Level("OTHER_ID", "a.id <> b.id", "-16"),
        ),
    ),
    Comparison(
        "name",
        (
            Level("SAME_NAME", "a.name = b.name", "least(a.name_bits, b.name_bits)"),
            Level("HOMOPHONE", "a.sound = b.sound", "least(a.sound_bits, b.sound_bits) - 1"),
            Level("NAME_TURNED", "a.letters = b.letters AND length(a.name) > 1", "6"),
            Level("NAME_ONE_SOUND_MORE", _ONE_MORE, "5"),
            Level("NAME_ONE_CHARACTER", _ONE_CHARACTER, "4"),
            Level("NAME_ONE_SOUND", _ONE_SOUND, "1"),
            Level("SAME_INITIALS", "a.initials = b.initials", "0"),
            Level("OTHER_NAME", "a.name <> b.name", "-10"),
        ),
    ),
    Comparison(
        "birth",
        (
            Level("SAME_BIRTH", "a.birth = b.birth", "13"),
            Level("BIRTH_LUNAR", _LUNAR, "11"),
            Level("BIRTH_EXCHANGED", "a.year = b.year AND a.day_month = b.day_month", "10"),
            Level("BIRTH_YEAR", _YEAR_BESIDE, "8"),
            Level("BIRTH_ONE_DIGIT", _one_digit("a.birth", "b.birth"), "6"),
            Level("BIRTH_NEAR", "a.year = b.year AND a.month = b.month", "2"),
            Level("OTHER_BIRTH", "a.birth <> b.birth", "-8"),
        ),
    ),
    Comparison(
        "phone",
        (
            Level("SAME_PHONE", "a.phone = b.phone", "12"),
            Level("PHONE_ONE_DIGIT", _one_digit("a.phone", "b.phone"), "8"),
            Level("PHONE_SWAPPED", _swapped("a.phone", "b.phone"), "8"),
            Level("OTHER_PHONE", "a.phone <> b.phone", "-2"),
        ),
    ),
    Comparison(
        "address",
        (
            Level("SAME_ADDRESS", "a.address = b.address", "8"),
            Level("SAME_DOOR", "a.division = b.division AND a.door = b.door", "7"),
            Level("SAME_COMMUNITY", "a.division = b.division AND substr(a.division, 7) <> '000000'", "4"),
            Level("SAME_COUNTY", "left(a.division, 6) = left(b.division, 6)", "1"),
            Level("OTHER_PLACE", "a.division <> b.division", "-1"),
        ),
    ),
    Comparison("sex", (Level("OTHER_SEX", "a.sex <> b.sex", "-6"),)),
)  # fmt: skip

RULES = Rules(BLOCKS, COMPARISONS)
