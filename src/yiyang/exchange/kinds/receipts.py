"""Receipts: what a person receives according to the office that pays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import connection

from yiyang.base.ids import PersonId
from yiyang.engine.tabling import cells
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.services import receiving
from yiyang.entitlements.services.receiving import Payment
from yiyang.exchange.choices import OWN_RANK, RANKS, RowAct, RowState, TicketKind
from yiyang.exchange.kinds import known
from yiyang.exchange.kinds.declaring import (
    NOBODY_NEW,
    Added,
    Column,
    Entry,
    Faulty,
    Kind,
    Taking,
    Values,
    Verdict,
    refuse,
)
from yiyang.exchange.kinds.people import ID_NUMBER, NAME
from yiyang.exchange.registry import Registered

type Held = Mapping[tuple[int, str, date], tuple[date | None, int | None, str]]


def check(values: Values, taking: Taking) -> None:
    if values.get("until") and str(values["until"]) < str(values["since"]):
        raise Faulty("until", "ends_early", "停发日期早于起发日期", "请核对两个日期")
    if _day(values, "since") > taking.now.date():
        raise Faulty("since", "future", "起发日期还没到", "到日再报，或核对日期")


def _day(values: Values, key: str) -> date:
    return date.fromisoformat(str(values[key]))


HELD = """
SELECT person_id, benefit, since, until, amount_fen, source
  FROM entitlements_receipt WHERE person_id = ANY (%s)"""


def held_by(person_ids: Sequence[int]) -> Held:
    with connection.cursor() as cursor:
        cursor.execute(HELD, [list(person_ids)])
        return {(row[0], row[1], row[2]): (row[3], row[4], row[5]) for row in cursor.fetchall()}


def results(on: date) -> dict[str, str]:
    """Title or name of a stored result -> name."""
    marks = entitlements.marks(on=on)
    return {marks.titles[name]: name for name in marks.stored} | {name: name for name in marks.stored}


def judge(entries: Sequence[Entry], taking: Taking) -> list[Verdict]:
    """The same person, benefit and first day is the same receipt."""
    registered, names = known.people_of(entries), results(taking.now.date())
    held = held_by([found.id for found in registered.values()])
    return known.judged(
        entries,
        taking,
        registered,
        lambda entry, found: _against(entry, found, taking, names, held),
        dead_too=True,
    )


def _against(
    entry: Entry, found: Registered, taking: Taking, names: Mapping[str, str], held: Held
) -> Verdict:
    values = entry.values
    benefit = names.get(str(values["benefit"]))
    if benefit is None:
        listed = "、".join(title for title in names if not title.isascii())
        return refuse("benefit", "no_benefit", "没有这项待遇", f"只能写：{listed}")
    before = held.get((found.id, benefit, _day(values, "since")))
    said = (_until(values), _fen(values))
    if before is not None and before[:2] == said:
        return Verdict(RowState.UNCHANGED, person_id=found.id)
    rank = -1 if before is None else RANKS.get(before[2], OWN_RANK)
    if rank > taking.rank and not entry.decided:
        return Verdict(
            RowState.WAITING,
            person_id=found.id,
            ticket=TicketKind.DIFFERENCE,
            fields=("amount",),
            held_rank=rank,
        )
    act = RowAct.ADD if before is None else RowAct.CHANGE
    return Verdict(RowState.READY, act, found.id, fields=("until", "amount"))


def _until(values: Values) -> date | None:
    return _day(values, "until") if values.get("until") else None


def _fen(values: Values) -> int | None:
    said = values.get("amount")
    return None if said is None else int(said)


def merge(rows: Sequence[tuple[Entry, Verdict]], taking: Taking) -> Added:
    names = results(taking.now.date())
    payments = [
        Payment(
            PersonId(verdict.person_id or 0),
            names[str(entry.values["benefit"])],
            _day(entry.values, "since"),
            _until(entry.values),
            _fen(entry.values),
        )
        for entry, verdict in rows
    ]
    receiving.record_payments(
        actor=taking.actor, payments=payments, source=taking.source, division=taking.division, now=taking.now
    )
    return NOBODY_NEW


RECEIPTS = Kind(
    code="receipts",
    title="待遇发放",
    says="谁从哪天起领哪项待遇、每月多少钱、停发没有",
    columns=(
        ID_NUMBER,
        NAME,
        Column("benefit", "待遇", cells.text, "写全称，和系统里的待遇名称一致", "高龄津贴",
               ("待遇名称", "补贴名称", "津贴名称", "补贴项目"), True),
        Column("since", "起发日期", cells.day, "从哪天起领", "2026-01-01",
               ("发放起始日期", "起领日期", "享受日期"), True),
        Column("until", "停发日期", cells.day, "还在领就空着", "", ("终止日期", "截止日期")),
        Column("amount", "每月金额（元）", cells.fen, "只写数字", "100.00",
               ("金额", "每月金额", "发放金额", "月发放额", "补贴金额")),
    ),
    same=lambda values: f"{values['id_number']} {values['benefit']} {values['since']}",
    judge=judge,
    merge=merge,
    check=check,
)  # fmt: skip
