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


def _code(label: str = "验证码", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=32,
        required=required,
        error_messages={"required": "请填手机上显示的 6 位验证码", "max_length": "验证码是 6 位数字"},
        help_text="验证器 App 上的 6 位数字；手机不在身边，填一个备用码",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )


def _answer() -> forms.CharField:
    """Filled by the script of passkeys; several kilobytes at most."""
    return forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)


def _new_password(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=128,
        strip=False,
        help_text=help_text,
        error_messages={"required": "请填新密码"},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class _CodeOrPasskey(forms.Form):
    def clean(self) -> dict[str, object]:
        """One of the two is enough."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if not cleaned.get("code") and not cleaned.get("passkey") and "code" not in self.errors:
            self.add_error("code", "请填手机上显示的 6 位验证码")
        return cleaned


class SecondFactor(_CodeOrPasskey):
    """Six digits, a recovery code, or the answer of a passkey."""

    code = _code(required=False)
    passkey = _answer()


class FirstCode(forms.Form):
    """The first code of a new app: it proves that the app holds the secret."""

    code = forms.CharField(
        label="App 上显示的 6 位验证码",
        max_length=32,
        error_messages={"required": "请填 App 上显示的 6 位验证码"},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )


class NewPassword(forms.Form):
    """Typed twice, because nobody sees what is typed."""

    password = _new_password("新密码", "至少 12 个字符，可以是几个词连起来；不要用姓名、单位加年份")
    again = _new_password("再填一遍")

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", "两次填的不一样")
        return cleaned


class Again(_CodeOrPasskey):
    """Password and second factor once more, by somebody who is in."""

    password = forms.CharField(
        label="密码",
        max_length=128,
        strip=False,
        error_messages={"required": "请填密码"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = _code(required=False)
    passkey = _answer()
    next = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)


class NewPasskey(forms.Form):
    """A name to know it by, and what the device answered."""

    label = forms.CharField(
        label="给它起个名字",
        max_length=40,
        initial="办公电脑",
        error_messages={"required": "请给它起个名字，以后好认"},
    )
    passkey = _answer()

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if not cleaned.get("passkey"):
            raise forms.ValidationError("没有收到这台设备的回答。请按“登记这台设备”并照浏览器的提示做")
        return cleaned
