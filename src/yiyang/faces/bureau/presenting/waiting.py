"""What waits for this person: deadline, sentence, consequence, one verb. Decisions stand before figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.selectors import Line
from yiyang.faces.bureau.presenting.desk import Desk, address, mine, verb_of
from yiyang.faces.bureau.presenting.numbers import money_or_count, place_names, title_of
from yiyang.faces.bureau.presenting.words import GROUND_WORDS, Names, day_words, deadline_chip
from yiyang.faces.shared.showing import Chip, State, Waiting
from yiyang.outreach.selectors import Waiting as Leads

if TYPE_CHECKING:
    from yiyang.entitlements.models import Appeal

SHOWN = 3
LONG_DAYS = 30
CONSEQUENCE = {
    "去测算": "还没有测算，不影响任何人。测算约几秒。",
    "去审批": "已经测算。看清谁多谁少、多少钱，再批。",
    "去排期": "已经批准。填文号和日期后，到日自动生效。",
}


def lines(desk: Desk, line: Line, leads: Leads, refused: int) -> tuple[Waiting, ...]:
    """Appeals by deadline, revisions by their day, files, then people nobody has taken, gaps and faults."""
    return (
        *_appeals(desk),
        *_revisions(desk),
        *_imports(desk),
        *_leads(desk, leads),
        *_gaps(desk, line),
        *_refused(desk, refused),
    )


def nothing(desk: Desk) -> State:
    """Said where nothing waits: what was looked at, and when."""
    checked = "申诉、修订、来文、没人认领的老人、缺资料、资料有误，六类都查过"
    return State("empty", "没有事等您决定", f"{checked}，{day_words(desk.today, desk.today)}。")


def _appeals(desk: Desk) -> Iterator[Waiting]:
    if not desk.actor.may("answer_appeals"):
        return
    titles = entitlements.marks(on=desk.today).titles
    for appeal in desk.appeals[:SHOWN]:
        yield _appeal(desk, appeal, titles.get(appeal.benefit, appeal.benefit))
    rest = len(desk.appeals) - SHOWN
    if rest > 0:
        yield Waiting(
            deadline_chip(desk.appeals[SHOWN].answer_by, desk.today),
            f"还有 {rest} 件申诉等答复",
            "按到期先后排。",
            "看全部申诉",
            address("appeals"),
        )


def _appeal(desk: Desk, appeal: Appeal, title: str) -> Waiting:
    said = GROUND_WORDS.get(appeal.ground, "")
    return Waiting(
        deadline_chip(appeal.answer_by, desk.today),
        f"对{title}的申诉，最迟 {day_words(appeal.answer_by, desk.today)} 答复",
        f"本人说：{said}。超期由上级督办。",
        "去答复",
        address("appeal", appeal.code),
    )


def _revisions(desk: Desk) -> Iterator[Waiting]:
    found = mine(desk.actor, desk.revisions)
    if not found:
        return
    names = Names(one.proposed_by_id for one in found[:SHOWN])
    places = place_names((one.place for one in found[:SHOWN]), on=desk.today)
    for one in found[:SHOWN]:
        verb, since = verb_of(desk.actor, one), day_words(one.since, desk.today)
        yield Waiting(
            deadline_chip(one.since, desk.today),
            f"{title_of(one.key)}：{places[one.place]}，改成 {money_or_count(one.value, one.unit)}",
            f"{names[one.proposed_by_id]}起草，拟自 {since} 起。{CONSEQUENCE[verb]}",
            verb,
            address("rehearsal" if verb == "去审批" else "revision", one.code),
        )
    if len(found) > SHOWN:
        yield Waiting(
            Chip("排队", "info", "clock"),
            f"还有 {len(found) - SHOWN} 件修订等您",
            "按生效先后排。",
            "看全部修订",
            address("revisions"),
        )


def _imports(desk: Desk) -> Iterator[Waiting]:
    found = desk.imports
    if found.files:
        yield Waiting(
            Chip("等复核", "warn", "clock"),
            f"{found.files:,} 份来文等您复核",
            "已经检查过。复核以前不改动任何人的档案。",
            "去复核",
            address("imports"),
        )
    if found.tickets:
        yield Waiting(
            Chip("等判断", "warn", "ask"),
            f"来文里有 {found.tickets:,} 条和档案说法不同",
            "级别低的来源不会自动盖掉级别高的，要人核实。",
            "去判断",
            address("import_tickets"),
        )
    if found.latest_due is not None:
        yield Waiting(
            Chip("数据迟到", "bad"),
            f"{found.latest}等 {found.late} 份定期数据没有按时来",
            f"最早的应在 {day_words(found.latest_due, desk.today)}前到。没有新数据，仍按旧情况核算。",
            "看是哪些",
            address("imports"),
        )


def _leads(desk: Desk, leads: Leads) -> Iterator[Waiting]:
    if not leads.untaken:
        return
    oldest = leads.oldest
    old = f"最早的从 {day_words(oldest, desk.today)} 等到现在。" if oldest else ""
    asked = f"其中 {leads.asked:,} 人自己来求助。" if leads.asked else ""
    long = oldest is not None and (desk.today - oldest).days > LONG_DAYS
    yield Waiting(
        Chip("没人认领", "warn" if long else "info"),
        f"{leads.untaken:,} 人可以帮办，还没有人认领",
        f"{old}{asked}由社区工作人员认领；这里可以看名单、督办。",
        "看名单",
        address("people", place=desk.prefix, status="unserved"),
    )


def _gaps(desk: Desk, line: Line) -> Iterator[Waiting]:
    if line.cannot_tell:
        yield Waiting(
            Chip("无法判定", "unknown"),
            f"{line.cannot_tell:,} 人缺资料，津贴补贴一项都算不出",
            "多数是缺能力评估或经济状况核对。补上以后当天重算。",
            "看名单",
            address("people", place=desk.prefix, status="cannot_tell"),
        )


def _refused(desk: Desk, refused: int) -> Iterator[Waiting]:
    if refused:
        yield Waiting(
            Chip("资料有误", "bad"),
            f"{refused:,} 人的资料超出可能的范围，没有核算",
            "不按错的资料判，也不漏掉。请来源单位核实。",
            "看是谁",
            address("people", place=desk.prefix, status="refused"),
        )
