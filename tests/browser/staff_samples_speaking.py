"""Samples of 代办: what community staff bring for an older person, and who may act for her."""

from __future__ import annotations

from dataclasses import replace

from tests.browser.staff_samples_community import ATTEMPT
from yiyang.faces.community.forms_speaking import NOTES, DisagreeFor, MandateFor
from yiyang.faces.community.showing import MandateLine, MandatesPage
from yiyang.faces.shared.fields import form_view, with_notes
from yiyang.faces.shared.showing import Link, Notice

BENEFITS = (("oldest_old_allowance", "高龄津贴"), ("care_support", "照护类补贴（就高不重复）"))
BACK = Link("不办了", "/w/people/P1/")
SPEAK = replace(
    ATTEMPT,
    heading="替王秀英说不同意",
    lead="由旗县区民政的人看，按规定的期限答复。记下后会告诉她。",
    form=with_notes(
        form_view(
            DisagreeFor({"benefit": "care_support"}, benefits=BENEFITS),
            action="/w/people/P1/disagree/",
            verb="替她记下来",
            cancel=BACK,
        ),
        NOTES,
    ),
)
DAUGHTER = MandateLine(
    "女儿",
    "看补贴和办事情况、请人帮忙、说不同意",
    "2026-11-20",
    "2027-11-20",
    "本人在手机上，用短信数字",
    "/w/people/P1/mandates/M1/stop/",
)
MANDATES = MandatesPage(
    "谁可以替王秀英办",
    (DAUGHTER,),
    with_notes(form_view(MandateFor(), action="/w/people/P1/mandates/", verb="记下这份委托"), NOTES),
    Notice("委托记下了。已经告诉老人和代办的人。"),
    Link("回到这户", "/w/people/P1/"),
)
NOBODY = replace(
    MANDATES,
    mandates=(),
    notice=None,
    form=with_notes(
        form_view(MandateFor({"phone": "138"}), action="/w/people/P1/mandates/", verb="记下这份委托"), NOTES
    ),
)

__all__ = ["MANDATES", "NOBODY", "SPEAK"]
