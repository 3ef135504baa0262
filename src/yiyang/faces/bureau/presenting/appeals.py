"""Appeals: by deadline; one appeal with the reason as the person saw it, and as it would be today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from yiyang.base.ids import PersonId
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.choices import AppealState, Status
from yiyang.entitlements.selectors import Answer
from yiyang.faces.bureau.forms import AnswerAppeal
from yiyang.faces.bureau.law_showing import AppealPage, AppealRow, AppealsPage
from yiyang.faces.bureau.presenting.desk import Desk, address
from yiyang.faces.bureau.presenting.people import name_for
from yiyang.faces.bureau.presenting.words import (
    GROUND_WORDS,
    Names,
    at_words,
    day_words,
    deadline_chip,
    sex_age,
)
from yiyang.faces.shared.explained import benefits_of
from yiyang.faces.shared.fields import FormView, form_view, with_notes
from yiyang.faces.shared.showing import Benefit, Chip, Event, Fact, State
from yiyang.people import selectors as people

if TYPE_CHECKING:
    from yiyang.entitlements.models import Appeal

MOST_ANSWERED = 50
ANSWERED = {
    AppealState.UPHELD: Chip("维持", "quiet"),
    AppealState.CHANGED: Chip("已改", "ok"),
    AppealState.WITHDRAWN: Chip("本人撤回", "quiet", "x"),
}
NOTES = {
    "outcome": {
        AppealState.UPHELD.value: "写清为什么，本人会看到",
        AppealState.CHANGED.value: "先把情况登记更正；按右边“今天的情况”算，已发的不动",
    }
}
BY_WEEKENDS = "，按周末推算：那年的节假日表还没有"


def reference(appeal: Appeal) -> str:
    """What people call it: A and six signs of its code."""
    return f"A-{str(appeal.code)[:6].upper()}"


def appeals_page(desk: Desk, answered: Sequence[Appeal]) -> AppealsPage:
    """Those that wait, the nearest deadline first; then those answered."""
    waiting = [_row(desk, one) for one in desk.appeals]
    late = sum(one.answer_by <= desk.today for one in desk.appeals)
    due = f"，{late} 件今天到期或已超期" if late else ""
    return AppealsPage(
        heading=f"{len(waiting)} 件申诉等答复{due}" if waiting else "没有申诉等答复",
        lead=f"{desk.branch.name}。期限按工作日数，从收到那天起；最先到期的在上。",
        waiting=tuple(waiting),
        answered=tuple(_row(desk, one) for one in answered),
        empty=_nothing(desk),
    )


def _nothing(desk: Desk) -> State:
    looked = f"{day_words(desk.today, desk.today)}查过。"
    return State("empty", "没有申诉等答复", f"{looked}老人在“我的补贴”里点“我不同意”，会到这里。")


def _row(desk: Desk, appeal: Appeal) -> AppealRow:
    titles = entitlements.marks(on=desk.today).titles
    age = people.ages(appeal.person, desk.today)
    return AppealRow(
        code=reference(appeal),
        href=address("appeal", appeal.code),
        name=f"{name_for(desk.actor, appeal.person)} {sex_age(appeal.person.sex, age)}",
        about=titles.get(appeal.benefit, appeal.benefit),
        wish=GROUND_WORDS.get(appeal.ground, ""),
        received=appeal.made_at.date(),
        due=appeal.answer_by,
        chip=_chip(appeal, desk.today),
    )


def _chip(appeal: Appeal, today: date) -> Chip:
    if appeal.state != AppealState.WAITING:
        return ANSWERED[AppealState(appeal.state)]
    chip = deadline_chip(appeal.answer_by, today)
    return chip if appeal.calendar_complete else replace(chip, text=f"{chip.text}{BY_WEEKENDS}")


def appeal_page(desk: Desk, appeal: Appeal, form: AnswerAppeal | None) -> AppealPage:
    """What the person says, what was decided and why, how it would be today, and the answer."""
    title = entitlements.marks(on=desk.today).titles.get(appeal.benefit, appeal.benefit)
    name = name_for(desk.actor, appeal.person)
    return AppealPage(
        heading=f"{name} 不同意：{title}",
        lead=_lead(desk, appeal),
        chip=_chip(appeal, desk.today),
        said=appeal.own_words or f"（没有写原话）{GROUND_WORDS.get(appeal.ground, '')}",
        said_facts=_said(desk, appeal),
        decided=_then(appeal),
        now=_now(desk, appeal),
        form=_form(desk, appeal, form),
        events=_events(desk, appeal),
    )


def _lead(desk: Desk, appeal: Appeal) -> str:
    got = day_words(appeal.made_at.date(), desk.today)
    by = day_words(appeal.answer_by, desk.today)
    weekends = "" if appeal.calendar_complete else f"（期限{BY_WEEKENDS.removeprefix('，')}）"
    return f"{got} 收到，最迟 {by} 答复{weekends}。"


def _said(desk: Desk, appeal: Appeal) -> tuple[Fact, ...]:
    age = people.ages(appeal.person, desk.today)
    decision = appeal.decision
    first = (
        "当时没有认定记录"
        if decision is None
        else f"{Status(decision.status).label}，{decision.as_of:%Y-%m-%d} 认定"
    )
    return (
        Fact("申诉号", reference(appeal)),
        Fact("老人", f"{name_for(desk.actor, appeal.person)} {sex_age(appeal.person.sex, age)}"),
        Fact("不同意什么", GROUND_WORDS.get(appeal.ground, ""), "本人", appeal.made_at.date()),
        Fact("原来的认定", first, "系统核算"),
    )


def _then(appeal: Appeal) -> Benefit:
    """The reason as the person saw it, kept when she disagreed; receipts of that day are not part of it."""
    content = appeal.explanation.content
    status, amount = Status[str(content.get("status"))], content.get("amount")
    kept = Answer(
        benefit=str(content.get("benefit", appeal.benefit)),
        title=str(content.get("title", "")),
        unit=str(content.get("unit", "")),
        status=status,
        amount=int(amount) if isinstance(amount, int) else None,
        missing=tuple(content.get("missing", ())),
        receives=False,
        receives_fen=None,
        receives_since=None,
        reason_code=None,
        content=content,
    )
    on = appeal.explanation.kept_at.date()
    shown = benefits_of([kept], on=on, leads=(), since={}, sources={}, opened=[kept.benefit])
    return replace(shown[0], name=f"{kept.benefit}-then")


def _now(desk: Desk, appeal: Appeal) -> Benefit | None:
    """The same result by today's facts and law; nothing for the dead."""
    if appeal.person.died_on is not None or appeal.state != AppealState.WAITING:
        return None
    person_id = PersonId(appeal.person_id)
    answer = entitlements.answer(person_id, appeal.benefit, on=desk.today)
    known = people.facts_as_known(person_id, as_of=desk.today, known_at=desk.now)
    sources = {key: f"{one.source} {one.valid_from:%Y-%m-%d}" for key, one in known.items()}
    leads = entitlements.marks(on=desk.today).leads
    return benefits_of([answer], on=desk.today, leads=leads, since={}, sources=sources)[0]


def _form(desk: Desk, appeal: Appeal, form: AnswerAppeal | None) -> FormView | None:
    if appeal.state != AppealState.WAITING or not desk.actor.may("answer_appeals"):
        return None
    shown = form or AnswerAppeal()
    return with_notes(form_view(shown, action=address("appeal", appeal.code), verb="送出答复"), NOTES)


def _events(desk: Desk, appeal: Appeal) -> tuple[Event, ...]:
    found = []
    if appeal.answered_at is not None:
        who = Names((appeal.answered_by_id,))[appeal.answered_by_id]
        text = f"{who}答复：{appeal.get_state_display()}"
        found.append(Event(at_words(appeal.answered_at, desk.today), text, appeal.answer))
    elif appeal.state == AppealState.WITHDRAWN:
        found.append(Event("", "本人撤回"))
    found.append(Event(at_words(appeal.made_at, desk.today), "收到申诉", "当时看到的理由已留存"))
    if appeal.decision is not None:
        found.append(Event(f"{appeal.decision.as_of:%Y-%m-%d}", "原来的认定"))
    return tuple(found)
