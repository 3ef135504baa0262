"""Deaths: what the police, hospitals or funeral homes report. A second source makes them count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from yiyang.base.ids import PersonId
from yiyang.engine.tabling import cells
from yiyang.exchange.choices import RowAct, RowState
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
from yiyang.people import services as people
from yiyang.people.choices import Source
from yiyang.people.selectors import one_record


def check(values: Values, taking: Taking) -> None:
    if _day(values) > taking.now.date():
        raise Faulty("died_on", "future", "去世日期还没到", "请核对日期")


def _day(values: Values) -> date:
    return date.fromisoformat(str(values["died_on"]))


def judge(entries: Sequence[Entry], taking: Taking) -> list[Verdict]:
    """Whoever is dead already is not dead twice; another day is a question for the registry."""

    def against(entry: Entry, found: Registered) -> Verdict:
        return _against(entry, found, taking.source)

    return known.judged(entries, taking, known.people_of(entries), against, dead_too=True)


def _against(entry: Entry, found: Registered, source: Source) -> Verdict:
    if found.died_on == _day(entry.values):
        return Verdict(RowState.UNCHANGED, person_id=found.id)
    if found.died_on is not None:
        return refuse("died_on", "other_day", "已登记去世，日期不同", "请核对死亡证明，由登记地更正")
    if _day(entry.values) < found.born_on:
        return refuse("died_on", "before_birth", "去世日期早于出生日期", "请核对日期")
    if one_record.has_said(PersonId(found.id), source):
        return Verdict(RowState.UNCHANGED, person_id=found.id)
    return Verdict(RowState.READY, RowAct.CHANGE, found.id, fields=("died_on",))


def merge(rows: Sequence[tuple[Entry, Verdict]], taking: Taking) -> Added:
    for entry, verdict in rows:
        word = people.DeathWord(
            person_id=PersonId(verdict.person_id or 0), source=taking.source, died_on=_day(entry.values)
        )
        people.report_death(actor=taking.actor, word=word, now=taking.now)
    return NOBODY_NEW


DEATHS = Kind(
    code="deaths",
    title="去世人员",
    says="公安、医院、殡仪馆报来的去世人员",
    columns=(
        ID_NUMBER,
        NAME,
        Column("died_on", "去世日期", cells.day, "照死亡证明写", "2026-01-01",
               ("死亡日期", "死亡时间", "去世时间", "注销日期"), True),
    ),
    same=lambda values: str(values["id_number"]),
    judge=judge,
    merge=merge,
    check=check,
)  # fmt: skip
