"""The overview of a place: what waits, then figures that reconcile. No person is counted here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from yiyang.engine import calendars
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.selectors import PERSON_LINE, Line
from yiyang.exchange import selectors as exchange
from yiyang.faces.bureau.presenting import places, waiting
from yiyang.faces.bureau.presenting.desk import Desk, address
from yiyang.faces.bureau.presenting.words import day_words, unit_words
from yiyang.faces.bureau.showing import BenefitRow, Feed, OverviewPage
from yiyang.faces.shared.charts import Series, TrendChart, trend
from yiyang.faces.shared.presenting import CHILD_WORDS
from yiyang.faces.shared.showing import Chip, Figure, LeftOut, Part, Recon
from yiyang.faces.shared.templatetags.yiyang_staff import percent, round_yuan
from yiyang.faces.shared.texts import WEEKDAYS
from yiyang.outreach import selectors as outreach
from yiyang.people.choices import Source

if TYPE_CHECKING:
    from yiyang.entitlements.models import Sweep

NOBODY = Line("", PERSON_LINE, 0, 0, 0, 0, 0, 0, 0, 0)
MONTHS = 12
DEPARTMENTS = (
    Source.CIVIL_AFFAIRS,
    Source.DISABLED_PERSONS_FEDERATION,
    Source.MEDICAL_INSURANCE,
    Source.HUMAN_RESOURCES,
    Source.HEALTH,
    Source.PUBLIC_SECURITY,
)
BENEFITS_NOTE = "按项计，一人可有多项；金额按示例标准算，未核对原文"


@dataclass(frozen=True)
class Figures:
    """What is stored of one place: its results, the places below, the months, the refused."""

    line: Line
    results: Mapping[str, Line]
    below: Mapping[str, Line]
    months: list[tuple[date, Line]] = field(default_factory=list)
    refused: int = 0

    @property
    def over_60(self) -> int:
        return self.line.people + self.refused


def figures_of(desk: Desk, sweep: Sweep) -> Figures:
    """Two statements; three below a sweep that refused rows."""
    children = [child.division for child in desk.children]
    results, below = entitlements.lines_of_branch(desk.place.division, children, sweep)
    return Figures(
        results.get(PERSON_LINE, NOBODY),
        results,
        below,
        entitlements.trend_of(desk.place.division, PERSON_LINE, until=sweep.as_of),
        _refused(desk, sweep),
    )


def _refused(desk: Desk, sweep: Sweep) -> int:
    """Rows that could not be judged; a statement only where the sweep began above this place."""
    if not sweep.refused or sweep.prefix == desk.prefix:
        return sweep.refused
    return entitlements.refused_in(desk.prefix, sweep).count()


def overview_page(desk: Desk, sweep: Sweep, *, by_need: bool) -> OverviewPage:
    """Everything the overview shows of one place."""
    figures = figures_of(desk, sweep)
    leads = outreach.waiting_in(desk.prefix)
    lines = waiting.lines(desk, figures.line, leads, figures.refused)
    rows, total, order = places.rows_of(desk, figures.line, figures.below, by_need=by_need)
    mine = sum(one.chip.tone != "quiet" for one in lines)
    return OverviewPage(
        heading=f"今天有 {mine} 件事需要您决定" if mine else "今天没有等您决定的事",
        lead=_lead(desk, sweep, figures),
        waiting=lines,
        waiting_more=None,
        feeds=_feeds(desk, sweep, figures),
        feeds_note="数字都取自已存的核算结果。核算以后登记的变化，下一次核算计入。",
        figures=_figures(desk, figures),
        recon=_recon(desk, sweep, figures),
        benefits=_benefits(desk, sweep, figures.results),
        benefits_note=BENEFITS_NOTE,
        trend=_trend(figures.months, sweep.as_of),
        trend_say=_trend_say(figures.months, sweep.as_of),
        map=places.map_of(desk, figures.below),
        places=rows,
        total=total,
        child_word=CHILD_WORDS.get(desk.level, "下级"),
        mean_per_thousand=places.per_thousand(figures.line),
        definitions=address("definitions"),
        order=order,
        nothing_waits=waiting.nothing(desk),
        left_out=_left_out(desk, figures),
    )


def _lead(desk: Desk, sweep: Sweep, figures: Figures) -> str:
    today = desk.today
    return (
        f"{today.month}月{today.day}日 星期{WEEKDAYS[today.weekday()]}。{desk.place.name} "
        f"{figures.over_60:,} 名 60 岁以上老人，按 {day_words(sweep.as_of, today)} 的情况和规定核算。"
    )


def _feeds(desk: Desk, sweep: Sweep, figures: Figures) -> tuple[Feed, ...]:
    late = (desk.today - sweep.as_of).days
    on_time = Chip("按时", "ok") if late <= 1 else Chip(f"迟 {late} 天", "warn")
    clean = Chip("没有", "ok") if not figures.refused else Chip("要核实", "warn")
    return (
        Feed("全员核算", on_time, f"{sweep.as_of:%m-%d}", f"{sweep.seconds or 0:.1f} 秒"),
        Feed("资料有误", clean, f"{figures.refused:,} 人"),
        *_arrivals(desk),
        Feed("人和资料", Chip("模拟数据", "warn", "info"), "合成"),
    )


def _arrivals(desk: Desk) -> tuple[Feed, ...]:
    """Every department that keeps facts, and when its last file for this place was let in."""
    last = exchange.last_arrivals(desk.prefix)
    return tuple(
        Feed(str(source.label), Chip("已到", "ok"), f"{localtime(at):%m-%d}")
        if (at := last.get(source)) is not None
        else Feed(str(source.label), Chip("没有收到过文件", "unknown", "ask"), "")
        for source in DEPARTMENTS
    )


def _figures(desk: Desk, figures: Figures) -> tuple[Figure, ...]:
    line = figures.line
    before = figures.months[-2][1] if len(figures.months) > 1 else None
    due, missed = line.amount_fen, line.unserved_fen

    def one(label: str, value: int, key: str, group: str, *notes: str) -> Figure:
        return Figure(
            label,
            value,
            "人",
            key,
            tuple(note for note in notes if note),
            address("people", place=desk.prefix, status=group),
            address("definitions") + f"#{'cannot' if group == 'cannot_tell' else group}",
        )

    served, unserved = line.served or 0, line.unserved or 0
    return (
        one("应享", line.eligible, "all", "eligible", _share(line.eligible, line.people, "60 岁以上"),
            f"三项津贴补贴每月应发 {round_yuan(due)}"),
        one("已享", served, "served", "served", _share(served, line.eligible, "应享"),
            "应享的每一项都有发放记录"),
        one("应享未享", unserved, "unserved", "unserved", _share(unserved, line.eligible, "应享"),
            f"每月有 {round_yuan(missed)} 没有送到", _moved(unserved, before.unserved if before else None)),
        one("无法判定", line.cannot_tell, "cannot", "cannot_tell", "缺资料，算不出，不等于不符合",
            _moved(line.cannot_tell, before.cannot_tell if before else None)),
    )  # fmt: skip


def _share(part: int, whole: int, of: str) -> str:
    return f"占{of} {percent(part / whole)}" if whole else ""


def _moved(now: int, before: int | None) -> str:
    if before is None:
        return ""
    return (
        f"较上月末{'持平' if now == before else f'{"多" if now > before else "少"} {abs(now - before):,} 人'}"
    )


def _recon(desk: Desk, sweep: Sweep, figures: Figures) -> Recon:
    """The whole is what the sweep counted where it began here; below that, what is stored of the place."""
    line = figures.line
    whole = sweep.people if sweep.prefix == desk.prefix else figures.over_60
    parts = [
        Part("已享", line.served or 0, "f1"),
        Part("应享未享", line.unserved or 0, "f2"),
        Part("无法判定", line.cannot_tell, "f3"),
        Part("不符合", line.not_eligible, "f4"),
    ]
    if figures.refused:
        parts.append(Part("资料有误、没有核算", figures.refused, "ft"))
    return Recon(
        Part("60 岁以上", whole, ""),
        tuple(parts),
        off_href=address("people", place=desk.prefix, status="refused"),
    )


def _left_out(desk: Desk, figures: Figures) -> tuple[LeftOut, ...]:
    found = []
    if figures.refused:
        href = address("people", place=desk.prefix, status="refused")
        found.append(LeftOut(figures.refused, "资料有误，没有核算", "看是哪一项有误", href))
    if desk.children and (apart := places.apart(figures.line, figures.below)):
        href = address("people", place=desk.prefix, status="unplaced")
        found.append(LeftOut(apart, f"住址只到{desk.place.name}，没有落到下一级，下表不列", "看名单", href))
    return tuple(found)


def _benefits(desk: Desk, sweep: Sweep, results: Mapping[str, Line]) -> tuple[BenefitRow, ...]:
    marks = entitlements.marks(on=sweep.as_of)
    rows = []
    for name in marks.stored:
        line = results.get(name, NOBODY)
        rows.append(
            BenefitRow(
                title=marks.titles[name],
                href=address("law_benefit", name, place=desk.prefix),
                eligible=line.eligible,
                served=line.served or 0,
                unserved=line.unserved or 0,
                cannot_tell=line.cannot_tell,
                due_fen=line.amount_fen if name in marks.amounts else None,
                unreached_fen=line.unserved_fen if name in marks.amounts else None,
                unit=unit_words(marks.units[name]),
                people_href=address("people", place=desk.prefix, benefit=name, status="unserved"),
                cannot_href=address("people", place=desk.prefix, benefit=name, status="cannot_tell"),
            )
        )
    return tuple(rows)


def _days(as_of: date) -> list[date]:
    return sorted({*calendars.month_ends(as_of, MONTHS), as_of})


def _trend(months: list[tuple[date, Line]], as_of: date) -> TrendChart:
    known = dict(months)
    days = _days(as_of)
    ends = set(calendars.month_ends(as_of, MONTHS))
    labels = [
        (f"{day.month}月" if day in ends else f"{day.day}日", _year(day, first=n == 0))
        for n, day in enumerate(days)
    ]
    return trend(
        labels,
        (
            Series("应享未享", "f2", tuple(known[d].unserved if d in known else None for d in days)),
            Series("无法判定", "f3", tuple(known[d].cannot_tell if d in known else None for d in days)),
        ),
        label=_trend_say(months, as_of),
    )


def _year(day: date, *, first: bool) -> str:
    return str(day.year) if first or day.month == 1 else ""


def _trend_say(months: list[tuple[date, Line]], as_of: date) -> str:
    """The first and the last month in a sentence, and how many months have no sweep."""
    if len(months) < 2:
        return "只有一次核算，还看不出走势。"
    (first, then), (_, now) = months[0], months[-1]
    said = (
        f"从 {first.year}年{first.month}月底到 {as_of.month}月{as_of.day}日，"
        f"应享未享{_change(then.unserved or 0, now.unserved or 0)}，"
        f"无法判定{_change(then.cannot_tell, now.cannot_tell)}。"
    )
    gaps = len(set(_days(as_of)) - {day for day, _ in months})
    return said + (f"有 {gaps} 个月末没有核算，线在那里断开。" if gaps else "")


def _change(then: int, now: int) -> str:
    if then == now:
        return f"都是 {now:,} 人"
    return f"由 {then:,} 人{'增' if now > then else '减'}到 {now:,} 人"
