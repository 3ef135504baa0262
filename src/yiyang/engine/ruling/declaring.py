"""What a law may speak of: the columns of the sweep table and the numbers of the law, each declared once."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

ALWAYS = dt.date(1, 1, 1)


class UnknownName(AttributeError):
    """A rule names a column, rule or number that nobody declared: the author's slip."""


@dataclass(frozen=True)
class FieldSpec:
    """One column of the data contract.

    Args:
        unit: ``bool`` for yes/no, ``ymd`` for a date as 19340501, else the unit of the count.
        low, high: bounds of a sane value, both included; rows outside are refused before a sweep.
        next_step: what an older person can do when it is missing, in everyday words.
        assessed: the value comes from an assessment, so a missing one makes a visit.
        meanings: words for the codes, code 0 first.
    """

    name: str
    title: str
    unit: str
    nullable: bool
    low: int | None = None
    high: int | None = None
    next_step: str = ""
    assessed: bool = False
    meanings: tuple[str, ...] = ()


@dataclass(frozen=True)
class NumberSpec:
    """One number of the law, or a small table of numbers.

    Args:
        grid: sizes of a table, e.g. ``(4, 3)``; its cells are keys ``meal_fen_00`` ... ``meal_fen_32``.
        low, high: bounds of a sane value, both included.
        unused: shipped, but no rule reads it; says so instead of failing the check.
    """

    key: str
    title: str
    unit: str
    low: int = 0
    high: int = 100_000_000
    grid: tuple[int, ...] = ()
    unused: bool = False

    def cells(self) -> Iterator[NumberSpec]:
        """The number itself, or one spec per cell of its table."""
        if not self.grid:
            yield self
            return
        for combo in itertools.product(*map(range, self.grid)):
            at = "".join(map(str, combo))
            yield replace(self, key=f"{self.key}_{at}", title=f"{self.title}（{'-'.join(at)}）", grid=())
