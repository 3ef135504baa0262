"""From leads to what the phone shows: one line a lead, one card a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from yiyang.base.actors import Actor
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.choices import CALL_BACK
from yiyang.faces.community.showing import LeadLine, PersonLeads
from yiyang.faces.shared.presenting import place_bar
from yiyang.faces.shared.reasons import worth
from yiyang.faces.shared.showing import Chip, Frame, Notice, Tab
from yiyang.faces.shared.templatetags.yiyang_staff import exact_yuan
from yiyang.outreach.choices import LeadKind
from yiyang.outreach.selectors import Household
from yiyang.people import selectors as people

if TYPE_CHECKING:
    from yiyang.outreach.models import Lead
    from yiyang.people.models import Person

COMMUNITY_DIGITS = 12
TABS = (
    ("名单", "community:list", "list"),
    ("到期", "community:due", "clock"),
    ("找人", "community:search", "find"),
    ("没列出", "community:unplaced", "ask"),
)
HEADS = {"fen/month": "每月", "fen/once": "一次", "fen/year": "每年"}
SEXES = {1: "男 ", 2: "女 "}


def frame(
    actor: Actor, current: str, *, on: date, waiting: int | None = None, notice: Notice | None = None
) -> Frame:
    """What stands around every page of the phone; ``waiting`` belongs to the current tab."""
    home = reverse("community:list")
    tabs = tuple(
        Tab(text, reverse(name), text == current, waiting if text == current else None, icon)
        for text, name, icon in TABS
    )
    return Frame(
        home, tabs, actor.name, place_bar(actor, actor.prefix, on=on, url_for=lambda _: home), notice
    )


def sex_age(person: Person, on: date) -> str:
    """``女 84 岁``."""
    return f"{SEXES.get(person.sex, '')}{people.ages(person, on)} 岁"


def lead_line(lead: Lead, titles: Mapping[str, str], units: Mapping[str, str], about: str = "") -> LeadLine:
    """One lead as a sentence; an amount that is not known is never shown as one."""
    since = f"{lead.since:%Y-%m-%d}"
    title = titles.get(lead.benefit, lead.benefit)
    if lead.asked_for:
        by = f"，说好 {lead.call_by:%m月%d日} 前回话" if lead.call_by else ""
        if lead.benefit == CALL_BACK:
            what = f"想说的是：{about}" if about else "没有说是哪一项，先问清想办什么"
            return LeadLine(f"本人请人打电话来{by}", what)
        asked = f"本人来问过{by}。"
    else:
        asked = ""
    if lead.kind == LeadKind.NEEDS_ASSESSMENT:
        return LeadLine(
            f"缺能力评估，算不出：{title}", f"{asked}{since} 起就算不出。做完评估当场就有结果", unknown=True
        )
    amount = worth(lead.worth_fen, units.get(lead.benefit, "")) if lead.worth_fen is not None else ""
    said = f"够条件没{'领' if amount else '享受'}：{title} {amount}".rstrip()
    return LeadLine(said, f"{asked}至少从 {since} 起", amount)


def lead_lines(household: Household, on: date, about: str = "") -> tuple[LeadLine, ...]:
    """All leads of one person: what was asked for first, then by worth.

    ``about``: what she wants to be called about, as ``entitlements.calls_about`` says it.
    """
    marks = entitlements.marks(on=on)
    leads = sorted(household.leads, key=lambda one: (not one.asked_for, -(one.worth_fen or 0), one.pk))
    return tuple(lead_line(lead, marks.titles, marks.units, about) for lead in leads)


def worth_words(leads: Sequence[Lead], on: date) -> tuple[str, str]:
    """The sum of what is known, a month and once apart; and how many only an assessment can tell."""
    units = entitlements.marks(on=on).units
    parts = []
    for unit, head in HEADS.items():
        fen = sum(lead.worth_fen or 0 for lead in leads if units.get(lead.benefit) == unit)
        if fen:
            parts.append(f"{head} {exact_yuan(fen)} 元")
    unknown = sum(1 for lead in leads if lead.kind == LeadKind.NEEDS_ASSESSMENT)
    note = f"{'另有 ' if parts else ''}{unknown} 项评估后再算" if unknown else ""
    return "，".join(parts), note


def since_words(household: Household, on: date) -> str:
    """``已 236 天``; nothing for somebody who only asked today."""
    days = (on - household.since).days
    return f"已 {days} 天" if days > 0 else "今天刚有"


def owner_chip(household: Household, actor: Actor, names: Mapping[int, str]) -> Chip | None:
    """Who has this person; None where nobody has."""
    if household.taken_by is None:
        return Chip("本人来问过", "warn", "call") if household.asked_for else None
    if household.taken_by == actor.user_id:
        return Chip("我在办", "info", "user")
    return Chip(f"{names.get(household.taken_by, '同事')}在办", "quiet", "user")


def card(
    household: Household,
    person: Person,
    *,
    actor: Actor,
    names: Mapping[int, str],
    place: str,
    on: date,
    about: str = "",
) -> PersonLeads:
    """One person with all her leads, as the list shows her."""
    worth_of, note = worth_words(household.leads, on)
    code = {"code": person.code}
    return PersonLeads(
        href=reverse("community:lead", kwargs=code),
        name=person.name,
        sex_age=sex_age(person, on),
        place=place,
        lines=lead_lines(household, on, about),
        worth=worth_of,
        since=since_words(household, on),
        chip=owner_chip(household, actor, names),
        take="" if household.taken_by else reverse("community:take", kwargs=code),
        worth_note=note,
    )
