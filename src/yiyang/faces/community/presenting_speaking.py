"""What can be brought for an older person, and who may act for her."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from yiyang.accounts import selectors as accounts
from yiyang.base.ids import PersonId
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.choices import CALL_BACK
from yiyang.faces.community.showing import MandateLine
from yiyang.faces.shared.fields import FormView
from yiyang.people.services.mandating import rights_words

if TYPE_CHECKING:
    from yiyang.people.models import Person

__all__ = ["FormView", "mandates_of", "to_ask_for", "to_disagree_with"]


def to_ask_for(on: date) -> list[tuple[str, str]]:
    """A call about anything, then every result that is kept as a decision."""
    return [(CALL_BACK, "请人打电话来，什么事都行"), *to_disagree_with(on)]


def to_disagree_with(on: date) -> list[tuple[str, str]]:
    marks = entitlements.marks(on=on)
    return [(name, marks.titles.get(name, name)) for name in marks.stored]


def mandates_of(person: Person, *, on: date) -> tuple[MandateLine, ...]:
    """Those who may act for her now; each with where its stop is sent."""
    return tuple(
        MandateLine(
            one.holder_called,
            rights_words(one.rights),
            f"{one.given_at:%Y-%m-%d}",
            f"{one.ends_on:%Y-%m-%d}",
            one.get_way_display(),
            reverse("community:mandate_stop", kwargs={"code": person.code, "mandate": one.code}),
        )
        for one in accounts.mandates_of(PersonId(person.pk), on=on)
    )
