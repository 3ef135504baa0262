"""One person on the phone: why she is looked for, how to reach her, what is known, what was tried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localtime

from yiyang.accounts import selectors as accounts
from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.choices import ApplicationState, Status
from yiyang.faces.community import presenting
from yiyang.faces.community.showing import LeadPage
from yiyang.faces.shared.explained import benefits_of
from yiyang.faces.shared.showing import (
    CANNOT_TELL,
    UNSERVED,
    Benefit,
    Chip,
    Event,
    Fact,
    Link,
    Masked,
    Notice,
)
from yiyang.outreach import selectors as outreach
from yiyang.outreach.choices import LeadKind, LeadState
from yiyang.outreach.selectors import Household
from yiyang.people import selectors as people
from yiyang.people.choices import RevealField
from yiyang.people.selectors import KnownFact, one_record
from yiyang.regions import selectors as regions

if TYPE_CHECKING:
    from yiyang.entitlements.models import Application
    from yiyang.outreach.models import ContactAttempt, Lead
    from yiyang.people.models import Person

TAGS = ("lives_alone", "empty_nest", "left_behind", "hardship_class", "ability_level")
SPEAKS = (("speak_ask", "替她请人帮忙"), ("speak_disagree", "替她说不同意"), ("mandates", "谁可以替她办"))
DONE_WORDS = {
    LeadState.APPLIED: ("已帮办，等发放", "ok"),
    LeadState.DECLINED: ("本人不要", "quiet"),
    LeadState.NOT_ELIGIBLE_AFTER_ALL: ("核实后不符合，等核销", "quiet"),
}


@dataclass(frozen=True)
class Looked:
    """One person as somebody in office found her: ``household`` None = nothing waits for a visit."""

    person: Person
    household: Household | None
    actor: Actor
    now: datetime

    @property
    def mine(self) -> bool:
        """Whether the one who looks has taken her: only then number and address are shown."""
        return self.household is not None and self.household.taken_by == self.actor.user_id

    @property
    def shown(self) -> list[str]:
        """Names of the sealed fields that the page shows in full, for the audit."""
        return ["phone", "address"] if self.mine else []


def lead_page(looked: Looked, notice: Notice | None) -> LeadPage:
    """Everything one visit needs."""
    person, household, on = looked.person, looked.household, looked.now.date()
    person_id, code = PersonId(person.pk), {"code": person.code}
    leads = list(outreach.leads_of(person_id))
    names = accounts.names_of([household.taken_by]) if household else {}
    place = regions.names_of([person.division], on=on).get(person.division, "")
    known = people.facts_as_known(person_id, as_of=on, known_at=looked.now)
    about = entitlements.calls_about([person_id]).get(person_id, "")
    worth, note = presenting.worth_words(household.leads, on) if household else ("", "")
    alive = person.died_on is None
    return LeadPage(
        name=person.name,
        sex_age=presenting.sex_age(person, on),
        place=people.address_of(person) or place if looked.mine else place,
        tags=_tags(known),
        lines=presenting.lead_lines(household, on, about) if household else (),
        worth=worth,
        since=presenting.since_words(household, on) if household else "",
        chip=_chip(looked, leads),
        phone=_phone(looked),
        call=f"tel:{people.phone_of(person)}" if looked.mine and person.phone else "",
        facts=_facts(looked, known) + _asked(entitlements.applications_of(person_id)),
        benefits=_benefits(person_id, on, leads, known) if alive else (),
        attempts=_attempts(outreach.attempts_of(person_id)),
        take=reverse("community:take", kwargs=code) if household and household.taken_by is None else "",
        attempt=Link("记一次联系", reverse("community:attempt", kwargs=code)) if _may_work(looked) else None,
        assess=Link("做能力评估", reverse("community:assess", kwargs=code)) if alive else None,
        taken_by=_taken_by(looked, names),
        worth_note=note,
        notice=notice,
        give_back=reverse("community:give_back", kwargs=code) if looked.mine else "",
        doubt=_doubt(person_id, on),
        more=_more(looked) if alive else (),
        speaks=tuple(Link(words, reverse(f"community:{name}", kwargs=code)) for name, words in SPEAKS)
        if alive
        else (),
    )


def _doubt(person_id: PersonId, on: date) -> str:
    """What is not certain about her just now, in a sentence."""
    if people.said_dead([person_id]):
        return "有人报告她已去世，待核实。核实以前钱照发，先不上门、不打电话。"
    if one_record.in_hospital([person_id], on=on):
        return "正在住院。出院以前先不上门。"
    if one_record.duplicates_of(person_id):
        return "可能和另一份档案是同一个人，正在核对。"
    return ""


def _more(looked: Looked) -> tuple[Link, ...]:
    """What else can be written down about her, by the rights of whoever looks."""
    code = {"code": looked.person.code}
    known = (
        ("move_people", "登记搬家", "move"),
        ("record_stays", "登记住院、住机构", "stay"),
        ("report_deaths", "报告去世", "death"),
    )
    links = [
        Link(text, reverse(f"community:{name}", kwargs=code))
        for right, text, name in known
        if looked.actor.may(right)
    ]
    if looked.actor.may("record_stays"):
        links += [
            Link(f"登记离开：{one.place}", reverse("community:stay_end", kwargs={"code": one.code}))
            for one in one_record.stays_of(PersonId(looked.person.pk))
            if one.until is None
        ]
    return tuple(links)


def _may_work(looked: Looked) -> bool:
    return looked.household is not None and looked.household.taken_by in (None, looked.actor.user_id)


def _taken_by(looked: Looked, names: Mapping[int, str]) -> str:
    household = looked.household
    if household is None or household.taken_by is None or looked.mine:
        return ""
    return f"这户是{names.get(household.taken_by, '别的同事')}在办。要接手，请和他商量后由他交回。"


def _chip(looked: Looked, leads: Sequence[Lead]) -> Chip:
    """The state of the person's leads in one word."""
    if looked.person.died_on is not None:
        return Chip("已登记去世", "quiet")
    if looked.mine:
        return Chip("我在办", "info", "user")
    household = looked.household
    if household is not None:
        return (
            CANNOT_TELL if all(one.kind == LeadKind.NEEDS_ASSESSMENT for one in household.leads) else UNSERVED
        )
    for state, (words, tone) in DONE_WORDS.items():
        if any(lead.state == state for lead in leads):
            return Chip(words, "ok" if tone == "ok" else "quiet")
    return Chip("没有要办的事", "ok")


