"""The list behind a figure: who, what, why; who is not on it, and why the counts may differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from yiyang.base.actors import Actor
from yiyang.engine import identifying
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.choices import Status
from yiyang.entitlements.selectors import PERSON_LINE, Line
from yiyang.faces.bureau.forms import Choices, Filters
from yiyang.faces.bureau.presenting.desk import Desk, address
from yiyang.faces.bureau.presenting.words import GROUPS, day_words, sex_age, unit_words
from yiyang.faces.bureau.showing import PeoplePage, PersonRow
from yiyang.faces.shared.fields import FormView, form_view
from yiyang.faces.shared.showing import CANNOT_TELL, SERVED, UNSERVED, Chip, LeftOut, Link, Pager, State
from yiyang.people import selectors as people
from yiyang.regions import selectors as regions

if TYPE_CHECKING:
    from yiyang.entitlements.models import Standing
    from yiyang.people.models import Person

PAGE = 50
STATUSES: Choices = [
    ("unserved", "应享未享"),
    ("cannot_tell", "无法判定"),
    ("served", "已享"),
    ("eligible", "应享"),
    ("refused", "资料有误、没有核算"),
    ("unplaced", "住址没有落到下一级"),
    ("registered", "户籍在这里、住在别处"),
]
MISSED = Chip("有误", "bad")
NO_PLACE = Chip("住址不全", "warn")
ELSEWHERE = Chip("住在别处", "quiet")
NOT_ELIGIBLE_SAID = "不符合的人不逐人保存，没有名单；打开一个人的档案可以看到每项为什么不符合。"


@dataclass(frozen=True)
class Asked:
    """What the list was asked for, checked."""

    benefit: str
    status: str
    page: int

    @property
    def offset(self) -> int:
        return (self.page - 1) * PAGE


@dataclass(frozen=True)
class Found:
    """One page of rows and how many there are in all; ``stored`` is the figure they stand behind."""

    rows: tuple[PersonRow, ...]
    total: int
    stored: int | None = None


def people_page(desk: Desk, asked: Asked) -> PeoplePage:
    """The people behind one figure of the place."""
    found = _found(desk, asked)
    title = _title(desk, asked.benefit)
    word = dict(STATUSES)[asked.status]
    of_line = asked.status in GROUPS
    what = f"{word}{title if asked.benefit else ''}" if of_line else word
    counted = "项" if asked.status == "registered" else "人"
    return PeoplePage(
        heading=_heading(asked, what, found.total),
        lead=_lead(desk, asked, title),
        filters=filters(desk, asked),
        total=found.total,
        rows=found.rows,
        pager=_pager(desk, asked, found.total),
        left_out=_left_out(desk, asked, found),
        empty=_empty(desk, asked, title),
        define=Link("口径", address("definitions") + f"#{_anchor(asked.status)}"),
        counted=counted,
    )


def _heading(asked: Asked, what: str, total: int) -> str:
    if asked.status == "registered":
        return f"{total:,} 项认定，本人户籍在这里、住在别处" if total else "没有户籍在这里、住在别处的人"
    return f"{total:,} 人{what}" if total else f"没有人{what}"


def _anchor(status: str) -> str:
    return {"cannot_tell": "cannot"}.get(status, status)


def _title(desk: Desk, benefit: str) -> str:
    if not benefit:
        return "三项津贴补贴（按人计）"
    return entitlements.marks(on=desk.today).titles[benefit]


def filters(desk: Desk, asked: Asked) -> FormView:
    """Benefit and answer; the place is kept."""
    marks = entitlements.marks(on=desk.today)
    benefits: Choices = [("", "按人计：三项津贴补贴"), *((n, marks.titles[n]) for n in marks.stored)]
    form = Filters(
        initial={"place": desk.prefix, "benefit": asked.benefit, "status": asked.status},
        benefits=benefits,
        statuses=STATUSES,
    )
    view = form_view(form, action=address("people"), verb="筛选")
    return replace(view, method="get", cancel=Link("清空", address("people", place=desk.prefix)))


def _lead(desk: Desk, asked: Asked, title: str) -> str:
    when = f"最近一次核算 {desk.sweep.as_of:%Y-%m-%d}" if desk.sweep else "还没有核算过"
    if asked.status == "registered":
        return f"{desk.place.name}负责认定的待遇，本人住在别处：只看得到决定，看不到档案。{when}。"
    if asked.status == "refused":
        return f"{desk.place.name}，{when}。资料超出可能的范围，没有核算，请来源单位核实。"
    if asked.status == "unplaced":
        return f"住址只写到{desk.place.name}，不知道是哪一个下级地方。请核实住址。"
    return f"{desk.place.name}，{title}，按现在登记的情况；{when}。按居住地排。"


def _found(desk: Desk, asked: Asked) -> Found:
    if asked.status == "registered":
        return _registered(desk, asked)
    if asked.status == "refused":
        return _refused(desk, asked)
    if asked.status == "unplaced":
        return _unplaced(desk, asked)
    if asked.benefit:
        return _of_benefit(desk, asked)
    return _of_line(desk, asked)


def _line(desk: Desk, result: str) -> Line | None:
    if desk.sweep is None:
        return None
    return entitlements.lines_of(desk.place.division, desk.sweep, [result]).get(result)


def _of_benefit(desk: Desk, asked: Asked) -> Found:
    behind = entitlements.behind(desk.prefix, asked.benefit, asked.status)
    total = behind.count()
    standings = list(behind[asked.offset : asked.offset + PAGE])
    shown = [one.person for one in standings]
    line = _line(desk, asked.benefit)
    named = _Named(desk, shown)
    rows = tuple(named.row(one.person, _what(desk, [one]), one) for one in standings)
    return Found(rows, total, getattr(line, asked.status) if line else None)


def _of_line(desk: Desk, asked: Asked) -> Found:
    money = entitlements.marks(on=desk.today).money
    ids, total = entitlements.behind_line(desk.prefix, asked.status, money, limit=PAGE, offset=asked.offset)
    persons = people.people_by_id(ids)
    standings = entitlements.standings_of_people(ids)
    named = _Named(desk, persons.values())
    rows = [
        named.line_row(persons[one], [s for s in standings.get(one, []) if s.benefit in money], asked.status)
        for one in ids
        if one in persons
    ]
    line = _line(desk, PERSON_LINE)
    return Found(tuple(rows), total, getattr(line, asked.status) if line else None)


def _registered(desk: Desk, asked: Asked) -> Found:
    found = entitlements.registered_here(desk.prefix)
    titles = entitlements.marks(on=desk.today).titles
    rows = tuple(
        PersonRow(
            href="",
            name=one.decision.masked_name,
            sex_age=f"{one.decision.birth_year} 年生",
            place="在别处，看不到",
            chip=_chip(one),
            what=titles.get(one.benefit, one.benefit),
            worth_fen=_fen(desk, one),
            unit=_unit(desk, one),
            since=one.since,
            note=f"{one.decision.as_of:%Y-%m-%d} 认定",
        )
        for one in found[asked.offset : asked.offset + PAGE]
    )
    return Found(rows, found.count())


def _refused(desk: Desk, asked: Asked) -> Found:
    if desk.sweep is None:
        return Found((), 0)
    found = entitlements.refused_in(desk.prefix, desk.sweep)
    page = list(found[asked.offset : asked.offset + PAGE])
    persons = people.people_by_id(one.person_id for one in page)
    named = _Named(desk, persons.values())
    rows = tuple(
        named.plain_row(persons[one.person_id], MISSED, one.reason)
        for one in page
        if one.person_id in persons
    )
    return Found(rows, found.count(), desk.sweep.refused if desk.sweep.prefix == desk.prefix else None)


def _unplaced(desk: Desk, asked: Asked) -> Found:
    found = people.unplaced_in(desk.prefix)
    page = list(found[asked.offset : asked.offset + PAGE])
    named = _Named(desk, page)
    rows = tuple(named.plain_row(one, NO_PLACE, "没有社区，没有人会去找他") for one in page)
    return Found(rows, found.count())


class _Named:
    """Names and places of the people of one page, asked once; masked unless the duty shows names."""

    def __init__(self, desk: Desk, persons: Iterable[Person]) -> None:
        self.desk = desk
        codes = {one.division for one in persons}
        wanted = codes | {f"{code[:9]}000" for code in codes}
        self.places: Mapping[str, str] = regions.names_of(wanted, on=desk.today) if codes else {}

    def row(self, person: Person, what: str, one: Standing) -> PersonRow:
        return PersonRow(
            **self._who(person),
            chip=_chip(one),
            what=what,
            worth_fen=_fen(self.desk, one),
            unit=_unit(self.desk, one),
            since=one.since,
            note="先做一次能力评估" if one.awaits_assessment else "",
        )

    def line_row(self, person: Person, told: Sequence[Standing], status: str) -> PersonRow:
        """One person of the line: all money results that put her there."""
        chosen = [one for one in told if _counts(one, status)]
        known = [one.amount for one in chosen if one.amount is not None]
        waits = any(one.awaits_assessment for one in told)
        return PersonRow(
            **self._who(person),
            chip=GROUPS[status][1],
            what="；".join(_what(self.desk, [one]) for one in chosen),
            worth_fen=sum(known) if known else None,
            unit="元/月" if known else "",
            since=min((one.since for one in chosen), default=None),
            note="先做一次能力评估" if waits else "",
        )

    def plain_row(self, person: Person, chip: Chip, what: str) -> PersonRow:
        return PersonRow(**self._who(person), chip=chip, what=what, worth_fen=None, unit="", since=None)

    def _who(self, person: Person) -> dict[str, str]:
        return {
            "href": address("person", person.code),
            "name": name_for(self.desk.actor, person),
            "sex_age": sex_age(person.sex, people.ages(person, self.desk.today)),
            "place": self._place(person.division),
        }

    def _place(self, division: str) -> str:
        names = (self.places.get(f"{division[:9]}000", ""), self.places.get(division, ""))
        return " ".join(dict.fromkeys(name for name in names if name)) or "没有社区"


def name_for(actor: Actor, person: Person) -> str:
    """The name in full for those whose duty needs it and whose branch the person lives in; else masked."""
    if actor.may("view_names") and actor.scope.holds(person.division):
        return person.name
    return identifying.masked_name(person.name)


def _counts(one: Standing, status: str) -> bool:
    """Whether this result is what puts a person into the group."""
    if status == "cannot_tell":
        return one.status == Status.CANNOT_TELL
    if status == "unserved":
        return one.status == Status.ELIGIBLE and not one.receives
    return one.status == Status.ELIGIBLE


def _chip(one: Standing) -> Chip:
    if one.status == Status.CANNOT_TELL:
        return CANNOT_TELL
    return SERVED if one.receives else UNSERVED


def _what(desk: Desk, told: Sequence[Standing]) -> str:
    titles = entitlements.marks(on=desk.today).titles
    return "、".join(titles.get(one.benefit, one.benefit) for one in told)


def _fen(desk: Desk, one: Standing) -> int | None:
    return one.amount if one.benefit in entitlements.marks(on=desk.today).amounts else None


def _unit(desk: Desk, one: Standing) -> str:
    if one.status == Status.CANNOT_TELL:
        return ""
    return unit_words(entitlements.marks(on=desk.today).units.get(one.benefit, ""))


def _pager(desk: Desk, asked: Asked, total: int) -> Pager:
    pages = max(1, -(-total // PAGE))

    def to(number: int) -> str:
        return address("people", place=desk.prefix, benefit=asked.benefit, status=asked.status, page=number)

    return Pager(
        asked.page,
        pages,
        to(asked.page - 1) if asked.page > 1 else "",
        to(asked.page + 1) if asked.page < pages else "",
    )


def _left_out(desk: Desk, asked: Asked, found: Found) -> tuple[LeftOut, ...]:
    """Why the list may be longer or shorter than the figure it stands behind."""
    told = []
    if found.stored is not None and (gap := found.stored - found.total):
        day = day_words(desk.sweep.as_of, desk.today) if desk.sweep else ""
        if gap > 0:
            told.append(
                LeftOut(
                    gap, f"总览按 {day} 核算是 {found.stored:,} 人，核算以后情况变了", "下一次核算后两边相同"
                )
            )
    if not asked.benefit and asked.status == "cannot_tell":
        line = _line(desk, PERSON_LINE)
        if line is not None and line.not_eligible:
            told.append(LeftOut(line.not_eligible, "不符合", NOT_ELIGIBLE_SAID))
    return tuple(told)


def _empty(desk: Desk, asked: Asked, title: str) -> State:
    word = dict(STATUSES)[asked.status]
    line = _line(desk, asked.benefit or PERSON_LINE)
    counted = (
        f"{line.eligible:,} 人应享，{line.served or 0:,} 人已享，{line.cannot_tell:,} 人无法判定"
        if line is not None
        else "还没有核算过"
    )
    day = f"，{desk.sweep.as_of:%Y-%m-%d} 核算" if desk.sweep else ""
    other = Link("看别的", address("people", place=desk.prefix))
    return State("empty", f"没有人{word}", f"{desk.place.name}，{title}{day}：{counted}。", other)
