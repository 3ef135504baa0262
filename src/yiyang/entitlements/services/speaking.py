"""Who asked in a person's name, and by which way; she is told of whatever she did not do herself."""

from __future__ import annotations

from datetime import datetime

from yiyang.accounts import selectors as accounts
from yiyang.accounts.choices import MandateRight
from yiyang.accounts.guards import check_speaks
from yiyang.base.actors import Actor, ActorKind
from yiyang.base.ids import PersonId
from yiyang.engine.errors import Refused
from yiyang.entitlements import selectors
from yiyang.entitlements.choices import BY_STAFF, CALL_BACK, Way
from yiyang.notices.texts import Text
from yiyang.people import services as people


class WayUnsaid(Refused):
    code = "entitlements.way_unsaid"
    message = "请选好本人是怎么说的：当面、打电话，还是书面"


def way_of(actor: Actor, person_id: PersonId, right: MandateRight, way: Way | None) -> Way:
    """How this wish reached us, after asking whether the actor may bring it.

    Raises:
        NotYours, NotInMandate
        WayUnsaid: somebody in office names a way that is the person's own.
    """
    check_speaks(actor, person_id, right)
    if actor.kind is ActorKind.STAFF:
        if way not in (None, *BY_STAFF):
            raise WayUnsaid(f"staff cannot act by way {way}")
        return way or Way.VISIT
    return Way.SELF if actor.mandate_for(person_id) is None else Way.FAMILY


def tell_her(*, actor: Actor, person_id: PersonId, what: str, about: str, now: datetime) -> None:
    """Tell the person what somebody has done in her name; what she did herself she knows."""
    mandate = actor.mandate_for(person_id)
    if mandate is not None:
        who = accounts.mandate_of(mandate.code).holder_called
    elif actor.kind is ActorKind.STAFF:
        who = f"社区{actor.name}"
    else:
        return
    people.tell(
        person_id=person_id, text=Text("done_for_you", {"who": who, "what": what}), about=about, now=now
    )


def name_of(benefit: str, now: datetime) -> str:
    """A benefit as an older person calls it."""
    return selectors.marks(on=now.date()).plain_titles.get(benefit, "一项补贴")


def help_words(benefit: str, now: datetime) -> str:
    """``请人帮忙办高龄津贴``."""
    return "请人打电话来" if benefit == CALL_BACK else f"请人帮忙办{name_of(benefit, now)}"
