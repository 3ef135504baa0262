"""Records that may be one person, deaths to confirm, people to take over: lists and single matters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import forms

from yiyang.base.ids import PersonId
from yiyang.faces.bureau.forms_records import ConfirmDeath, ConfirmMerge, JudgePair, ReceiveMove, WithReason
from yiyang.faces.bureau.presenting import comparing
from yiyang.faces.bureau.presenting.desk import Desk, address
from yiyang.faces.bureau.presenting.people import name_for
from yiyang.faces.bureau.presenting.words import Names, at_words, sex_age
from yiyang.faces.bureau.records_showing import MatterGroup, MatterPage, MatterRow, RecordsPage, Titled
from yiyang.faces.shared.fields import FormView, form_view
from yiyang.faces.shared.showing import Chip, Event, Fact, Link, Notice, State
from yiyang.people import selectors as people
from yiyang.people.choices import UNDECIDED, DuplicateState, MergeState, MoveState, ReportState
from yiyang.people.selectors import one_record
from yiyang.regions import codes
from yiyang.regions import selectors as regions

if TYPE_CHECKING:
    from yiyang.people.models import DeathReport, Duplicate, Merge, Move, Person

MOST = 50
CHIPS = {
    DuplicateState.OPEN: Chip("等人看", "warn", "clock"),
    DuplicateState.UNSURE: Chip("暂时看不出", "unknown"),
    DuplicateState.SAME: Chip("是同一个人", "ok"),
    DuplicateState.DIFFERENT: Chip("不是同一个人", "quiet"),
    MergeState.PROPOSED: Chip("等第二个人确认", "warn", "clock"),
    MergeState.DONE: Chip("已合并", "ok"),
    MergeState.WITHDRAWN: Chip("没有合并", "quiet"),
    MergeState.UNDONE: Chip("已拆开", "quiet"),
    ReportState.WAITING: Chip("待核实", "warn", "clock"),
    ReportState.EFFECTIVE: Chip("已核实去世", "quiet"),
    ReportState.JOINED: Chip("已并入核实", "quiet"),
    ReportState.REFUTED: Chip("核实没有去世", "ok"),
    ReportState.UNDONE: Chip("已更正", "ok"),
    MoveState.WAITING: Chip("等接收", "warn", "clock"),
    MoveState.RECEIVED: Chip("已接收", "ok"),
    MoveState.REFUSED: Chip("没有接收", "quiet"),
    MoveState.WITHDRAWN: Chip("已撤回", "quiet"),
}
SURE = {"SAME": Chip("很可能是", "warn"), "LIKELY": Chip("可能是", "unknown")}


def records_page(desk: Desk) -> RecordsPage:
    """Everything about records that waits in the branch."""
    groups = (_deaths(desk), _pairs(desk), _merges(desk), _moves(desk))
    waiting = sum(group.count for group in groups)
    return RecordsPage(
        heading=f"{waiting} 件档案的事等人办" if waiting else "没有档案的事等人办",
        lead=f"{desk.place.name}。跨旗县区的重复，由市里核对；去世要有第二个来源；迁入由接收的一方点头。",
        groups=groups,
    )


def _group(name: str, title: str, rows: Iterable[MatterRow], count: int, empty: State) -> MatterGroup:
    shown = tuple(rows)
    note = f"{count} 件" + (f"，先列 {MOST} 件" if count > MOST else "")
    return MatterGroup(name, title, note, count, shown, empty)


def _deaths(desk: Desk) -> MatterGroup:
    found = one_record.deaths_to_confirm(desk.prefix)
    rows = list(found[:MOST])
    places = _places(desk, [one.division for one in rows])
    shown = [
        MatterRow(
            address("death", one.code),
            _who(desk, one.person),
            f"{one.get_source_display()}报告去世",
            places.get(one.division, ""),
            f"{one.reported_at:%Y-%m-%d}",
            CHIPS[ReportState.WAITING],
        )
        for one in rows
    ]
    empty = State("empty", "没有要核实的去世", "社区、家属或部门报来的，会到这里。")
    return _group("deaths", "去世待核实", shown, found.count(), empty)


def _pairs(desk: Desk) -> MatterGroup:
    found = one_record.duplicates()
    rows = list(found[:MOST])
    places = _places(desk, [one.a.division for one in rows])
    shown = [
        MatterRow(
            address("pair", one.code),
            f"{name_for(desk.actor, one.a)} 和 {name_for(desk.actor, one.b)}",
            comparing.reasons_in_words(one.reasons),
            places.get(one.a.division, ""),
            f"{one.found_at:%Y-%m-%d}",
            SURE[one.verdict] if one.state == DuplicateState.OPEN else CHIPS[DuplicateState.UNSURE],
        )
        for one in rows
    ]
    empty = State("empty", "没有可能重复的档案", "登记新人和导入名册时会查；每晚也查一遍。")
    return _group("pairs", "可能重复的档案", shown, found.count(), empty)


def _merges(desk: Desk) -> MatterGroup:
    found = one_record.merges_to_confirm()
    rows = list(found[:MOST])
    places = _places(desk, [one.survivor.division for one in rows])
    shown = [
        MatterRow(
            address("merge", one.code),
            f"{name_for(desk.actor, one.survivor)} 和 {name_for(desk.actor, one.other)}",
            "两个身份证号，提出合并",
            places.get(one.survivor.division, ""),
            f"{one.proposed_at:%Y-%m-%d}",
            CHIPS[MergeState.PROPOSED],
        )
        for one in rows
    ]
    empty = State("empty", "没有等第二个人确认的合并", "两个身份证号合成一份，要两位同事都同意。")
    return _group("merges", "等第二个人确认的合并", shown, found.count(), empty)


def _moves(desk: Desk) -> MatterGroup:
    found = one_record.moves_to_receive(desk.prefix)
    rows = list(found[:MOST])
    places = _places(desk, [d for one in rows for d in (one.from_division, one.to_division)])
    shown = [
        MatterRow(
            address("move", one.code),
            f"{one.masked_name} {one.birth_year} 年生",
            f"从 {places.get(one.from_division, '外地')} 迁来",
            places.get(one.to_division, ""),
            f"{one.asked_at:%Y-%m-%d}",
            CHIPS[MoveState.WAITING],
        )
        for one in rows
    ]
    empty = State("empty", "没有要接收的迁入", "别的地方请您接收的老人，会到这里。")
    return _group("moves", "等您接收的迁入", shown, found.count(), empty)


def _places(desk: Desk, divisions: Iterable[str]) -> dict[str, str]:
    return regions.names_of(divisions, on=desk.today)


def _who(desk: Desk, person: Person) -> str:
    return f"{name_for(desk.actor, person)} {sex_age(person.sex, people.ages(person, desk.today))}"


def _form(form: forms.Form, action: str, verb: str) -> FormView:
    return form_view(form, action=action, verb=verb, cancel=Link("先不办", address("records")))


def pair_page(
    desk: Desk, pair: Duplicate, form: JudgePair | None, notice: Notice | None = None
) -> MatterPage:
    """Two records side by side; what differs is said in words."""
    action = address("pair", pair.code)
    open_ = pair.state in UNDECIDED and desk.actor.may("decide_duplicates")
    shown = (Titled("judge", "您的判断", _form(form or JudgePair(), action, "确定")),) if open_ else ()
    said = comparing.reasons_in_words(pair.reasons)
    events = [Event(at_words(pair.found_at, desk.today), "系统发现可能重复", said)]
    if pair.decided_at is not None:
        text = f"{Names((pair.decided_by_id,))[pair.decided_by_id]}：{pair.get_state_display()}"
        events.insert(0, Event(at_words(pair.decided_at, desk.today), text, pair.why))
    return MatterPage(
        heading=f"{name_for(desk.actor, pair.a)} 和 {name_for(desk.actor, pair.b)} 是同一个人吗",
        lead=f"系统认为{SURE[pair.verdict].text}：{said}。由您判断，系统不会自己合并。",
        chip=CHIPS[DuplicateState(pair.state)],
        compared=comparing.compared(desk, pair.a, pair.b),
        links=_both(pair.a, pair.b),
        forms=shown,
        events=tuple(events),
        notice=notice,
    )


def _both(left: Person, right: Person) -> tuple[Link, ...]:
    return (
        Link("看左边的档案", address("person", left.code)),
        Link("看右边的档案", address("person", right.code)),
    )


def merge_page(desk: Desk, merge: Merge, form: forms.Form | None, notice: Notice | None = None) -> MatterPage:
    """A merge that waits for a second person, or one that can be taken back."""
    names = Names((merge.proposed_by_id, merge.done_by_id, merge.undone_by_id))
    return MatterPage(
        heading=f"合并：{name_for(desk.actor, merge.survivor)} 和 {name_for(desk.actor, merge.other)}",
        lead="左边这份留下，右边这份成为它的别名：以前的记录都在，旧的档案号还能打开。",
        chip=CHIPS[MergeState(merge.state)],
        compared=comparing.compared(desk, merge.survivor, merge.other),
        links=_both(merge.survivor, merge.other) if merge.state != MergeState.DONE else (),
        forms=_merge_forms(desk, merge, form),
        events=_merge_events(desk, merge, names),
        notice=notice,
    )


def _merge_forms(desk: Desk, merge: Merge, form: forms.Form | None) -> tuple[Titled, ...]:
    if not desk.actor.may("decide_duplicates"):
        return ()
    action = address("merge", merge.code)
    if merge.state == MergeState.PROPOSED:
        return (Titled("confirm", "第二个人确认", _form(form or ConfirmMerge(), action, "确定")),)
    if merge.state == MergeState.DONE:
        return (Titled("undo", "合并错了，拆开", _form(form or WithReason(), action, "拆开")),)
    return ()


def _merge_events(desk: Desk, merge: Merge, names: Names) -> tuple[Event, ...]:
    first = f"{names[merge.proposed_by_id]}提出合并"
    events = [Event(at_words(merge.proposed_at, desk.today), first, merge.why)]
    if merge.done_at is not None:
        events.insert(0, Event(at_words(merge.done_at, desk.today), f"{names[merge.done_by_id]}合并"))
    if merge.undone_at is not None:
        text = f"{names[merge.undone_by_id]}：{merge.get_state_display()}"
        events.insert(0, Event(at_words(merge.undone_at, desk.today), text, merge.undone_why))
    return tuple(events)


def death_page(
    desk: Desk, report: DeathReport, form: forms.Form | None, notice: Notice | None = None
) -> MatterPage:
    """Who says so, what waits for it, and what a second source says."""
    person = report.person
    return MatterPage(
        heading=f"{name_for(desk.actor, person)}：{report.get_state_display()}",
        lead="核实以前钱照发、走访先停。第二个来源要和第一个不同，也不能是同一个人报的。",
        chip=CHIPS[ReportState(report.state)],
        facts=_death_facts(desk, report),
        links=(Link("看档案", address("person", person.code)),),
        forms=_death_forms(desk, report, form),
        events=_death_events(desk, report),
        notice=notice,
    )


def _death_facts(desk: Desk, report: DeathReport) -> tuple[Fact, ...]:
    day = f"{report.died_on:%Y-%m-%d}" if report.died_on else None
    place = _places(desk, [report.division]).get(report.division, "")
    return (
        Fact("老人", _who(desk, report.person)),
        Fact("住在", place),
        Fact("谁报告的", report.get_source_display(), "", report.reported_at.date()),
        Fact("去世日期", day),
        Fact("怎么知道的", report.note or None),
    )


def _death_forms(desk: Desk, report: DeathReport, form: forms.Form | None) -> tuple[Titled, ...]:
    if not desk.actor.may("confirm_deaths"):
        return ()
    action = address("death", report.code)
    if report.state == ReportState.WAITING:
        shown = form or ConfirmDeath(initial={"died_on": report.died_on})
        return (Titled("confirm", "核实的结果", _form(shown, action, "确定")),)
    if report.state == ReportState.EFFECTIVE:
        return (Titled("undo", "登记错了，本人健在", _form(form or WithReason(), action, "更正")),)
    return ()


def _death_events(desk: Desk, report: DeathReport) -> tuple[Event, ...]:
    names = Names((report.reported_by_id, report.settled_by_id))
    first = f"{names[report.reported_by_id] or '系统'}登记：{report.get_source_display()}报告去世"
    events = [Event(at_words(report.reported_at, desk.today), first, report.note)]
    for other in one_record.reports_waiting(PersonId(report.person_id)):
        if other.pk != report.pk:
            text = f"{other.get_source_display()}也报告去世"
            day = f"去世日期 {other.died_on:%Y-%m-%d}" if other.died_on else "不知道哪天"
            events.insert(0, Event(at_words(other.reported_at, desk.today), text, day))
    if report.settled_at is not None:
        text = f"{names[report.settled_by_id] or '系统'}：{report.get_state_display()}"
        events.insert(0, Event(at_words(report.settled_at, desk.today), text, report.settled_why))
    return tuple(events)


def move_page(desk: Desk, asked: Move, form: forms.Form | None, notice: Notice | None = None) -> MatterPage:
    """Somebody another branch hands over: no more is seen of her than this until she is received."""
    places = _places(desk, (asked.from_division, asked.to_division))
    waits = asked.state == MoveState.WAITING and desk.actor.may("move_people")
    mine = waits and desk.actor.scope.holds(asked.to_division)
    action = address("move", asked.code)
    events = [Event(at_words(asked.asked_at, desk.today), "请求接收", asked.why)]
    if asked.answered_at is not None:
        text = f"{Names((asked.answered_by_id,))[asked.answered_by_id]}：{asked.get_state_display()}"
        events.insert(0, Event(at_words(asked.answered_at, desk.today), text, asked.answer))
    return MatterPage(
        heading=f"接收 {asked.masked_name} {asked.birth_year} 年生",
        lead="接收以后档案、没办完的事和全部经过都归您这里；在那以前您只看到这些。",
        chip=CHIPS[MoveState(asked.state)],
        facts=(
            Fact("从哪里来", places.get(asked.from_division) or codes.prefix_of(asked.from_division)),
            Fact("到哪里", places.get(asked.to_division)),
            Fact("为什么", asked.why),
        ),
        forms=(Titled("receive", "接收吗", _form(form or ReceiveMove(), action, "确定")),) if mine else (),
        events=tuple(events),
        notice=notice,
    )
