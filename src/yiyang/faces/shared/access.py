"""Every view says who may see it; a view that does not is refused. Menus ask the same question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import urlencode

from yiyang.accounts.choices import EndReason
from yiyang.accounts.guards import NotYourDuty
from yiyang.base.actors import Actor, ActorKind
from yiyang.base.ids import PersonId
from yiyang.engine.errors import BrokenInvariant
from yiyang.faces.shared import drafts, sessions

BY_PHONE = ("older_person", "entered")
GO_ON = "/e/go-on/"
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class SignedIn(HttpRequest):
    """A request that has passed the access check: somebody acts."""

    actor: Actor
    person_id: PersonId  # only for older people's pages


@dataclass(frozen=True)
class Access:
    """``kind``: public, staff (any duty), duty (one of the rights), older_person, entered, machine.

    ``older_person``: pages of one person, open to herself and to whoever holds her mandate. ``entered``: come
    in by phone, whoever the pages are to be about.
    """

    kind: str
    rights: tuple[str, ...] = ()

    def allows(self, actor: Actor | None) -> bool:
        if self.kind == "public":
            return True
        if actor is None:
            return False
        if self.kind in BY_PHONE:
            return actor.kind is ActorKind.PERSON
        if self.kind == "machine":
            return actor.kind is ActorKind.MACHINE and any(actor.may(right) for right in self.rights)
        if actor.kind is not ActorKind.STAFF:
            return False
        return self.kind == "staff" or any(actor.may(right) for right in self.rights)


def _mark(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]  # Django's own way of marking views
        return view

    return mark


def public[View: Callable[..., HttpResponseBase]](view: View) -> View:
    return _mark(Access("public"))(view)


def staff[View: Callable[..., HttpResponseBase]](view: View) -> View:
    """Anybody in office, whatever the duty."""
    return _mark(Access("staff"))(view)


def entered[View: Callable[..., HttpResponseBase]](view: View) -> View:
    """Somebody who came in by phone and code, for herself or for others."""
    return _mark(Access("entered"))(view)


def older_person[View: Callable[..., HttpResponseBase]](view: View) -> View:
    return _mark(Access("older_person"))(view)


def duty(*rights: str) -> Callable[[View], View]:
    """Somebody whose present duty holds one of these rights."""
    return _mark(Access("duty", rights))


def machine(*rights: str) -> Callable[[View], View]:
    """Another system whose key holds one of these rights; it has signed the request."""
    return _mark(Access("machine", rights))


def access_of(view: Callable[..., Any]) -> Access | None:
    found = getattr(view, "access", None)
    return found if isinstance(found, Access) else None


def entrance(request: HttpRequest, access: Access) -> HttpResponseBase | None:
    """None to go on, else where to sign in.

    Raises:
        NotYourDuty: signed in, but not for this.
    """
    actor: Actor | None = getattr(request, "actor", None)
    if access.allows(actor):
        if access.kind == "older_person" and actor is not None and actor.acting_for is None:
            return redirect("/e/for-whom/")
        return None
    by_phone = access.kind in BY_PHONE
    if actor is not None and not by_phone ^ (actor.kind is ActorKind.PERSON):
        raise NotYourDuty(f"{actor.label} at {request.path}")
    ended: EndReason | None = getattr(request, "ended", None)
    if ended is not None and not by_phone:
        return sessions.ended_page(request, ended)
    if by_phone and request.method == "POST":
        drafts.keep(request)
        return redirect(f"/e/sign-in/?{urlencode({'next': GO_ON})}")
    door = "/e/sign-in/" if by_phone else "/sign-in/"
    # Only a page one can come back to: after a post the form itself is asked for again.
    query = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    return redirect(f"{door}?{query}" if query else door)


def of(request: HttpRequest, view: Callable[..., Any]) -> Access:
    """The mark of a view.

    Raises:
        BrokenInvariant: it carries none.
    """
    found = access_of(view)
    if found is None:
        marks = "@public, @staff, @duty, @entered or @older_person"
        raise BrokenInvariant(f"the view of {request.path} carries no {marks}")
    return found


def page_context(request: HttpRequest) -> dict[str, object]:
    """What every template may ask: who acts and how the page should look. No query happens here."""
    size = request.COOKIES.get("look-size", "")
    theme = request.COOKIES.get("look-theme", "")
    return {
        "actor": getattr(request, "actor", None),
        "look_size": size if size in ("26", "30") else "",
        "look_theme": theme if theme == "dark" else "",
        "synthetic": True,
    }
