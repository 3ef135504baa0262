"""What the pages about records show: what waits, and one matter with two records side by side."""

from __future__ import annotations

from dataclasses import dataclass

from yiyang.faces.shared.fields import FormView
from yiyang.faces.shared.showing import Chip, Event, Fact, Link, Notice, State


@dataclass(frozen=True, slots=True)
class MatterRow:
    """One matter that waits: who, what it is about, since when, how sure."""

    href: str
    who: str
    about: str
    place: str
    since: str
    chip: Chip


@dataclass(frozen=True, slots=True)
class MatterGroup:
    """Matters of one kind; ``empty`` says why there are none."""

    name: str
    title: str
    note: str
    count: int
    rows: tuple[MatterRow, ...]
    empty: State


@dataclass(frozen=True, slots=True)
class RecordsPage:
    heading: str
    lead: str
    groups: tuple[MatterGroup, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of two records and, in a word, how they differ."""

    what: str
    left: str
    right: str
    chip: Chip


@dataclass(frozen=True, slots=True)
class Titled:
    """A form under its own heading."""

    name: str
    title: str
    form: FormView


@dataclass(frozen=True, slots=True)
class MatterPage:
    """One matter: the records side by side or the facts of one, what can be done, what was done."""

    heading: str
    lead: str
    chip: Chip
    compared: tuple[Compared, ...] = ()
    links: tuple[Link, ...] = ()
    facts: tuple[Fact, ...] = ()
    forms: tuple[Titled, ...] = ()
    events: tuple[Event, ...] = ()
    notice: Notice | None = None
