"""From the rooms to what the pages show: the person herself, her standings, her cases. Asks, never writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from yiyang.accounts import selectors as accounts
from yiyang.base.actors import Actor, Mandated
from yiyang.base.ids import PersonId
from yiyang.engine.errors import Missing
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.choices import CALL_BACK, OPEN_APPLICATION, ApplicationState
from yiyang.entitlements.choices import AppealState as AppealIs
from yiyang.entitlements.selectors import Answer
from yiyang.entitlements.services import asking as requests
from yiyang.faces.elder import explanation, words
from yiyang.faces.elder.explanation import ExplanationJson
from yiyang.faces.elder.showing import (
    asking,
    cases,
    entering,
    helping,
    home,
    refusing,
    services,
    subsidies,
    why,
)
from yiyang.faces.elder.showing.cases import AppealState, CallState, Case
from yiyang.faces.elder.showing.standing import Standing
from yiyang.faces.shared.texts import phone_tail
from yiyang.notices import selectors as notices
from yiyang.people import selectors as people
from yiyang.people.choices import Source
from yiyang.policies import selectors as policies
from yiyang.regions import selectors as regions

if TYPE_CHECKING:
    from yiyang.entitlements.models import Appeal, Application
    from yiyang.people.models import Person

MONTHLY = "fen/month"
SOURCE_CODES = {str(label): code for code, label in Source.choices}
CALLS: dict[str, CallState] = {
    ApplicationState.WAITING: "WAITING",
    ApplicationState.TAKEN: "CALLED",
    ApplicationState.DONE: "DONE",
    ApplicationState.WITHDRAWN: "STOPPED",
}
APPEALS: dict[str, AppealState] = {
    AppealIs.WAITING: "WAITING",
    AppealIs.CHANGED: "AGREED",
    AppealIs.UPHELD: "KEPT",
    AppealIs.WITHDRAWN: "STOPPED",
}
VISIT = "ability_assessment"
"""The result that a request for a visit is about."""


class Departed(Missing):
    code = refusing.DEPARTED


@dataclass(frozen=True)
class Own:
    """The person whose page it is, on one day."""

    person: Person
    today: date

    @property
    def id(self) -> PersonId:
        return PersonId(self.person.pk)

    @property
    def address(self) -> str:
        """How she is spoken to."""
        return home.address(self.person.name, self.person.sex, people.ages(self.person, self.today))


def own(person_id: PersonId, *, today: date) -> Own:
    """The person herself.

    Raises:
        NoSuchPerson: no record of hers is seen any more.
        Departed: her death is registered.
    """
    found = people.person(person_id)
    if found.died_on is not None:
        raise Departed(f"person {person_id} died on {found.died_on}")
    return Own(found, today)


def who_page(mine: Own) -> entering.WhoPage:
    return entering.WhoPage(mine.address, mine.person.name)


def home_page(mine: Own, *, now: datetime) -> home.HomePage:
    """Greeting and the one next fact of today."""
    applications = list(entitlements.applications_of(mine.id))
    calls = [_call_case(one, mine) for one in applications]
    return home.home_page(
        name=mine.person.name,
        sex=mine.person.sex,
        age=people.ages(mine.person, mine.today),
        standings=_standings(mine, applications),
        cases=calls,
        now=now,
    )


def subsidies_page(mine: Own) -> subsidies.SubsidiesPage:
    standings = _standings(mine, entitlements.applications_of(mine.id))
    return subsidies.subsidies_page(standings, birth=mine.person.born_on, today=mine.today)


def _standings(mine: Own, applications: Iterable[Application]) -> list[Standing]:
    """Every stored result of the law, and whatever else she receives or received."""
    marks = entitlements.marks(on=mine.today)
    receipts = list(entitlements.receipts_of(mine.id))
    ended = {one.benefit: one.until for one in reversed(receipts) if one.until}
    others = {one.benefit for one in receipts if one.benefit in marks.benefits} - {*marks.stored}
    answers = entitlements.answers(mine.id, on=mine.today, only=[*marks.stored, *sorted(others)])
    running = _asked(applications)
    return [_standing(one, asked=one.benefit in running, ended_on=ended.get(one.benefit)) for one in answers]


def _asked(applications: Iterable[Application]) -> set[str]:
    return {one.benefit for one in applications if one.state in OPEN_APPLICATION}


def _standing(
    answer: Answer, parts: Sequence[ExplanationJson] = (), *, asked: bool, ended_on: date | None = None
) -> Standing:
    return Standing(
        explanation.read(answer.content),
        tuple(parts),
        received_fen=(answer.receives_fen or 0) if answer.receives else None,
        received_since=answer.receives_since,
        ended_on=None if answer.receives else ended_on,
        asked=asked,
    )


def standing_of(mine: Own, benefit: str) -> Standing:
    """One result with the members it is made of; whoever said a fact is named.

    Raises:
        NoSuchBenefit
    """
    units = entitlements.marks(on=mine.today).units
    monthly = [name for name, unit in units.items() if unit == MONTHLY and name != benefit]
    answer, *others = entitlements.answers(mine.id, on=mine.today, only=[benefit, *monthly])
    data = explanation.read(answer.content)
    read = {use["name"] for use in data["uses"]}
    members = [explanation.read(one.content) for one in others if one.benefit in read]
    # One money result that is read is a condition; several are a group of which the largest is paid.
    parts = members if len(members) > 1 else []
    asked = benefit in _asked(entitlements.applications_of(mine.id))
    return _standing(answer, parts, asked=asked)


def why_page(mine: Own, benefit: str, *, now: datetime) -> why.WhyPage:
    """Why one result is as it is.

    Raises:
        NoSuchBenefit
    """
    standing = standing_of(mine, benefit)
    known = people.facts_as_known(mine.id, as_of=mine.today, known_at=now)
    sources = {key: SOURCE_CODES.get(fact.source, "") for key, fact in known.items()}
    for data in (standing.explanation, *standing.parts):
        for one in data["inputs"]:
            one["source"] = sources.get(one["field"], "")
    return why.why_page(
        standing,
        places=_places(standing, mine.today),
        clauses=_clauses(standing.explanation),
        birth=mine.person.born_on,
        today=mine.today,
    )


def _places(standing: Standing, on: date) -> dict[int, str]:
    """Names of the places whose numbers were read, by six digits."""
    rows = [
        step
        for data in (standing.explanation, *standing.parts)
        for number in data["numbers"]
        for step in number["steps"]
    ]
    codes = {f"{row['place']:06d}".ljust(12, "0") for row in rows if row["place"]}
    return {int(code[:6]): name for code, name in regions.names_of(codes, on=on).items()}


def _clauses(data: ExplanationJson) -> list[why.Clause]:
    found = [policies.clause_of(cite["doc"], cite["clause"]) for cite in data["cites"]]
    return [
        why.Clause(f"{one.title}第 {one.clause} 条", one.sentence or one.summary, imported=bool(one.sentence))
        for one in found
        if one is not None
    ]


def services_page(mine: Own) -> services.ServicesPage:
    """The sixteen lines, and the results that explain them."""
    wanted = list(dict.fromkeys([*words.SERVICES, *words.EXPLAINED_BY.values()]))
    answers = entitlements.answers(mine.id, on=mine.today, only=wanted)
    results = {one.benefit: explanation.read(one.content) for one in answers}
    return services.services_page(results, birth=mine.person.born_on, today=mine.today)


def helpers_page(mine: Own, *, said: str = "") -> helping.HelpersPage:
    """Who may act for her, the newest first."""
    lines = [
        helping.HelperLine(str(one.code), one.holder_called, helping.can_words(one.rights), one.ends_on)
        for one in accounts.mandates_of(mine.id, on=mine.today)
    ]
    return helping.HelpersPage(tuple(lines), said)


def mandate_page(mine: Own, held: Mandated) -> helping.MandatePage:
    return helping.MandatePage(mine.address, helping.can_words(held.rights), held.ends_on)


def whom(actor: Actor, *, today: date) -> dict[PersonId, helping.Whom]:
    """Those whose pages somebody may open: herself first, then who gave a mandate and is still among us."""
    found = people.people_by_id(actor.speaks_for)
    own = [one for one in actor.speaks_for if actor.mandate_for(one) is None]
    lines = {one: helping.Whom("self", "我自己", chosen=actor.acting_for == one) for one in own}
    for held in actor.mandates:
        person = found.get(held.person_id)
        if person is None or person.died_on is not None:
            continue
        called = home.address(person.name, person.sex, people.ages(person, today))
        chosen = actor.acting_for == held.person_id
        lines[held.person_id] = helping.Whom(str(held.code), called, helping.can_words(held.rights), chosen)
    return lines


def messages_page(mine: Own) -> helping.MessagesPage:
    """What was said to her, newest first."""
    return helping.MessagesPage(
        tuple(
            helping.Message(one.title, one.body, one.made_at, not one.read)
            for one in notices.inbox_of(mine.id)
        )
    )


def cases_page(mine: Own, *, said: str = "") -> cases.CasesPage:
    """What she asked for and disagreed with, newest first."""
    asked = [(one.asked_at, _call_case(one, mine)) for one in entitlements.applications_of(mine.id)]
    appeals = list(entitlements.appeals_of(mine.id))
    reviewer = reviewer_of(mine) if appeals else ""
    sent = [(one.made_at, _appeal_case(one, mine, reviewer)) for one in appeals]
    newest = sorted([*asked, *sent], key=lambda pair: pair[0], reverse=True)
    return cases.cases_page([case for _, case in newest], said=said, unread=notices.unread_of(mine.id))


def _call_case(one: Application, mine: Own) -> Case:
    return cases.call_case(
        code=str(one.code),
        matter=matter_of(one.benefit, *said_of(one)),
        state=CALLS[one.state],
        due=one.call_by,
        caller=asking.Caller(""),
        today=mine.today,
    )


def _appeal_case(one: Appeal, mine: Own, reviewer: str) -> Case:
    return cases.appeal_case(
        code=str(one.code),
        name=name_of(one.benefit, mine.today),
        state=APPEALS[one.state],
        answered_by=one.answer_by,
        reviewer=reviewer,
        answer=one.answer,
    )


def said_of(one: Application) -> list[str]:
    """What she said a call should be about, as codes of ``words.CALLS``."""
    return [code.lower() for code in one.about]


def matter_of(benefit: str, *about: str) -> str:
    """What a call is about, in words."""
    if benefit == CALL_BACK:
        return "、".join(asking.matter_of(about=one) for one in about or ("other",))
    return words.CALLS["visit"] if benefit == VISIT else asking.matter_of(benefit=benefit)


def name_of(benefit: str, on: date) -> str:
    known = words.BENEFITS.get(benefit)
    return known.name if known else entitlements.marks(on=on).plain_titles.get(benefit, "一项补贴")


def call_page(mine: Own, benefit: str, *, back: str, about: str = "") -> asking.CallPage:
    """Before she is asked for: who calls, by when, about what, to which phone.

    Raises:
        NumberMissing
    """
    days = policies.number("call_back_days", int(mine.person.division[:6]), mine.today)
    return asking.CallPage(
        caller_of(mine),
        asking.call_when(mine.today + timedelta(days=days), today=mine.today),
        matter_of(benefit, about),
        phone_tail(people.phone_of(mine.person)),
        back,
    )


def call_done_page(mine: Own, one: Application) -> asking.CallDonePage:
    return asking.CallDonePage(
        caller_of(mine),
        asking.call_when(one.call_by, today=mine.today),
        matter_of(one.benefit, *said_of(one)),
        phone_tail(people.phone_of(mine.person)),
        str(one.code),
    )


def caller_of(mine: Own) -> asking.Caller:
    """Nobody is named before somebody has taken it: the community calls."""
    names = regions.names_of([mine.person.division], on=mine.today)
    return asking.Caller(names.get(mine.person.division, "您住的社区"))


def reviewer_of(mine: Own) -> str:
    """Who looks at a disagreement: civil affairs of the county where she lives."""
    county = mine.person.division[:6].ljust(12, "0")
    name = regions.names_of([county], on=mine.today).get(county, "")
    return f"{name}民政局" if name else "当地民政局"


def disagree_page(mine: Own, benefit: str) -> asking.DisagreePage:
    standing = standing_of(mine, benefit)
    return asking.DisagreePage(benefit, standing.name, asking.disagree_choices(standing.group))


def disagree_confirm_page(
    mine: Own, benefit: str, matter: str, *, now: datetime, own_words: str = "", fault: str = ""
) -> asking.DisagreeConfirmPage:
    """Raises NoSuchBenefit, NumberMissing."""
    if benefit not in entitlements.marks(on=mine.today).benefits:
        raise entitlements.NoSuchBenefit(benefit)
    answered_by, _ = requests.appeal_deadline(now, int(mine.person.division[:6]))
    name = name_of(benefit, mine.today)
    return asking.DisagreeConfirmPage(benefit, name, matter, reviewer_of(mine), answered_by, own_words, fault)


def disagree_done_page(mine: Own, one: Appeal, *, matter: str, by_phone: bool) -> asking.DisagreeDonePage:
    return asking.DisagreeDonePage(
        name_of(one.benefit, mine.today),
        words.DISAGREEMENTS.get(matter, words.DISAGREEMENTS["unclear"]),
        reviewer_of(mine),
        one.answer_by,
        by_phone,
        str(one.code),
    )
