"""What this room's own news needs more scope for than the page had that made it."""

from __future__ import annotations

import contextlib

from yiyang.base.actors import process
from yiyang.base.ids import PersonId
from yiyang.base.outbox import hears
from yiyang.people import services
from yiyang.people.events import MoveReceived, PersonRegistered
from yiyang.people.selectors import NoSuchPerson
from yiyang.people.services.changing import AlreadyDead

MOVING = process("moving")


@hears(PersonRegistered)
def look_for_her_in_the_whole_city(event: PersonRegistered) -> None:
    with contextlib.suppress(NoSuchPerson):
        services.find_for(person_id=PersonId(event.person_id), now=event.at)


@hears(MoveReceived)
def move_whom_the_other_branch_received(event: MoveReceived) -> None:
    # She may have died or been moved by somebody above meanwhile: then there is nothing to do.
    with contextlib.suppress(NoSuchPerson, AlreadyDead):
        services.move_person(
            actor=MOVING, person_id=PersonId(event.person_id), to=event.division, now=event.at
        )
