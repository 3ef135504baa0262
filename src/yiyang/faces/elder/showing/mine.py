"""我的资料: who looked, what she agreed to, what she asked for about her data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yiyang.faces.elder import wording


@dataclass(frozen=True, slots=True)
class Seen:
    """One time that somebody looked or did something."""

    at: datetime
    who: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class LookedPage:
    """The newest ones; the rest folded."""

    first: tuple[Seen, ...]
    rest: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """One purpose: agreed to since a day, or not."""

    purpose: str
    title: str
    since: date | None
    given: bool


@dataclass(frozen=True, slots=True)
class ConsentsPage:
    purposes: tuple[Agreed, ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing she asked for about her data, and where it stands."""

    code: UUID
    what: str
    state: str
    mark: wording.Mark
    answer_by: date | None = None
    answer: str = ""
    clause: str = ""
    open: bool = False
    has_file: bool = False


@dataclass(frozen=True, slots=True)
class MinePage:
    matters: tuple[Matter, ...]


@dataclass(frozen=True, slots=True)
class AskPage:
    """Before it is sent: what, who answers, until when."""

    kind: str
    what: str
    answer_by: date


@dataclass(frozen=True, slots=True)
class CopyPart:
    title: str
    rows: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class CopyPage:
    code: UUID
    made_at: datetime
    parts: tuple[CopyPart, ...]
