"""One person as an office may see her: masked, every answer with its reason, and who looked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.utils.timezone import get_current_timezone

from yiyang.accounts.duties import DUTIES
from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId
from yiyang.base.log import audit
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.choices import AppealState, Status
from yiyang.entitlements.selectors import Answer
from yiyang.faces.bureau.forms import AsKnown
from yiyang.faces.bureau.presenting.desk import Desk, address
from yiyang.faces.bureau.presenting.numbers import money_or_count
from yiyang.faces.bureau.presenting.people import name_for
from yiyang.faces.bureau.presenting.words import at_words, sex_age
from yiyang.faces.bureau.showing import Look, PersonPage
from yiyang.faces.shared.acts import ACTS
from yiyang.faces.shared.explained import benefits_of
from yiyang.faces.shared.fields import form_view
from yiyang.faces.shared.showing import Benefit, Event, Fact, Link, Masked, Notice
from yiyang.outreach import selectors as outreach
from yiyang.people import selectors as people
from yiyang.people.choices import MergeState, RevealField
from yiyang.people.facts import FACTS
from yiyang.people.selectors import KnownFact, one_record
from yiyang.regions import selectors as regions

if TYPE_CHECKING:
    from yiyang.people.models import Person

MOST_EVENTS, MOST_LOOKS = 20, 20


@dataclass(frozen=True)
class Then:
    """The day the page speaks of: today, or a past day by what was known then."""

    on: date
    known_at: datetime
    past: bool


def then_of(on: date | None, now: datetime) -> Then:
    """Today's page for no day or today; else the end of that day."""
    if on is None or on >= now.date():
        return Then(now.date(), now, past=False)
    return Then(on, datetime.combine(on, time.max, get_current_timezone()), past=True)


def person_page(desk: Desk, person: Person, then: Then, form: AsKnown) -> PersonPage:
    """Everything an office may see of one person, as of a day."""
    person_id = PersonId(person.pk)
    known = people.facts_as_known(person_id, as_of=then.on, known_at=then.known_at)
    benefits = _benefits(person, then, known)
    said = people.said_dead([person.pk])
    places = regions.names_of((person.division, f"{person.hukou_division[:6]}000000"), on=desk.today)
    page = address("person", person.code)
    return PersonPage(
        name=name_for(desk.actor, person),
        sex_age=sex_age(person.sex, people.ages(person, then.on)),
        lead=_lead(person, places, said_dead=bool(said)),
        access=_access(desk),
        count_line=_count_line(benefits),
        benefits=benefits,
        facts=(*_identity(person, places), *_facts(known)),
        events=_events(desk, person_id),
        looks=_looks(desk.actor, person_id, desk.today),
        looks_note=f"最近 {MOST_LOOKS} 次；本人可以索要此表",
        known_form=replace(form_view(form, action=page, verb="按那天重算"), method="get"),
        as_known_on=then.on if then.past else None,
        back_to_today=page,
        actions=_actions(desk, person_id),
    )


def _benefits(person: Person, then: Then, known: Mapping[str, KnownFact]) -> tuple[Benefit, ...]:
    """The stored results, each from sentence down to clause; nothing for the dead."""
    if person.died_on is not None:
        return ()
    marks = entitlements.marks(on=then.on)
    person_id = PersonId(person.pk)
    answers = _walked(_answers(person_id, then, marks.stored), person_id, then)
    since = {} if then.past else {one.benefit: one.since for one in entitlements.standings_of(person_id)}
    first = next((a.benefit for a in answers if a.unserved), answers[0].benefit if answers else "")
    return benefits_of(
        answers,
        on=then.on,
        leads=marks.leads,
        since=since,
        sources={key: f"{one.source} {one.valid_from:%Y-%m-%d}" for key, one in known.items()},
        opened=(first,),
    )


def _answers(person_id: PersonId, then: Then, names: Sequence[str]) -> list[Answer]:
    if then.past:
        return entitlements.answers_as_known(person_id, on=then.on, known_at=then.known_at, only=names)
    return entitlements.answers(person_id, on=then.on, only=names)


