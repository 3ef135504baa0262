"""Answers to what waits about records: pairs, merges, deaths, moves."""

from __future__ import annotations

from django import forms

from yiyang.faces.bureau.forms import DayField, Worded
from yiyang.people.choices import Source

KEEP_LEFT, KEEP_RIGHT, DIFFERENT, UNSURE = "LEFT", "RIGHT", "DIFFERENT", "UNSURE"
ANSWERS = (
    (KEEP_LEFT, "是同一个人，保留左边这份"),
    (KEEP_RIGHT, "是同一个人，保留右边这份"),
    (DIFFERENT, "不是同一个人"),
    (UNSURE, "暂时看不出"),
)
YES, NO = "YES", "NO"
SECOND_SOURCES = tuple(
    (source.value, source.label)
    for source in (
        Source.PUBLIC_SECURITY,
        Source.HEALTH,
        Source.INSTITUTION,
        Source.CIVIL_AFFAIRS,
        Source.HUMAN_RESOURCES,
        Source.MEDICAL_INSURANCE,
        Source.COMMUNITY,
        Source.FAMILY,
    )
)


def reason(
    label: str = "理由", help_text: str = "至少 4 个字，以后查得到", *, required: bool = True
) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=300, widget=forms.Textarea, help_text=help_text, required=required
    )


class JudgePair(Worded):
    """Whether two records are one person, and which one stays."""

    answer = forms.ChoiceField(label="是不是同一个人", choices=ANSWERS, widget=forms.RadioSelect)
    why = reason()


class ConfirmMerge(Worded):
    """A second person on two ID numbers."""

    answer = forms.ChoiceField(
        label="两个身份证号，您同意合并吗",
        choices=((YES, "同意，是同一个人"), (NO, "不同意，退回去再看")),
        widget=forms.RadioSelect,
    )
    why = reason(help_text="不同意时要写，至少 4 个字", required=False)


class WithReason(Worded):
    """An act that only needs its reason."""

    why = reason()


class ConfirmDeath(Worded):
    """A second source, or the news that she lives."""

    answer = forms.ChoiceField(
        label="核实的结果",
        choices=((YES, "属实，登记去世"), (NO, "不属实，本人健在")),
        widget=forms.RadioSelect,
    )
    source = forms.ChoiceField(
        label="第二个来源", choices=(("", "（不属实时不用选）"), *SECOND_SOURCES), required=False,
        help_text="要和第一次报告的来源不同",
    )  # fmt: skip
    died_on = DayField(label="去世日期", required=False, help_text="照证明写，例如 2026-11-20")
    why = reason("凭什么", "例如 医院死亡证明、当面见到本人")

    def clean(self) -> dict[str, object]:
        data = self.cleaned_data
        if data.get("answer") == YES:
            if not data.get("source"):
                self.add_error("source", "登记去世要有第二个来源")
            if not data.get("died_on") and "died_on" not in self.errors:
                self.add_error("died_on", "照证明写去世日期")
        return data


class ReceiveMove(Worded):
    """Whether this branch takes somebody over."""

    answer = forms.ChoiceField(
        label="接收吗",
        choices=((YES, "接收，档案迁过来"), (NO, "不接收，退回")),
        widget=forms.RadioSelect,
    )
    why = reason("说明", "不接收时要写，至少 4 个字", required=False)
