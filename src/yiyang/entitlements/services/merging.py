"""What two records were due and had asked for becomes one person's, and two people's again.

Decisions keep their id and are found through the alias. Standings are a projection: the alias has none while
it is one; its own are set aside and put back as they were.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from yiyang.base import outbox
from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId
from yiyang.entitlements.choices import OPEN_APPLICATION, AppealState, ApplicationState
from yiyang.entitlements.events import EntitlementsChanged
from yiyang.entitlements.models import Appeal, Application, Standing
from yiyang.entitlements.selectors.explaining import receipts_on
from yiyang.entitlements.services import deciding
from yiyang.people import selectors as people
from yiyang.people import services as registry

ROOM = "entitlements"
KEPT = ("benefit", "decision_id", "division", "status", "amount", "since", "receives", "awaits_assessment")
JOINED = "两份档案合并，和另一件相同的请求一起办"
type Row = dict[str, Any]


@transaction.atomic
def follow_merge(
    *, actor: Actor, merge_id: int, survivor_id: PersonId, other_id: PersonId, now: datetime
) -> None:
    """Set the alias's standings aside, move what is open, decide the survivor anew."""
    content: Row = {
        "survivor": _standings(survivor_id),
        "other": _standings(other_id),
        "applications": _move(Application, survivor_id, other_id, now),
        "appeals": _move(Appeal, survivor_id, other_id, now),
    }
    Standing.objects.filter(person_id=other_id).delete()
    registry.set_aside(merge_id=merge_id, room=ROOM, content=content)
    _bring_in_line(actor, survivor_id, now)
    _tell((survivor_id, other_id), now)


@transaction.atomic
def follow_unmerge(
    *, actor: Actor, merge_id: int, survivor_id: PersonId, other_id: PersonId, now: datetime
) -> None:
    """Put back what was set aside; what was settled meanwhile stays with the survivor."""
    content = registry.aside_of(merge_id, ROOM)
    if content is None:
        return
    residence = people.person(other_id).division
    Standing.objects.bulk_create(
        Standing(person_id=other_id, residence=residence, **_row(kept)) for kept in content["other"]
    )
    _move_back(Application, content["applications"], other_id, residence)
    _move_back(Appeal, content["appeals"], other_id, residence)
    for person_id in (survivor_id, other_id):
        _bring_in_line(actor, person_id, now)
    # Who stood so before the merge has stood so all the time.
    for kept in content["survivor"]:
        stood = Standing.objects.filter(
            person_id=survivor_id, benefit=kept["benefit"], status=kept["status"], amount=kept["amount"]
        )
        stood.update(since=date.fromisoformat(kept["since"]))
    _tell((survivor_id, other_id), now)


def _standings(person_id: PersonId) -> list[Row]:
    rows = Standing.objects.filter(person_id=person_id).order_by("pk").values(*KEPT)
    return [dict(row) | {"since": row["since"].isoformat()} for row in rows]


def _row(kept: Row) -> Row:
    return kept | {"since": date.fromisoformat(kept["since"])}


def _open(model: type[Application] | type[Appeal], person_id: PersonId) -> list[Any]:
    states = OPEN_APPLICATION if model is Application else (AppealState.WAITING,)
    found = model.objects.select_for_update().filter(person_id=person_id, state__in=states)
    return list(found.order_by("pk"))


def _move(
    model: type[Application] | type[Appeal], survivor_id: PersonId, other_id: PersonId, now: datetime
) -> list[Row]:
    """One open matter a benefit: where both have one, the alias's is closed with the other."""
    mine = {row.benefit for row in _open(model, survivor_id)}
    division = people.person(survivor_id).division
    moved: list[Row] = []
    for row in _open(model, other_id):
        moved.append({"id": row.pk, "state": row.state, "closed": row.benefit in mine})
        if row.benefit in mine:
            _close(row, now)
        else:
            row.person_id, row.division = survivor_id, division
            row.save(update_fields=["person", "division"])
    return moved


def _close(row: Model, now: datetime) -> None:
    if isinstance(row, Application):
        row.state, row.closed_at, row.outcome = ApplicationState.DONE, now, JOINED
        row.save(update_fields=["state", "closed_at", "outcome"])
    elif isinstance(row, Appeal):
        row.state = AppealState.WITHDRAWN
        row.save(update_fields=["state"])


def _move_back(
    model: type[Application] | type[Appeal], moved: list[Row], other_id: PersonId, division: str
) -> None:
    for kept in moved:
        rows = model.objects.filter(pk=kept["id"])
        if kept["closed"]:
            back: Row = {"state": kept["state"]}
            if model is Application:
                back |= {"closed_at": None, "outcome": ""}
            rows.filter(person_id=other_id).update(**back)
        else:
            states = OPEN_APPLICATION if model is Application else (AppealState.WAITING,)
            rows.filter(state__in=states).update(person_id=other_id, division=division)


def _bring_in_line(actor: Actor, person_id: PersonId, now: datetime) -> None:
    """Decided by the facts of today, marked by what is received under any of her ids; not the dead."""
    if people.person(person_id).died_on is not None:
        return
    deciding.decide(actor=actor, person_id=person_id, now=now)
    receives = {row.benefit for row in receipts_on(person_id, now.date())}
    standings = Standing.objects.filter(person_id=person_id)
    standings.filter(benefit__in=receives).update(receives=True)
    standings.exclude(benefit__in=receives).update(receives=False)


def _tell(person_ids: tuple[PersonId, ...], now: datetime) -> None:
    for person_id in person_ids:
        found = people.person(person_id)
        outbox.publish(EntitlementsChanged(person_id=person_id, benefits=(), division=found.division, at=now))
