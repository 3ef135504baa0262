"""What the three powers fill in."""

from __future__ import annotations

from django import forms

from yiyang.base.scoping import PREFIX_LENGTHS
from yiyang.faces.shared.acts import ACTS

FACES = (("g", "民政"), ("w", "社区"), ("e", "老年人"), ("k", "三员"), ("public", "登录"))
DAY = {"invalid": "写成 2026-11-20 这样"}


class Search(forms.Form):
    """Which lines of the log; every field may be empty."""

    person = forms.UUIDField(
        label="老人档案号", required=False, error_messages={"invalid": "档案号是 36 位，中间有短横"}
    )
    actor = forms.CharField(
        label="谁", required=False, max_length=64, help_text="姓名，或 staff:7 这样的账号"
    )
    action = forms.ChoiceField(
        label="做了什么", required=False, choices=[("", "全部"), *ACTS.items()],
        error_messages={"invalid_choice": "没有这一种"},
    )  # fmt: skip
    place = forms.CharField(label="地方", required=False, max_length=12, help_text="区划代码 2 到 12 位")
    face = forms.ChoiceField(
        label="在哪里", required=False, choices=[("", "全部"), *FACES],
        error_messages={"invalid_choice": "没有这一处"},
    )  # fmt: skip
    since = forms.DateField(
        label="从哪天", required=False, widget=forms.DateInput, input_formats=["%Y-%m-%d"], error_messages=DAY
    )
    until = forms.DateField(
        label="到哪天", required=False, widget=forms.DateInput, input_formats=["%Y-%m-%d"], error_messages=DAY
    )

    def clean_place(self) -> str:
        place = str(self.cleaned_data["place"]).strip()
        if place and not (place.isascii() and place.isdigit() and len(place) in PREFIX_LENGTHS):
            raise forms.ValidationError("区划代码是 2、4、6、9 或 12 位数字")
        return place

    def clean(self) -> dict[str, object] | None:
        found = super().clean()
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", "不能早于“从哪天”")
        return found


class Note(forms.Form):
    """What came of an alert."""

    outcome = forms.ChoiceField(
        label="办到哪一步",
        choices=[("seen", "看过了，在问"), ("answered", "问清了，写答复")],
        widget=forms.RadioSelect,
        error_messages={"required": "选一步", "invalid_choice": "选一步"},
    )
    note = forms.CharField(
        label="问了谁，是什么事",
        required=False,
        max_length=500,
        widget=forms.Textarea,
        help_text="写答复时至少 5 个字。不写老人的姓名和号码。",
        error_messages={"max_length": "最多 500 个字"},
    )
