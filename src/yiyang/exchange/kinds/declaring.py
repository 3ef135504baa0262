"""The shape of a kind: its columns, how lines are judged against the records, and how they are merged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from yiyang.base.actors import Actor
from yiyang.base.scoping import Scope
from yiyang.engine.tabling.cells import Reader, Unreadable, Value
from yiyang.exchange.choices import RowAct, RowState, TicketKind
from yiyang.people.choices import Source

type Values = Mapping[str, Value | None]
"""One line as it was read: our column -> value; a column that is not in the file is absent."""


@dataclass(frozen=True)
class Column:
    """One column of a template: its title, other names it goes by, how a cell is read."""

    key: str
    title: str
    read: Reader
    says: str
    example: str
    also: tuple[str, ...] = ()
    required: bool = False  # the column must be in the header and its cell filled in


@dataclass(frozen=True)
class Problem:
    """Why one line was not taken."""

    fault: str
    reason: str
    hint: str
    field: str = ""


@dataclass(frozen=True)
class Entry:
    """One line on its way: what it says, and whether somebody has decided for it."""

    line: int
    values: Values
    decided: bool = False  # a ticket was settled for the file: differences are taken over


@dataclass(frozen=True)
class Verdict:
    """What is to become of one line."""

    state: RowState
    act: RowAct = RowAct.NONE
    person_id: int | None = None
    problem: Problem | None = None
    ticket: TicketKind | None = None
    fields: tuple[str, ...] = ()  # columns that change, or that differ
    held_rank: int = 0


@dataclass(frozen=True)
class Taking:
    """Who takes over what from whom: the same for all lines of a batch."""

    actor: Actor
    batch_id: int
    prefix: str
    source: Source
    rank: int
    as_of: date
    now: datetime

    @property
    def scope(self) -> Scope:
        return Scope.of(self.prefix)

    @property
    def division(self) -> str:
        return self.prefix.ljust(12, "0")

    @property
    def synthetic(self) -> bool:
        return self.source is Source.SYNTHETIC


type Judge = Callable[[Sequence[Entry], Taking], list[Verdict]]
"""Reads the records, writes nothing; a verdict per entry, in order. Sees the whole installation."""
type Added = Mapping[int, int]
"""Line -> the person that was entered for it."""
type Merge = Callable[[Sequence[tuple[Entry, Verdict]], Taking], Added]
"""Writes what READY verdicts say, under the scope of the batch, in one transaction."""
NOBODY_NEW: Added = {}


@dataclass(frozen=True)
class Kind:
    """What may be imported."""

    code: str
    title: str
    says: str
    columns: tuple[Column, ...]
    same: Callable[[Values], str]  # two lines with one answer are about the same thing
    judge: Judge
    merge: Merge
    check: Callable[[Values, Taking], None] = field(default=lambda _values, _taking: None)
    at_once: bool = False  # the file means something as a whole only, and is merged in one piece

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)

    @property
    def names(self) -> dict[str, tuple[str, ...]]:
        return {column.key: (column.title, *column.also) for column in self.columns}

    @property
    def required(self) -> list[str]:
        return [column.key for column in self.columns if column.required]


def refuse(field: str, fault: str, reason: str, hint: str) -> Verdict:
    return Verdict(RowState.REJECTED, problem=Problem(fault, reason, hint, field))


class Faulty(Unreadable):
    """Two cells of a line that do not fit together; ``field`` names the one to look at."""

    def __init__(self, field: str, fault: str, reason: str, hint: str) -> None:
        super().__init__(fault, reason, hint)
        self.field = field