def _walked(answers: Sequence[Answer], person_id: PersonId, then: Then) -> list[Answer]:
    """Results made of others carry the facts, numbers and clauses of those that count for them."""
    benefits = set(entitlements.marks(on=then.on).benefits)
    used = {one.benefit: [name for name in _uses(one) if name in benefits] for one in answers}
    wanted = sorted({name for names in used.values() for name in names})
    below = {one.benefit: one for one in _answers(person_id, then, wanted)} if wanted else {}
    return [_with(one, [below[name] for name in used[one.benefit]]) for one in answers]


def _uses(one: Answer) -> list[str]:
    uses = one.content.get("uses")
    return [str(use["name"]) for use in uses] if isinstance(uses, list) else []


def _with(one: Answer, members: Sequence[Answer]) -> Answer:
    counting = [m for m in members if m.status is not Status.NOT_ELIGIBLE]
    content = dict(one.content)
    for key in ("inputs", "numbers", "cites"):
        rows: list[object] = []
        for part in (one, *counting):
            found = part.content.get(key)
            rows += [row for row in found if row not in rows] if isinstance(found, list) else []
        content[key] = rows
    return replace(one, content=content)


def _lead(person: Person, places: Mapping[str, str], *, said_dead: bool) -> str:
    where = places.get(person.division, "没有社区")
    dead = f"已于 {person.died_on:%Y-%m-%d} 去世，待遇都已终止。" if person.died_on else ""
    dead = "有人报告她已去世，待核实；核实以前钱照发。" if said_dead else dead
    return f"{where}。{dead}档案号 {str(person.code)[:8]}"


def _access(desk: Desk) -> Notice:
    duty = DUTIES.get(desk.actor.duty)
    who = f"您以“{duty.title}”身份查看，" if duty else ""
    return Notice(f"{who}范围 {desk.branch.name}。打开本页已留痕，本人可以索要记录。", "info")


def _count_line(benefits: tuple[Benefit, ...]) -> str:
    """How many of each answer; the sum is the number of lines."""
    counted = Counter(one.chip.text for one in benefits)
    order = ("已享", "应享未享", "可以享受", "无法判定", "不符合")
    parts = " + ".join(f"{word} {counted[word]}" for word in order if counted[word])
    return f"{len(benefits)} 项 = {parts}" if benefits else "没有"


def _identity(person: Person, places: Mapping[str, str]) -> Iterator[Fact]:
    """Who she is, masked: an office needs to know that a number is there, not the number."""
    yield Fact("出生", f"{person.born_on:%Y} 年")
    phone, place = people.masked_phone(person), places.get(person.division, "没有社区")
    yield Fact("身份证号", "", masked=_masked(person, RevealField.ID_NUMBER, people.masked_id_number(person)))
    yield Fact("电话", "", masked=_masked(person, RevealField.PHONE, phone)) if phone else Fact("电话", None)
    has_address = person.address is not None
    hidden = f"{place} ***"
    yield Fact(
        "住址", "", masked=_masked(person, RevealField.ADDRESS, hidden) if has_address else Masked(hidden)
    )
    county = f"{person.hukou_division[:6]}000000"
    yield Fact("户籍", places.get(county, "外地"))


def _masked(person: Person, field: RevealField, text: str) -> Masked:
    """What is seen of a sealed field, and the way to the form that asks why."""
    return Masked(text, address("reveal", person.code, field.value), field.value)


def _facts(known: Mapping[str, KnownFact]) -> Iterator[Fact]:
    """Every fact of the record: value, source, valid from and recorded at; a gap is shown as a gap."""
    for key, spec in FACTS.items():
        one = known.get(key)
        if one is None:
            if not spec.known:
                yield Fact(spec.title, None)
            continue
        said = None if one.value is None else one.words
        recorded = f"{one.source}，{one.recorded_at:%Y-%m-%d} 登记，起于"
        yield Fact(one.title, said, recorded, one.valid_from)


