"""The law browser: what is due in a place on a day, by which numbers, from which clauses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from yiyang.engine.ruling.parameters import Cite, ParameterRow
from yiyang.faces.bureau.forms import LawFilters
from yiyang.faces.bureau.law_showing import ClausePage, LawBenefitPage, NumberRow
from yiyang.faces.bureau.presenting.desk import Desk, address
from yiyang.faces.bureau.presenting.histories import histories_of, names_around
from yiyang.faces.bureau.presenting.numbers import money_or_count, title_of
from yiyang.faces.bureau.showing import LawGroup, LawPage, LawRow
from yiyang.faces.shared.fields import FormView, form_view
from yiyang.faces.shared.reasons import PERIOD
from yiyang.faces.shared.showing import UNVERIFIED, Chip, ClauseNote, Condition, Fact, Link, Notice, State
from yiyang.policies import browsing
from yiyang.policies import selectors as policies
from yiyang.policies.browsing import Provision
from yiyang.policies.choices import Merge
from yiyang.policies.library import LawInForce
from yiyang.policies.selectors import ClauseShown
from yiyang.regions.codes import Level

VERIFIED = Chip("已核对", "ok")
NO_NUMBER = Chip("没有数", "quiet")
BY = {"hukou": "户籍地", "residence": "居住地"}
JOINS = {
    "first": "依次看，先符合哪一条就按哪一条。",
    "any": "符合其中一条就可以。",
    "all": "每一条都要符合。",
    "largest": "只领其中最高的一项，不重复领。",
}
GROUPS = (("补贴和津贴", "money"), ("服务和资格", "service"), ("国家基本养老服务清单", "basic"))
KEPT = {
    "lead": "没有领到的人进名单，社区上门帮办",
    "stored": "逐人保存认定结果",
    "due_list": "列入应服务名单",
}
NOT_IMPORTED = State("empty", "原文没有导入", "本单位导入这份文件后，这里显示原文，并自动核对摘要。")


@dataclass(frozen=True)
class Reading:
    """The law of a day as one place reads it."""

    desk: Desk
    on: date
    law: LawInForce

    @property
    def county(self) -> int:
        return self.desk.county


def reading_of(desk: Desk, on: date) -> Reading:
    return Reading(desk, on, policies.law_on(on))


def law_page(reading: Reading, form: LawFilters, words: str) -> LawPage:
    """Every result that holds the words, by kind."""
    shown = [one for one in browsing.provisions(reading.on).values() if _holds(one, words)]
    groups = tuple(
        LawGroup(title, tuple(_row(reading, one) for one in shown if _kind(one) == kind))
        for title, kind in GROUPS
    )
    place, day = reading.desk.place.name, reading.on
    return LawPage(
        heading=f"{place}，{day:%Y-%m-%d}，{len(shown)} 项待遇",
        lead="每个数都有地方、日期和条款。标“示例”的还没有和原文核对，不能作为发放依据。",
        filters=_filters(reading, form, "law"),
        groups=tuple(group for group in groups if group.rows),
        found=len(shown),
        empty=State("empty", "没有找到", f"待遇、标准和条款摘要里都没有“{words}”。换一个词，或清空条件。"),
        notice=_notice(reading),
        new=Link("看修订", address("revisions")),
    )


def _notice(reading: Reading) -> Notice | None:
    if reading.on == reading.desk.today:
        return None
    when = "以后" if reading.on > reading.desk.today else "以前"
    return Notice(f"这是 {reading.on:%Y-%m-%d} 的规定，{when}的一天。", "info",
                  action=Link("回到今天", address("law", place=reading.desk.prefix)))  # fmt: skip


def _filters(reading: Reading, form: LawFilters, name: str, *args: str) -> FormView:
    view = form_view(form, action=address(name, *args), verb="查")
    clear = Link("清空", address(name, *args, place=reading.desk.prefix))
    fields = tuple(one for one in view.fields if not args or one.name != "q")
    return replace(view, method="get", cancel=clear, fields=fields)


def _kind(one: Provision) -> str:
    if one.name.startswith("basic_"):
        return "basic"
    return "money" if one.unit in PERIOD else "service"


def _holds(one: Provision, words: str) -> bool:
    """Every word typed stands somewhere: title, plain words, conditions, numbers, clauses."""
    if not words:
        return True
    texts = [one.title, one.plain, *one.conditions, *(title_of(key) for key in one.keys)]
    for cite in one.cites:
        said = browsing.summary_of(cite)
        texts += [said.title, said.number, said.text] if said else []
    text = " ".join(texts)
    return all(word in text for word in words.split())


def _row(reading: Reading, one: Provision) -> LawRow:
    said = browsing.summary_of(one.cites[0]) if one.cites else None
    return LawRow(
        title=one.title,
        href=address("law_benefit", one.name, place=reading.desk.prefix, on=_day(reading)),
        who=_who(one),
        worth=_worth(reading, one),
        by=BY[one.by],
        chip=_chip(reading, one),
        clause=f"{said.title} 第 {said.clause} 条" if said else "",
    )


def _day(reading: Reading) -> str:
    return "" if reading.on == reading.desk.today else f"{reading.on}"


def _who(one: Provision) -> str:
    if not one.conditions:
        return one.plain or one.title
    between = {"any": "，或", "all": "，且", "largest": "、"}.get(one.join, "；")
    tail = "，只领最高的一项" if one.join == "largest" else ""
    return between.join(one.conditions) + tail


def _money(reading: Reading, one: Provision) -> list[int | None]:
    keys = [key for key in one.keys if (policies.unit_of(key) or "") in PERIOD]
    return [reading.law.numbers.resolve(key, reading.county, reading.on).value for key in keys]


def _worth(reading: Reading, one: Provision) -> str:
    """What it is here in one phrase; a gap is said as a gap."""
    if one.unit not in PERIOD:
        return "排队顺位" if one.unit == "rank" else "服务"
    values = _money(reading, one)
    known = sorted({value for value in values if value is not None})
    if not known:
        return "没有规定"
    unit = PERIOD[one.unit]
    key_units = {policies.unit_of(key) for key in one.keys}
    if one.unit == "fen/month" and "fen/meal" in key_units:
        unit = PERIOD["fen/meal"]
    low, high = (f"{fen // 100:,}.{fen % 100:02d}" for fen in (known[0], known[-1]))
    gap = "，有的没有规定" if None in values else ""
    return f"{low} {unit}{gap}" if len(known) == 1 else f"{low} 至 {high} {unit}{gap}"


def _steps(reading: Reading, one: Provision) -> list[ParameterRow]:
    return [s for key in one.keys for s in reading.law.numbers.resolve(key, reading.county, reading.on).steps]


def _chip(reading: Reading, one: Provision) -> Chip:
    steps = _steps(reading, one)
    if not steps:
        return UNVERIFIED
    return VERIFIED if all(step.verified for step in steps) else UNVERIFIED


def benefit_page(reading: Reading, one: Provision, form: LawFilters) -> LawBenefitPage:
    """One result: who, how much here, every row that counts, and how each number came about."""
    rows = browsing.rows_about(reading.law.numbers.rows, one.keys, reading.county)
    names = names_around(rows, reading.county, today=reading.desk.today)
    missing = _missing(reading, one)
    return LawBenefitPage(
        title=one.title,
        lead=f"{reading.desk.place.name}，{reading.on:%Y-%m-%d}。按{BY[one.by]}算。",
        say=f"{_plain(one)}{JOINS[one.join]}在这里：{_worth(reading, one)}。",
        conditions=tuple(Condition(None, label) for label in one.conditions or (one.plain or one.title,)),
        facts=_facts(one),
        numbers=number_rows(reading, [row for row in rows if row.in_force(reading.on)], names),
        histories=histories_of(rows, names, place=reading.county, today=reading.desk.today),
        clauses=tuple(clause_notes(one.cites)),
        filters=_filters(reading, form, "law_benefit", one.name),
        missing_numbers=missing,
        revise=_revise(reading, one),
    )


def _plain(one: Provision) -> str:
    return f"{one.plain.rstrip('。')}。" if one.plain else ""


def _facts(one: Provision) -> tuple[Fact, ...]:
    kept = [KEPT[mark] for mark in one.marks if mark in KEPT]
    return (
        Fact("按哪里算", BY[one.by]),
        Fact("要看的资料", "、".join(one.fields) or "不看别的资料"),
        Fact("没有领的人", "；".join(kept) or "打开本人档案时现算，不进名单"),
    )


def _missing(reading: Reading, one: Provision) -> State | None:
    resolve = reading.law.numbers.resolve
    gaps = [key for key in one.keys if resolve(key, reading.county, reading.on).value is None]
    if not gaps:
        return None
    titles = "、".join(title_of(key) for key in gaps[:4]) + ("等" if len(gaps) > 4 else "")
    place = reading.desk.place.name
    if reading.desk.level in (Level.REGION, Level.CITY):
        text = f"{titles}。没有规定的地方，要用到它的人是“无法判定”，不是 0；下面的县可能自己有规定。"
    else:
        text = f"{titles}。要用到它的人是“无法判定”，不是 0。请起草一条，或请上级统一规定。"
    action = Link("起草", address("revision_new", key=gaps[0])) if _may(reading) else None
    return State("empty", f"{place}有 {len(gaps)} 个数没有规定", text, action)


def _may(reading: Reading) -> bool:
    return reading.desk.actor.may("propose_law")


def _revise(reading: Reading, one: Provision) -> Link | None:
    if not _may(reading) or not one.keys:
        return None
    return Link("起草修订", address("revision_new", benefit=one.name))


def number_rows(
    reading: Reading, rows: Sequence[ParameterRow], names: Mapping[int, str]
) -> tuple[NumberRow, ...]:
    """Rows of the law, each with its place, days, way of merging and clause."""
    return tuple(_number(reading, row, names) for row in rows)


def _number(reading: Reading, row: ParameterRow, names: Mapping[int, str]) -> NumberRow:
    said = browsing.summary_of(row.cite)
    text = f"{said.title} 第 {said.clause} 条" if said else f"{row.cite.doc} {row.cite.clause}"
    mine = _may(reading) and reading.desk.actor.scope.holds(f"{row.place:06d}".ljust(12, "0"))
    return NumberRow(
        what=title_of(row.key),
        value=money_or_count(row.value, row.unit),
        place=names.get(row.place, f"{row.place:06d}"),
        since=row.since,
        until=row.until,
        rule=str(Merge(row.merge).label),
        chip=VERIFIED if row.verified else UNVERIFIED,
        clause=Link(text, address("clause", row.cite.doc, row.cite.clause)),
        change=Link("改", address("revision_new", key=row.key, place=row.place)) if mine else None,
    )


def clause_notes(cites: Sequence[Cite]) -> list[ClauseNote]:
    """Clauses in our words, each a link to its page."""
    shown = ((cite, policies.clause_of(cite.doc, cite.clause)) for cite in cites)
    return [_note(cite, said) for cite, said in shown if said is not None]


def _note(cite: Cite, said: ClauseShown) -> ClauseNote:
    return ClauseNote(
        said.title,
        f"第 {said.clause} 条（{said.number}）",
        said.summary,
        address("clause", cite.doc, cite.clause),
        bool(said.sentence),
        said.sentence,
    )


def clause_page(reading: Reading, cite: Cite, said: ClauseShown) -> ClausePage:
    """One clause, its document, and everything that rests on it."""
    provisions = browsing.provisions(reading.on)
    rows = [
        row for row in reading.law.numbers.rows if row.cite == cite and browsing.is_about(row, reading.county)
    ]
    names = names_around(rows, reading.county, today=reading.desk.today)
    return ClausePage(
        heading=f"{said.title} 第 {said.clause} 条",
        clause=_note(cite, said),
        facts=(
            Fact("文号", said.number),
            Fact("发文机关", said.issuer),
            Fact("日期", said.day),
            Fact("核对", "摘要还没有和原文核对", chip=UNVERIFIED),
        ),
        benefits=tuple(
            Link(provisions[name].title, address("law_benefit", name, place=reading.desk.prefix))
            for name in browsing.results_citing(cite, reading.on)
        ),
        numbers=number_rows(reading, rows, names),
        original_missing=None if said.sentence else NOT_IMPORTED,
    )
