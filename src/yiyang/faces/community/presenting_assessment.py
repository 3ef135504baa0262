"""An assessment on the phone: items, what they come to so far, what they changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localtime

from yiyang.accounts import selectors as accounts
from yiyang.assessments import selectors as assessments
from yiyang.assessments import services
from yiyang.base.ids import PersonId
from yiyang.engine import scoring
from yiyang.engine.scoring import AbilityItem, AbilityResult
from yiyang.faces.community.progress import answered_of, progress
from yiyang.faces.community.showing import Answer, DimensionScore, ItemPage, ReviewPage
from yiyang.faces.shared.charts import stacked
from yiyang.faces.shared.fields import FormView
from yiyang.faces.shared.showing import CANNOT_TELL, Chip, Event, Fact, Link
from yiyang.people import selectors as people
from yiyang.people.facts import FACTS
from yiyang.policies.standards import ability_standard
from yiyang.regions import selectors as regions

if TYPE_CHECKING:
    from yiyang.assessments.models import Assessment
    from yiyang.people.models import Person

HINT = "看本人怎么做，再问家里人。选最接近的一个。"
SIGNS = {
    "coma": "昏迷",
    "dementia": "确诊失智",
    "mental_disorder": "确诊其他精神障碍",
    "risk_events": "30 天内出事次数达到标准",
}


@dataclass(frozen=True)
class Running:
    """One assessment with its answers; items in the order of the standard, numbered from 1."""

    assessment: Assessment
    person: Person
    scores: Mapping[str, int]

    @property
    def items(self) -> tuple[AbilityItem, ...]:
        return ability_standard().items

    @property
    def parts(self) -> list[list[bool]]:
        """Per dimension, per item: answered or not."""
        standard = ability_standard()
        return [
            [item.code in self.scores for item in standard.items if item.dimension == part.code]
            for part in standard.dimensions
        ]

    @property
    def open_numbers(self) -> list[int]:
        """Numbers of the items without an answer."""
        return [n for n, item in enumerate(self.items, start=1) if item.code not in self.scores]

    def href(self, n: int, *, review: bool = False) -> str:
        """Address of one item; ``review``: come back to the last page afterwards."""
        to = reverse("community:assess_item", kwargs={"code": self.assessment.code, "n": n})
        return f"{to}?back=review" if review else to

    def page(self, name: str) -> str:
        """Address of another page of this assessment."""
        return reverse(f"community:assess_{name}", kwargs={"code": self.assessment.code})


def running(assessment: Assessment) -> Running:
    """The assessment with everything answered so far."""
    person = people.person(PersonId(assessment.person_id))
    return Running(assessment, person, assessments.scores_of(assessment))


def item_page(now: Running, n: int, *, on: date, skipped: bool, review: bool, error: str = "") -> ItemPage:
    """One item on one screen."""
    item = now.items[n - 1]
    standard = ability_standard()
    dimension = next(part.name for part in standard.dimensions if part.code == item.dimension)
    dots, width = progress(now.parts, current=n)
    score = now.scores.get(item.code)
    return ItemPage(
        action=now.href(n, review=review),
        who=f"{now.person.name} {people.ages(now.person, on)} 岁",
        dimension=dimension,
        number=n,
        total=len(now.items),
        answered=answered_of(now.parts),
        question=item.name,
        hint=item.note or HINT,
        answers=tuple(Answer(one.score, one.text, one.score == score) for one in item.options),
        skipped=skipped,
        dots=dots,
        width=width,
        code=item.code,
        back=Link("上一题", now.href(n - 1)) if n > 1 else None,
        leave=Link("先停在这里", reverse("community:lead", kwargs={"code": now.person.code})),
        error=error,
    )


def review_page(now: Running, *, on: date, sign: FormView | None) -> ReviewPage:
    """Everything once more; without ``sign`` where something is missing."""
    result, why_not = _result(now)
    standard = ability_standard()
    numbers = {item.code: n for n, item in enumerate(now.items, start=1)}
    total = sum(now.scores.values()) if not now.open_numbers else None
    return ReviewPage(
        heading="签字前再看一遍",
        lead=f"{now.person.name}，{people.ages(now.person, on)} 岁。",
        unanswered=tuple(
            Link(f"第 {n} 题 {now.items[n - 1].name}", now.href(n, review=True)) for n in now.open_numbers
        ),
        dimensions=tuple(
            _part(now, part.code, part.name, part.maximum, numbers) for part in standard.dimensions
        ),
        total=total,
        of=standard.maximum,
        level=_level_words(result) if result else why_not,
        level_chip=Chip(level_name(result.level), "info", "form") if result else CANNOT_TELL,
        facts=sign_facts(now.assessment),
        adjustments=_adjustments(result) if result else (),
        sign=sign if result else None,
        why_not=why_not,
        back=Link("改特殊情况", now.page("signs")),
        abandon=now.page("abandon"),
    )


def can_be_signed(now: Running) -> bool:
    """Whether the answers so far come to a level."""
    return _result(now)[0] is not None


def _result(now: Running) -> tuple[AbilityResult | None, str]:
    try:
        return services.result_of(now.assessment), ""
    except scoring.Incomplete:
        missing = len(now.open_numbers)
        if not missing:
            return None, "特殊情况还没有答，答完才能签字。"
        tail = "特殊情况也还没有答。" if not now.assessment.signs_answered else ""
        return None, f"还差 {missing} 题，等级算不出。没有答的不算 0 分，答完才能签字。{tail}"


def _part(now: Running, code: str, name: str, of: int, numbers: Mapping[str, int]) -> DimensionScore:
    items = [item for item in now.items if item.dimension == code]
    missing = sum(1 for item in items if item.code not in now.scores)
    got = sum(now.scores.get(item.code, 0) for item in items)
    bar = stacked([("f1", got), ("f3" if missing else "f4", of - got)])
    href = now.href(numbers[items[0].code], review=False)
    return DimensionScore(name, None if missing else got, of, missing, href, bar)


def level_name(level: int) -> str:
    """``3 重度受损``."""
    return f"{int(level)} {FACTS['ability_level'].say(level)}"


def _level_words(result: AbilityResult) -> str:
    if result.initial_level is None:
        return f"昏迷，直接定为 {level_name(result.level)}"
    if result.level == result.initial_level:
        return f"等级 {level_name(result.level)}"
    return f"初步等级 {level_name(result.initial_level)}，加重后为 {level_name(result.level)}"


def _adjustments(result: AbilityResult) -> tuple[str, ...]:
    """Every reason that holds; several together are one step by the standard's own rule."""
    rule = ability_standard().rule
    said = []
    for reason in result.adjusted_by:
        effect = "直接定级" if reason == "coma" else "加重一级"
        said.append(f"{SIGNS[reason]}：{effect}")
    if len(said) > 1 and rule.adjust_once and "coma" not in result.adjusted_by:
        said.append("几样同时成立，一共只加重一级")
    return tuple(said)


