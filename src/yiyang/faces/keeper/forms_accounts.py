"""What the system administrator and the security officer fill in."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms

from yiyang.accounts.duties import DUTIES

A_YEAR = timedelta(days=365)
DAY = {"required": "写成 2026-11-20 这样", "invalid": "写成 2026-11-20 这样"}


class Find(forms.Form):
    """A part of a name or a login."""

    q = forms.CharField(label="姓名或用户名", required=False, max_length=64)


class OpenAccount(forms.Form):
    """A named person; there are no shared accounts."""

    login = forms.CharField(
        label="用户名",
        max_length=64,
        help_text="小写字母、数字、点、横线，例如 wang.li",
        error_messages={"required": "请填用户名"},
    )
    name = forms.CharField(
        label="姓名",
        max_length=64,
        help_text="本人的真实姓名；不开公用账号",
        error_messages={"required": "请填本人姓名"},
    )


class Grant(forms.Form):
    """Who gets which duty from when until when; where it is, the page above says."""

    login = forms.CharField(label="给谁（用户名）", max_length=64, error_messages={"required": "请填用户名"})
    duty = forms.ChoiceField(
        label="职责",
        choices=[("", "请选择"), *((one.code, f"{one.title}：{one.says}") for one in DUTIES.values())],
        error_messages={"required": "请选一项职责", "invalid_choice": "没有这种职责"},
    )
    since = forms.DateField(
        label="从哪天起", widget=forms.DateInput, input_formats=["%Y-%m-%d"], error_messages=DAY
    )
    until = forms.DateField(
        label="到哪天止",
        widget=forms.DateInput,
        input_formats=["%Y-%m-%d"],
        help_text="那一天起失效；最长一年",
        error_messages=DAY,
    )

    @classmethod
    def blank(cls, login: str, on: date) -> Grant:
        return cls(initial={"login": login, "since": on, "until": on + A_YEAR})
