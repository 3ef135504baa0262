"""Files of other offices as pages: lists, one file with its stages and counts, templates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from yiyang.engine import identifying
from yiyang.exchange import guards, selectors, storing
from yiyang.exchange.choices import BatchState, RowAct
from yiyang.exchange.kinds import KINDS, kind_of
from yiyang.exchange.kinds.declaring import Kind
from yiyang.faces.bureau.forms import DeclineImport, NothingAsked
from yiyang.faces.bureau.import_showing import (
    BatchRow,
    FeedRow,
    ImportPage,
    ImportsPage,
    Reason,
    Shift,
    TemplateRow,
)
from yiyang.faces.bureau.presenting.desk import Desk, address
from yiyang.faces.bureau.presenting.words import Names, at_words, day_words
from yiyang.faces.shared.fields import FormView, form_view
from yiyang.faces.shared.showing import Chip, Event, Fact, Link, Part, Recon, State, Step

if TYPE_CHECKING:
    from yiyang.exchange.models import Batch, Feed, Row

MOST = 100
PREVIEWED = 20
REASONS = 20
AGAIN = 5  # seconds
CHIPS = {
    BatchState.RECEIVED: Chip("等检查", "info", "clock"),
    BatchState.READING: Chip("正在检查", "info", "clock"),
    BatchState.CHECKED: Chip("等复核", "warn", "clock"),
    BatchState.APPROVED: Chip("等入库", "info", "clock"),
    BatchState.MERGING: Chip("正在入库", "info", "clock"),
    BatchState.DONE: Chip("已入库", "ok"),
    BatchState.BAD: Chip("读不了", "bad"),
    BatchState.DECLINED: Chip("未通过", "quiet", "x"),
}
MOVING = (BatchState.RECEIVED, BatchState.READING, BatchState.APPROVED, BatchState.MERGING)
LATER = (BatchState.DONE, BatchState.MERGING, BatchState.APPROVED)


def number_of(batch: Batch) -> str:
    """What people call it: L and six signs of its code."""
    return f"L-{str(batch.code)[:6].upper()}"


def imports_page(desk: Desk, batches: Sequence[Batch], feeds: Sequence[Feed], tickets: int) -> ImportsPage:
    """Those that wait for this person, then all; departments that send regularly; templates."""
    mine = [one for one in batches if not guards.why_not_decide(desk.actor, one)]
    names = Names(one.uploaded_by_id for one in batches)
    waiting = tuple(_row(desk, one, names) for one in mine)
    others = tuple(_row(desk, one, names) for one in batches if one not in mine)
    may = desk.actor.may("import_data")
    return ImportsPage(
        heading=f"{len(waiting)} 份来文等您复核" if waiting else "来文",
        lead=f"{desk.branch.name}。别的部门和机构发来的表：先检查，再由另一位同事复核，然后入库。",
        new=Link("上传来文", address("import_new")) if may else None,
        tickets=Link(f"{tickets:,} 条等人判断", address("import_tickets")) if tickets else None,
        waiting=waiting,
        others=others,
        feeds=tuple(feed_row(desk.today, one) for one in feeds),
        templates=tuple(
            TemplateRow(kind.title, kind.says, address("import_template", kind.code))
            for kind in KINDS.values()
        ),
        empty=State("empty", "还没有来文", "下载下面的模板填写，或直接上传部门导出的表。"),
    )


def _row(desk: Desk, batch: Batch, names: Names) -> BatchRow:
    return BatchRow(
        number=number_of(batch),
        href=address("import", batch.code),
        what=kind_of(batch.kind).title,
        source=batch.get_source_display(),
        as_of=f"{batch.as_of}",
        counts=_counts(batch),
        who=f"{names[batch.uploaded_by_id] or '后台'} {at_words(batch.uploaded_at, desk.today)}",
        chip=CHIPS[BatchState(batch.state)],
    )


def _counts(batch: Batch) -> str:
    if batch.state in (BatchState.RECEIVED, BatchState.READING, BatchState.BAD):
        return ""
    going = batch.merged if batch.state in LATER else batch.to_add + batch.to_change
    verb = "入库" if batch.state in LATER else "可入库"
    back = f"，退回 {batch.rejected:,}" if batch.rejected else ""
    return f"{batch.read:,} 行：{verb} {going:,}{back}"


def feed_row(today: date, feed: Feed) -> FeedRow:
    """When a department's file came last, and whether it is late."""
    due = selectors.due_of(feed)
    late = (today - due).days
    chip = Chip(f"晚了 {late} 天", "bad") if late > 0 else Chip("按时", "ok")
    came = day_words(feed.last_arrived_at.date(), today) if feed.last_arrived_at else "还没有来过"
    return FeedRow(feed.title, feed.get_source_display(), came, day_words(due, today), chip)


def import_page(desk: Desk, batch: Batch, decline: DeclineImport | None = None) -> ImportPage:
    """One file as it stands now."""
    told = storing.told_of(batch)
    why_not = guards.why_not_decide(desk.actor, batch)
    waits = batch.state == BatchState.CHECKED and desk.actor.may("approve_import")
    shifts = selectors.first_rows(batch.pk, (RowAct.ADD, RowAct.CHANGE), PREVIEWED)
    kind = kind_of(batch.kind)
    return ImportPage(
        heading=f"{number_of(batch)}　{kind.title}",
        lead=f"{batch.get_source_display()}，数据截至 {batch.as_of}。{kind.says}。",
        chip=CHIPS[BatchState(batch.state)],
        steps=_steps(batch),
        recon=_recon(batch),
        say=_say(batch, told, why_not, waits=waits),
        facts=_facts(batch, told),
        notes=tuple(told.get("notes", ())),
        shifts=tuple(_shift(row, kind) for row in shifts),
        shifts_note=f"共 {batch.to_add + batch.to_change:,} 行会入库，下面是前 {len(shifts)} 行；姓名遮盖",
        reasons=tuple(Reason(*one) for one in selectors.reasons_of(batch.pk)[:REASONS]),
        rejected=_rejected(desk, batch),
        tickets=_tickets(batch),
        approve=_approve(batch) if waits and not why_not else None,
        decline=_decline(batch, decline) if waits and not why_not else None,
        events=tuple(_events(desk, batch)),
        refresh=AGAIN if batch.state in MOVING else 0,
    )


