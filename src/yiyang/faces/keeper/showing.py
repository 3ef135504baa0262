"""What the pages of the three powers show."""

from __future__ import annotations

from dataclasses import dataclass

from yiyang.faces.shared.showing import Figure, State, Waiting


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of finished words; the first cell names the row, columns in ``numbers`` stand to the right."""

    title: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: State
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class HomePage:
    """Where somebody with a power starts: what waits, how things stand."""

    heading: str
    lead: str
    figures: tuple[Figure, ...]
    table: Table
    waiting: tuple[Waiting, ...] = ()
    nothing_waits: State | None = None
