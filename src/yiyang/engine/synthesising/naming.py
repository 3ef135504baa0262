"""Names as they were given in each decade, drawn from our own lists of characters."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from yiyang.engine.spelling import initials_of, word_initials
from yiyang.engine.synthesising.seeds import Bools, Floats, Ints


@dataclass(frozen=True)
class Pool:
    """Parts of names, and how often a whole one or a single character is taken instead of a pair."""

    firsts: tuple[str, ...]
    seconds: tuple[str, ...]
    wholes: tuple[str, ...]
    singles: tuple[str, ...]
    whole_share: float
    single_share: float

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Pairs row by row, then wholes, then singles."""
        pairs = tuple(a + b if a != b else a for a in self.firsts for b in self.seconds)
        return pairs + self.wholes + self.singles

    def draw(self, luck: Floats, which: Ints) -> Ints:
        """Positions in ``words``.

        Args:
            luck: (n,) uniform, decides between whole, single and pair.
            which: (n,) large random numbers, decide which of them.
        """
        pairs = len(self.firsts) * len(self.seconds)
        position = which % pairs
        if self.wholes:
            whole = luck < self.whole_share
            position[whole] = pairs + which[whole] % len(self.wholes)
        if self.singles:
            single = luck >= 1 - self.single_share
            position[single] = pairs + len(self.wholes) + which[single] % len(self.singles)
        return position


@dataclass(frozen=True)
class NameLists:
    """All lists of names.toml.

    Attributes:
        decades: first birth year of each period of given names, ascending.
        given: pool by (position of the period, sex).
        mongolian: pool by (0, sex), whole names without surname.
    """

    surnames: tuple[str, ...]
    weights: tuple[float, ...]
    decades: tuple[int, ...]
    given: Mapping[tuple[int, int], Pool]
    mongolian: Mapping[tuple[int, int], Pool]

    @cached_property
    def surname_steps(self) -> Floats:
        """Cumulative shares of the surnames."""
        weights = np.array(self.weights)
        return np.asarray(weights.cumsum() / weights.sum())

    @cached_property
    def surname_words(self) -> tuple[pa.Array, pa.Array]:
        """Surnames and their initials."""
        return pa.array(self.surnames), pa.array([initials_of(surname) for surname in self.surnames])

    @cached_property
    def given_words(self) -> Words:
        """Given names of all periods."""
        return _joined(self.given, word_initials)

    @cached_property
    def mongolian_words(self) -> Words:
        """Mongolian names of both sexes."""
        return _joined(self.mongolian, initials_of)


@dataclass(frozen=True)
class Words:
    """Pools joined into one list: the words, their initials, and where each pool begins."""

    parts: tuple[pa.Array, pa.Array]
    starts: Mapping[tuple[int, int], int]


def _joined(pools: Mapping[tuple[int, int], Pool], spell: Callable[[str], str]) -> Words:
    words: list[str] = []
    starts: dict[tuple[int, int], int] = {}
    for key, pool in pools.items():
        starts[key] = len(words)
        words += pool.words
    return Words((pa.array(words), pa.array([spell(word) for word in words])), starts)


def read_names(path: Path) -> NameLists:
    """Read the lists of surnames, given names by decade and Mongolian names.

    Raises:
        ValueError: not TOML, or a list is missing or empty.
    """
    book = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        surnames = re.findall(r"(\D+?)(\d+)\s*", book["han"]["surnames"])
        decades = tuple(sorted({entry["since"] for entry in book["given"]}))
        given = {
            (decades.index(entry["since"]), entry["sex"]): Pool(
                tuple(entry["first"]),
                tuple(entry["second"]),
                tuple(entry["whole"].split()),
                tuple(entry["single"]),
                entry["whole_share"],
                entry["single_share"],
            )
            for entry in book["given"]
        }
        mongolian = {
            (0, sex): Pool(
                tuple(book["mongolian"][f"{word}_first"].split()),
                tuple(book["mongolian"][f"{word}_last"].split()),
                tuple(book["mongolian"][f"{word}_whole"].split()),
                (),
                book["mongolian"]["whole_share"],
                0.0,
            )
            for sex, word in ((1, "male"), (2, "female"))
        }
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path.name} lacks {error}") from error
    words, weights = (name.strip() for name, _ in surnames), (float(weight) for _, weight in surnames)
    return NameLists(tuple(words), tuple(weights), decades, given, mongolian)


def names(
    lists: NameLists, sex: Ints, birth_year: Ints, mongolian: Bools, rng: np.random.Generator
) -> tuple[pa.Array, pa.Array]:
    """A name and its initials for each person; both spouses keep their own surname, as is the custom.

    Args:
        sex, birth_year, mongolian: (n,) each.
    """
    n = len(sex)
    luck, which, family = rng.random(n), rng.integers(0, 2**31, n), rng.random(n)
    surname = np.searchsorted(lists.surname_steps, family, side="right")
    period = np.maximum(np.searchsorted(np.array(lists.decades), birth_year, side="right") - 1, 0)
    given = _draw_by(lists.given, lists.given_words, period * 10 + sex, luck, which)
    steppe = _draw_by(lists.mongolian, lists.mongolian_words, sex, luck, which)
    columns = []
    for part in (0, 1):
        han = pc.binary_join_element_wise(
            lists.surname_words[part].take(pa.array(surname)),
            lists.given_words.parts[part].take(pa.array(given)),
            "",
        )
        other = lists.mongolian_words.parts[part].take(pa.array(steppe))
        columns.append(pc.if_else(pa.array(mongolian), other, han))
    return columns[0], columns[1]


def _draw_by(
    pools: Mapping[tuple[int, int], Pool],
    words: Words,
    group: Ints,
    luck: Floats,
    which: Ints,
) -> Ints:
    """Positions in the joined words; ``group`` is 10 x period + sex."""
    drawn = np.zeros(len(group), dtype=np.int64)
    for (period, sex), pool in pools.items():
        rows = np.flatnonzero(group == period * 10 + sex)
        drawn[rows] = words.starts[period, sex] + pool.draw(luck[rows], which[rows])
    return drawn
