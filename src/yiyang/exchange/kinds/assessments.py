"""Assessments by GB/T 42195-2022 done elsewhere: the level is reckoned here from the items, never copied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from yiyang.assessments import selectors as assessments
from yiyang.assessments import services
from yiyang.base.ids import PersonId
from yiyang.engine.scoring import AbilityItem, AbilitySigns
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
from yiyang.policies.standards import ability_standard

SIGNS = ("coma", "dementia", "mental_disorder", "risk_events")


def check(values: Values, taking: Taking) -> None:
    if _day(values) > taking.now.date():
        raise Faulty("assessed_on", "future", "评估日期还没到", "请核对日期")
    if values.get("coma"):
        return
    missing = [item.name for item in ability_standard().items if item.identifier not in values]
    if missing:
        raise Faulty(
            "assessed_on", "unanswered", f"还有 {len(missing)} 项没有评分", "26 项都要填；昏迷的可以不填"
        )


def _day(values: Values) -> date:
    return date.fromisoformat(str(values["assessed_on"]))


def judge(entries: Sequence[Entry], taking: Taking) -> list[Verdict]:
    """One assessment per person and day; a settled one is never changed."""
    registered = known.people_of(entries)
    ids = [found.id for found in registered.values()]
    done, open_forms = assessments.levels_on(ids), assessments.being_assessed(ids)

    def against(entry: Entry, found: Registered) -> Verdict:
        if found.id in open_forms:
            return refuse(
                "id_number", "being_assessed", "有同事正在给这位老人评估", "等那一份签字或放弃后再传"
            )
        return _against(entry, found, done)

    return known.judged(entries, taking, registered, against)


def _against(entry: Entry, found: Registered, done: Mapping[tuple[int, date], int]) -> Verdict:
    day = _day(entry.values)
    if day < found.born_on:
        return refuse("assessed_on", "before_birth", "评估日期早于出生日期", "请核对日期")
    level = done.get((found.id, day))
    if level is None:
        return Verdict(RowState.READY, RowAct.ADD, found.id)
    if level == services.level_of(_scores(entry.values), _signs(entry.values)):
        return Verdict(RowState.UNCHANGED, person_id=found.id)
    return refuse(
        "assessed_on", "other_level", "这一天已有签过字的评估，等级不同", "签过字的不能改；确要更正请做复评"
    )


def _scores(values: Values) -> dict[str, int]:
    by_identifier = {item.identifier: item.code for item in ability_standard().items}
    return {code: int(values[key] or 0) for key, code in by_identifier.items() if key in values}


def _signs(values: Values) -> AbilitySigns:
    return AbilitySigns(
        bool(values.get("coma")),
        bool(values.get("dementia")),
        bool(values.get("mental_disorder")),
        int(values.get("risk_events") or 0),
    )


def merge(rows: Sequence[tuple[Entry, Verdict]], taking: Taking) -> Added:
    for entry, verdict in rows:
        services.enter_assessment(
            actor=taking.actor,
            person_id=PersonId(verdict.person_id or 0),
            scores=_scores(entry.values),
            signs=_signs(entry.values),
            assessed_on=_day(entry.values),
            source=taking.source,
            now=taking.now,
        )
    return NOBODY_NEW


def _column(item: AbilityItem) -> Column:
    says = "；".join(f"{option.score} 分：{option.text}" for option in item.options)
    return Column(
        item.identifier, item.name, cells.whole(0, item.maximum), says, str(item.maximum), (item.code,)
    )


ASSESSMENTS = Kind(
    code="assessments",
    title="能力评估",
    says="评估机构按 GB/T 42195-2022 做的评估：26 项评分和几项病情；等级由系统按标准算",
    columns=(
        ID_NUMBER,
        NAME,
        Column("assessed_on", "评估日期", cells.day, "评估那一天", "2026-01-01",
               ("评估时间", "评定日期"), True),
        *(_column(item) for item in ability_standard().items),
        Column("coma", "昏迷", cells.YES_NO, "是或否；昏迷的 26 项可以不填", "否"),
        Column("dementia", "诊断为失智", cells.YES_NO, "是或否", "否", ("失智", "痴呆", "认知症")),
        Column("mental_disorder", "诊断有精神障碍", cells.YES_NO, "是或否", "否", ("精神障碍", "精神疾病")),
        Column("risk_events", "近30天照护风险事件次数", cells.whole(0, 99),
               "跌倒、走失、噎食等合计，没有写 0",
               "0", ("照护风险事件",)),
    ),
    same=lambda values: f"{values['id_number']} {values['assessed_on']}",
    judge=judge,
    merge=merge,
    check=check,
)  # fmt: skip
