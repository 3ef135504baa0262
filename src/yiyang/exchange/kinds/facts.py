"""Facts: hardship, certificates, insurance, living alone and the others, with the day they hold from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from yiyang.base.ids import PersonId
from yiyang.engine.errors import Refused
from yiyang.engine.tabling import Cell, cells
from yiyang.engine.tabling.cells import Reader, Value
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
from yiyang.people import guards
from yiyang.people import services as people
from yiyang.people.facts import FACTS, FactSpec
from yiyang.people.services import Word

UNKNOWN = "?"
"""A source says that it no longer knows; an empty cell says nothing at all."""

WORDS: Mapping[str, Mapping[str, int]] = {
    "hardship_class": {
        "低保": 2, "城市低保": 2, "农村低保": 2, "最低生活保障": 2, "低保边缘": 1, "低保边缘户": 1,
        "特困": 3, "特困人员": 3, "特困供养": 3, "分散供养": 3, "集中供养": 3, "不属于困难对象": 0, "无": 0,
    },
    "disability_certificate_grade": {
        "一级": 1, "二级": 2, "三级": 3, "四级": 4, "1级": 1, "2级": 2, "3级": 3, "4级": 4,
        "没有残疾证": 0, "无": 0,
    },
    "pension_scheme": {
        "职工养老保险": 1, "城镇职工": 1, "城乡居民养老保险": 2, "城乡居民": 2, "没有": 0, "无": 0,
    },
}  # fmt: skip
ALSO: Mapping[str, tuple[str, ...]] = {
    "hardship_class": ("困难类别", "低保类别", "救助类别", "对象类别", "困难类型"),
    "disability_certificate_grade": ("残疾等级", "残疾证级别", "残疾级别"),
    "ltci_disability_level": ("长护等级", "长护险等级"),
    "insured_months": ("参保月数", "长护险缴费月数"),
    "pension_scheme": ("养老保险类型", "参保类型"),
    "lives_alone": ("是否独居",),
    "lives_in_care_home": ("是否入住机构", "是否住养老机构"),
    "entitled_group": ("是否优抚对象",),
}
NOT_SENT = ("ability_level", "meals_in_month")  # an assessment says the one, our own orders the other


def _reader(spec: FactSpec) -> Reader:
    if spec.boolean:
        inner: Reader = cells.YES_NO
    elif spec.words:
        inner = cells.one_of(
            {word: code for code, word in spec.words.items()} | dict(WORDS.get(spec.key, {}))
        )
    else:
        inner = cells.whole(spec.low, spec.high)

    def read(cell: Cell) -> Value:
        return UNKNOWN if cells.is_unknown(cell) and not spec.known else inner(cell)

    return read


def _column(spec: FactSpec) -> Column:
    words = "、".join(spec.words.values()) if spec.words else f"{spec.low} 到 {spec.high} 的整数"
    unknown = "" if spec.known else "；查不清的写“不详”"
    example = next(iter(spec.words.values()), str(spec.low))
    return Column(
        spec.key, spec.title, _reader(spec), f"写：{words}{unknown}", example, ALSO.get(spec.key, ())
    )


SENT = tuple(spec for key, spec in FACTS.items() if key not in NOT_SENT)
KEYS = tuple(spec.key for spec in SENT)


def check(values: Values, taking: Taking) -> None:
    if not any(key in values for key in KEYS):
        raise Faulty("id_number", "says_nothing", "这一行没有写任何一项情况", "至少填一项，或删掉这一行")
    if _since(values, taking) > taking.now.date():
        raise Faulty("valid_from", "future", "起始日期还没到", "请核对日期")


def _since(values: Values, taking: Taking) -> date:
    said = values.get("valid_from")
    return date.fromisoformat(str(said)) if said else taking.as_of


@dataclass(frozen=True, slots=True)
class Said:
    """The last word about one fact of one person."""

    value: int | None
    source: str
    valid_from: date


LAST = """
SELECT DISTINCT ON (person_id, key) person_id, key, value, source, valid_from FROM people_fact
 WHERE person_id = ANY (%s) AND key = ANY (%s)
 ORDER BY person_id, key, valid_from DESC, recorded_at DESC, id DESC"""


def last_words(person_ids: Sequence[int], keys: Sequence[str]) -> dict[tuple[int, str], Said]:
    with connection.cursor() as cursor:
        cursor.execute(LAST, [list(person_ids), list(keys)])
        return {(row[0], row[1]): Said(row[2], row[3], row[4]) for row in cursor.fetchall()}


def judge(entries: Sequence[Entry], taking: Taking) -> list[Verdict]:
    """Against the last word of any source about each fact."""
    registered = known.people_of(entries)
    last = last_words([found.id for found in registered.values()], KEYS)
    return known.judged(
        entries, taking, registered, lambda entry, found: _against(entry, found, taking, last)
    )


def _against(
    entry: Entry, found: Registered, taking: Taking, last: Mapping[tuple[int, str], Said]
) -> Verdict:
    since = _since(entry.values, taking)
    said = {key: _value(entry.values[key]) for key in KEYS if key in entry.values}
    for key, value in said.items():
        try:
            guards.check_fact(key, value, since, today=taking.now.date(), born_on=found.born_on)
        except Refused as refusal:
            return refuse(key, "fact", refusal.message.split("。")[0], "请核对日期和内容")
    before = {key: last.get((found.id, key)) for key in said}
    new = tuple(key for key, value in said.items() if _is_news(value, since, before[key]))
    if not new:
        return Verdict(RowState.UNCHANGED, person_id=found.id)
    lower = tuple(key for key in new if _outranked(before[key], taking))
    if lower and not entry.decided:
        held = max(_rank(before[key]) for key in lower)
        return Verdict(
            RowState.WAITING,
            person_id=found.id,
            ticket=TicketKind.DIFFERENCE,
            fields=lower,
            held_rank=held,
        )
    return Verdict(RowState.READY, RowAct.CHANGE, found.id, fields=new)


def _value(said: Value | None) -> int | None:
    return None if said == UNKNOWN or said is None else int(said)


def _is_news(value: int | None, since: date, before: Said | None) -> bool:
    """The same value again is no news; nor is an older day than the one we know of."""
    if before is None:
        return value is not None
    return value != before.value and since >= before.valid_from


def _outranked(before: Said | None, taking: Taking) -> bool:
    return before is not None and before.value is not None and _rank(before) > taking.rank


def _rank(before: Said | None) -> int:
    return OWN_RANK if before is None else RANKS.get(before.source, OWN_RANK)


def merge(rows: Sequence[tuple[Entry, Verdict]], taking: Taking) -> Added:
    words = [
        Word(PersonId(verdict.person_id or 0), key, _value(entry.values[key]), _since(entry.values, taking))
        for entry, verdict in rows
        for key in verdict.fields
        if key in KEYS
    ]
    people.record_many(
        actor=taking.actor,
        words=words,
        source=taking.source,
        batch_id=taking.batch_id,
        division=taking.division,
        now=taking.now,
    )
    return NOBODY_NEW


FACTS_KIND = Kind(
    code="facts",
    title="人员情况",
    says="低保和特困、残疾证、养老保险和长护险、独居等情况：一人一行，填哪几项就更新哪几项",
    columns=(
        ID_NUMBER,
        NAME,
        Column("valid_from", "起始日期", cells.day, "从哪天起是这样；不填就用这份数据的日期", "2026-01-01",
               ("认定日期", "生效日期", "享受起始日期", "发证日期")),
        *(_column(spec) for spec in SENT),
    ),
    same=lambda values: f"{values['id_number']} {values.get('valid_from')}",
    judge=judge,
    merge=merge,
    check=check,
)  # fmt: skip
