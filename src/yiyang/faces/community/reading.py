"""Opening a page that shows a person leaves a line, whichever page it is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from yiyang.base.log import audit
from yiyang.faces.shared.access import SignedIn

if TYPE_CHECKING:
    from yiyang.people.models import Person


def note_reading(request: SignedIn, person: Person, now: datetime) -> None:
    """Somebody opened it; a form sent back with faults is the same visit."""
    if request.method == "GET":
        audit.record(
            actor=request.actor,
            action="read_person",
            now=now,
            subject=("person", person.pk),
            division=person.division,
            face="w",
            request_id=getattr(request, "request_id", None),
        )
