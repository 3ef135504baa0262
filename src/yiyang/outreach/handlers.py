"""Leads follow decisions and requests as they happen."""

from __future__ import annotations

from yiyang.base.actors import process
from yiyang.base.ids import PersonId, SweepId
from yiyang.base.outbox import hears
from yiyang.entitlements.events import EntitlementsChanged, HelpAsked, HelpWithdrawn, SweepFinished
from yiyang.outreach import services
from yiyang.people.events import PersonDied, PersonMoved

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


@hears(PersonDied)
def close_leads_of_the_dead(event: PersonDied) -> None:
    services.close_all(person_id=PersonId(event.person_id), why="已去世", now=event.at)


@hears(HelpAsked)
def put_the_asker_on_top(event: HelpAsked) -> None:
    services.note_request(
        actor=FINDING,
        person_id=PersonId(event.person_id),
        benefit=event.benefit,
        call_by=event.call_by,
        now=event.at,
    )


@hears(HelpWithdrawn)
def take_the_request_back(event: HelpWithdrawn) -> None:
    services.drop_request(person_id=PersonId(event.person_id), benefit=event.benefit, now=event.at)
