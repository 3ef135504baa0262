"""What each page of the community phone shows. Views fill these; templates write them as ``page``."""

from __future__ import annotations

from dataclasses import dataclass

from yiyang.faces.shared.charts import Segment
from yiyang.faces.shared.fields import FormView
from yiyang.faces.shared.showing import (
    Benefit,
    Chip,
    Event,
    Fact,
    LeftOut,
    Link,
    Masked,
    Notice,
    Pager,
    State,
)


@dataclass(frozen=True, slots=True)
class LeadLine:
    """One lead in a sentence: what is not received, why it is due, since when."""

    text: str
    why: str
    worth: str = ""
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class PersonLeads:
    """One person with all her leads: one visit serves them all.

    ``worth`` is the sum of what is known, a month and once apart, ready to read.
    """

    href: str
    name: str
    sex_age: str
    place: str
    lines: tuple[LeadLine, ...]
    worth: str
    since: str
    chip: Chip | None = None
    tags: str = ""
    take: str = ""
    worth_note: str = ""

    @property
    def first(self) -> LeadLine:
        """The lead worth most: what the short card says."""
        return self.lines[0]

    @property
    def more(self) -> int:
        """How many leads stand behind the first."""
        return len(self.lines) - 1

    @property
    def unknown(self) -> bool:
        """Nothing but missing facts: a visit would tell."""
        return all(line.unknown for line in self.lines)


@dataclass(frozen=True, slots=True)
class Choice:
    """One view of the list with its count: all, mine, money not reached, needs assessment."""

    text: str
    href: str
    count: int
    current: bool = False


@dataclass(frozen=True, slots=True)
class ListPage:
    """People worth a visit, sorted by worth and age; next household large."""

    heading: str
    lead: str
    choices: tuple[Choice, ...]
    following: PersonLeads | None
    others: tuple[PersonLeads, ...]
    pager: Pager
    left_out: tuple[LeftOut, ...]
    empty: State
    start: int = 2


@dataclass(frozen=True, slots=True)
class LeadPage:
    """One person: why, worth, since; phone masked; attempts; what can be done now.

    ``take`` is where the button 我来办 posts; empty when it is already hers.
    ``taken_by`` names the colleague who has it.
    """

    name: str
    sex_age: str
    place: str
    tags: str
    lines: tuple[LeadLine, ...]
    worth: str
    since: str
    chip: Chip
    phone: Masked | None
    call: str
    facts: tuple[Fact, ...]
    benefits: tuple[Benefit, ...]
    attempts: tuple[Event, ...]
    take: str
    attempt: Link | None
    assess: Link | None
    taken_by: str = ""
    worth_note: str = ""
    notice: Notice | None = None
    give_back: str = ""
    doubt: str = ""
    more: tuple[Link, ...] = ()
    speaks: tuple[Link, ...] = ()
    """What can be brought in her name."""


@dataclass(frozen=True, slots=True)
class FormPage:
    """A phone page that is one form."""

    heading: str
    lead: str
    form: FormView
    notice: Notice | None = None
    history: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class MandateLine:
    """One who may act for her; ``stop`` is where the button posts."""

    called: str
    can: str
    since: str
    ends_on: str
    way: str
    stop: str


@dataclass(frozen=True, slots=True)
class MandatesPage:
    """Who may act for one person, and the form for one more."""

    heading: str
    mandates: tuple[MandateLine, ...]
    form: FormView
    notice: Notice | None
    back: Link


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of an item: its score and its words."""

    score: int
    text: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """One of the 26 items in the progress bar."""

    x: float
    width: float
    kind: str


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One item of the assessment on one screen; skipping is not zero."""

    action: str
    who: str
    dimension: str
    number: int
    total: int
    answered: int
    question: str
    hint: str
    answers: tuple[Answer, ...]
    skipped: bool
    dots: tuple[Dot, ...]
    width: float
    code: str
    back: Link | None
    leave: Link
    error: str = ""


@dataclass(frozen=True, slots=True)
class SignsPage:
    """Coma, dementia, mental disorder, risk events of thirty days: asked apart from the items."""

    heading: str
    lead: str
    form: FormView
    back: Link


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """One of the four parts; ``got`` None while an item is open."""

    name: str
    got: int | None
    of: int
    unanswered: int
    href: str
    bar: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything once more before signing: open items, total, first level, adjustments.

    ``sign`` None while something is missing; ``why_not`` says what.
    """

    heading: str
    lead: str
    unanswered: tuple[Link, ...]
    dimensions: tuple[DimensionScore, ...]
    total: int | None
    of: int
    level: str
    level_chip: Chip
    facts: tuple[Fact, ...]
    adjustments: tuple[str, ...]
    sign: FormView | None
    why_not: str
    back: Link
    notice: Notice | None = None
    abandon: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One benefit before and after the assessment."""

    title: str
    before: Chip
    before_text: str
    after: Chip
    after_text: str
    say: str


@dataclass(frozen=True, slots=True)
class DonePage:
    """What the assessment changed for the person, at once."""

    heading: str
    lead: str
    level: str
    facts: tuple[Fact, ...]
    changes: tuple[Change, ...]
    unchanged: str
    actions: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DueRow:
    """One person on a due list."""

    href: str
    name: str
    sex_age: str
    why: str
    due: str
    chip: Chip


@dataclass(frozen=True, slots=True)
class DuePage:
    """Visits, screenings, reassessments that fall due; not leads, nothing is owed yet."""

    heading: str
    lead: str
    choices: tuple[Choice, ...]
    rows: tuple[DueRow, ...]
    pager: Pager
    left_out: tuple[LeftOut, ...]
    empty: State


@dataclass(frozen=True, slots=True)
class UnplacedRow:
    """A household that is not on today's list, why, and what repairs it."""

    name: str
    sex_age: str
    why: str
    fix: str
    href: str
    chip: Chip


@dataclass(frozen=True, slots=True)
class UnplacedGroup:
    """Those left out for one reason."""

    title: str
    count: int
    rows: tuple[UnplacedRow, ...]


@dataclass(frozen=True, slots=True)
class UnplacedPage:
    """Nobody disappears from a list: everybody who was left out."""

    heading: str
    lead: str
    groups: tuple[UnplacedGroup, ...]
    empty: State


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One person found."""

    href: str
    name: str
    sex_age: str
    place: str
    chip: Chip | None = None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Find by name, initials or ID number, within the community."""

    heading: str
    lead: str
    form: FormView
    rows: tuple[FoundRow, ...]
    state: State | None
    found: str = ""
    register: Link | None = None
    notice: Notice | None = None
