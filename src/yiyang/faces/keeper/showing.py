"""What the pages of the three powers show."""

from __future__ import annotations

from dataclasses import dataclass

from yiyang.faces.shared.fields import FormView
from yiyang.faces.shared.showing import Chip, Fact, Figure, State, Waiting


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


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One alert of the list."""

    title: str
    href: str
    who: str
    when: str
    count: str
    chip: Chip
    note: str = ""


@dataclass(frozen=True, slots=True)
class AlertsPage:
    """What has to be asked about, those nobody has answered on top; and the rules behind it."""

    heading: str
    lead: str
    rows: tuple[AlertRow, ...]
    empty: State
    rules: Table


@dataclass(frozen=True, slots=True)
class AlertPage:
    """One alert: what was done how often, what to find out, and what came of it."""

    heading: str
    lead: str
    facts: tuple[Fact, ...]
    ask: str
    form: FormView | None


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of the log; ``person`` opens who looked at her."""

    at: str
    who: str
    under: str
    act: str
    about: str
    person: str
    place: str
    why: str
    from_where: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """The log, filtered; pages hang on a line, so that new lines move nothing."""

    heading: str
    lead: str
    filters: FormView
    rows: tuple[LogRow, ...]
    counted: str
    empty: State
    newest: str = ""
    older: str = ""
    export: FormView | None = None
    chain: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class LookersPage:
    """Who looked at one person."""

    heading: str
    lead: str
    table: Table
    all_lines: str
