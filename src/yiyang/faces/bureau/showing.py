"""What each page of the bureau shows. Views fill these; templates write them as ``page``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yiyang.faces.shared.charts import RateBar, Segment, TrendChart, stacked
from yiyang.faces.shared.fields import FormView
from yiyang.faces.shared.map_charts import MapChart
from yiyang.faces.shared.showing import (
    Benefit,
    Chip,
    Event,
    Fact,
    Figure,
    LeftOut,
    Link,
    Notice,
    Pager,
    Recon,
    State,
    Waiting,
)


@dataclass(frozen=True, slots=True)
class Feed:
    """Arrival of one source of facts: on time, late, never."""

    source: str
    chip: Chip
    at: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class BenefitRow:
    """One benefit in a place: people by answer, money due and money not reached (fen).

    ``due_fen`` None where the benefit is a service and not money.
    """

    title: str
    href: str
    eligible: int
    served: int
    unserved: int
    cannot_tell: int
    due_fen: int | None
    unreached_fen: int | None
    unit: str
    people_href: str = ""
    cannot_href: str = ""

    @property
    def bar(self) -> tuple[Segment, ...]:
        """Served, unserved, cannot tell: those who are due it or may be."""
        return stacked([("f1", self.served), ("f2", self.unserved), ("f3", self.cannot_tell)])


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One child place: the person-level line, the rate a thousand, and how it compares.

    ``over_60`` = served + unserved + cannot_tell + not_eligible.
    """

    name: str
    href: str
    over_60: int
    served: int
    unserved: int
    cannot_tell: int
    not_eligible: int
    per_thousand: float | None
    rate: RateBar
    chip: Chip | None = None
    kind: str = ""
    people_href: str = ""

    @property
    def eligible(self) -> int:
        """Entitled to at least one stored money result."""
        return self.served + self.unserved

    @property
    def served_share(self) -> float | None:
        """Served of eligible; unknown where nobody is eligible."""
        return self.served / self.eligible if self.eligible else None

    @property
    def bar(self) -> tuple[Segment, ...]:
        """Served and unserved of those eligible."""
        return stacked([("f1", self.served), ("f2", self.unserved)])


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """Decisions first, then four figures that reconcile, benefits, trend, map, places.

    ``map`` None below the city: townships have no known boundary. ``places`` in the
    order of divisions, or by need when ``by_need``; ``order`` is the link to the other.
    """

    heading: str
    lead: str
    waiting: tuple[Waiting, ...]
    waiting_more: Link | None
    feeds: tuple[Feed, ...]
    feeds_note: str
    figures: tuple[Figure, ...]
    recon: Recon
    benefits: tuple[BenefitRow, ...]
    benefits_note: str
    trend: TrendChart
    trend_say: str
    map: MapChart | None
    places: tuple[PlaceRow, ...]
    total: PlaceRow
    child_word: str
    mean_per_thousand: float | None
    definitions: str
    order: Link | None = None
    nothing_waits: State | None = None
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person on a list: masked outside the caseload, with what and since when."""

    href: str
    name: str
    sex_age: str
    place: str
    chip: Chip
    what: str
    worth_fen: int | None
    unit: str
    since: date | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The list behind a figure: filters, counts that add up, who was left out and why."""

    heading: str
    lead: str
    filters: FormView
    total: int
    rows: tuple[PersonRow, ...]
    pager: Pager
    left_out: tuple[LeftOut, ...]
    empty: State
    define: Link | None = None
    counted: str = "人"


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody opened this page or revealed a field: when, who, what, why."""

    at: str
    who: str
    what: str
    why: str
    mine: bool = False


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person: masked fields, benefits with reasons, facts with source, who looked and why.

    ``as_known_on`` is set when the page answers "what did we know on that day".
    """

    name: str
    sex_age: str
    lead: str
    access: Notice
    count_line: str
    benefits: tuple[Benefit, ...]
    facts: tuple[Fact, ...]
    events: tuple[Event, ...]
    looks: tuple[Look, ...]
    looks_note: str
    known_form: FormView
    as_known_on: date | None = None
    back_to_today: str = ""
    actions: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class LawRow:
    """A benefit in the law browser: who gets it in one line, how much here, verified or not."""

    title: str
    href: str
    who: str
    worth: str
    by: str
    chip: Chip
    clause: str


@dataclass(frozen=True, slots=True)
class LawGroup:
    """Benefits of one kind: money, services, the basic list."""

    title: str
    rows: tuple[LawRow, ...]


@dataclass(frozen=True, slots=True)
class LawPage:
    """The law of a place and a day."""

    heading: str
    lead: str
    filters: FormView
    groups: tuple[LawGroup, ...]
    found: int
    empty: State
    notice: Notice | None = None
    new: Link | None = None
