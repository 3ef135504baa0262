"""From the rooms to the pages about her own data. Asks, never writes."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from yiyang.accounts.duties import DUTIES
from yiyang.base.ids import PersonId
from yiyang.base.log import audit
from yiyang.engine import calendars
from yiyang.faces.elder import wording
from yiyang.faces.elder.showing.mine import (
    Agreed,
    AskPage,
    ConsentsPage,
    CopyPage,
    CopyPart,
    LookedPage,
    Matter,
    MinePage,
    Seen,
)
from yiyang.faces.shared.acts import act_words
from yiyang.people import selectors as people
from yiyang.people.choices import Purpose, RightKind, RightState
from yiyang.policies import selectors as policies

if TYPE_CHECKING:
    from yiyang.base.models import AuditEntry
    from yiyang.people.models import Person, RightsCase

FIRST, MOST = 3, 60
OWN_ACTS = frozenset({"own_page", "signed_in", "signed_out"})
# Where the word of the log is an office's word, hers.
PLAIN_ACTS = {
    "help_asked": "请人帮忙",
    "assessment_begun": "开始看身体情况",
    "assessment_settled": "看完身体情况，签了字",
    "assessment_abandoned": "没有接着看身体情况",
    "signed_in": "进来过",
    "sign_in_failed": "没能进来",
    "session_ended": "退出了一台设备",
}
WISHES = {kind.value.lower(): kind for kind in RightKind if kind is not RightKind.WITHDRAW}
STATES: dict[str, tuple[str, wording.Mark]] = {
    RightState.OPEN: ("有人在办", "ask"),
    RightState.DONE: ("办好了", "yes"),
    RightState.REFUSED: ("这次不能办", "no"),
    RightState.WITHDRAWN: ("您说不办了", "no"),
}


def workdays_for(person: Person, today: date) -> int:
    return policies.number("rights_answer_workdays", int(person.division[:6]), today)


def looked_page(person_id: PersonId) -> LookedPage:
    """Who opened her record, newest first; her own visits are left out."""
    lines = audit.looks_at("person", person_id, most=MOST)
    seen = tuple(_seen(line) for line in lines if line.action not in OWN_ACTS)
    return LookedPage(seen[:FIRST], seen[FIRST:])


def said_plainly(action: str) -> str:
    return PLAIN_ACTS.get(action) or act_words(action)


def _seen(line: AuditEntry) -> Seen:
    duty = DUTIES.get(line.duty)
    process = line.actor.startswith("process:")
    who = "电脑自动" if process else line.actor_name or "没有留名"
    office = "" if process or duty is None else f"（{duty.title}）"
    why = "" if line.purpose.startswith("/") or line.purpose.isascii() else line.purpose
    return Seen(line.at, f"{who}{office}", said_plainly(line.action), why)


def mine_page(person_id: PersonId) -> MinePage:
    return MinePage(tuple(matter(case) for case in people.rights_cases_of(person_id)[:5]))


def matter(case: RightsCase) -> Matter:
    words, mark = STATES[case.state]
    return Matter(
        code=case.code,
        what=case.get_kind_display(),
        state=words,
        mark=mark,
        answer_by=case.answer_by if case.state == RightState.OPEN else None,
        answer=people.words_of_case(case, "answer"),
        clause=case.clause,
        open=case.state == RightState.OPEN,
        has_file=case.file is not None,
    )


def case_of(person_id: PersonId, code: UUID) -> RightsCase:
    """Her own case.

    Raises:
        NoSuchRightsCase: absent, or somebody else's.
    """
    found = people.rights_case(code)
    if found.person_id != person_id:
        raise people.NoSuchRightsCase(f"case {code} is not of {person_id}")
    return found


def ask_page(kind: RightKind, person: Person, today: date) -> AskPage:
    day = calendars.add_workdays(today, workdays_for(person, today), calendars.shipped_workdays())
    return AskPage(kind.value.lower(), str(kind.label), day.day)


def consents_page(person_id: PersonId, said: str) -> ConsentsPage:
    found = people.consents_of(person_id)
    purposes = []
    for purpose in Purpose:
        living = [one for one in found if one.purpose == purpose and one.withdrawn_at is None]
        since = living[0].given_at.date() if living else None
        purposes.append(Agreed(purpose.value.lower(), str(purpose.label), since, bool(living)))
    return ConsentsPage(tuple(purposes), said)


def copy_page(case: RightsCase) -> CopyPage:
    """The file that was made for her.

    Raises:
        NoSuchRightsCase: none was made, or it is over.
    """
    text = people.words_of_case(case, "file")
    if not text:
        raise people.NoSuchRightsCase(f"no file in case {case.code}")
    content = json.loads(text)
    parts = tuple(
        CopyPart(part["title"], tuple(tuple(row.items()) for row in part["rows"])) for part in content["of"]
    )
    return CopyPage(case.code, datetime.fromisoformat(content["made_at"]), parts)