def _events(desk: Desk, person_id: PersonId) -> tuple[Event, ...]:
    """What happened, newest first: decisions, requests, disagreements, attempts."""
    titles = entitlements.marks(on=desk.today).titles
    units = entitlements.marks(on=desk.today).units
    found: list[tuple[date, Event]] = []
    for one in entitlements.decisions_of(person_id)[:MOST_EVENTS]:
        title, unit = titles.get(one.benefit, one.benefit), units.get(one.benefit, "")
        worth = f"，{money_or_count(one.amount, unit)}" if one.amount and unit.startswith("fen/") else ""
        text = f"认定：{title}，{Status(one.status).label}{worth}"
        found.append((one.as_of, Event(f"{one.as_of:%Y-%m-%d}", text, f"规定版本 {one.numbers_digest}")))
    for request in entitlements.applications_of(person_id)[:MOST_EVENTS]:
        title = titles.get(request.benefit, "要人回电话")
        text = f"申请帮办：{title}，{request.get_state_display()}"
        found.append((request.asked_at.date(), Event(at_words(request.asked_at, desk.today), text)))
    for appeal in entitlements.appeals_of(person_id)[:MOST_EVENTS]:
        text = f"申诉：{titles.get(appeal.benefit, '')}，{appeal.get_state_display()}"
        found.append((appeal.made_at.date(), Event(at_words(appeal.made_at, desk.today), text)))
    for attempt in outreach.attempts_of(person_id)[:MOST_EVENTS]:
        text = f"{attempt.get_channel_display()}：{attempt.get_outcome_display()}"
        found.append((attempt.at.date(), Event(at_words(attempt.at, desk.today), text)))
    newest = sorted(found, key=lambda pair: pair[0], reverse=True)
    return tuple(event for _, event in newest[:MOST_EVENTS])


def _looks(actor: Actor, person_id: PersonId, today: date) -> tuple[Look, ...]:
    """Who opened or changed what, newest first; the act of opening this page is the first line."""
    shown = []
    for entry in audit.trail_of("person", *people.ids_of(person_id))[:MOST_LOOKS]:
        duty = DUTIES.get(entry.duty)
        why = entry.purpose or (f"按职责：{duty.title}" if duty else "系统自动")
        what = ACTS.get(entry.action, "别的操作")
        shown.append(
            Look(at_words(entry.at, today), entry.actor_name or "系统", what, why, entry.actor == actor.label)
        )
    return tuple(shown)


def _actions(desk: Desk, person_id: PersonId) -> tuple[Link, ...]:
    waiting = [one for one in entitlements.appeals_of(person_id)[:5] if one.state == AppealState.WAITING]
    links = _about_the_record(desk, person_id)
    if waiting and desk.actor.may("answer_appeals"):
        links.append(Link("答复申诉", address("appeal", waiting[0].code)))
    if desk.actor.may("answer_rights"):
        links.insert(0, Link("登记资料事项", address("right_new", people.person(person_id).code)))
    return tuple(links)


def _about_the_record(desk: Desk, person_id: PersonId) -> list[Link]:
    """A death to confirm or to take back, a merge to take back, a pair to judge."""
    links: list[Link] = []
    if desk.actor.may("confirm_deaths"):
        entered = one_record.death_of(person_id)
        reports = one_record.reports_waiting(person_id)
        links += [Link("更正去世登记", address("death", entered.code))] if entered else []
        links += [Link("核实去世", address("death", reports[0].code))] if reports else []
    if desk.actor.may("decide_duplicates"):
        pairs = one_record.duplicates_of(person_id)
        links += [Link("核对重复", address("pair", pairs[0].code))] if pairs else []
        done = [one for one in one_record.merges_of(person_id)[:5] if one.state == MergeState.DONE]
        links += [Link("看合并，拆开", address("merge", done[0].code))] if done else []
    return links
