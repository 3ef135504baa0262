"""What the pages on files of other offices show."""

from __future__ import annotations

from dataclasses import dataclass, field

from yiyang.faces.shared.fields import FormView
from yiyang.faces.shared.showing import Chip, Event, Fact, Link, Pager, Recon, State, Step


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One file in a list."""

    number: str
    href: str
    what: str
    source: str
    as_of: str
    counts: str
    who: str
    chip: Chip


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One department that sends again and again: when it came last, when it is due."""

    title: str
    source: str
    came: str
    due: str
    chip: Chip


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A kind with its template."""

    title: str
    says: str
    href: str


@dataclass(frozen=True, slots=True)
class ImportsPage:
    """Files that wait for this person, all others, tickets, feeds, templates."""

    heading: str
    lead: str
    new: Link | None
    tickets: Link | None
    waiting: tuple[BatchRow, ...]
    others: tuple[BatchRow, ...]
    feeds: tuple[FeedRow, ...]
    templates: tuple[TemplateRow, ...]
    empty: State


@dataclass(frozen=True, slots=True)
class UploadPage:
    """The form a file is sent with; its first field is the file."""

    heading: str
    lead: str
    form: FormView


@dataclass(frozen=True, slots=True)
class Shift:
    """One line that would add or change something, names masked."""

    line: int
    name: str
    act: Chip
    what: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why lines go back, and how many."""

    field: str
    reason: str
    lines: int


@dataclass(frozen=True, slots=True)
class ImportPage:
    """One file: where it stands, what it would do, what goes back, who decides."""

    heading: str
    lead: str
    chip: Chip
    steps: tuple[Step, ...]
    recon: Recon | None
    say: str
    facts: tuple[Fact, ...]
    notes: tuple[str, ...]
    shifts: tuple[Shift, ...]
    shifts_note: str
    reasons: tuple[Reason, ...]
    rejected: Link | None
    tickets: Link | None
    approve: FormView | None
    decline: FormView | None
    events: tuple[Event, ...]
    refresh: int = 0  # seconds after which the page reads itself again; 0 never


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One question in a list."""

    number: str
    href: str
    kind: str
    what: str
    source: str
    since: str


@dataclass(frozen=True, slots=True)
class TicketsPage:
    """Open questions, the oldest first."""

    heading: str
    lead: str
    rows: tuple[TicketRow, ...]
    empty: State
    pager: Pager | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One column of both words: what stands in the record, what the file says."""

    name: str
    held: str
    said: str


@dataclass(frozen=True, slots=True)
class TicketPage:
    """One question: both words side by side, and who must judge."""

    heading: str
    lead: str
    chip: Chip
    sides: tuple[Side, ...]
    facts: tuple[Fact, ...]
    form: FormView | None
    say: str
    events: tuple[Event, ...] = field(default=())
