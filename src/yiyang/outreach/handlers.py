"""Leads follow decisions and requests as they happen."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import TYPE_CHECKING

from yiyang.base.actors import process
from yiyang.base.ids import PersonId, SweepId
from yiyang.base.outbox import hears
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.events import EntitlementsChanged, HelpAsked, HelpWithdrawn, SweepFinished
from yiyang.outreach import services
from yiyang.people.choices import StayKind
from yiyang.people.events import (
    DeathRefuted,
    DeathReported,
    PeopleMerged,
    PeopleUnmerged,
    PersonAdmitted,
    PersonDied,
    PersonDischarged,
    PersonMoved,
)
from yiyang.people.selectors import NoSuchPerson

if TYPE_CHECKING:
    from yiyang.entitlements.models import Application

FINDING = process("finding")


@hears(EntitlementsChanged)
def bring_leads_in_line(event: EntitlementsChanged) -> None:
    services.refresh_leads(person_id=PersonId(event.person_id), now=event.at)


@hears(SweepFinished)
def bring_all_leads_in_line(event: SweepFinished) -> None:
    services.sync_with_sweep(sweep_id=SweepId(event.sweep_id), now=event.at)


@hears(PersonMoved)
def hand_leads_to_the_new_place(event: PersonMoved) -> None:
    services.move_leads(person_id=PersonId(event.person_id), to=event.division)
    # What she asked for at the old place may not have been heard there before she left.
    for asked in entitlements.open_applications_of(PersonId(event.person_id)):
        _put_on_top(asked, event.at)


@hears(PersonDied)
def close_leads_of_the_dead(event: PersonDied) -> None:
    services.close_all(person_id=PersonId(event.person_id), why="已去世", now=event.at)


@hears(DeathReported)
def nobody_knocks_while_a_death_is_confirmed(event: DeathReported) -> None:
    services.pause_leads(person_id=PersonId(event.person_id))


@hears(DeathRefuted)
def go_on_with_the_living(event: DeathRefuted) -> None:
    services.resume_leads(person_id=PersonId(event.person_id), now=event.at)


@hears(PersonAdmitted)
def nobody_knocks_while_she_lies_in_a_hospital(event: PersonAdmitted) -> None:
    if event.kind == StayKind.HOSPITAL:
        services.pause_leads(person_id=PersonId(event.person_id))


@hears(PersonDischarged)
def go_on_when_she_is_home(event: PersonDischarged) -> None:
    if event.kind == StayKind.HOSPITAL:
        services.resume_leads(person_id=PersonId(event.person_id), now=event.at)


@hears(PeopleMerged)
def hand_leads_to_the_survivor(event: PeopleMerged) -> None:
    services.follow_merge(
        merge_id=event.merge_id,
        survivor_id=PersonId(event.survivor_id),
        other_id=PersonId(event.other_id),
        now=event.at,
    )


@hears(PeopleUnmerged)
def hand_leads_back(event: PeopleUnmerged) -> None:
    services.follow_unmerge(
        merge_id=event.merge_id,
        survivor_id=PersonId(event.survivor_id),
        other_id=PersonId(event.other_id),
        now=event.at,
    )


@hears(HelpAsked)
def put_the_asker_on_top(event: HelpAsked) -> None:
    # Not if it was withdrawn or answered meanwhile, or she died or moved: that brings its own news.
    for asked in entitlements.open_applications_of(PersonId(event.person_id)).filter(pk=event.application_id):
        with contextlib.suppress(NoSuchPerson):
            _put_on_top(asked, event.at)


def _put_on_top(asked: Application, now: datetime) -> None:
    services.note_request(
        actor=FINDING,
        person_id=PersonId(asked.person_id),
        benefit=asked.benefit,
        call_by=asked.call_by,
        now=now,
    )


@hears(HelpWithdrawn)
def take_the_request_back(event: HelpWithdrawn) -> None:
    services.drop_request(person_id=PersonId(event.person_id), benefit=event.benefit, now=event.at)
