"""What other rooms' news does to decisions: only what the news touches is decided again."""

from __future__ import annotations

import contextlib

from yiyang.base.actors import process
from yiyang.base.ids import PersonId
from yiyang.base.outbox import hears
from yiyang.entitlements.services import deciding, merging, sweeping
from yiyang.people.events import (
    FactsChanged,
    ManyChanged,
    PeopleMerged,
    PeopleUnmerged,
    PersonDied,
    PersonMoved,
    PersonRevived,
)
from yiyang.people.selectors import NoSuchPerson
from yiyang.policies.events import LawChanged

DECIDING = process("deciding")


@hears(FactsChanged)
def decide_what_the_facts_touch(event: FactsChanged) -> None:
    touched = deciding.touched_by(event.keys, on=event.at.date())
    if not touched:
        return
    # Died or moved away meanwhile: news of its own, which decides everything anew, says so.
    with contextlib.suppress(NoSuchPerson):
        deciding.decide(actor=DECIDING, person_id=PersonId(event.person_id), now=event.at, only=touched)


@hears(PersonMoved)
def decide_for_the_new_place(event: PersonMoved) -> None:
    deciding.follow_move(actor=DECIDING, person_id=PersonId(event.person_id), now=event.at)


@hears(PersonDied)
def end_what_the_dead_were_due(event: PersonDied) -> None:
    deciding.end_all(person_id=PersonId(event.person_id), now=event.at)


@hears(PersonRevived)
def decide_for_the_revived(event: PersonRevived) -> None:
    with contextlib.suppress(NoSuchPerson):
        deciding.decide(actor=DECIDING, person_id=PersonId(event.person_id), now=event.at)


@hears(PeopleMerged)
def bring_two_together(event: PeopleMerged) -> None:
    merging.follow_merge(
        actor=DECIDING,
        merge_id=event.merge_id,
        survivor_id=PersonId(event.survivor_id),
        other_id=PersonId(event.other_id),
        now=event.at,
    )


@hears(PeopleUnmerged)
def take_two_apart(event: PeopleUnmerged) -> None:
    merging.follow_unmerge(
        actor=DECIDING,
        merge_id=event.merge_id,
        survivor_id=PersonId(event.survivor_id),
        other_id=PersonId(event.other_id),
        now=event.at,
    )


@hears(LawChanged)
def sweep_the_branch_of_the_law(event: LawChanged) -> None:
    sweeping.sweep_for_changed_law(division=event.division, keys=event.keys, on=event.on, now=event.at)


@hears(ManyChanged)
def sweep_the_branch_of_the_file(event: ManyChanged) -> None:
    sweeping.sweep_branch(prefix=event.division, now=event.at)
