"""Forms as staff pages draw them: error summary on top, words at the field, the input kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from django import forms
from django.forms.boundfield import BoundField

from yiyang.faces.shared.showing import Link

FieldKind = Literal["text", "textarea", "select", "date", "number", "password", "tick", "radio", "hidden"]


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a field."""

    value: str
    text: str
    chosen: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form with its error beside it; the input is kept."""

    name: str
    label: str
    kind: FieldKind = "text"
    value: str = ""
    hint: str = ""
    error: str = ""
    options: tuple[Option, ...] = ()
    inputmode: str = ""
    autocomplete: str = ""
    unit: str = ""
    required: bool = True
    spoken: bool = False

    @property
    def id(self) -> str:
        """The element's id: where the summary's link leads."""
        return f"f-{self.name}"

    @property
    def told_by(self) -> str:
        """Ids of the hint and the error, for aria-describedby."""
        hint = f"{self.id}-hint" if self.hint else ""
        error = f"{self.id}-error" if self.error else ""
        return " ".join(part for part in (hint, error) if part)


@dataclass(frozen=True, slots=True)
class FormView:
    """A form: its fields, the verb on its button, and where it is sent."""

    action: str
    verb: str
    fields: tuple[Field, ...]
    cancel: Link | None = None
    refused: str = ""
    method: Literal["post", "get"] = "post"

    @property
    def errors(self) -> tuple[Field, ...]:
        """Fields that must be put right, for the summary on top."""
        return tuple(one for one in self.fields if one.error)


KINDS: tuple[tuple[type[forms.Widget], FieldKind], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.PasswordInput, "password"),
    (forms.RadioSelect, "radio"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.CheckboxInput, "tick"),
    (forms.DateInput, "date"),
    (forms.NumberInput, "number"),
)


def field_of(bound: BoundField, *, unit: str = "", inputmode: str = "") -> Field:
    """A field of a Django form as it is drawn: label, help text as hint, first error, what was typed."""
    widget = bound.field.widget
    kind: FieldKind = next((name for type_, name in KINDS if isinstance(widget, type_)), "text")
    typed = bound.value()
    value = "" if typed in (None, False) else str(typed)
    options = tuple(
        Option(str(one.data["value"]), str(one.data["label"]), bool(one.data["selected"]))
        for one in (bound.subwidgets if kind in {"select", "radio"} else ())
    )
    return Field(
        name=bound.html_name,
        label=str(bound.label),
        kind=kind,
        value="" if kind == "password" else value,
        hint=str(bound.help_text),
        error=str(bound.errors[0]) if bound.errors else "",
        options=options,
        inputmode=inputmode,
        autocomplete=str(widget.attrs.get("autocomplete", "")),
        unit=unit,
        required=bound.field.required,
    )


def form_view(form: forms.Form, *, action: str, verb: str, cancel: Link | None = None) -> FormView:
    """A whole Django form; its general errors become the sentence above it."""
    refused = "".join(str(error) for error in form.non_field_errors())
    return FormView(action, verb, tuple(field_of(bound) for bound in form), cancel, refused)


def with_notes(view: FormView, notes: dict[str, dict[str, str]]) -> FormView:
    """The same form with a note at some options: ``{field: {option: note}}``."""
    fields = tuple(
        replace(
            one,
            options=tuple(
                replace(option, note=notes.get(one.name, {}).get(option.value, option.note))
                for option in one.options
            ),
        )
        for one in view.fields
    )
    return replace(view, fields=fields)
