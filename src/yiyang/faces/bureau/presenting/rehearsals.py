"""What a draft would do: who gains, who loses, how much, where, and some people explained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from yiyang.entitlements import selectors as entitlements
from yiyang.faces.bureau.law_showing import ExplainedPerson, RehearsalPage, ShiftRow
from yiyang.faces.bureau.presenting import revisions
from yiyang.faces.bureau.presenting.desk import Desk, address
from yiyang.faces.bureau.presenting.numbers import place_names, title_of
from yiyang.faces.bureau.presenting.words import Names, at_words
from yiyang.faces.shared.charts import diverging
from yiyang.faces.shared.reasons import PERIOD
from yiyang.faces.shared.showing import Figure, LeftOut, Link, Part, Recon
from yiyang.faces.shared.templatetags.yiyang_staff import count
from yiyang.policies.choices import RevisionState

if TYPE_CHECKING:
    from yiyang.entitlements.models import Rehearsal
    from yiyang.policies.models import Revision

DEFINE = "#rehearsal"
REFUSED = "登记的情况有错（如出生日期），没有参加测算", "由社区核对登记后再测算"


@dataclass(frozen=True)
class Counts:
    """People of one result in one place, by what the change does to them; fen before and after."""

    people: int = 0
    same: int = 0
    gained: int = 0
    lost: int = 0
    more: int = 0
    less: int = 0
    now_unknown: int = 0
    now_known: int = 0
    before_fen: int = 0
    after_fen: int = 0

    @property
    def up(self) -> int:
        return self.gained + self.more

    @property
    def down(self) -> int:
        return self.lost + self.less

    @property
    def net_fen(self) -> int:
        return self.after_fen - self.before_fen

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True)
class Told:
    """One result of a stored rehearsal."""

    benefit: str
    title: str
    unit: str
    total: Counts
    counties: Mapping[int, Counts]
    gainers: tuple[Mapping[str, object], ...]
    losers: tuple[Mapping[str, object], ...]

    @property
    def is_money(self) -> bool:
        return self.unit in PERIOD

    @property
    def moved(self) -> int:
        return self.total.people - self.total.same


def told_of(content: Mapping[str, object]) -> list[Told]:
    """The results of a rehearsal's stored content; what is not in its form is left out."""
    results = content.get("results")
    return [_told(one) for one in results if isinstance(one, dict)] if isinstance(results, list) else []


def _told(one: Mapping[str, object]) -> Told:
    counties = one.get("counties")
    rows = [row for row in counties if isinstance(row, dict)] if isinstance(counties, list) else []
    return Told(
        str(one.get("benefit", "")),
        str(one.get("title", "")),
        str(one.get("unit", "")),
        _counts(one.get("total")),
        {int(row["county"]): _counts(row) for row in rows},
        _examples(one.get("gainers")),
        _examples(one.get("losers")),
    )


def _counts(found: object) -> Counts:
    if not isinstance(found, dict):
        return Counts()
    names = [f.name for f in fields(Counts)]
    return Counts(*(int(found.get(name) or 0) for name in names))


def _examples(found: object) -> tuple[Mapping[str, object], ...]:
    return tuple(one for one in found if isinstance(one, dict)) if isinstance(found, list) else ()


def main_of(told: Iterable[Told], stored: Iterable[str]) -> Told | None:
    """The result the page is about: kept and in money first, then money, then whatever moves most."""
    kept = set(stored)
    ranked = sorted(told, key=lambda one: (one.benefit in kept and one.is_money, one.is_money, one.moved))
    return ranked[-1] if ranked else None


def rehearsal_page(desk: Desk, revision: Revision, rehearsal: Rehearsal, *, error: str = "") -> RehearsalPage:
    """A stored rehearsal, with the bar of the second person while the draft waits for one."""
    told = told_of(rehearsal.content)
    compared, refused = _looked_at(rehearsal)
    main = main_of(told, entitlements.marks(on=desk.today).stored) or _nothing(compared)
    total = main.total
    names = Names((revision.proposed_by_id, revision.approved_by_id))
    change = revisions.change_of(revision)
    return RehearsalPage(
        heading=_heading(revision, main),
        lead=_lead(revision, main, told),
        chip=revisions.CHIPS[RevisionState(revision.state)],
        steps=revisions.steps_of(desk, revision, names),
        grid=revisions.grid_of(desk, revision, change),
        history=revisions.history(desk, revision),
        figures=_figures(main),
        figures_note=_note(desk, rehearsal, compared),
        recon=_recon(total),
        places=_places(desk, main),
        total=_shift(desk.place.name, total, largest=abs(total.net_fen)),
        child_word="旗县区",
        people=_people(desk, main),
        people_note="增减各至多 10 人，按编号固定抽出，可复算；姓名已遮盖",
        left_out=(LeftOut(refused, *REFUSED),) if refused else (),
        eyes=revisions.eyes_of(desk, revision, losers=total.down, error=error),
        revision=Link("回修订稿", address("revision", revision.code)),
    )


def _looked_at(rehearsal: Rehearsal) -> tuple[int, int]:
    """How many people were computed twice, and how many could not be swept at all."""
    people, refused = (int(rehearsal.content.get(name, 0)) for name in ("people", "refused"))
    return people - refused, refused


def _nothing(people: int) -> Told:
    return Told("", "", "", Counts(people=people, same=people), {}, (), ())


def _heading(revision: Revision, main: Told) -> str:
    if not main.moved:
        return f"{title_of(revision.key)}：改了以后，没有一个人有变化"
    up, down = main.total.up, main.total.down
    return f"{main.title}：{up:,} 人增加，{down:,} 人减少"


