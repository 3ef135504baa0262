from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yiyang.accounts.choices import UserKind
from yiyang.accounts.duties import DUTIES
from yiyang.accounts.models import Duty, User
from yiyang.base.actors import Actor, ActorKind
from yiyang.base.ids import PersonId, UserId


@dataclass(frozen=True)
class Held:
    """One duty as it stands on a day."""

    id: int
    duty: str
    title: str
    prefix: str
    home: str


def duties_of(user_id: UserId, *, on: date) -> list[Held]:
    """Duties in force on the day, oldest first; an unknown duty class gives no right."""
    rows = Duty.objects.filter(user_id=user_id, since__lte=on, until__gt=on).order_by("since", "pk")
    known = [(row, DUTIES[row.duty]) for row in rows if row.duty in DUTIES]
    return [Held(row.pk, row.duty, duty.title, row.prefix, duty.home) for row, duty in known]


def actor_of(user: User, *, on: date, duty_id: int | None = None) -> Actor:
    """The actor behind a signed-in user: the chosen duty, else the first; without a duty, no place."""
    user_id = UserId(user.pk)
    if user.kind == UserKind.PERSON and user.person_id is not None:
        speaks_for = frozenset({PersonId(user.person_id)})
        return Actor(ActorKind.PERSON, user_id, user.name, speaks_for=speaks_for)
    held = duties_of(user_id, on=on)
    if not held:
        return Actor(ActorKind.STAFF, user_id, user.name)
    chosen = next((h for h in held if h.id == duty_id), held[0])
    rights = DUTIES[chosen.duty].rights
    return Actor(ActorKind.STAFF, user_id, user.name, chosen.duty, rights, chosen.prefix)


def names_of(user_ids: Iterable[int | None]) -> dict[int, str]:
    """Names of staff for pages: nothing else of an account leaves this room."""
    wanted = {i for i in user_ids if i is not None}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
