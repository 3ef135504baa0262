"""Nothing that an older person has typed is lost, and nothing is sent for somebody else.

A form that arrives after the session has ended is kept, sealed, until she has come in again; a mark in every
form says for whom it was drawn, so that a page left open is never sent for the next person at the device.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from yiyang.base.ids import PersonId
from yiyang.base.keys import sealing
from yiyang.base.keys.sealing import Sealed
from yiyang.engine.errors import Conflict, HouseError

KEPT, PLACE, MARK = "kept_form", "session.form", "yours"
MOST = 20_000
CSRF = "csrfmiddlewaretoken"


class OtherPerson(Conflict):
    code = "shared.other_person"
    message = "这一页是替另一个人办的，没有办。请回首页，再办一次"


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it was sent: where to, and its fields."""

    path: str
    fields: tuple[tuple[str, str], ...]

    @property
    def mark(self) -> str:
        return next((value for name, value in self.fields if name == MARK), "")


def keep(request: HttpRequest) -> None:
    """Remember the form of a request that nobody is signed in for; one without end is no form of ours."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name != CSRF]
    text = json.dumps([request.get_full_path(), fields], ensure_ascii=False)
    if len(text) <= MOST:
        request.session[KEPT] = str(sealing.seal(PLACE, 0, text))


def kept(request: HttpRequest) -> Draft | None:
    """What is kept for whoever comes in here; None where nothing is, or it does not open any more."""
    try:
        path, fields = json.loads(sealing.unseal(PLACE, 0, Sealed(request.session.get(KEPT, ""))))
        return Draft(path, tuple((str(name), str(value)) for name, value in fields))
    except (HouseError, TypeError, ValueError):
        return None


def mark_of(person_id: PersonId | None) -> str:
    """Of whose page a form is: says nothing to anybody but us."""
    return (
        ""
        if person_id is None
        else salted_hmac("yiyang.elder.form", str(person_id), algorithm="sha256").hexdigest()[:20]
    )


def check_for(request: HttpRequest, person_id: PersonId | None) -> None:
    """Raises OtherPerson: the form was drawn on the page of somebody else."""
    sent = request.POST.get(MARK, "")
    if sent and not constant_time_compare(sent, mark_of(person_id)):
        raise OtherPerson(f"a form of another person at {request.path}")
