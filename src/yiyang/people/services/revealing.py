from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import datetime, timedelta

from django.db import transaction

from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId
from yiyang.base.log import audit
from yiyang.engine.errors import Refused
from yiyang.people import guards, selectors
from yiyang.people.choices import RevealField, RevealPurpose

SHOWN_FOR = timedelta(seconds=60)


class NothingThere(Refused):
    code = "people.nothing_there"
    message = "没有登记这一项，没有可看的"


@dataclass(frozen=True)
class Revealed:
    """One field in full, and until when it may stand on a screen. Printing it shows nothing."""

    text: str = attribute(repr=False)
    until: datetime


@transaction.atomic
def reveal(
    *,
    person_id: PersonId,
    field: RevealField,
    purpose: RevealPurpose,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Revealed:
    """Open one sealed field of one person for one minute; the log says who, which field, what for, why.

    The caller has just asked for the full proof of who this is. More than twenty in an hour raise an alert.

    Raises:
        NoSuchPerson: absent, or outside the scope.
        MayNotReveal: not in office, or under a duty that sees nobody.
        ReasonTooShort: a reason names the matter at hand.
        NothingThere: the field is empty.
    """
    guards.check_reveal(actor, reason)
    person = selectors.person(person_id)
    text = selectors.full(person, field)
    if not text:
        raise NothingThere(f"{field} of person {person_id} is empty")
    audit.record(
        actor=actor,
        action="revealed",
        now=now,
        subject=("person", person_id),
        division=person.division,
        fields=(field.value,),
        purpose=purpose.label,
        reason=reason.strip(),
    )
    return Revealed(text, now + SHOWN_FOR)
