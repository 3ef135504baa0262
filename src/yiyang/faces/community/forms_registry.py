"""What the community writes into the registry: somebody new, a move, a death, a stay."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from yiyang.people.choices import Sex, Source, StayKind

DAYS = ["%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]
SEXES = ((Sex.FEMALE.value, "女"), (Sex.MALE.value, "男"))
TOLD_BY = tuple(
    (source.value, source.label)
    for source in (Source.FAMILY, Source.COMMUNITY, Source.INSTITUTION, Source.HEALTH, Source.PUBLIC_SECURITY)
)
STAY_TOLD_BY = TOLD_BY[:3]
TOO_LONG = {"max_length": "写得太长了"}


class Day(forms.DateField):
    """A day as offices write it."""

    def __init__(self, label: str, *, required: bool = True, help_text: str = "例如 2026-11-20") -> None:
        super().__init__(
            label=label,
            required=required,
            widget=forms.DateInput,
            help_text=help_text,
            input_formats=DAYS,
            error_messages={"invalid": "日期写成 2026-11-20 这样", "required": f"请填“{label}”"},
        )


class Register(forms.Form):
    """Somebody whom a search has not found."""

    proof = forms.CharField(widget=forms.HiddenInput, required=False)
    division = forms.ChoiceField(label="住在哪个社区", error_messages={"required": "选一个社区"})
    name = forms.CharField(
        label="姓名", max_length=40, error_messages={"required": "请填姓名", **TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    id_number = forms.CharField(
        label="身份证号", required=False, max_length=30, error_messages=TOO_LONG,
        help_text="有证就照证写，出生日期和性别会从里面读出来。没有证件可以空着",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    sex = forms.ChoiceField(
        label="性别", choices=SEXES, required=False, widget=forms.RadioSelect, help_text="没有身份证号时要选"
    )
    born_on = Day("出生日期", required=False, help_text="没有身份证号时要填，按公历。例如 1944-03-01")
    phone = forms.CharField(
        label="电话", required=False, max_length=30, error_messages=TOO_LONG,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    address = forms.CharField(
        label="住址", required=False, max_length=100, error_messages=TOO_LONG,
        help_text="门牌写到户", widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    hukou_division = forms.CharField(
        label="户籍地区划代码", required=False, max_length=12, error_messages=TOO_LONG,
        help_text="户口就在这里的空着；在外地的写 6 位代码",
    )  # fmt: skip

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["division"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = places


class MoveAway(forms.Form):
    """Where somebody has moved to."""

    to = forms.CharField(
        label="搬到哪个社区", max_length=40, help_text="写社区或村的名字，也可以写 12 位代码",
        error_messages={"required": "写上搬去的社区", **TOO_LONG},
    )  # fmt: skip
    why = forms.CharField(
        label="为什么搬", max_length=300, widget=forms.Textarea, help_text="例如 随子女居住",
        error_messages={"required": "写一句为什么搬", **TOO_LONG},
    )  # fmt: skip


class ReportDeath(forms.Form):
    """What was heard of a death, and from whom."""

    source = forms.ChoiceField(
        label="谁说的", choices=TOLD_BY, widget=forms.RadioSelect, error_messages={"required": "选是谁说的"}
    )
    died_on = Day("去世日期", required=False, help_text="知道就写，例如 2026-11-20；不知道空着")
    note = forms.CharField(
        label="怎么知道的", required=False, max_length=300, widget=forms.Textarea, error_messages=TOO_LONG
    )


class BeginStay(forms.Form):
    """A stay in a hospital or a care home."""

    kind = forms.ChoiceField(
        label="住在哪里", choices=StayKind.choices, widget=forms.RadioSelect,
        error_messages={"required": "选一种"},
    )  # fmt: skip
    place = forms.CharField(
        label="医院或机构的名字", max_length=60, error_messages={"required": "写上名字", **TOO_LONG}
    )
    since = Day("哪天住进去的")
    until = Day("哪天离开的", required=False, help_text="还在住就空着")
    source = forms.ChoiceField(
        label="谁说的", choices=STAY_TOLD_BY, widget=forms.RadioSelect,
        error_messages={"required": "选是谁说的"},
    )  # fmt: skip


class EndStay(forms.Form):
    """The day somebody left."""

    until = Day("哪天离开的")

    def day(self) -> date:
        found: date = self.cleaned_data["until"]
        return found
