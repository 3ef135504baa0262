"""Revisions: the list, one draft with its steps, and what this person can do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from yiyang.base.actors import Actor
from yiyang.engine.ruling.parameters import Cite, ParameterRow
from yiyang.faces.bureau.forms import Schedule, Withdraw
from yiyang.faces.bureau.law_showing import (
    Cell,
    FourEyes,
    GridRow,
    NumberGrid,
    NumberHistory,
    RevisionPage,
    RevisionRow,
    RevisionsPage,
)
from yiyang.faces.bureau.presenting.desk import Desk, NotHere, address, mine, verb_of
from yiyang.faces.bureau.presenting.histories import history_of, names_around
from yiyang.faces.bureau.presenting.numbers import form_unit, money_or_count, place_names, title_of
from yiyang.faces.bureau.presenting.words import Names, at_words, day_words
from yiyang.faces.shared.fields import FormView, form_view
from yiyang.faces.shared.showing import UNVERIFIED, Chip, Event, Fact, Link, State, Step, StepState
from yiyang.policies import browsing, guards, library
from yiyang.policies import selectors as policies
from yiyang.policies.choices import COUNTS_AS_LAW, OPEN_STATES, Merge, RevisionState

if TYPE_CHECKING:
    from yiyang.policies.models import Revision

MOST = 200
CHIPS = {
    RevisionState.DRAFT: Chip("草稿", "quiet", "form"),
    RevisionState.REHEARSED: Chip("等审批", "warn", "clock"),
    RevisionState.APPROVED: Chip("等排期", "warn", "clock"),
    RevisionState.SCHEDULED: Chip("已排期", "info", "clock"),
    RevisionState.IN_FORCE: Chip("已生效", "ok"),
    RevisionState.SUPERSEDED: Chip("已被替代", "quiet"),
    RevisionState.WITHDRAWN: Chip("已撤回", "quiet", "x"),
}
ORDER = ("起草", "测算", "审批（另一人）", "排期", "生效")
REACHED = {
    RevisionState.DRAFT: 1,
    RevisionState.REHEARSED: 2,
    RevisionState.APPROVED: 3,
    RevisionState.SCHEDULED: 4,
    RevisionState.IN_FORCE: 5,
    RevisionState.SUPERSEDED: 5,
}
NOTHING = State("empty", "还没有修订", "本地和下级都没有起草过。改一个数，从“起草修订”开始。")
GOOD_FOR = timedelta(days=guards.REHEARSAL_GOOD_FOR_DAYS)


def check_visible(actor: Actor, revision: Revision) -> None:
    """Drafts are seen in their own branch; what counts as law is open to whoever it binds.

    Raises:
        NotHere
    """
    binds = actor.prefix.startswith(_prefix(revision)) and revision.state in COUNTS_AS_LAW
    if not (actor.scope.holds(revision.division) or binds):
        raise NotHere(f"revision {revision.code} for {actor.prefix}")


def _prefix(revision: Revision) -> str:
    code = f"{revision.place:06d}"
    return "" if revision.place == 0 else code.removesuffix("0000").removesuffix("00")


def reference(revision: Revision) -> str:
    """What people call the draft by: R and six signs of its code."""
    return f"R-{str(revision.code)[:6].upper()}"


@dataclass(frozen=True)
class Change:
    """The number as it stands in the place and as it would stand."""

    row: ParameterRow
    before: int | None
    after: int | None


def change_of(revision: Revision) -> Change:
    """Both values in force on the day the revision begins, with everything above merged in."""
    row = policies.as_row(revision)
    at = (row.key, row.place, row.since)
    others = [one for one in policies.approved_rows() if (one.key, one.place, one.since) != at]
    before = library.numbers(others).resolve(row.key, row.place, row.since)
    after = library.numbers([*others, row]).resolve(row.key, row.place, row.since)
    return Change(row, before.value, after.value)


def revisions_page(desk: Desk, revisions: Sequence[Revision]) -> RevisionsPage:
    """Those that wait for this person first; then all, newest first."""
    waiting = mine(desk.actor, desk.revisions)
    ids = {one.pk for one in waiting}
    others = [one for one in revisions if one.pk not in ids]
    names = Names(one.proposed_by_id for one in (*waiting, *others))
    places = place_names((one.place for one in (*waiting, *others)), on=desk.today)
    rows = {one.pk: _row(desk, one, names, places) for one in (*waiting, *others)}
    new = Link("起草修订", address("revision_new")) if desk.actor.may("propose_law") else None
    return RevisionsPage(
        heading=f"{len(waiting)} 件修订等您办" if waiting else "没有修订等您办",
        lead=f"{desk.branch.name}和下级。起草和审批必须是两个人；只管将来，已发的不动。",
        waiting=tuple(rows[one.pk] for one in waiting),
        others=tuple(rows[one.pk] for one in others),
        new=new,
        empty=NOTHING,
    )


def _row(desk: Desk, one: Revision, names: Names, places: Mapping[int, str]) -> RevisionRow:
    change = change_of(one)
    return RevisionRow(
        code=reference(one),
        href=address("revision", one.code),
        what=title_of(one.key),
        place=places[one.place],
        change=f"{money_or_count(change.before, one.unit)} → {money_or_count(change.after, one.unit)}",
        since=one.since,
        chip=CHIPS[RevisionState(one.state)],
        who=f"{names[one.proposed_by_id]} {at_words(one.proposed_at, desk.today)}",
        next_step=verb_of(desk.actor, one) or _waits_for(one),
    )


def _waits_for(one: Revision) -> str:
    return {
        RevisionState.DRAFT: "等起草人测算",
        RevisionState.REHEARSED: "等另一人审批",
        RevisionState.APPROVED: "等排期",
        RevisionState.SCHEDULED: f"{one.since:%Y-%m-%d} 自动生效",
        RevisionState.WITHDRAWN: f"理由：{one.withdrawn_why}",
    }.get(RevisionState(one.state), "永远保留")


@dataclass(frozen=True)
class Forms:
    """Forms of a draft's page as they were sent, with what is wrong; None for untouched ones."""

    schedule: Schedule | None = None
    withdraw: Withdraw | None = None


