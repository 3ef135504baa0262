"""A person entered a second time, wrongly, in the ways of an office: for benches and tests alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from yiyang.engine import lunar
from yiyang.engine.identifying import id_check_character
from yiyang.engine.linking.preparing import INPUT
from yiyang.engine.spelling import initials_of, sounds_of

type Row = dict[str, Any]
NEW_KEYS = 10**15


@dataclass(frozen=True)
class Spoiled:
    """``pairs``: (first entry, second entry) -> the ways in which the second went wrong."""

    records: pa.Table
    pairs: Mapping[tuple[int, int], tuple[str, ...]]


class Spoiler:
    """Draws from a seed; ``homophones`` and places are those of the people themselves."""

    def __init__(self, people: pa.Table, seed: int) -> None:
        self.rng = np.random.default_rng([seed, 1])
        self.addresses = list(
            zip(people.column("address").to_pylist(), people.column("division").to_pylist(), strict=True)
        )
        by_sound: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for name in set(people.column("name").to_pylist()):
            for character in name:
                by_sound[sounds_of(character)].add(character)
        self.homophones = {sound: sorted(found) for sound, found in by_sound.items() if len(found) > 1}
        self.lunar_of: dict[date, tuple[int, int, int]] = {}
        for year in lunar.lunar_years():
            for month in range(1, 13):
                for day in range(1, 31):
                    if (solar := lunar.solar_day(year, month, day)) is not None:
                        self.lunar_of[solar] = (year, month, day)

    def pick(self, n: int) -> int:
        return int(self.rng.integers(n))

    def id_digit(self, row: Row) -> None:
        """One digit wrong; half of the time the check character was made to fit."""
        at = self.pick(17)
        self._id(row, lambda body: body[:at] + str((int(body[at]) + 1 + self.pick(9)) % 10) + body[at + 1 :])

    def id_swapped(self, row: Row) -> None:
        body = row["id_number"][:17]
        places = [i for i in range(16) if body[i] != body[i + 1]]
        at = places[self.pick(len(places))]
        self._id(row, lambda b: b[:at] + b[at + 1] + b[at] + b[at + 2 :])

    def _id(self, row: Row, change: Callable[[str], str]) -> None:
        body = change(row["id_number"][:17])
        row["id_number"] = body + (id_check_character(body) if self.pick(2) else row["id_number"][17])

    def no_id(self, row: Row) -> None:
        row["id_number"] = None

    def homophone(self, row: Row) -> None:
        """Another character of the same sound."""
        name = row["name"]
        places = [i for i, character in enumerate(name) if sounds_of(character) in self.homophones]
        if not places:
            self.variant(row)
            return
        at = places[self.pick(len(places))]
        others = [c for c in self.homophones[sounds_of(name[at])] if c != name[at]]
        self._name(row, name[:at] + others[self.pick(len(others))] + name[at + 1 :])

    def variant(self, row: Row) -> None:
        """A character left out, two exchanged, or one misheard."""
        name, way = row["name"], self.pick(3)
        if len(name) < 3:
            self._name(row, name + "子")
        elif way == 0:
            self._name(row, name[0] + name[2:])
        elif way == 1 and name[1] != name[2]:
            self._name(row, name[0] + name[2] + name[1] + name[3:])
        else:
            self._name(row, name[:2] + "娥梅生林"[self.pick(4)] + name[3:])

    def _name(self, row: Row, name: str) -> None:
        row["name"], row["initials"] = name, initials_of(name)

    def moved(self, row: Row) -> None:
        row["address"], row["division"] = self.addresses[self.pick(len(self.addresses))]

    def no_phone(self, row: Row) -> None:
        row["phone"] = None

    def other_phone(self, row: Row) -> None:
        row["phone"] = f"000{self.pick(10**8):08d}"

    def phone_digit(self, row: Row) -> None:
        if row["phone"]:
            at = 3 + self.pick(8)
            row["phone"] = (
                row["phone"][:at]
                + str((int(row["phone"][at]) + 1 + self.pick(9)) % 10)
                + row["phone"][at + 1 :]
            )

    def lunar_birth(self, row: Row) -> None:
        """The day of the old calendar written down as one of the common."""
        ymd = row["birth_ymd"]
        found = self.lunar_of.get(date(ymd // 10000, ymd // 100 % 100, ymd % 100))
        if found:
            row["birth_ymd"] = found[0] * 10000 + found[1] * 100 + found[2]

    def birth_exchanged(self, row: Row) -> None:
        year, month, day = row["birth_ymd"] // 10000, row["birth_ymd"] // 100 % 100, row["birth_ymd"] % 100
        if day <= 12:
            row["birth_ymd"] = year * 10000 + day * 100 + month
        else:
            self.birth_year(row)

    def birth_year(self, row: Row) -> None:
        born = row["birth_ymd"] + (10000 if self.pick(2) else -10000)
        row["birth_ymd"] = born if born % 10000 != 229 else born - 1

    def birth_day(self, row: Row) -> None:
        ymd = row["birth_ymd"]
        born = date(ymd // 10000, ymd // 100 % 100, ymd % 100) + timedelta(days=1 - 2 * self.pick(2))
        row["birth_ymd"] = born.year * 10000 + born.month * 100 + born.day


WAYS = (
    "id_digit", "id_swapped", "no_id", "homophone", "variant", "moved",
    "no_phone", "other_phone", "phone_digit",
    "lunar_birth", "birth_exchanged", "birth_year", "birth_day",
)  # fmt: skip
TOUCHES = {"id_swapped": "id_digit", "no_id": "id_digit", "variant": "homophone", "other_phone": "no_phone",
           "phone_digit": "no_phone", "birth_exchanged": "lunar_birth", "birth_year": "lunar_birth",
           "birth_day": "lunar_birth"}  # fmt: skip
"""Ways that spoil the same thing are not put together."""


def spoil(people: pa.Table, chosen: NDArray[np.int64], *, seed: int) -> Spoiled:
    """A second entry for each of the chosen rows, wrong in one way or (half of them) in two."""
    spoiler = Spoiler(people, seed)
    rows: list[Row] = people.take(pa.array(chosen)).to_pylist()
    pairs: dict[tuple[int, int], tuple[str, ...]] = {}
    for i, row in enumerate(rows):
        first, row["key"] = row["key"], NEW_KEYS + i
        ways = _ways(spoiler)
        for way in ways:
            getattr(spoiler, way)(row)
        pairs[first, row["key"]] = ways
    return Spoiled(pa.Table.from_pylist(rows, schema=INPUT), pairs)


def _ways(spoiler: Spoiler) -> tuple[str, ...]:
    first = WAYS[spoiler.pick(len(WAYS))]
    if spoiler.pick(2):
        return (first,)
    others = [way for way in WAYS if TOUCHES.get(way, way) != TOUCHES.get(first, first)]
    return first, others[spoiler.pick(len(others))]
