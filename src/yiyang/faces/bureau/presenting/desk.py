"""Where somebody in office stands: the place chosen, what waits for this person, the frame of every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from yiyang.accounts.duties import DUTIES
from yiyang.base.actors import Actor
from yiyang.base.scoping import PREFIX_LENGTHS
from yiyang.engine.errors import Missing
from yiyang.entitlements import selectors as entitlements
from yiyang.exchange import selectors as exchange
from yiyang.faces.shared.presenting import UrlFor, bar_of
from yiyang.faces.shared.showing import Frame, Notice, PlaceBar, Tab
from yiyang.people.selectors import one_record
from yiyang.policies import selectors as policies
from yiyang.regions import codes
from yiyang.regions import selectors as regions
from yiyang.regions.codes import Level

if TYPE_CHECKING:
    from yiyang.entitlements.models import Appeal, Sweep
    from yiyang.policies.models import Revision
    from yiyang.regions.models import Region

MOST_WAITING = 100
TABS = (
    ("总览", "overview"),
    ("人员", "people"),
    ("档案", "records"),
    ("政策", "law"),
    ("修订", "revisions"),
    ("申诉", "appeals"),
    ("资料", "rights"),
    ("来文", "imports"),
    ("口径", "definitions"),
)

ASKED_FOR = {
    "imports": "view_imports",
    "records": "confirm_deaths",
    "rights": "answer_rights",
}  # tabs that not everybody has


class NotHere(Missing):
    """A place outside the branch: said in the words of something that does not exist."""

    code = "bureau.not_here"


def address(name: str, *args: object, **query: object) -> str:
    """The address of a page of the bureau; empty values of the query are left out."""
    asked = {key: value for key, value in query.items() if value not in (None, "")}
    return reverse(f"bureau:{name}", args=args) + (f"?{urlencode(asked)}" if asked else "")


def code_of(text: str) -> UUID:
    """A public code from an address.

    Raises:
        NotHere: no code at all; said like a code that nobody has.
    """
    try:
        return UUID(text)
    except ValueError:
        raise NotHere(f"{text!r} is no code") from None


@dataclass(frozen=True)
class Desk:
    """The place somebody looks at and what waits for this person in the own branch."""

    actor: Actor
    now: datetime
    path: tuple[Region, ...]
    children: tuple[Region, ...]
    sweep: Sweep | None
    revisions: tuple[Revision, ...] = field(default=())
    appeals: tuple[Appeal, ...] = field(default=())
    imports: exchange.Waiting = field(default=exchange.Waiting())

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def place(self) -> Region:
        return self.path[-1]

    @property
    def prefix(self) -> str:
        return codes.prefix_of(self.place.division)

    @property
    def branch(self) -> Region:
        """The place of the duty: what lies above it is only named."""
        return next(one for one in self.path if codes.prefix_of(one.division) == self.actor.prefix)

    @property
    def level(self) -> Level:
        return Level(self.place.level)

    @property
    def county(self) -> int:
        """Six digits for the law of this place; a city or region stands for itself."""
        return int(self.place.division[:6])


def desk_of(actor: Actor, wanted: str, *, now: datetime) -> Desk:
    """The desk at a place of the actor's branch; the branch itself if none is named.

    Raises:
        NotHere: no such place, or outside the branch: the two look alike.
    """
    prefix = wanted or actor.prefix
    known = len(prefix) in PREFIX_LENGTHS and prefix.isascii() and prefix.isdigit()
    if not known or not prefix.startswith(actor.prefix) or not actor.prefix:
        raise NotHere(f"{prefix!r} for {actor.prefix!r}")
    on = now.date()
    above, below = regions.around(prefix, on=on)
    path = [place for place in above if place.level != Level.NATION]
    if not path or codes.prefix_of(path[-1].division) != prefix:
        raise NotHere(f"no place {prefix} on {on}")
    return Desk(
        actor,
        now,
        tuple(path),
        tuple(below),
        entitlements.sweep_over(prefix),
        tuple(policies.waiting_in(actor.prefix)[:MOST_WAITING]),
        tuple(entitlements.appeals_in(actor.prefix)[:MOST_WAITING]),
        exchange.waiting_for(actor, now.date()),
    )


def mine(actor: Actor, revisions: Sequence[Revision]) -> list[Revision]:
    """Revisions whose next step this person can do."""
    return [one for one in revisions if verb_of(actor, one)]


def verb_of(actor: Actor, revision: Revision) -> str:
    """What this person does next with a revision; empty if it waits for somebody else."""
    own = actor.user_id == revision.proposed_by_id
    if revision.state == "DRAFT" and actor.may("rehearse_law") and (own or actor.may("propose_law")):
        return "去测算"
    if revision.state == "REHEARSED" and actor.may("approve_law") and not own:
        return "去审批"
    if revision.state == "APPROVED" and (actor.may("propose_law") or actor.may("approve_law")):
        return "去排期"
    return ""


def frame_of(desk: Desk, current: str, url_for: UrlFor, *, notice: Notice | None = None) -> Frame:
    """Navigation, who is signed in, place and time."""
    return Frame(
        address("overview"),
        _tabs(desk, current),
        _who(desk.actor),
        bar(desk, url_for),
        notice,
    )


def bar(desk: Desk, url_for: UrlFor) -> PlaceBar:
    """The second bar; places below open the same page."""
    as_of = desk.sweep.as_of if desk.sweep else None
    return bar_of(desk.actor, desk.path, desk.children, as_of=as_of, url_for=url_for)


def _tabs(desk: Desk, current: str) -> tuple[Tab, ...]:
    waiting = {
        "revisions": len(mine(desk.actor, desk.revisions)),
        "records": one_record.waiting_in(desk.actor.prefix) if desk.actor.may("confirm_deaths") else 0,
        "appeals": len(desk.appeals) if desk.actor.may("answer_appeals") else 0,
        "imports": desk.imports.files + desk.imports.tickets,
    }
    here = desk.prefix if desk.prefix != desk.actor.prefix else ""
    return tuple(
        Tab(
            text,
            address(name, place=here if name in ("overview", "people", "records") else ""),
            name == current,
            waiting.get(name) or None,
        )
        for text, name in TABS
        if name not in ASKED_FOR or desk.actor.may(ASKED_FOR[name])
    )


def _who(actor: Actor) -> str:
    duty = DUTIES.get(actor.duty)
    return f"{duty.title} {actor.name}" if duty else actor.name
