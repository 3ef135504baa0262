"""Samples of 我的资料: who looked, what she agreed to, what she asked for about her data."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from tests.browser.preview_pages import Sample
from yiyang.faces.elder.showing import mine

CODE = UUID("5f0c1a52-0000-4000-8000-000000000001")
AT = datetime(2026, 11, 20, 9, 5)  # noqa: DTZ001 - the face hands over local time
VISIT = mine.Seen(AT, "社区 刘干事", "看了您的资料", "上门看望")
OPEN = mine.Matter(CODE, "要一份资料", "在办", "ask", date(2026, 12, 11), open=True)
ANSWERED = mine.Matter(
    CODE,
    "要一份资料",
    "办好了",
    "yes",
    answer="您的一份资料做好了，点下面就能看。",
    clause="个人信息保护法 第四十五条",
    has_file=True,
)

SAMPLES: dict[str, Sample] = {
    "mine": Sample("mine", mine.MinePage(()), "/e/mine/"),
    "mine-open": Sample("mine", mine.MinePage((OPEN,)), "/e/mine/"),
    "mine-looked": Sample("mine_looked", mine.LookedPage((VISIT, VISIT), (VISIT,)), "/e/mine/looked/"),
    "mine-looked-none": Sample("mine_looked", mine.LookedPage((), ()), "/e/mine/looked/"),
    "mine-ask": Sample(
        "mine_ask", mine.AskPage("copy", "要一份资料", date(2026, 12, 11)), "/e/mine/ask/copy/"
    ),
    "mine-case": Sample("mine_case", OPEN, "/e/mine/matter/"),
    "mine-case-done": Sample("mine_case", ANSWERED, "/e/mine/matter/"),
    "mine-consents": Sample(
        "mine_consents",
        mine.ConsentsPage(
            (
                mine.Agreed("VISITS", "让社区上门看望", date(2026, 8, 2), True),
                mine.Agreed("X", "给医院看", None, False),
            ),
            "记下了",
        ),
        "/e/mine/consents/",
    ),
    "mine-copy": Sample(
        "mine_copy",
        mine.CopyPage(
            CODE, AT, (mine.CopyPart("住在哪里", ((("社区", "六合成"), ("从哪天", "2020年1月1日")),)),)
        ),
        "/e/mine/copy/",
    ),
}