def revision_page(desk: Desk, revision: Revision, forms: Forms) -> RevisionPage:
    """One revision: what changes, its steps, and what this person can do next."""
    change = change_of(revision)
    names = Names((revision.proposed_by_id, revision.approved_by_id))
    next_form, next_say = _next(desk, revision, forms)
    return RevisionPage(
        heading=f"{title_of(revision.key)}：{_words(change)}",
        lead=f"{reference(revision)}，拟自 {revision.since:%Y-%m-%d} 起在{_place(desk, revision)}施行。",
        chip=CHIPS[RevisionState(revision.state)],
        steps=steps_of(desk, revision, names),
        grid=grid_of(desk, revision, change),
        history=history(desk, revision),
        facts=facts_of(desk, revision, names),
        events=_events(desk, revision, names),
        next_form=next_form,
        next_say=next_say,
        withdraw=_withdraw(desk, revision, forms),
        eyes=None,
        rehearsal=_rehearsal_link(revision),
    )


def _words(change: Change) -> str:
    unit = change.row.unit
    return f"由 {money_or_count(change.before, unit)} 改为 {money_or_count(change.after, unit)}"


def _place(desk: Desk, revision: Revision) -> str:
    return place_names((revision.place,), on=desk.today)[revision.place]


def _rehearsal_link(revision: Revision) -> Link | None:
    return Link("看测算", address("rehearsal", revision.code)) if revision.rehearsal_id else None


def steps_of(desk: Desk, revision: Revision, names: Names) -> tuple[Step, ...]:
    """Where a revision stands; a withdrawn one stops at the step it had reached."""
    today = desk.today
    good = revision.rehearsed_at + GOOD_FOR if revision.rehearsed_at else None
    notes = (
        f"{names[revision.proposed_by_id]} {at_words(revision.proposed_at, today)}",
        f"有效至 {day_words(good.date(), today)}" if good else "",
        f"{names[revision.approved_by_id]} {at_words(revision.approved_at, today)}"
        if revision.approved_at
        else "",
        revision.document_number or "填文号和日期",
        f"{revision.since:%Y-%m-%d}",
    )
    return tuple(
        Step(text, state, note) for text, state, note in zip(ORDER, _states(revision), notes, strict=True)
    )


def _states(revision: Revision) -> list[StepState]:
    if revision.state == RevisionState.WITHDRAWN:
        passed = (revision.proposed_at, revision.rehearsed_at, revision.approved_at, revision.scheduled_at)
        reached, here = sum(bool(at) for at in passed), "stopped"
    else:
        reached, here = REACHED[RevisionState(revision.state)], "current"
    states: list[StepState] = ["done"] * reached
    if reached < len(ORDER):
        states.append("stopped" if here == "stopped" else "current")
    return states + ["todo"] * (len(ORDER) - len(states))


def grid_of(desk: Desk, revision: Revision, change: Change) -> NumberGrid:
    """Old beside new, in the unit of the number, merged with what stands above."""
    unit = revision.unit
    up = change.before is None or (change.after is not None and change.after > change.before)
    direction = "same" if change.before == change.after else "up" if up else "down"
    cell = Cell(money_or_count(change.before, unit), money_or_count(change.after, unit), direction)
    return NumberGrid(
        "改什么",
        form_unit(unit),
        (title_of(revision.key),),
        (GridRow(_place(desk, revision), (cell,)),),
        "地方",
    )


def history(desk: Desk, revision: Revision) -> NumberHistory:
    """The number's lanes with this draft drawn apart while it is not law yet."""
    draft = policies.as_row(revision)
    numbers = policies.law_on(desk.today).numbers
    rows = browsing.rows_about(numbers.rows, [revision.key], revision.place)
    proposed = draft if revision.state not in COUNTS_AS_LAW else None
    names = names_around([*rows, draft], revision.place, today=desk.today)
    return history_of(rows, names, place=revision.place, today=desk.today, proposed=proposed)


