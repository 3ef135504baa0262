"""The second bar of every staff page: which place, figures as of when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from yiyang.base.actors import Actor
from yiyang.entitlements import selectors as entitlements
from yiyang.faces.shared.showing import Crumb, Link, PlaceBar
from yiyang.regions import codes
from yiyang.regions import selectors as regions
from yiyang.regions.codes import Level

if TYPE_CHECKING:
    from yiyang.regions.models import Region

UrlFor = Callable[[str], str]
CHILD_WORDS = {
    Level.CITY: "旗县区",
    Level.COUNTY: "苏木乡镇、街道",
    Level.TOWNSHIP: "嘎查、社区",
}


def place_bar(actor: Actor, division: str, *, on: date, url_for: UrlFor) -> PlaceBar:
    """The path to a place: levels above the duty are plain words, its own are links, the last opens.

    Four statements, whatever the place.

    Args:
        division: a place of up to twelve digits inside the actor's scope.
        url_for: from a prefix (two to twelve digits) to the address of the same page there.
    """
    path = [place for place in regions.path_to(division, on=on) if place.level != Level.NATION]
    children = regions.children_of(division, on=on) if path and path[-1].level != Level.COMMUNITY else []
    sweep = entitlements.sweep_over(division)
    return bar_of(actor, path, children, as_of=sweep.as_of if sweep else None, url_for=url_for)


def bar_of(
    actor: Actor, path: Sequence[Region], children: Sequence[Region], *, as_of: date | None, url_for: UrlFor
) -> PlaceBar:
    """The same from places that the page has asked for already: no statement of its own."""
    return PlaceBar(
        crumbs=tuple(_crumb(actor, place, url_for) for place in path),
        children=tuple(Link(child.name, url_for(codes.prefix_of(child.division))) for child in children),
        child_word=CHILD_WORDS.get(Level(path[-1].level), "下级") if path else "下级",
        as_of=as_of,
        synthetic=True,
    )


def _crumb(actor: Actor, place: Region, url_for: UrlFor) -> Crumb:
    prefix = codes.prefix_of(place.division)
    mine = bool(actor.prefix) and prefix.startswith(actor.prefix)
    return Crumb(place.name, url_for(prefix) if mine else None)
