"""Samples of cases about people's own data: the list, one to be answered, one noted for somebody."""

from __future__ import annotations

from dataclasses import replace

from tests.browser.staff_samples_appeals import APPEAL_FRAME, APPEALS
from tests.browser.staff_samples_bureau import tabs
from yiyang.faces.bureau.presenting import rights
from yiyang.faces.shared.fields import form_view, with_notes
from yiyang.faces.shared.showing import Chip, Event, Fact, Link
from yiyang.people.choices import RightKind

RIGHTS_FRAME = replace(APPEAL_FRAME, tabs=tabs("资料"))
RIGHTS = replace(
    APPEALS,
    heading="2 件资料事项等答复，1 件今天到期或已超期",
    lead="青山区。老人对自己的资料有权查、改、删、问、不同意、收回同意；最先到期的在上。",
    waiting=tuple(replace(one, about="要一份资料", wish="打电话") for one in APPEALS.waiting),
    answered=tuple(replace(one, about="改正写错的", chip=Chip("已办", "ok")) for one in APPEALS.answered),
)
_SAID = {"outcome": "refused", "words": "不行", "clause": ""}
RIGHT = rights.RightPage(
    "王**：删掉不用的",
    "10月30日 收到，最迟 11月20日 答复。",
    Chip("今日到期", "bad"),
    "老房子的地址别留了。",
    (Fact("编号", "R-5F0C1A"), Fact("怎么提的", "到窗口，本人"), Fact("依法留下的", "认定、发放记录")),
    rights.ADVICE[RightKind.DELETE],
    with_notes(
        form_view(rights.AnswerRight(_SAID), action="/g/rights/R1/", verb="送出答复"),
        {"outcome": {"done": rights.ADVICE[RightKind.DELETE]}},
    ),
    (Event("10-30 14:20", "收到"),),
)
RIGHT_DONE = replace(RIGHT, chip=rights.CHIPS[next(iter(rights.CHIPS))], form=None)
NOTE = rights.NotePage(
    "替王秀英登记一件资料事项",
    form_view(
        rights.NoteRight(), action="/g/rights/new/P1/", verb="登记", cancel=Link("不登记了", "/g/people/P1/")
    ),
)

__all__ = ["NOTE", "RIGHT", "RIGHTS", "RIGHTS_FRAME", "RIGHT_DONE"]
