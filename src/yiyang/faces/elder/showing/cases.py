"""我的事情: what she asked for or disagreed with, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from yiyang.faces.elder import wording
from yiyang.faces.elder.showing.asking import Caller, call_when
from yiyang.faces.shared.texts import day_zh

MOST_OPEN = 2
"""Cases that stand open; more are folded."""


CallState = Literal["WAITING", "MISSED", "CALLED", "DONE", "STOPPED"]
AppealState = Literal["WAITING", "AGREED", "KEPT", "STOPPED"]
CALL_STATES: dict[CallState, str] = {
    "WAITING": "等人打给您",
    "MISSED": "打过了，没人接",
    "CALLED": "打过电话了",
    "DONE": "办好了",
    "STOPPED": "您说不办了",
}
APPEAL_STATES: dict[AppealState, str] = {
    "WAITING": "有人在看",
    "AGREED": "您说得对，改了",
    "KEPT": "看过了，没有改",
    "STOPPED": "您收回了",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One thing she asked for or disagreed with, and where it stands."""

    code: str
    what: str
    state: str
    when: str
    who: str
    mark: wording.Mark
    undo: str = ""
    """The words on the button that stops it; empty when it can no longer be stopped."""
    waiting_call: bool = False
    answer: str = ""
    """What the official wrote, in the official's own words."""


@dataclass(frozen=True, slots=True)
class CasesPage:
    """Open ones first, the newest two; the rest folded. ``said``: what just happened."""

    open: tuple[Case, ...]
    more: tuple[Case, ...]
    said: str = ""
    unread: int = 0
    """Messages she has not opened yet."""


def call_case(*, code: str, matter: str, state: CallState, due: date, caller: Caller, today: date) -> Case:
    """A call she asked for."""
    waiting = state in ("WAITING", "MISSED")
    when = call_when(due, today=today) if waiting else ""
    mark: wording.Mark = "ask" if waiting else "no" if state == "STOPPED" else "yes"
    undo = "不用打了" if waiting else ""
    who = "" if state == "STOPPED" else caller.short
    return Case(code, matter, CALL_STATES[state], when, who, mark, undo, waiting_call=waiting)


def appeal_case(
    *, code: str, name: str, state: AppealState, answered_by: date, reviewer: str, answer: str = ""
) -> Case:
    """A disagreement she sent."""
    waiting = state == "WAITING"
    when = f"{day_zh(answered_by)}前告诉您" if waiting else ""
    mark: wording.Mark = "ask" if waiting else "yes" if state == "AGREED" else "no"
    undo = "我不问了" if waiting else ""
    return Case(code, f"不同意：{name}", APPEAL_STATES[state], when, reviewer, mark, undo, answer=answer)


def cases_page(cases: Sequence[Case], *, said: str = "", unread: int = 0) -> CasesPage:
    """Cases in the order given, newest first; those still open stand before those that are done."""
    ordered = sorted(cases, key=lambda case: not case.undo)
    return CasesPage(tuple(ordered[:MOST_OPEN]), tuple(ordered[MOST_OPEN:]), said, unread)
