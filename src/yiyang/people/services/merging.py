"""Two records become one person, and two again if that was wrong. No row is lost on either way.

The other record stays as it is, becomes an alias and lies where the survivor lies: whoever sees the survivor
sees what was recorded under the other id. What is open above moves by news (``PeopleMerged``), and each room
keeps in ``aside`` what it moved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from yiyang.accounts.guards import check_may
from yiyang.base import outbox
from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId
from yiyang.base.keys import sealing
from yiyang.base.log import audit
from yiyang.people import guards, selectors
from yiyang.people.choices import DuplicateState, MergeState, MoveState
from yiyang.people.events import PeopleMerged, PeopleUnmerged
from yiyang.people.facts import FACTS, STATE_COLUMNS
from yiyang.people.models import Duplicate, Fact, Merge, Move, Person, State, last_four
from yiyang.people.selectors.one_record import NoSuchCase
from yiyang.people.services import duplicates
from yiyang.people.services.changing import NotYourPlace

FILLED = ("phone", "address")
BLINDS: Mapping[str, Mapping[str, Callable[[str], str]]] = {
    "phone": {"phone_bidx": str, "phone_last4_bidx": last_four},
    "address": {},
    "id_number": {"id_number_bidx": str},
}
type Row = dict[str, Any]


@transaction.atomic
def merge_people(
    *, actor: Actor, survivor_id: PersonId, other_id: PersonId, why: str, now: datetime
) -> Merge:
    """是同一个人: the other becomes an alias of the survivor.

    Two different ID numbers: nothing changes yet, a second person confirms (``confirm_merge``).

    Raises:
        NotYourDuty, NoSuchPerson, ReasonMissing
        AlreadyOne: one is an alias of the other already, or a colleague was faster.
        CannotMerge: one of them is dead, or a death is being confirmed.
    """
    survivor, other = _lock_two(survivor_id, other_id)
    guards.check_can_merge(actor, survivor, other)
    if Merge.objects.filter(state=MergeState.PROPOSED, other__in=(survivor, other)).exists():
        raise guards.AlreadyDecided(f"{survivor.pk} or {other.pk} waits for a second person")
    merge = Merge.objects.create(
        survivor=survivor,
        other=other,
        state=MergeState.PROPOSED,
        two_numbers=survivor.id_number_bidx is not None and other.id_number_bidx is not None,
        why=guards.check_reason(why),
        proposed_at=now,
        proposed_by_id=actor.user_id,
    )
    _settle_pair(actor, merge, now)
    if not merge.two_numbers:
        _join(actor, merge, survivor, other, now)
    return merge


@transaction.atomic
def confirm_merge(*, actor: Actor, merge_id: int, now: datetime) -> Merge:
    """A second person agrees that two ID numbers are one person's.

    Raises:
        NotYourDuty, NoSuchCase, NotWaiting, AlreadyOne, CannotMerge
        SameHand: whoever proposed it.
    """
    merge = _lock(merge_id)
    guards.check_can_confirm(actor, merge)
    survivor, other = _lock_two(PersonId(merge.survivor_id), PersonId(merge.other_id))
    guards.check_can_merge(actor, survivor, other)
    _join(actor, merge, survivor, other, now)
    return merge


@transaction.atomic
def withdraw_merge(*, actor: Actor, merge_id: int, why: str, now: datetime) -> None:
    """The second person does not agree: the pair waits to be looked at again.

    Raises:
        NotYourDuty, NoSuchCase, NotWaiting, ReasonMissing
    """
    merge = _lock(merge_id)
    if merge.state != MergeState.PROPOSED:
        raise guards.NotWaiting(f"merge {merge.pk} is {merge.state}")
    check_may(actor, "decide_duplicates")
    merge.state, merge.undone_at, merge.undone_by_id = MergeState.WITHDRAWN, now, actor.user_id
    merge.undone_why = guards.check_reason(why)
    merge.save()
    a, b = sorted((merge.survivor_id, merge.other_id))
    for pair in Duplicate.objects.select_for_update().filter(a_id=a, b_id=b):
        duplicates.settle(pair, actor=actor, state=DuplicateState.UNSURE, why=merge.undone_why, now=now)


@transaction.atomic
def unmerge_people(*, actor: Actor, merge_id: int, why: str, now: datetime) -> Merge:
    """They were two after all: both stand as they stood; what was learnt since stays with the survivor.

    Raises:
        NotYourDuty, NoSuchCase, NotWaiting, ReasonMissing
        CannotUnmerge: a later merge or a death stands in the way.
        NotYourPlace: the other lay outside the actor's branch.
    """
    merge = _lock(merge_id)
    guards.check_can_unmerge(actor, merge)
    survivor, other = _lock_pair(merge)
    was: str = merge.before["other"]["division"]
    if not actor.scope.holds(was):
        raise NotYourPlace(f"{was} is outside {actor.prefix}")
    _give_back(merge, survivor, other)
    _part_states(merge, survivor)
    other.merged_into, other.division = None, was
    other.save(update_fields=["merged_into", "division"])
    Person.objects.filter(pk__in=merge.before["aliases"]).update(merged_into=other, division=was)
    merge.state, merge.undone_at, merge.undone_by_id = MergeState.UNDONE, now, actor.user_id
    merge.undone_why = guards.check_reason(why)
    merge.save(update_fields=["state", "undone_at", "undone_by", "undone_why"])
    a, b = sorted((survivor.pk, other.pk))
    Duplicate.objects.filter(a_id=a, b_id=b).update(
        state=DuplicateState.DIFFERENT, why=merge.undone_why, decided_at=now, decided_by=actor.user_id
    )
    _note(actor, "unmerged", merge, survivor, now)
    outbox.publish(
        PeopleUnmerged(
            merge_id=merge.pk,
            survivor_id=survivor.pk,
            other_id=other.pk,
            was=was,
            division=survivor.division,
            at=now,
        )
    )
    return merge


@transaction.atomic
def set_aside(*, merge_id: int, room: str, content: object) -> None:
    """A room above keeps here what it moved at a merge, to move it back."""
    merge = _lock(merge_id)
    merge.aside[room] = content
    merge.save(update_fields=["aside"])


def aside_of(merge_id: int, room: str) -> Any:
    """What ``set_aside`` kept; None where the room never heard of the merge."""
    merge = Merge.objects.filter(pk=merge_id).first()
    return None if merge is None else merge.aside.get(room)


def _lock(merge_id: int) -> Merge:
    found = Merge.objects.select_for_update().filter(pk=merge_id).first()
    if found is None:
        raise NoSuchCase(f"no merge {merge_id} here")
    return found


def _lock_two(survivor_id: PersonId, other_id: PersonId) -> tuple[Person, Person]:
    """The records that stand for the two ids, locked in the order of ids: two clerks never deadlock."""
    roots = selectors.roots_of((survivor_id, other_id))
    wanted = sorted(set(roots.values()))
    found = {p.pk: p for p in Person.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}
    if len(roots) < 2 or len(found) < len(wanted):
        raise selectors.NoSuchPerson(f"no person {survivor_id} or {other_id} here")
    survivor, other = found[roots[survivor_id]], found[roots[other_id]]
    if survivor.merged_into_id is not None or other.merged_into_id is not None:
        raise guards.AlreadyOne(f"{survivor.pk} or {other.pk} was merged meanwhile")
    return survivor, other


def _lock_pair(merge: Merge) -> tuple[Person, Person]:
    ids = sorted((merge.survivor_id, merge.other_id))
    found = {p.pk: p for p in Person.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    return found[merge.survivor_id], found[merge.other_id]


def _settle_pair(actor: Actor, merge: Merge, now: datetime) -> None:
    a, b = sorted((merge.survivor_id, merge.other_id))
    for pair in Duplicate.objects.select_for_update().filter(a_id=a, b_id=b):
        guards.check_can_decide(actor, pair)
        duplicates.settle(pair, actor=actor, state=DuplicateState.SAME, why=merge.why, now=now)


def _join(actor: Actor, merge: Merge, survivor: Person, other: Person, now: datetime) -> None:
    was = other.division
    aliases = list(Person.objects.filter(merged_into=other).order_by("pk").values_list("pk", flat=True))
    merge.before = {
        "survivor": {"division": survivor.division, "state": _state_of(survivor)},
        "other": {"division": was, "state": _state_of(other)},
        "aliases": aliases,
    }
    merge.before["taken"] = _join_states(survivor, other)
    merge.before["filled"] = _take_over(survivor, other)
    other.merged_into, other.division = survivor, survivor.division
    other.save()
    survivor.save()
    Person.objects.filter(pk__in=aliases).update(merged_into=survivor, division=survivor.division)
    Move.objects.filter(person=other, state=MoveState.WAITING).update(
        state=MoveState.WITHDRAWN, answered_at=now, answer="档案已合并"
    )
    merge.state, merge.done_at, merge.done_by_id = MergeState.DONE, now, actor.user_id
    merge.save()
    _note(actor, "merged", merge, survivor, now)
    outbox.publish(
        PeopleMerged(
            merge_id=merge.pk,
            survivor_id=survivor.pk,
            other_id=other.pk,
            was=was,
            division=survivor.division,
            at=now,
        )
    )


def _state_of(person: Person) -> Row | None:
    found: Mapping[str, Any] | None = State.objects.filter(pk=person.pk).values(*STATE_COLUMNS).first()
    return None if found is None else dict(found)


def _join_states(survivor: Person, other: Person) -> Row:
    """The survivor learns what only the other knew, or knew later. Returns what changed: key -> new value."""
    mine, hers = _state_of(survivor), _state_of(other)
    if mine is None or hers is None:
        return {}
    last = _last_words((survivor.pk, other.pk))
    changed: Row = {}
    for key, spec in FACTS.items():
        said, told = last.get((survivor.pk, key)), last.get((other.pk, key))
        nothing_known = mine[key] is None or (spec.known and not mine[key])
        later = told is not None and (said is None or told > said)
        if hers[key] != mine[key] and hers[key] is not None and (later or (said is None and nothing_known)):
            changed[key] = hers[key]
    if changed:
        State.objects.filter(pk=survivor.pk).update(**changed)
    State.objects.filter(pk=other.pk).delete()
    return changed


def _last_words(person_ids: tuple[int, ...]) -> dict[tuple[int, str], tuple[Any, ...]]:
    """(person, fact) -> by which day and when the last word about it was said."""
    rows = Fact.objects.filter(person_id__in=person_ids).order_by("valid_from", "recorded_at", "pk")
    return {(row.person_id, row.key): (row.valid_from, row.recorded_at) for row in rows}


def _take_over(survivor: Person, other: Person) -> list[str]:
    """Numbers and address that only the other has; an ID number has one holder, so it passes over."""
    filled = [field for field in FILLED if getattr(survivor, field) is None and getattr(other, field)]
    if survivor.id_number is None and other.id_number is not None:
        filled.append("id_number")
    for field in filled:
        text = selectors.opened(other, field)
        setattr(survivor, field, sealing.seal(f"people_person.{field}", survivor.pk, text))
        for column, reads in BLINDS[field].items():
            setattr(survivor, column, sealing.ring().blind(column.removesuffix("_bidx"), reads(text)))
    if "id_number" in filled:
        other.id_number_bidx = other.id_number_bidx_next = None
        other.save(update_fields=["id_number_bidx", "id_number_bidx_next"])
    return filled


def _give_back(merge: Merge, survivor: Person, other: Person) -> None:
    """What the survivor had from the other, unless it has been changed since."""
    for field in merge.before["filled"]:
        if selectors.opened(survivor, field) != selectors.opened(other, field):
            continue
        setattr(survivor, field, None)
        for column in BLINDS[field]:
            setattr(survivor, column, None)
        if field == "id_number":
            survivor.id_number_bidx_next = None
    survivor.save()
    if other.id_number is not None and other.id_number_bidx is None:
        number = selectors.opened(other, "id_number")
        other.id_number_bidx = sealing.ring().blind("id_number", number)
        other.save(update_fields=["id_number_bidx", "id_number_bidx_next"])


def _part_states(merge: Merge, survivor: Person) -> None:
    mine, hers = merge.before["survivor"]["state"], merge.before["other"]["state"]
    if mine is not None:
        since = Fact.objects.filter(person=survivor, recorded_at__gt=merge.done_at)
        told = set(since.values_list("key", flat=True))
        back = {key: mine[key] for key in merge.before["taken"] if key not in told}
        if back:
            State.objects.filter(pk=survivor.pk).update(**back)
    if hers is not None:
        State.objects.create(**hers)


def _note(actor: Actor, action: str, merge: Merge, survivor: Person, now: datetime) -> None:
    for person_id in (merge.survivor_id, merge.other_id):
        audit.record(
            actor=actor,
            action=action,
            now=now,
            subject=("person", person_id),
            division=survivor.division,
            reason=merge.undone_why or merge.why,
            detail={"merge": merge.pk, "survivor": merge.survivor_id, "other": merge.other_id},
        )