def _phone(looked: Looked) -> Masked | None:
    if not looked.person.phone:
        return None
    number = people.phone_of(looked.person) if looked.mine else people.masked_phone(looked.person)
    return Masked(number, "" if looked.mine else _reveal(looked, RevealField.PHONE), "phone")


def _reveal(looked: Looked, field: RevealField) -> str:
    """The way to the form that asks why one field should be shown in full."""
    return reverse("community:reveal", kwargs={"code": looked.person.code, "field": field.value})


def _tags(known: Mapping[str, KnownFact]) -> str:
    """What helps at the door, in a few words: living alone, hardship, ability."""
    said = [known[key] for key in TAGS if key in known and known[key].value]
    return "，".join(one.title if one.words == "是" else one.words for one in said)


def _facts(looked: Looked, known: Mapping[str, KnownFact]) -> tuple[Fact, ...]:
    person = looked.person
    first = (
        Fact(
            "身份证号",
            "",
            masked=Masked(
                people.masked_id_number(person), _reveal(looked, RevealField.ID_NUMBER), "id_number"
            ),
        ),
        Fact("出生", f"{person.born_on:%Y-%m-%d}"),
    )
    rest = tuple(
        Fact(one.title, one.words if one.value is not None else None, one.source, one.valid_from)
        for one in known.values()
    )
    return first + rest


def _asked(applications: Iterable[Application]) -> tuple[Fact, ...]:
    """What the person asked for herself and is still waiting for."""
    waiting = (ApplicationState.WAITING, ApplicationState.TAKEN)
    titles = entitlements.marks
    return tuple(
        Fact(
            "本人的请求",
            f"{titles(on=one.asked_at.date()).titles.get(one.benefit, '请人打电话来')}，"
            f"{one.get_state_display()}，{one.call_by:%Y-%m-%d} 前回话",
            "本人",
            one.asked_at.date(),
        )
        for one in applications
        if one.state in waiting
    )


def _benefits(
    person_id: PersonId, on: date, leads: Sequence[Lead], known: Mapping[str, KnownFact]
) -> tuple[Benefit, ...]:
    """What is kept as a decision: open leads first, then what holds, what is unknown, what does not hold."""
    marks = entitlements.marks(on=on)
    answers = entitlements.answers(person_id, on=on, only=marks.stored)
    wanted = {lead.benefit for lead in leads}
    shown = sorted(answers, key=lambda one: (one.benefit not in wanted, _rank(one.status)))
    since = {one.benefit: one.since for one in entitlements.standings_of(person_id)}
    sources = {key: f"{one.source} {one.valid_from:%Y-%m-%d}" for key, one in known.items()}
    return benefits_of(
        shown,
        on=on,
        leads=marks.leads,
        since=since,
        sources=sources,
        opened=[one.benefit for one in leads][:1],
    )


def _rank(status: Status) -> int:
    return (Status.ELIGIBLE, Status.CANNOT_TELL, Status.NOT_ELIGIBLE).index(status)


def _attempts(found: Iterable[ContactAttempt]) -> tuple[Event, ...]:
    """Tries to reach her, newest first."""
    rows = list(found)
    names = accounts.names_of(row.by_id for row in rows)
    events = []
    for row in rows:
        again = f"，约 {row.again_on:%m月%d日} 再联系" if row.again_on else ""
        text = f"{row.get_channel_display()}：{row.get_outcome_display()}{again}"
        who = names.get(row.by_id, "")
        events.append(
            Event(f"{localtime(row.at):%m-%d %H:%M}", text, "，".join(x for x in (who, row.note) if x))
        )
    return tuple(events)
