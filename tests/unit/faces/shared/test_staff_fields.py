"""Forms as they are drawn: kinds, kept input, errors and where the summary leads."""

from __future__ import annotations

from django import forms

from yiyang.faces.shared.fields import Field, form_view, with_notes


class Trial(forms.Form):
    key = forms.ChoiceField(label="改哪个数", choices=[("a", "甲"), ("b", "乙")])
    how = forms.ChoiceField(label="怎么", choices=[("x", "上门"), ("y", "电话")], widget=forms.RadioSelect)
    since = forms.DateField(label="从哪天起", help_text="例如 2027-01-01")
    secret = forms.CharField(
        label="密码", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    seen = forms.BooleanField(label="看过", required=False)

    def clean(self) -> None:
        raise forms.ValidationError("没有保存")


def drawn(data: dict[str, str]) -> dict[str, Field]:
    return {one.name: one for one in form_view(Trial(data), action="/x/", verb="存").fields}


def test_each_widget_has_its_kind() -> None:
    kinds = {name: one.kind for name, one in drawn({}).items()}
    assert kinds == {"key": "select", "how": "radio", "since": "date", "secret": "password", "seen": "tick"}


def test_what_was_typed_is_kept_and_the_error_stands_beside_it() -> None:
    since = drawn({"since": "明天"})["since"]
    assert since.value == "明天"
    assert since.error
    assert since.told_by == "f-since-hint f-since-error"


def test_a_password_is_never_written_back() -> None:
    assert drawn({"secret": "letmein"})["secret"].value == ""


def test_the_chosen_option_is_marked() -> None:
    assert [one.chosen for one in drawn({"key": "b"})["key"].options] == [False, True]


def test_general_errors_become_the_sentence_above_the_form() -> None:
    view = form_view(Trial({}), action="/x/", verb="存")
    assert view.refused == "没有保存"
    assert [one.name for one in view.errors] == ["key", "how", "since", "secret"]


def test_a_note_goes_to_its_option_only() -> None:
    view = with_notes(form_view(Trial(), action="/x/", verb="存"), {"how": {"y": "先打"}})
    notes = {option.value: option.note for one in view.fields if one.name == "how" for option in one.options}
    assert notes == {"x": "", "y": "先打"}
