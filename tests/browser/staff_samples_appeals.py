"""Samples of appeals: the list and one answer with an error."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.browser.staff_samples_bureau import CITY, tabs
from tests.browser.staff_samples_law import NO_RESULT
from tests.browser.staff_samples_people import AROUND, CARE
from yiyang.faces.bureau.law_showing import (
    AppealPage,
    AppealRow,
    AppealsPage,
)
from yiyang.faces.shared.fields import Field, FormView, Option
from yiyang.faces.shared.reasons import benefit_of
from yiyang.faces.shared.showing import (
    Chip,
    Event,
    Fact,
)

APPEAL_FRAME = replace(CITY, tabs=tabs("申诉"))
_APPEALS = (
    AppealRow(
        "A-0412",
        "/g/appeals/A-0412/",
        "王** 女 84 岁",
        "照护类补贴",
        "金额不对",
        date(2026, 10, 30),
        date(2026, 11, 20),
        Chip("今日到期", "bad"),
    ),
    AppealRow(
        "A-0419",
        "/g/appeals/A-0419/",
        "额** 男 91 岁",
        "高龄津贴",
        "没有收到",
        date(2026, 11, 10),
        date(2026, 12, 1),
        Chip("剩 7 个工作日", "warn", "clock"),
    ),
)
APPEALS = AppealsPage(
    "3 件申诉等答复，1 件今天到期",
    "按 15 个工作日答复；答复的人不能是原来办理的人。",
    _APPEALS,
    (replace(_APPEALS[0], code="A-0398", chip=Chip("已改判", "ok")),),
    NO_RESULT,
)
DECIDED = benefit_of(CARE, around=AROUND, since=date(2026, 10, 1), opened=True)
APPEAL = AppealPage(
    "王** 不同意照护类补贴的金额",
    "10月30日 收到，最迟 11月20日 答复，今天到期。",
    Chip("今日到期", "bad"),
    "我妈已经走不了路了，评估还是去年做的，金额应该再高一档。",
    (
        Fact("谁提的", "女儿代提", "授权 2026-03-01", date(2026, 10, 30)),
        Fact("怎么提的", "手机"),
        Fact("原来谁办的", "系统核算，刘干事"),
    ),
    DECIDED,
    replace(
        DECIDED, name="care_support-now", opened=False, chip=Chip("应享未享", "warn"), amount="300.00 元/月"
    ),
    FormView(
        "/g/appeals/A-0412/",
        "送出答复",
        (
            Field(
                "answer",
                "怎么答复",
                "radio",
                options=(
                    Option("uphold", "维持原来的决定", note="写清为什么，本人会看到"),
                    Option("change", "改，按今天的情况重算", True, "重算的结果今天生效，已发的不动"),
                    Option("ask", "还要补材料或重新评估", note="写清要什么，期限从补齐那天重新算"),
                ),
            ),
            Field("words", "写给本人的话", "textarea", "", "用大白话，两三句。", "写几句话，本人要看得懂"),
        ),
    ),
    (Event("10-30 14:20", "收到申诉"), Event("10-01", "核算：照护类补贴 200.00 元/月")),
)
