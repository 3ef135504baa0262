"""What staff pages show: frozen pieces that a view fills and a template writes.

Pieces carry finished words and plain numbers; they know no room, no request and
no clock. A page of the bureau or of the community is a dataclass of such pieces
(``bureau/showing.py``, ``community/showing.py``); every staff template receives
``frame`` (a :class:`Frame`) and ``page``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from yiyang.faces.shared.charts import Segment, stacked

Tone = Literal["ok", "info", "warn", "bad", "unknown", "quiet"]
StateKind = Literal["empty", "loading", "failed", "absent"]
StepState = Literal["done", "current", "todo", "stopped"]

ICON_OF_TONE: dict[Tone, str] = {
    "ok": "ok",
    "info": "info",
    "warn": "warn",
    "bad": "bad",
    "unknown": "ask",
    "quiet": "rest",
}


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Chip:
    """State of a thing: always icon and word; never decoration, never a count."""

    text: str
    tone: Tone = "quiet"
    sign: str = ""

    @property
    def icon(self) -> str:
        """Name of the icon: the tone's own unless another is named."""
        return self.sign or ICON_OF_TONE[self.tone]


SERVED = Chip("已享", "ok")
UNSERVED = Chip("应享未享", "warn")
CANNOT_TELL = Chip("无法判定", "unknown")
NOT_ELIGIBLE = Chip("不符合", "quiet")
SYNTHETIC = Chip("模拟数据", "warn", "info")
UNVERIFIED = Chip("示例", "warn")


@dataclass(frozen=True, slots=True)
class Crumb:
    """One level of the place path; without ``href`` it lies above the duty."""

    name: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceBar:
    """The second bar: which place, figures as of when, synthetic or not.

    ``children`` opens below the last crumb; ``child_word`` says what they are
    (旗县区, 街道, 社区). ``as_of`` is aware; ``as_of_word`` stands before it.
    """

    crumbs: tuple[Crumb, ...]
    children: tuple[Link, ...] = ()
    child_word: str = "下级"
    as_of: datetime | date | None = None
    as_of_word: str = "数据截至"
    synthetic: bool = True

    @property
    def as_of_has_time(self) -> bool:
        """Whether the hour may be shown."""
        return isinstance(self.as_of, datetime)

    @property
    def here(self) -> str:
        """Name of the place shown."""
        return self.crumbs[-1].name if self.crumbs else ""

    @property
    def upper(self) -> tuple[Crumb, ...]:
        """Everything above the place shown."""
        return self.crumbs[:-1]

    @property
    def tail(self) -> tuple[Crumb, ...]:
        """The last two levels: all that a phone has room for."""
        return self.crumbs[-2:]


@dataclass(frozen=True, slots=True)
class Tab:
    """One entry of the main navigation, with what waits behind it."""

    text: str
    href: str
    current: bool = False
    waiting: int | None = None
    icon: str = "list"


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything around the page: navigation, who is signed in, place and time.

    ``notice`` is the result of the act just done, shown above the page.
    """

    home: str
    tabs: tuple[Tab, ...]
    who: str
    place: PlaceBar
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Feedback in the page, beside what changed; ``blocks`` makes it an alert."""

    text: str
    tone: Tone = "ok"
    note: str = ""
    action: Link | None = None
    undo: str = ""
    blocks: bool = False

    @property
    def icon(self) -> str:
        """Icon of the tone."""
        return ICON_OF_TONE[self.tone]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that opens: the list behind it, its definition, source and time.

    ``value`` None is said as 无法判定, never as 0 or a dash.
    ``key`` is the colour of the figure in charts: served, unserved, cannot, not, all.
    """

    label: str
    value: int | None
    unit: str = "人"
    key: str = ""
    notes: tuple[str, ...] = ()
    href: str = ""
    define: str = ""
    signed: bool = False
    fen: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One term of a reconciliation; ``kind`` is its colour (f1 to f4, fg, fl)."""

    label: str
    count: int
    kind: str


