from __future__ import annotations

from collections.abc import Sequence

from django import forms


class SignIn(forms.Form):
    """Name and password; which of them is wrong is never said."""

    username = forms.CharField(
        label="用户名",
        max_length=64,
        error_messages={"required": "请填用户名"},
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label="密码",
        max_length=128,
        strip=False,
        error_messages={"required": "请填密码"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    next = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)


class ChooseDuty(forms.Form):
    """Which of several duties somebody works under now."""

    duty = forms.TypedChoiceField(
        label="这次以哪个身份工作",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一个身份", "invalid_choice": "请从列出的身份里选一个"},
    )
    next = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def __init__(
        self, data: object = None, *, duties: Sequence[tuple[int, str]], initial: dict[str, str] | None = None
    ) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]  # a QueryDict or None
        field = self.fields["duty"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = list(duties)
