"""The frame of every page of the three powers: only what this power may do, and the place of its duty."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from yiyang.accounts.duties import DUTIES
from yiyang.base.actors import Actor
from yiyang.faces.shared.showing import Crumb, Frame, Notice, PlaceBar, Tab
from yiyang.regions import selectors as regions
from yiyang.regions.codes import Level

# words, name of the page, right that opens it
TABS: tuple[tuple[str, str, str], ...] = (
    ("首页", "home", ""),
    ("账号", "accounts", "keep_accounts"),
    ("职责", "duties", "keep_duties"),
    ("安全提醒", "alerts", "answer_alerts"),
    ("查记录", "audit", "read_audit"),
)


def address(name: str, *args: object, **query: object) -> str:
    """The address of a page of this face; empty values of the query are left out."""
    asked = {key: value for key, value in query.items() if value not in (None, "")}
    return reverse(f"keeper:{name}", args=args) + (f"?{urlencode(asked)}" if asked else "")


def frame_of(
    actor: Actor,
    current: str,
    *,
    now: datetime,
    waiting: dict[str, int] | None = None,
    notice: Notice | None = None,
) -> Frame:
    """Navigation, who is signed in, place. ``waiting``: how much waits behind a tab."""
    counts = waiting or {}
    tabs = tuple(
        Tab(text, address(name), name == current, counts.get(name) or None)
        for text, name, right in TABS
        if not right or actor.may(right)
    )
    duty = DUTIES.get(actor.duty)
    who = f"{duty.title} {actor.name}" if duty else actor.name
    return Frame(address("home"), tabs, who, _place(actor, now), notice)


def _place(actor: Actor, now: datetime) -> PlaceBar:
    path = regions.path_to(actor.prefix, on=now.date()) if actor.prefix else []
    crumbs = tuple(Crumb(place.name) for place in path if place.level != Level.NATION)
    return PlaceBar(crumbs or (Crumb(actor.prefix),))