@dataclass(frozen=True, slots=True)
class Recon:
    """whole = sum of parts, said on the page; where it is not, by how much."""

    whole: Part
    parts: tuple[Part, ...]
    unit: str = "人"
    off_href: str = ""
    tail: str = ""

    @property
    def difference(self) -> int:
        """Whole minus parts; 0 is 已对平."""
        return self.whole.count - sum(part.count for part in self.parts)

    @property
    def gap(self) -> int:
        """The difference without its sign, for the sentence."""
        return abs(self.difference)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The bar above the line, 1000 wide."""
        return stacked([(part.kind, part.count) for part in self.parts])


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for this person: deadline, sentence, consequence, verb."""

    chip: Chip
    text: str
    note: str
    verb: str
    href: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A value shown in part; ``reveal`` leads to the form that asks why."""

    text: str
    reveal: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """Name, value, and at the right where it comes from and since when.

    ``value`` None means the source does not know: shown as 没有数据.
    """

    name: str
    value: str | None
    source: str = ""
    since: date | None = None
    chip: Chip | None = None
    masked: Masked | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a timeline; ``at`` is ready to read, newest first."""

    at: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """A block without content that says why: empty, loading, failed, absent."""

    kind: StateKind
    title: str
    text: str = ""
    action: Link | None = None

    @property
    def icon(self) -> str:
        """A sign where something is wrong; an empty list is nothing wrong."""
        return {"failed": "bad", "absent": "lock"}.get(self.kind, "")


NOT_YOURS = State("absent", "没有这个人，或不在您的范围", "请核对档案号。换一个地方查，先在上方选择地区。")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """People not on a list: how many, why, and what repairs it."""

    count: int
    why: str
    fix: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a revision's life."""

    text: str
    state: StepState
    note: str = ""

    @property
    def icon(self) -> str:
        """Tick, clock, cross or an empty round."""
        return {"done": "ok", "current": "clock", "stopped": "x"}.get(self.state, "rest")


@dataclass(frozen=True, slots=True)
class Pager:
    """Which page of how many, with links; totals stand beside it."""

    number: int
    pages: int
    previous: str = ""
    following: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a benefit: holds, does not, or cannot be told."""

    holds: bool | None
    text: str
    source: str = ""

    @property
    def icon(self) -> str:
        """Tick, cross, question mark."""
        return "ask" if self.holds is None else "ok" if self.holds else "x"

    @property
    def mark(self) -> str:
        """Class of the icon."""
        return "dunno" if self.holds is None else "yes" if self.holds else "no"

    @property
    def word(self) -> str:
        """The same for a reader."""
        return "还不知道" if self.holds is None else "符合" if self.holds else "不符合"


@dataclass(frozen=True, slots=True)
class AmountStep:
    """A dated number of the law that shaped an amount: place, value, since, example or not."""

    what: str
    value: str
    place: str
    since: date | None
    until: date | None = None
    rule: str = ""
    verified: bool = False
    clause: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class ClauseNote:
    """A clause in our own words, and whether the original is imported."""

    document: str
    number: str
    summary: str
    href: str = ""
    imported: bool = False
    original: str = ""


@dataclass(frozen=True, slots=True)
class Benefit:
    """One benefit of one person: sentence, conditions, amounts, clause, since when, last transfer."""

    name: str
    title: str
    subtitle: str
    chip: Chip
    amount: str
    say: str
    conditions: tuple[Condition, ...] = ()
    steps: tuple[AmountStep, ...] = ()
    clauses: tuple[ClauseNote, ...] = ()
    facts: tuple[Fact, ...] = ()
    missing: tuple[str, ...] = ()
    actions: tuple[Link, ...] = ()
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is only a state: refused, absent, out of order."""

    heading: str
    state: State
    facts: tuple[Fact, ...] = field(default=())
