"""What somebody in office may bring for an older person, and how she said it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from yiyang.accounts.choices import MandateRight, MandateWay
from yiyang.engine import identifying
from yiyang.entitlements.choices import BY_STAFF, AppealGround

MOST_WORDS = 500
DAYS = (("91", "三个月"), ("182", "半年"), ("365", "一年"))
RIGHTS = {
    "all": frozenset(MandateRight.values),
    "read": frozenset({MandateRight.READ.value}),
}
WAYS = [(way.value, way.label) for way in BY_STAFF]
NOTES = {
    "way": {
        "VISIT": "本人在场，亲口说的",
        "PHONE": "先核对过是本人",
        "PAPER": "原件收好，写清放在哪里",
        "WINDOW": "两位见证人都看过本人",
    },
    "rights": {
        "all": "看补贴、请人帮忙、说不同意。钱不能代领",
        "read": "什么都不能办，只能看",
    },
}


class Spoken(forms.Form):
    """How she said it: asked on every form of this kind."""

    way = forms.ChoiceField(
        label="本人怎么说的",
        choices=WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": "选一种：当面、电话，还是书面"},
    )


class AskFor(Spoken):
    """Help with one benefit, or a call."""

    benefit = forms.ChoiceField(label="帮她办什么", error_messages={"required": "选一项"})
    field_order: Sequence[str] = ("benefit", "way")

    def __init__(self, data: Any = None, *, benefits: Sequence[tuple[str, str]], **rest: Any) -> None:
        super().__init__(data, **rest)
        self.fields["benefit"].choices = list(benefits)  # type: ignore[attr-defined]


class DisagreeFor(AskFor):
    """What she disagrees with, in her words."""

    benefit = forms.ChoiceField(label="对哪一项不同意", error_messages={"required": "选一项"})
    ground = forms.ChoiceField(
        label="哪里不对",
        choices=AppealGround.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "选一样"},
    )
    words = forms.CharField(
        label="她的话",
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea,
        help_text="照她的话写，不写评价。",
        error_messages={"max_length": f"最多 {MOST_WORDS} 个字"},
    )
    field_order = ("benefit", "ground", "words", "way")


class MandateFor(forms.Form):
    """Who is to act for her, by what evidence."""

    called = forms.CharField(
        label="她怎么称呼这个人",
        max_length=20,
        help_text="例如 女儿、孙子小明",
        error_messages={"required": "写上请的是谁", "max_length": "最多 20 个字"},
    )
    phone = forms.CharField(
        label="这个人的手机号",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="以后用这个手机号进来",
        error_messages={"required": "写上手机号", "max_length": "手机号有 11 个数字"},
    )
    rights = forms.ChoiceField(
        label="可以做什么",
        choices=[("all", "看，也能办"), ("read", "只能看")],
        widget=forms.RadioSelect,
        error_messages={"required": "选一种"},
    )
    days = forms.ChoiceField(
        label="多久", choices=DAYS, widget=forms.RadioSelect, error_messages={"required": "选一个期限"}
    )
    way = forms.ChoiceField(
        label="凭什么",
        choices=[(MandateWay.WINDOW, "当面，有两位见证人"), (MandateWay.PAPER, "书面委托")],
        widget=forms.RadioSelect,
        error_messages={"required": "选一种凭据"},
    )
    evidence = forms.CharField(
        label="见证人姓名，或委托书编号和存放处",
        max_length=200,
        widget=forms.Textarea,
        error_messages={"required": "写清凭据，以后要查得到", "max_length": "最多 200 个字"},
    )

    def clean_phone(self) -> str:
        """Eleven digits, however they are written."""
        phone = identifying.normal_phone(self.cleaned_data["phone"])
        if not (phone.isdigit() and len(phone) == 11 and phone.startswith(("1", "000"))):
            raise forms.ValidationError("手机号有 11 个数字，请核对")
        return phone
