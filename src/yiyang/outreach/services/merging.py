"""Open leads of two records that are one person; attempts keep their id and are found through the alias."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from yiyang.base.ids import PersonId
from yiyang.outreach.choices import OPEN_STATES, LeadState
from yiyang.outreach.models import Lead
from yiyang.people import selectors as people
from yiyang.people import services as registry

ROOM = "outreach"
WHY = "两份档案合并"


@transaction.atomic
def follow_merge(*, merge_id: int, survivor_id: PersonId, other_id: PersonId, now: datetime) -> None:
    """The alias's open leads pass to the survivor; of two for one benefit the survivor's stays."""
    mine = set(_open(survivor_id).values_list("benefit", flat=True))
    hers = list(_open(other_id).order_by("pk"))
    content = [
        {"id": lead.pk, "state": lead.state, "division": lead.division, "closed": lead.benefit in mine}
        for lead in hers
    ]
    registry.set_aside(merge_id=merge_id, room=ROOM, content=content)
    # Closed first: the case load of the alias ends with its last open lead.
    _open(other_id).update(state=LeadState.CLOSED, closed_at=now, closed_why=WHY)
    division = people.person(survivor_id).division
    for lead in hers:
        if lead.benefit not in mine:
            back: dict[str, Any] = {"state": lead.state, "closed_at": None, "closed_why": ""}
            Lead.objects.filter(pk=lead.pk).update(person_id=survivor_id, division=division, **back)


@transaction.atomic
def follow_unmerge(*, merge_id: int, survivor_id: PersonId, other_id: PersonId, now: datetime) -> None:
    """What passed over and is still open passes back; what was closed by the merge opens again."""
    for kept in registry.aside_of(merge_id, ROOM) or ():
        found = Lead.objects.filter(pk=kept["id"])
        lead = found.first()
        if lead is None or (kept["closed"] and lead.closed_why != WHY):
            continue
        if not kept["closed"]:
            if lead.state == LeadState.CLOSED:
                continue
            kept["state"] = lead.state
            found.filter(person_id=survivor_id).update(state=LeadState.CLOSED, closed_at=now, closed_why=WHY)
        found.update(
            person_id=other_id,
            division=kept["division"],
            state=kept["state"],
            closed_at=None,
            closed_why="",
        )


def _open(person_id: PersonId) -> QuerySet[Lead]:
    return Lead.objects.filter(person_id=person_id, state__in=OPEN_STATES)
