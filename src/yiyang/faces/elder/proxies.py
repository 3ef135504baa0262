"""On whose behalf a page is: the line across its top."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from yiyang.base.actors import Actor, Mandated
from yiyang.engine.errors import Missing
from yiyang.faces.elder.showing import home
from yiyang.faces.elder.showing.frames import Proxy
from yiyang.faces.elder.showing.helping import can_words

SOMEBODY = "家里老人"


def proxy_of(request: HttpRequest) -> Proxy | None:
    """Who is acted for, what is allowed, until when; None on one's own pages."""
    actor = getattr(request, "actor", None)
    mandate = actor.mandate if isinstance(actor, Actor) else None
    if mandate is None:
        return None
    return Proxy(_address_of(mandate), can_words(mandate.rights), mandate.ends_on)


def _address_of(mandate: Mandated) -> str:
    """``王奶奶``; in a broken transaction nobody can be asked."""
    # Here, not above: templates are drawn without any room where pages are only looked at.
    from yiyang.people import selectors as people

    if connection.needs_rollback:
        return SOMEBODY
    try:
        found = people.person(mandate.person_id)
    except Missing:
        return SOMEBODY
    return home.address(found.name, found.sex, people.ages(found, timezone.localdate()))
