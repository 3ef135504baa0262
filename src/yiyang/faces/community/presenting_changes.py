"""What an assessment changed for the person: every decision that was taken on its news, before and after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from yiyang.base.ids import PersonId
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.choices import Status
from yiyang.faces.community.showing import Change
from yiyang.faces.shared.reasons import OPEN_TO, worth
from yiyang.faces.shared.showing import CANNOT_TELL, NOT_ELIGIBLE, SERVED, UNSERVED, Chip

if TYPE_CHECKING:
    from yiyang.assessments.models import Assessment
    from yiyang.entitlements.models import Decision


def changes_of(assessment: Assessment, *, on: date) -> tuple[Change, ...]:
    """Decisions taken on the news of this assessment, beside those that stood before."""
    marks = entitlements.marks(on=on)
    person_id = PersonId(assessment.person_id)
    decisions = {one.pk: one for one in entitlements.decisions_of(person_id)}
    receives = {one.benefit for one in entitlements.standings_of(person_id) if one.receives}
    return tuple(
        _change(
            one,
            decisions.get(one.supersedes_id or 0),
            title=marks.titles.get(one.benefit, one.benefit),
            unit=marks.units.get(one.benefit, ""),
            served=one.benefit in receives,
            owed=one.benefit in marks.leads,
        )
        for one in decisions.values()
        if one.decided_at == assessment.settled_at
    )


def still_to_come(assessment: Assessment, *, on: date) -> bool:
    """Whether the law says something else than what stands: the news has not been heard yet."""
    person_id = PersonId(assessment.person_id)
    standing = {one.benefit: (one.status, one.amount) for one in entitlements.standings_of(person_id)}
    answers = entitlements.answers(person_id, on=on, only=entitlements.marks(on=on).stored)
    due = {
        one.benefit: (int(one.status), one.amount) for one in answers if one.status is not Status.NOT_ELIGIBLE
    }
    return due != standing


def _change(
    after: Decision, before: Decision | None, *, title: str, unit: str, served: bool, owed: bool
) -> Change:
    was = Status(before.status) if before else Status.NOT_ELIGIBLE
    now = Status(after.status)
    had = before.amount if before else 0
    return Change(
        title,
        _chip(was, served, owed),
        _worth(was, had, unit),
        _chip(now, served, owed),
        _worth(now, after.amount, unit),
        _say(was, now, had, after.amount, unit),
    )


def _chip(status: Status, served: bool, owed: bool) -> Chip:
    if status is Status.CANNOT_TELL:
        return CANNOT_TELL
    if status is Status.NOT_ELIGIBLE:
        return NOT_ELIGIBLE
    return SERVED if served else UNSERVED if owed else OPEN_TO


def _worth(status: Status, amount: int | None, unit: str) -> str:
    if status is Status.CANNOT_TELL:
        return "补齐后再算"
    return worth(amount, unit) if status is Status.ELIGIBLE else "无"


SAID: Mapping[tuple[Status, Status], str] = {
    (Status.CANNOT_TELL, Status.ELIGIBLE): "以前算不出，现在知道了：够条件。",
    (Status.CANNOT_TELL, Status.NOT_ELIGIBLE): "以前算不出，现在知道了：不够条件。",
    (Status.NOT_ELIGIBLE, Status.ELIGIBLE): "现在够条件了。",
    (Status.NOT_ELIGIBLE, Status.CANNOT_TELL): "还缺别的情况，补齐后再算。",
    (Status.ELIGIBLE, Status.NOT_ELIGIBLE): "现在不够条件了。对结果有不同意见，可以提异议。",
    (Status.ELIGIBLE, Status.CANNOT_TELL): "还缺别的情况，补齐后再算。",
}


def _say(was: Status, now: Status, had: int | None, has: int | None, unit: str) -> str:
    if was is now is Status.ELIGIBLE and had is not None and has is not None and unit != "bool":
        step = has - had
        return f"{'多' if step > 0 else '少'} {worth(abs(step), unit)}。" if step else "数额不变。"
    return SAID.get((was, now), "由别的地方认定，数额不变。")