def sign_facts(assessment: Assessment) -> tuple[Fact, ...]:
    """The signs as answered; not answered is shown as a gap."""
    rows = [
        ("昏迷", assessment.coma),
        ("确诊失智", assessment.dementia),
        ("确诊其他精神障碍", assessment.mental_disorder),
    ]
    said = [Fact(name, None if value is None else "有" if value else "没有") for name, value in rows]
    events = assessment.risk_events
    return (*said, Fact("30 天内出事", None if events is None else f"{events} 次"))


def history_events(settled: Sequence[Assessment], *, on: date) -> tuple[Event, ...]:
    """Earlier assessments, wherever in the city they were done."""
    names = accounts.names_of(one.assessor_id for one in settled)
    places = regions.names_of({one.division for one in settled}, on=on)
    events = []
    for one in settled:
        valid = f"有效到 {one.valid_until:%Y-%m-%d}" if one.valid_until else "没有写有效期"
        if one.valid_until and one.valid_until <= on:
            valid = f"{one.valid_until:%Y-%m-%d} 已过期"
        where = places.get(one.division, one.division)
        who = names.get(one.assessor_id or 0, "")
        level = level_name(one.level) if one.level is not None else ""
        note = "，".join(part for part in (where, who, one.get_reason_display(), valid) if part)
        events.append(Event(f"{one.assessed_on:%Y-%m-%d}", level, note))
    return tuple(events)


def known_level(person_id: PersonId, *, now: datetime) -> tuple[Event, ...]:
    """A level that came from elsewhere, without the 26 items: it counts, and the page says what it lacks."""
    fact = people.facts_as_known(person_id, as_of=now.date(), known_at=now).get("ability_level")
    if fact is None or fact.value is None:
        return ()
    note = f"{fact.source}，只有结果，没有 26 题的记录"
    return (Event(f"{fact.valid_from:%Y-%m-%d}", level_name(fact.value), note),)


def begun_words(assessment: Assessment) -> str:
    """Who is at it, since when."""
    name = accounts.names_of([assessment.assessor_id]).get(assessment.assessor_id or 0, "别的同事")
    return f"{name} {localtime(assessment.begun_at):%m月%d日 %H:%M} 开始的评估还没有签字"