def _lead(revision: Revision, main: Told, told: Iterable[Told]) -> str:
    what = f"{title_of(revision.key)}，拟自 {revision.since:%Y-%m-%d} 起"
    said = f"修订稿 {revisions.reference(revision)}，{what}。"
    if not main.moved:
        return f"{said}拟改的数和现行的数对每个人算出来都一样：可能数没有变，或者这里没有人用到它。"
    others = [one for one in told if one.benefit != main.benefit and one.moved]
    if others:
        words = "；".join(
            f"{one.title}（增 {count(one.total.up)}，减 {count(one.total.down)}）" for one in others[:4]
        )
        said += f"同时动到：{words}{'等' if len(others) > 4 else ''}。"
    return said


def _note(desk: Desk, rehearsal: Rehearsal, compared: int) -> str:
    return (
        f"{at_words(rehearsal.made_at, desk.today)} 测算，{compared:,} 人按现在登记的情况各算两遍，"
        f"用时 {rehearsal.seconds:.1f} 秒"
    )


def _figures(main: Told) -> tuple[Figure, ...]:
    total, define = main.total, address("definitions") + DEFINE
    found = [
        Figure(
            "有变化的人",
            main.moved,
            "人",
            "",
            (f"共 {total.people:,} 人，{total.same:,} 人不变",),
            define=define,
        ),
        Figure(
            "增加", total.up, "人", "gain", _split("新享", total.gained, "多领", total.more), define=define
        ),
        Figure(
            "减少", total.down, "人", "lose", _split("不再享", total.lost, "少领", total.less), define=define
        ),
    ]
    if main.is_money:
        word = {"fen/month": "每月净额", "fen/once": "一次性净额", "fen/meal": "每餐净额之和"}.get(
            main.unit, "净额"
        )
        before, after = (f"{fen // 100:,}.{fen % 100:02d}" for fen in (total.before_fen, total.after_fen))
        notes = (f"由 {before} 元到 {after} 元", f"即 {count(total.net_fen)} 分")
        found.append(Figure(word, total.net_fen, "元", "", notes, define=define, fen=True, signed=True))
    return tuple(found)


def _split(a: str, n: int, b: str, m: int) -> tuple[str, ...]:
    return (f"{a} {n:,} 人，{b} {m:,} 人",)


def _recon(total: Counts) -> Recon:
    parts = [
        Part("增加", total.up, "fg"),
        Part("减少", total.down, "fl"),
        Part("不变", total.same, "f4"),
    ]
    if total.now_unknown:
        parts.append(Part("变成无法判定", total.now_unknown, "f3"))
    if total.now_known:
        parts.append(Part("从无法判定变成算得出", total.now_known, "f1"))
    return Recon(Part("参加测算的人", total.people, ""), tuple(parts))


def _places(desk: Desk, main: Told) -> tuple[ShiftRow, ...]:
    """Counties of the branch in official order; all registered elsewhere in one row."""
    prefix = desk.actor.prefix[:6]
    inside = {c: n for c, n in main.counties.items() if f"{c:06d}".startswith(prefix)}
    outside = sum((n for c, n in main.counties.items() if c not in inside), Counts())
    names = place_names(inside, on=desk.today)
    largest = max((abs(n.net_fen) for n in (*inside.values(), outside)), default=0)
    rows = [
        _shift(
            names[county], inside[county], largest=largest, href=address("overview", place=f"{county:06d}")
        )
        for county in sorted(inside)
    ]
    if outside.people:
        rows.append(_shift("户籍在外地", outside, largest=largest))
    return tuple(rows)


def _shift(name: str, n: Counts, *, largest: int, href: str = "") -> ShiftRow:
    lose, gain = max(0, -n.net_fen), max(0, n.net_fen)
    bar = diverging(lose=lose, gain=gain, largest=largest)
    return ShiftRow(name, href, n.people, n.up, n.down, n.same, n.before_fen, n.after_fen, bar)


def _people(desk: Desk, main: Told) -> tuple[ExplainedPerson, ...]:
    chosen = (*main.gainers, *main.losers)
    counties = {int(str(one["county"])) for one in chosen if one.get("county") is not None}
    names = place_names(counties, on=desk.today)
    return tuple(_person(one, names, is_money=main.is_money) for one in chosen)


def _person(one: Mapping[str, object], names: Mapping[int, str], *, is_money: bool) -> ExplainedPerson:
    before, after = _side(one.get("before")), _side(one.get("after"))
    return ExplainedPerson(
        href=address("person", str(one.get("person", ""))),
        name=str(one.get("masked_name", "")),
        sex_age=f"{one.get('age', '')} 岁",
        place=names.get(int(str(one.get("county", 0))), ""),
        old_fen=_fen(before),
        new_fen=_fen(after),
        reason=_reason(before, after),
        old_words="" if is_money else _said(before),
        new_words="" if is_money else _said(after),
    )


def _side(found: object) -> Mapping[str, object]:
    return found if isinstance(found, dict) else {}


def _fen(side: Mapping[str, object]) -> int | None:
    amount = side.get("amount")
    return int(amount) if isinstance(amount, int) else None


def _said(side: Mapping[str, object]) -> str:
    return {"ELIGIBLE": "符合", "NOT_ELIGIBLE": "不符合"}.get(str(side.get("status")), "无法判定")


def _reason(before: Mapping[str, object], after: Mapping[str, object]) -> str:
    """By which condition then and now; the same one means that only the number moved."""
    was, now = (_of(side) for side in (before, after))
    if was == now:
        return f"{now}，标准变了" if now else "标准变了"
    return f"原来：{was or _said(before)}；改后：{now or _said(after)}"


def _of(side: Mapping[str, object]) -> str:
    return str(side.get("reason") or "") if side.get("status") == "ELIGIBLE" else _said(side)
