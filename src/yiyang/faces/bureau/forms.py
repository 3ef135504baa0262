"""What officials type: read exactly, never guessed; the sentence stands at the field."""

from __future__ import annotations

from datetime import date

from django import forms

from yiyang.engine import reading
from yiyang.engine.errors import Refused
from yiyang.entitlements.choices import AppealState
from yiyang.faces.bureau.presenting import numbers
from yiyang.policies.choices import Merge

LEAST_WHY, LEAST_ANSWER = 5, 10
BAD_DAY = "看不懂这个日期。请写成 2027-01-01 这样"
OUTCOMES = (
    (AppealState.UPHELD.value, "维持原来的认定"),
    (AppealState.CHANGED.value, "改：情况已经更正，按今天算的结果"),
)
Choices = list[tuple[str, str]]
LEAST_REASON = 5
TAKE, KEEP = "take", "keep"


class Worded(forms.Form):
    """A form that says what is missing in the words of its own labels."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own open signature
        for field in self.fields.values():
            chosen = isinstance(field, forms.ChoiceField)
            verb, what = "请选" if chosen else "请填", f"“{field.label}”"
            field.error_messages["required"] = f"{verb}{what}"
            field.error_messages["invalid_choice"] = f"{what}请从列表里选"

    def say_lengths(self, name: str, low: int) -> str:
        """The text of a field that must be at least ``low`` signs long."""
        text = str(self.cleaned_data[name]).strip()
        if len(text) < low:
            raise forms.ValidationError(f"至少写 {low} 个字，现在 {len(text)} 个")
        return text


class DayField(forms.CharField):
    """A day in digits or Chinese numerals: 2027-01-01, 2027年1月1日."""

    widget = forms.DateInput

    def clean(self, value: object) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        found = reading.parse_date_zh(text)
        if found is None:
            raise forms.ValidationError(BAD_DAY)
        return found


class AsKnown(Worded):
    """What did we know on that day."""

    on = DayField(label="哪一天", help_text="例如 2026-07-01，不能晚于今天", required=False)

    def __init__(self, *args: object, born_on: date, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.born_on, self.today = born_on, today

    def clean_on(self) -> date | None:
        on: date | None = self.cleaned_data["on"]
        if on is not None and on > self.today:
            raise forms.ValidationError(f"不能晚于今天（{self.today}）")
        if on is not None and on < self.born_on:
            raise forms.ValidationError("那一天本人还没有出生")
        return on


class Filters(Worded):
    """Which people: benefit and answer; the place stays."""

    place = forms.CharField(widget=forms.HiddenInput, required=False)
    benefit = forms.ChoiceField(label="待遇")
    status = forms.ChoiceField(label="结果")

    def __init__(self, *args: object, benefits: Choices, statuses: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("benefit", benefits), ("status", statuses)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


class LawFilters(Worded):
    """A word, a place and a day in the law."""

    q = forms.CharField(label="待遇、标准或条款里的词", required=False, max_length=40)
    place = forms.CharField(widget=forms.HiddenInput, required=False)
    on = DayField(label="哪一天", required=False)


class NumberForm(Worded):
    """A value, a day and a reason: what a draft says, also when it is edited."""

    value = forms.CharField(label="改成多少", widget=forms.NumberInput, max_length=20)
    since = DayField(label="从哪天起", help_text="不能早于今天。例如 2027-01-01")
    why = forms.CharField(label="为什么改", widget=forms.Textarea, max_length=500, required=False)

    def __init__(self, *args: object, unit: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit

    def clean_value(self) -> int:
        try:
            return numbers.parse_number(self.cleaned_data["value"], self.unit)
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from refusal


class Propose(NumberForm):
    """A new draft: which number, for which place, how it merges, on which clause it rests."""

    key = forms.CharField(widget=forms.HiddenInput)
    place = forms.ChoiceField(label="管哪个地方")
    merge = forms.ChoiceField(label="和上级的数怎样合并", choices=Merge.choices)
    clause = forms.ChoiceField(label="依据哪一条")
    field_order = ("key", "place", "value", "since", "merge", "clause", "why")

    def __init__(self, *args: object, unit: str, places: Choices, clauses: Choices, **kwargs: object) -> None:
        super().__init__(*args, unit=unit, **kwargs)
        for name, choices in (("place", places), ("clause", clauses)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


class ChooseNumber(Worded):
    """Which number of the law to change."""

    key = forms.ChoiceField(label="改哪个数")

    def __init__(self, *args: object, keys: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["key"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = keys


class Schedule(Worded):
    """The paper behind an approved number."""

    document_number = forms.CharField(label="文号", max_length=60, help_text="例如 示例〔2026〕12号")
    document_on = DayField(label="成文日期", help_text="例如 2026-12-01")


class Withdraw(Worded):
    """Taking a draft back needs a reason."""

    why = forms.CharField(label="为什么撤回", widget=forms.Textarea, max_length=300, help_text="至少 5 个字")

    def clean_why(self) -> str:
        return self.say_lengths("why", LEAST_WHY)


class AnswerAppeal(Worded):
    """A human's answer, in words the older person understands."""

    outcome = forms.ChoiceField(label="怎么答复", widget=forms.RadioSelect, choices=OUTCOMES)
    words = forms.CharField(
        label="写给本人的话",
        widget=forms.Textarea,
        max_length=1000,
        help_text="用大白话，两三句，至少 10 个字。本人会看到。",
    )

    def clean_words(self) -> str:
        return self.say_lengths("words", LEAST_ANSWER)


class NothingAsked(Worded):
    """A verb alone."""


class UploadImport(Worded):
    """What somebody says of a file; the file itself is read by the view."""

    kind = forms.ChoiceField(label="这是什么表")
    source = forms.ChoiceField(
        label="哪个部门的数据", help_text="说法不同时，级别高的为准，级别低的转人工判断"
    )
    as_of = DayField(label="数据截至哪一天", help_text="例如 2026-11-01，不能晚于今天")

    def __init__(
        self, *args: object, kinds: Choices, sources: Choices, today: date, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for name, choices in (("kind", kinds), ("source", sources)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "请选"), *choices]

    def clean_as_of(self) -> date:
        on: date = self.cleaned_data["as_of"]
        if on > self.today:
            raise forms.ValidationError(f"不能晚于今天（{self.today}）")
        return on


class DeclineImport(Worded):
    """Why a file is not let in."""

    why = forms.CharField(label="为什么不通过", widget=forms.Textarea, max_length=500)

    def clean_why(self) -> str:
        return self.say_lengths("why", LEAST_REASON)


class SettleTicket(Worded):
    """Which word stands, and why."""

    outcome = forms.ChoiceField(
        label="您的判断",
        widget=forms.RadioSelect,
        choices=[(TAKE, "按来文办"), (KEEP, "保持原样，这一行不入库")],
    )
    why = forms.CharField(label="依据", widget=forms.Textarea, max_length=500, help_text="例如：电话核实本人")

    def clean_why(self) -> str:
        return self.say_lengths("why", LEAST_REASON)