def facts_of(desk: Desk, revision: Revision, names: Names) -> tuple[Fact, ...]:
    """What the draft says of itself."""
    said = browsing.summary_of(Cite(revision.doc, revision.clause))
    clause = f"{said.title} 第 {said.clause} 条：{said.text}" if said else f"{revision.doc} {revision.clause}"
    results = [browsing.provisions(desk.today)[name].title for name in _touched(desk, revision)]
    facts = [
        Fact("稿号", reference(revision)),
        Fact("地方", _place(desk, revision)),
        Fact("从哪天起", f"{revision.since:%Y-%m-%d}"),
        Fact("和上级的数", str(Merge(revision.merge).label)),
        Fact("依据", clause, chip=UNVERIFIED),
        Fact("动到哪些待遇", "、".join(results) or "没有待遇用这个数"),
        Fact("为什么改", revision.why or "没有写"),
        Fact("起草", names[revision.proposed_by_id], since=revision.proposed_at.date()),
    ]
    if revision.document_on:
        facts.append(Fact("文件", revision.document_number, "成文", revision.document_on))
    if revision.withdrawn_why:
        facts.append(Fact("撤回的理由", revision.withdrawn_why))
    return tuple(facts)


def _touched(desk: Desk, revision: Revision) -> tuple[str, ...]:
    return browsing.results_using(revision.key, desk.today)


def _events(desk: Desk, revision: Revision, names: Names) -> tuple[Event, ...]:
    moments = (
        (revision.withdrawn_at, "撤回", revision.withdrawn_why),
        (revision.in_force_at, "生效", "以前的认定不动"),
        (revision.scheduled_at, "排期", revision.document_number),
        (revision.approved_at, f"{names[revision.approved_by_id]}批准", "起草和审批是两个人"),
        (revision.rehearsed_at, "测算完成", "没有影响任何人"),
        (revision.proposed_at, f"{names[revision.proposed_by_id]}起草", revision.why),
    )
    return tuple(Event(at_words(at, desk.today), text, note) for at, text, note in moments if at)


def _next(desk: Desk, revision: Revision, forms: Forms) -> tuple[FormView | None, str]:
    """The one form of the present state, and the sentence above it."""
    actor, state = desk.actor, RevisionState(revision.state)
    edit = Link("改数或日期", address("revision_edit", revision.code)) if actor.may("propose_law") else None
    people = f"{desk.sweep.people:,} 人" if desk.sweep else "全部人"
    if state in (RevisionState.DRAFT, RevisionState.REHEARSED) and actor.may("rehearse_law"):
        verb = "现在测算" if state is RevisionState.DRAFT else "重新测算"
        form = FormView(address("rehearse", revision.code), verb, (), edit)
        work = f"测算把{people}按现行的数和拟改的数各算一遍，约几秒，请等页面自己打开结果；不影响任何人。"
        if state is RevisionState.DRAFT:
            return form, work
        refusal = guards.may_approve(actor, revision, today=desk.today)
        waits = "请先看测算，再在测算页审批。" if not refusal else f"等另一个有审批权的人审批。{refusal}。"
        return form, f"{waits}{work}"
    if state is RevisionState.APPROVED and (actor.may("propose_law") or actor.may("approve_law")):
        shown = forms.schedule or Schedule()
        view = form_view(shown, action=address("schedule", revision.code), verb="排期")
        return view, f"已批准。填正式文件的文号和成文日期，到 {revision.since:%Y-%m-%d} 自动生效。"
    return None, f"{_waits_for(revision)}。"


def _withdraw(desk: Desk, revision: Revision, forms: Forms) -> FormView | None:
    actor = desk.actor
    may = actor.may("propose_law") or actor.may("approve_law")
    if revision.state not in OPEN_STATES or not may or not actor.scope.holds(revision.division):
        return None
    shown = forms.withdraw or Withdraw()
    return form_view(shown, action=address("withdraw", revision.code), verb="撤回")


def eyes_of(desk: Desk, revision: Revision, *, losers: int, error: str = "") -> FourEyes | None:
    """The bar of the second person; None where there is nothing to approve."""
    if revision.state != RevisionState.REHEARSED:
        return None
    names = Names((revision.proposed_by_id,))
    refusal = guards.may_approve(desk.actor, revision, today=desk.today)
    who = f"起草：{names[revision.proposed_by_id]}。您：{desk.actor.name}"
    return FourEyes(
        say="起草与审批须为两人",
        note=f"{who}。" if refusal else f"{who}，有审批权，未参与起草。",
        tick=f"我已看过减少的 {losers:,} 人和净额" if losers else "我已看过：没有人减少，也看过净额",
        approve=address("approve", revision.code, rehearsal=revision.rehearsal_id),
        refusal=refusal,
        error=error,
    )
