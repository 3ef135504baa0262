from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms

from yiyang.assessments.choices import AssessmentReason
from yiyang.outreach.choices import Channel, Outcome
from yiyang.outreach.services.reaching import AGAIN_WITHIN, NEEDS_NOTE, TOO_FAR

NOTES = {
    "outcome": {
        Outcome.APPLIED.value: "没领的都算办了，本人提的请求也一起了结",
        Outcome.WILL_COME.value: "填上下次的日期，到那天再排进名单",
        Outcome.NOT_AT_HOME.value: "三次没见到，移到“没列出”",
        Outcome.NO_ANSWER.value: "三次没接，移到“没列出”",
        Outcome.DECLINED.value: "以后还可以再办。写一句为什么",
        Outcome.IN_HOSPITAL.value: "出院后再看",
        Outcome.MOVED.value: "写一句搬到哪里",
        Outcome.DIED.value: "只记下听说。钱和档案都不动，等第二个来源核实",
        Outcome.NOT_ELIGIBLE.value: "写清哪里和记录不一样",
    }
}
REASON_NOTES = {
    "reason": {
        AssessmentReason.ROUTINE.value: "上次的快到期或已过期",
        AssessmentReason.ON_CHANGE.value: "身体有明显变化",
        AssessmentReason.REVIEW.value: "对上次结果有不同意见",
    }
}
MAX_EVENTS = 99


class RecordAttempt(forms.Form):
    """One try to reach a person; the key makes the same try count once."""

    channel = forms.ChoiceField(
        label="怎么联系的",
        choices=Channel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "选一种联系方式"},
    )
    outcome = forms.ChoiceField(
        label="结果",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "选一个结果"},
    )
    note = forms.CharField(
        label="补一句",
        required=False,
        max_length=300,
        widget=forms.Textarea,
        help_text="只写事，不写评价。",
        error_messages={"max_length": "最多 300 个字"},
    )
    again_on = forms.DateField(
        label="下次联系的日期",
        required=False,
        widget=forms.DateInput,
        help_text="例如 2026-12-01。到那天以前不排进名单",
        input_formats=["%Y-%m-%d", "%Y%m%d", "%Y/%m/%d"],
        error_messages={"invalid": "日期写成 2026-12-01 这样"},
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, today: date, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.today = today
        if data is None:
            self.initial["request_key"] = uuid.uuid4()

    def clean_again_on(self) -> date | None:
        """A day that has passed cannot be the next one."""
        day: date | None = self.cleaned_data["again_on"]
        if day is not None and day < self.today:
            raise forms.ValidationError("下次联系的日期已经过去，请改一个")
        if day is not None and day > self.today + AGAIN_WITHIN:
            raise forms.ValidationError(TOO_FAR)
        return day

    def clean(self) -> dict[str, Any]:
        """Some outcomes want a sentence: how is it known?"""
        data = self.cleaned_data
        outcome = data.get("outcome")
        if outcome and Outcome(outcome) in NEEDS_NOTE and len(data.get("note", "").strip()) < 2:
            self.add_error("note", f"选了“{Outcome(outcome).label}”，请写一句是怎么知道的")
        return data


class BeginAssessment(forms.Form):
    """Why a person is assessed, and that she agreed."""

    reason = forms.ChoiceField(
        label="为什么评",
        choices=AssessmentReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "选一个原因"},
    )
    consent = forms.BooleanField(
        label="本人或监护人同意评估", error_messages={"required": "没有同意不能评估"}
    )


class Signs(forms.Form):
    """What counts beside the 26 items."""

    coma = forms.BooleanField(label="现在处于昏迷", required=False)
    dementia = forms.BooleanField(label="医院确诊过失智", required=False)
    mental_disorder = forms.BooleanField(label="精神科医生确诊过其他精神障碍", required=False)
    risk_events = forms.IntegerField(
        label="最近 30 天出事几次",
        min_value=0,
        max_value=MAX_EVENTS,
        help_text="跌倒、噎食、自伤、走失等合在一起数，没有就填 0",
        error_messages={
            "required": "填一个数，没有就填 0",
            "invalid": "填一个数，没有就填 0",
            "min_value": "次数不能小于 0",
            "max_value": f"次数不会超过 {MAX_EVENTS}",
        },
    )


class SignAssessment(forms.Form):
    """The signature."""

    true = forms.BooleanField(label="我当面看过本人，以上属实", error_messages={"required": "打上勾才能签字"})


class Search(forms.Form):
    """One way to find a person."""

    q = forms.CharField(
        label="姓名、拼音首字母、身份证号或手机号",
        min_length=2,
        max_length=40,
        help_text="例如 王秀英、WXY。身份证号和手机号要写全；手机后四位只在一个社区里找",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "写上要找的人", "min_length": "至少两个字", "max_length": "写得太长了"},
    )
    born_on = forms.DateField(
        label="出生日期",
        required=False,
        widget=forms.DateInput,
        help_text="有了它，姓名可以在您的整个范围里找。例如 1944-03-01",
        input_formats=["%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y年%m月%d日"],
        error_messages={"invalid": "日期写成 1944-03-01 这样"},
    )
