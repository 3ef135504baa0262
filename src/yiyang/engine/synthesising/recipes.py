"""The rates, the mortality and the names an installation synthesises with, read from its own tables."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from yiyang.engine.errors import Refused
from yiyang.engine.synthesising.ages import AgeTable
from yiyang.engine.synthesising.naming import NameLists, read_names
from yiyang.engine.synthesising.seeds import Floats, Ints

UNKNOWN = -1
ABILITY_COLUMNS = 5  # levels 0 to 4
URBAN, RURAL = 0, 1


class BadRecipe(Refused):
    code = "synthesising.bad_recipe"
    message = "模拟参数表有错，没有生成任何人员"


@dataclass(frozen=True, slots=True)
class Rate:
    """Shares of the values of one key.

    Attributes:
        by: "age" or "ability", what the columns are.
        unknown: (2,) share of unknown, urban and rural.
        steps: (2, columns, values) cumulative shares from the highest value down to 1; the rest is 0.
    """

    by: str
    unknown: Floats
    steps: Floats

    def draw(self, column: Ints, rural: Ints, luck: Floats) -> Ints:
        """Values for people: the highest ``k`` with ``luck`` below its cumulative share.

        Args:
            column: (n,) column of each person.
            rural: (n,) 0 urban, 1 rural.
            luck: (n,) uniform in [0, 1).
        """
        table = self.steps[rural, column]
        return (luck[:, None] < table).sum(axis=1)


@dataclass(frozen=True, slots=True)
class Change:
    """Among those whose value lies in ``[low, high]``, ``share`` had ``before`` until within the window."""

    low: int
    high: int
    before: int
    share: float


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything but the places, the seed and the day."""

    ages: Ints
    rates: Mapping[str, Rate]
    changes: Mapping[str, tuple[Change, ...]]
    numbers: Mapping[str, float]
    age_table: AgeTable
    community_weights: Floats
    mongolian_places: tuple[str, ...]
    hukou_outside: tuple[int, ...]
    receipts: Mapping[str, float]
    names: NameLists


def read_recipe(folder: Path) -> Recipe:
    """Read rates.toml, names.toml and mortality.csv.

    Raises:
        BadRecipe: a table is missing, a share lies outside 0 to 1, shares of one column exceed 1, or a rate
            does not say whether it was verified.
    """
    try:
        book = tomllib.loads((folder / "rates.toml").read_text(encoding="utf-8"))
        deaths = _deaths(folder / "mortality.csv")
        names = read_names(folder / "names.toml")
    except (OSError, ValueError) as error:
        raise BadRecipe(f"cannot read the tables in {folder}: {error}") from error
    try:
        return _recipe(book, deaths, names)
    except KeyError as error:
        raise BadRecipe(f"rates.toml lacks {error}") from error


def _recipe(book: Mapping[str, object], deaths: Floats, names: NameLists) -> Recipe:
    oldest, weights = _table(book, "oldest"), _table(book, "community_weight")
    changes: dict[str, tuple[Change, ...]] = {}
    for entry in _entries(book, "change"):
        (low, high), key = _numbers(entry["last"]), str(entry["key"])
        change = Change(int(low), int(high), int(_number(entry["before"])), _share(entry["share"]))
        changes[key] = (*changes.get(key, ()), change)
    return Recipe(
        ages=np.array(_numbers(book["ages"]), dtype=np.int64),
        rates=_rates(book),
        changes=changes,
        numbers={str(entry["key"]): _number(entry["value"]) for entry in _entries(book, "number")},
        age_table=AgeTable(deaths, np.array([_numbers(oldest["male"]), _numbers(oldest["female"])])),
        community_weights=np.array([_number(weights[k]) for k in ("urban", "rural", "gacha", "virtual")]),
        mongolian_places=tuple(map(str, _list(_table(book, "mongolian_places")["prefixes"]))),
        hukou_outside=tuple(int(n) for n in _numbers(_table(book, "hukou_outside")["counties"])),
        receipts={key: _share(v) for key, v in _table(book, "receipts").items() if key != "verified"},
        names=names,
    )


def _rates(book: Mapping[str, object]) -> dict[str, Rate]:
    drafts: dict[str, dict[str, Mapping[str, object]]] = {}
    for entry in _entries(book, "rate"):
        drafts.setdefault(str(entry["key"]), {})[str(entry.get("where", "both"))] = entry
    rates = {}
    for key, places in drafts.items():
        both = [places.get("both") or places[where] for where in ("urban", "rural")]
        by = str(both[0].get("by", "age"))
        columns = ABILITY_COLUMNS if by == "ability" else len(_list(book["ages"]))
        most = max(int(value) for entry in both for value in _table(entry, "share"))
        steps = np.stack([_steps(key, entry, columns, most) for entry in both])
        rates[key] = Rate(by, np.array([_share(entry["unknown"]) for entry in both]), steps)
    return rates


def _steps(key: str, entry: Mapping[str, object], columns: int, most: int) -> Floats:
    """(columns, most): column k holds the share of values >= k + 1, so a count of hits is the value."""
    table = np.zeros((columns, most))
    for value, shares in _table(entry, "share").items():
        row = _numbers(shares)
        if len(row) != columns:
            raise BadRecipe(f"{key} = {value}: {len(row)} shares where {columns} columns are expected")
        table[:, int(value) - 1] = row
    steps = table[:, ::-1].cumsum(axis=1)[:, ::-1]
    if (table < 0).any() or (steps > 1).any():
        raise BadRecipe(f"{key}: shares must lie between 0 and 1 and sum to at most 1")
    return steps


def _deaths(path: Path) -> Floats:
    with path.open(encoding="utf-8", newline="") as file:
        rows = {
            (int(r["sex"]), int(r["age"])): float(r["deaths_a_person_year"]) for r in csv.DictReader(file)
        }
    return np.array([[rows[sex, age] for age in range(60, 101, 5)] for sex in (1, 2)])


def _entries(book: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    entries: list[Mapping[str, object]] = [entry for entry in _list(book[name]) if isinstance(entry, dict)]
    for entry in entries:
        if not isinstance(entry.get("verified"), bool):
            raise BadRecipe(f"{name} {entry.get('key')}: must say verified = true or false")
    return entries


def _table(book: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = book[name]
    if not isinstance(found, dict):
        raise BadRecipe(f"{name} must be a table")
    return found


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise BadRecipe(f"expected a list, found {value!r}")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadRecipe(f"expected a number, found {value!r}")
    return float(value)


def _numbers(value: object) -> list[float]:
    return [_number(item) for item in _list(value)]


def _share(value: object) -> float:
    number = _number(value)
    if not 0 <= number <= 1:
        raise BadRecipe(f"a share lies between 0 and 1, not {number}")
    return number
