"""What the pages of one benefit, one clause, one revision and one appeal show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yiyang.faces.shared.charts import Diverging
from yiyang.faces.shared.fields import FormView
from yiyang.faces.shared.lane_charts import LaneChart
from yiyang.faces.shared.showing import (
    Benefit,
    Chip,
    ClauseNote,
    Condition,
    Event,
    Fact,
    Figure,
    LeftOut,
    Link,
    Notice,
    Recon,
    State,
    Step,
)


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One dated number: what it is, for which place, since when, merged how, from which clause."""

    what: str
    value: str
    place: str
    since: date
    until: date | None
    rule: str
    chip: Chip
    clause: Link
    change: Link | None = None


@dataclass(frozen=True, slots=True)
class NumberHistory:
    """The lanes of one number, nation on top, and the sentence that reads them."""

    title: str
    chart: LaneChart
    say: str


@dataclass(frozen=True, slots=True)
class LawBenefitPage:
    """One benefit: who, how much, by which numbers, from which clauses."""

    title: str
    lead: str
    say: str
    conditions: tuple[Condition, ...]
    facts: tuple[Fact, ...]
    numbers: tuple[NumberRow, ...]
    histories: tuple[NumberHistory, ...]
    clauses: tuple[ClauseNote, ...]
    filters: FormView
    missing_numbers: State | None = None
    revise: Link | None = None


@dataclass(frozen=True, slots=True)
class ClausePage:
    """One clause in our words, its document, and everything that rests on it."""

    heading: str
    clause: ClauseNote
    facts: tuple[Fact, ...]
    benefits: tuple[Link, ...]
    numbers: tuple[NumberRow, ...]
    original_missing: State | None = None


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One revision on the list."""

    code: str
    href: str
    what: str
    place: str
    change: str
    since: date
    chip: Chip
    who: str
    next_step: str


@dataclass(frozen=True, slots=True)
class RevisionsPage:
    """Revisions of a place, those that wait for this person first."""

    heading: str
    lead: str
    waiting: tuple[RevisionRow, ...]
    others: tuple[RevisionRow, ...]
    new: Link | None
    empty: State


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page that is one form, with what stands now beside it."""

    heading: str
    lead: str
    form: FormView
    beside_title: str = ""
    beside: tuple[Fact, ...] = ()
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class FourEyes:
    """Approval by another person: who drafted, who are you, what must be ticked.

    ``refusal`` set means the button cannot be pressed, with the reason beside it.
    """

    say: str
    note: str
    tick: str
    approve: str
    verb: str = "批准"
    send_back: str = ""
    refusal: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One changed number of a grid, ready to read, in the grid's unit."""

    old: str
    new: str
    direction: str

    @property
    def same(self) -> bool:
        """Nothing moves here."""
        return self.direction == "same"


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of the numbers old beside new."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class NumberGrid:
    """The proposed numbers beside the old ones; one column for a single number."""

    title: str
    unit: str
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    corner: str = "标准"


@dataclass(frozen=True, slots=True)
class RevisionPage:
    """One revision: what changes, its steps, and what this person can do next."""

    heading: str
    lead: str
    chip: Chip
    steps: tuple[Step, ...]
    grid: NumberGrid
    history: NumberHistory | None
    facts: tuple[Fact, ...]
    events: tuple[Event, ...]
    next_form: FormView | None
    next_say: str
    withdraw: FormView | None
    eyes: FourEyes | None
    rehearsal: Link | None = None
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """One county in a rehearsal: people, and fen before and after, with the bar of the net."""

    name: str
    href: str
    people: int
    gain: int
    lose: int
    same: int
    before_fen: int
    after_fen: int
    bar: Diverging

    @property
    def net_fen(self) -> int:
        """What the place pays more (or less)."""
        return self.after_fen - self.before_fen


@dataclass(frozen=True, slots=True)
class ExplainedPerson:
    """One of the twenty people of a rehearsal, masked, with old, new and the reason.

    ``old_words`` and ``new_words`` stand instead of fen where the result is a service.
    """

    href: str
    name: str
    sex_age: str
    place: str
    old_fen: int | None
    new_fen: int | None
    reason: str
    old_words: str = ""
    new_words: str = ""

    @property
    def moved_fen(self) -> int | None:
        """New minus old; unknown where either is."""
        return None if self.old_fen is None or self.new_fen is None else self.new_fen - self.old_fen


@dataclass(frozen=True, slots=True)
class RehearsalPage:
    """Who gains, who loses, how much, where; twenty people explained; then four eyes."""

    heading: str
    lead: str
    chip: Chip
    steps: tuple[Step, ...]
    grid: NumberGrid
    history: NumberHistory | None
    figures: tuple[Figure, ...]
    figures_note: str
    recon: Recon
    places: tuple[ShiftRow, ...]
    total: ShiftRow
    child_word: str
    people: tuple[ExplainedPerson, ...]
    people_note: str
    left_out: tuple[LeftOut, ...]
    eyes: FourEyes | None
    revision: Link


@dataclass(frozen=True, slots=True)
class AppealRow:
    """One appeal on the list with its deadline."""

    code: str
    href: str
    name: str
    about: str
    wish: str
    received: date
    due: date
    chip: Chip


@dataclass(frozen=True, slots=True)
class AppealsPage:
    """Appeals that wait, by deadline, then those answered."""

    heading: str
    lead: str
    waiting: tuple[AppealRow, ...]
    answered: tuple[AppealRow, ...]
    empty: State


@dataclass(frozen=True, slots=True)
class AppealPage:
    """One appeal: what was decided and why, what the person says, the answer."""

    heading: str
    lead: str
    chip: Chip
    said: str
    said_facts: tuple[Fact, ...]
    decided: Benefit
    now: Benefit | None
    form: FormView | None
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class DefinitionRow:
    """One figure: how it is counted, who is in the denominator, from where, as of when."""

    id: str
    name: str
    counted: str
    denominator: str
    source: str
    as_of: str


@dataclass(frozen=True, slots=True)
class DefinitionsPage:
    """The definition of every figure on the pages."""

    heading: str
    lead: str
    rows: tuple[DefinitionRow, ...]
