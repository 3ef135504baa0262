"""The form that asks why, and one field for a minute: the same on every desk.

The value stands in the answer to a form that was sent, never behind an address; the answer is kept nowhere
and its ``Refresh`` header leads back to the masked page without any script.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yiyang.base.ids import PersonId
from yiyang.base.log import audit
from yiyang.engine.errors import Missing, Refused
from yiyang.faces.shared import proving
from yiyang.faces.shared.access import SignedIn
from yiyang.faces.shared.fields import FormView, form_view
from yiyang.faces.shared.showing import Frame, Link, Masked
from yiyang.people import services as people
from yiyang.people.choices import RevealField, RevealPurpose
from yiyang.people.guards import MOST_REASON

if TYPE_CHECKING:
    from yiyang.people.models import Person


class NoSuchField(Missing):
    code = "shared.no_such_field"


@dataclass(frozen=True, slots=True)
class RevealPage:
    """Why do you want to see this one field; or, once told, the field for 60 seconds."""

    heading: str
    lead: str
    form: FormView | None
    shown: Masked | None
    shown_name: str
    until: datetime | None
    back: Link


class AskReveal(forms.Form):
    """What for, and why."""

    purpose = forms.ChoiceField(
        label="用途",
        choices=RevealPurpose.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "选一种用途", "invalid_choice": "选一种用途"},
    )
    reason = forms.CharField(
        label="为哪一件事",
        max_length=MOST_REASON,
        help_text="写清哪一件事，至少 5 个字。本人可以看到。不要写号码。",
        error_messages={"required": "写清为哪一件事要看", "max_length": f"最多 {MOST_REASON} 个字"},
    )


def field_of(text: str) -> RevealField:
    """A field by its word in an address.

    Raises:
        NoSuchField: none that can be opened.
    """
    try:
        return RevealField(text)
    except ValueError:
        raise NoSuchField(f"{text!r} is no sealed field") from None


def answer(
    request: SignedIn, person: Person, field: RevealField, *, name: str, frame: Frame, back: str,
    template: str, now: datetime,
) -> HttpResponse:  # fmt: skip
    """The whole page: asked for, refused, or shown; without a full proof of the last minutes, the door first.

    Args:
        name: the person as this desk may name her.
        back: address of her page, masked.
    """
    if not proving.proved_recently(request, now):
        return proving.prove_again(request)
    page = RevealPage(
        f"查看{name}的{field.label}",
        "只显示这一项，60 秒后回到遮盖的页面。看了什么、为什么，会记下来，本人可以看到。",
        None, None, str(field.label), None, Link("看好了，回档案", back),
    )  # fmt: skip
    if request.method == "GET":
        audit.record(
            actor=request.actor, action="reveal_asked", now=now, subject=("person", person.pk),
            division=person.division, face=request.path.split("/")[1], fields=(field.value,),
        )  # fmt: skip
        return _asking(request, page, AskReveal(), frame, template)
    form = AskReveal(request.POST)
    if not form.is_valid():
        return _asking(request, page, form, frame, template, status=400)
    try:
        shown = people.reveal(
            person_id=PersonId(person.pk), field=field, purpose=RevealPurpose(form.cleaned_data["purpose"]),
            reason=form.cleaned_data["reason"], actor=request.actor, now=now,
        )  # fmt: skip
    except Refused as refusal:
        form.add_error("reason", refusal.message)
        return _asking(request, page, form, frame, template, status=422)
    found = RevealPage(
        page.heading, page.lead, None, Masked(shown.text), page.shown_name, shown.until, page.back
    )
    response = render(request, template, {"frame": frame, "page": found})
    response["Refresh"] = f"{int((shown.until - now).total_seconds())}; url={back}"
    response["Cache-Control"] = "no-store, max-age=0"
    return response


def _asking(
    request: HttpRequest, page: RevealPage, form: AskReveal, frame: Frame, template: str, *, status: int = 200
) -> HttpResponse:
    view = form_view(form, action=request.path, verb="看 60 秒", cancel=Link("不看了", page.back.href))
    asked = RevealPage(page.heading, page.lead, view, None, page.shown_name, None, page.back)
    return render(request, template, {"frame": frame, "page": asked}, status=status)
