"""Who stands on the list of a branch, in which order, and who does not: read once, shown in several ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from yiyang.base.ids import UserId
from yiyang.outreach import selectors as outreach
from yiyang.outreach.choices import LeadKind, LeadState
from yiyang.outreach.selectors import Household

if TYPE_CHECKING:
    from yiyang.outreach.models import Lead


@dataclass(frozen=True)
class Worklist:
    """``people`` in the order they should be seen; ``out_of_reach`` have nothing but leads on hold."""

    people: tuple[Household, ...]
    out_of_reach: tuple[Household, ...]

    def mine(self, user_id: UserId | None) -> list[Household]:
        """Those this person took."""
        return [one for one in self.people if one.taken_by == user_id]

    @property
    def unserved(self) -> list[Household]:
        """Something is due and not received."""
        return [one for one in self.people if any(lead.kind == LeadKind.UNSERVED for lead in one.leads)]

    @property
    def unassessed(self) -> list[Household]:
        """A missing assessment hides something."""
        return [
            one for one in self.people if any(lead.kind == LeadKind.NEEDS_ASSESSMENT for lead in one.leads)
        ]

    def following(self, user_id: UserId | None) -> Household | None:
        """The next household for this person: one's own unvisited first, then the first nobody has.

        Whoever has been reached and will be seen again is not pressed on anybody as the next.
        """
        open_ones = [one for one in self.people if not _reached(one)]
        own = next((one for one in open_ones if one.taken_by == user_id), None)
        return own or next((one for one in open_ones if one.taken_by is None), None)


def worklist_of(prefix: str) -> Worklist:
    """One query whatever the branch: a community has some dozens, a township some hundreds of people.

    Sorted here, because an unknown worth must not come before a known one.
    """
    by_person: dict[int, list[Lead]] = defaultdict(list)
    for lead in outreach.worked_in(prefix):
        by_person[lead.person_id].append(lead)
    everybody = [_household(person_id, leads) for person_id, leads in by_person.items()]
    on_hold = {
        one.person_id for one in everybody if all(lead.state == LeadState.UNREACHABLE for lead in one.leads)
    }
    ordered = sorted(everybody, key=_order)
    return Worklist(
        tuple(one for one in ordered if one.person_id not in on_hold),
        tuple(one for one in ordered if one.person_id in on_hold),
    )


def _order(one: Household) -> tuple[bool, date, int, date, int]:
    """Who asked first, by the promised day; then worth, then how long it lasts."""
    return (not one.asked_for, one.call_by or date.max, -one.worth_fen, one.since, one.person_id)


def _reached(one: Household) -> bool:
    return any(lead.state == LeadState.CONTACTED for lead in one.leads)


def _household(person_id: int, leads: Sequence[Lead]) -> Household:
    return Household(
        person_id=person_id,
        leads=tuple(sorted(leads, key=lambda lead: (-(lead.worth_fen or 0), lead.pk))),
        worth_fen=sum(lead.worth_fen or 0 for lead in leads),
        since=min(lead.since for lead in leads),
        asked_for=any(lead.asked_for for lead in leads),
        call_by=min((lead.call_by for lead in leads if lead.call_by), default=None),
        taken_by=next((lead.taken_by_id for lead in leads if lead.taken_by_id), None),
    )