def _steps(batch: Batch) -> tuple[Step, ...]:
    at = {
        BatchState.RECEIVED: 1, BatchState.READING: 1, BatchState.BAD: 1, BatchState.CHECKED: 2,
        BatchState.DECLINED: 2, BatchState.APPROVED: 3, BatchState.MERGING: 3, BatchState.DONE: 4,
    }[BatchState(batch.state)]  # fmt: skip
    stopped = batch.state in (BatchState.BAD, BatchState.DECLINED)
    words = ("收到", "检查", "另一人复核", "入库")
    return tuple(
        Step(
            word,
            "done" if place < at else "todo" if place > at else "stopped" if stopped else "current",
        )
        for place, word in enumerate(words)
    )


def _recon(batch: Batch) -> Recon | None:
    if batch.state in (BatchState.RECEIVED, BatchState.READING, BatchState.BAD):
        return None
    ready = batch.to_add + batch.to_change
    parts = [Part("已入库", batch.merged, "f1"), Part("等入库", ready, "fa")] if batch.state in LATER else [
        Part("可入库", ready, "f1")
    ]  # fmt: skip
    parts += [
        Part("没有变化", batch.unchanged, "f4"),
        Part("退回", batch.rejected, "f2"),
        Part("等人判断", batch.waiting, "f3"),
    ]
    shown = tuple(part for part in parts if part.count or part.kind == "f1")
    return Recon(Part("读到", batch.read, "f1"), shown, "行")


def _say(batch: Batch, told: dict[str, Any], why_not: str, *, waits: bool) -> str:
    match BatchState(batch.state):
        case BatchState.RECEIVED | BatchState.READING:
            return "正在排队或检查，本页每 5 秒自己更新。还没有改动任何人的档案。"
        case BatchState.CHECKED if waits and not why_not:
            return "看清会新增和更新哪些人、退回多少，再决定。通过以后才会改动档案。"
        case BatchState.CHECKED:
            return why_not if waits else "等另一位同事复核。还没有改动任何人的档案。"
        case BatchState.APPROVED | BatchState.MERGING:
            left = batch.to_add + batch.to_change
            return f"正在入库：已入 {batch.merged:,} 行，还有 {left:,} 行。本页每 5 秒自己更新。"
        case BatchState.DONE:
            return "已全部处理完。退回的行改好以后再传，只会改动那几行。"
        case BatchState.DECLINED:
            return f"没有入库。理由：{batch.why_declined}"
        case _:
            return f"{told.get('bad', '文件读不了')}。没有改动任何人的档案。"


def _facts(batch: Batch, told: dict[str, Any]) -> tuple[Fact, ...]:
    megabytes = max(1, round(batch.size / 1_000_000))
    return (
        Fact("文件", str(told.get("name", ""))),
        Fact("格式和大小", f"{batch.format}，约 {megabytes} MB"),
        Fact("来源", batch.get_source_display()),
        Fact("数据截至", f"{batch.as_of}"),
        Fact("新增、更新", f"新增 {batch.to_add:,}，更新 {batch.to_change:,}（等入库的）"),
    )


def _shift(row: Row, kind: Kind) -> Shift:
    values = storing.open_line(row.pk, row.content).values if row.content else {}
    name = identifying.masked_name(str(values.get("name", "")))
    act = Chip("新增", "ok") if row.act == RowAct.ADD else Chip("更新", "info")
    what = "、".join(column.title for column in kind.columns if values.get(column.key) not in (None, ""))
    return Shift(row.line, name or "—", act, what)


def _rejected(desk: Desk, batch: Batch) -> Link | None:
    if not batch.rejected or not desk.actor.may("import_data"):
        return None
    return Link(f"下载退回的 {batch.rejected:,} 行（{batch.format}）", address("import_rejected", batch.code))


def _tickets(batch: Batch) -> Link | None:
    if not batch.waiting or batch.state not in LATER:
        return None
    return Link(f"{batch.waiting:,} 行等人判断", address("import_tickets"))


def _approve(batch: Batch) -> FormView:
    return form_view(
        NothingAsked(),
        action=address("import_approve", batch.code),
        verb=f"通过，让 {batch.to_add + batch.to_change:,} 行入库",
    )


def _decline(batch: Batch, form: DeclineImport | None) -> FormView:
    return form_view(
        form or DeclineImport(), action=address("import_decline", batch.code), verb="不通过，整份退回"
    )


def _events(desk: Desk, batch: Batch) -> Iterator[Event]:
    names = Names((batch.uploaded_by_id, batch.decided_by_id))
    if batch.finished_at and batch.state == BatchState.DONE:
        yield Event(at_words(batch.finished_at, desk.today), "入库完毕")
    if batch.decided_at:
        verb = "没有通过" if batch.state == BatchState.DECLINED else "复核通过"
        yield Event(
            at_words(batch.decided_at, desk.today), f"{names[batch.decided_by_id]}{verb}", batch.why_declined
        )
    yield Event(at_words(batch.uploaded_at, desk.today), f"{names[batch.uploaded_by_id] or '后台'}上传")
