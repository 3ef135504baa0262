"""What a file and a record say differently: both words side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from yiyang.base.ids import PersonId
from yiyang.engine import identifying
from yiyang.exchange import selectors, storing
from yiyang.exchange.choices import RANKS, TicketKind, TicketState
from yiyang.exchange.kinds import kind_of
from yiyang.faces.bureau.forms import SettleTicket
from yiyang.faces.bureau.import_showing import Side, TicketPage, TicketRow, TicketsPage
from yiyang.faces.bureau.presenting.desk import Desk, address
from yiyang.faces.bureau.presenting.words import Names, at_words, day_words, sex_age
from yiyang.faces.shared.fields import form_view
from yiyang.faces.shared.showing import Chip, Event, Fact, State
from yiyang.people import selectors as people
from yiyang.people.choices import Source
from yiyang.people.facts import FACTS

if TYPE_CHECKING:
    from yiyang.exchange.models import Ticket
    from yiyang.people.models import Person

MOST = 200


def number_of(ticket: Ticket) -> str:
    """What people call it: D and six signs of its code."""
    return f"D-{str(ticket.code)[:6].upper()}"


def tickets_page(desk: Desk, tickets: Sequence[Ticket], total: int) -> TicketsPage:
    more = f"，先列最早的 {len(tickets)} 条" if total > len(tickets) else ""
    return TicketsPage(
        heading=f"{total:,} 条等人判断" if total else "没有要判断的",
        lead=f"{desk.branch.name}。来文和档案说法不同，级别低的来源不会自动盖掉级别高的{more}。",
        rows=tuple(_row(desk, one) for one in tickets),
        empty=State("empty", "没有要判断的", f"{day_words(desk.today, desk.today)}查过。"),
    )


def _row(desk: Desk, ticket: Ticket) -> TicketRow:
    kind = kind_of(ticket.batch.kind)
    what = "、".join(column.title for column in kind.columns if column.key in ticket.fields)
    return TicketRow(
        number=number_of(ticket),
        href=address("import_ticket", ticket.code),
        kind=ticket.get_kind_display(),
        what=what or kind.title,
        source=ticket.batch.get_source_display(),
        since=day_words(ticket.opened_at.date(), desk.today),
    )


def ticket_page(desk: Desk, ticket: Ticket, person: Person, form: SettleTicket | None) -> TicketPage:
    """Both words, and the question."""
    kind = kind_of(ticket.batch.kind)
    row = selectors.row_at(ticket.batch_id, ticket.line)
    values = storing.open_line(row.pk, row.content).values if row.content else {}
    is_open = ticket.state == TicketState.OPEN
    may = is_open and desk.actor.may("settle_imports")
    fields = ticket.fields or ["name"]
    sides = [
        Side(kind.column(key).title, _held(desk, person, key), _said(key, values.get(key)))
        for key in fields
        if any(column.key == key for column in kind.columns)
    ]
    return TicketPage(
        heading=f"{number_of(ticket)}　{ticket.get_kind_display()}",
        lead=_lead(ticket),
        chip=Chip("等判断", "warn", "clock") if is_open else Chip(ticket.get_state_display(), "ok"),
        sides=tuple(sides) if is_open else (),
        facts=(
            Fact("老人", f"{_name(ticket, person)} {sex_age(person.sex, people.ages(person, desk.today))}"),
            Fact("身份证号", people.masked_id_number(person)),
            Fact("来文", f"{kind.title}，{ticket.batch.get_source_display()}，截至 {ticket.batch.as_of}"),
            Fact("第几行", str(ticket.line)),
        ),
        form=form_view(form or SettleTicket(), action=address("import_ticket", ticket.code), verb="记下判断")
        if may
        else None,
        say=_say(ticket, may=may),
        events=_events(desk, ticket),
    )


def _name(ticket: Ticket, person: Person) -> str:
    """Two names can only be compared in full."""
    return person.name if ticket.kind == TicketKind.NAME else identifying.masked_name(person.name)


def _lead(ticket: Ticket) -> str:
    if ticket.kind == TicketKind.NAME:
        return "身份证号相同，姓名不同：是同一个人写错了名，还是号码填错了人？"
    return (
        f"档案里的说法级别 {ticket.held_rank}，这份来文级别 {ticket.batch.rank}。"
        "级别低的不自动盖掉级别高的，请核实后判断。"
    )


def _say(ticket: Ticket, *, may: bool) -> str:
    if may:
        return "先向来源单位或社区核实。按来文办，档案会改；保持原样，这一行不入库。"
    return "已经判断过。" if ticket.state != TicketState.OPEN else "请有导入职责的同事判断。"


def _held(desk: Desk, person: Person, key: str) -> str:
    if key in FACTS:
        known = people.facts_as_known(PersonId(person.pk), as_of=desk.today, known_at=desk.now)
        return f"{known[key].words}（{known[key].source}）" if key in known else "没有记录"
    if key == "phone":
        return people.masked_phone(person) or "没有记录"
    if key == "address":
        return people.address_of(person) or "没有记录"
    return str(getattr(person, key, "")) or "没有记录"


def _said(key: str, value: object) -> str:
    if value is None:
        return "没有写"
    if key == "phone":
        return identifying.masked_phone(str(value))
    if key in FACTS:
        return "不再知道" if value == "?" else FACTS[key].say(int(str(value)))
    return str(value)


def _events(desk: Desk, ticket: Ticket) -> tuple[Event, ...]:
    opened = Event(at_words(ticket.opened_at, desk.today), "来文入库时发现不一致")
    if ticket.settled_at is None:
        return (opened,)
    name = Names([ticket.settled_by_id])[ticket.settled_by_id]
    judged = f"{name}：{ticket.get_state_display()}"
    return (Event(at_words(ticket.settled_at, desk.today), judged, ticket.why), opened)


SOURCES = tuple((source.value, str(source.label)) for source in Source if source in RANKS)
