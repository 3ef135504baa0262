from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from yiyang.base.holding import Holding
from yiyang.entitlements import selectors
from yiyang.entitlements.choices import CALL_BACK


def benefit_in_words(row: Mapping[str, Any]) -> dict[str, str]:
    """By the name it had in the year of the row."""
    if row["benefit"] == CALL_BACK:
        return {"benefit": "找人帮忙"}
    days = [value.date() if isinstance(value, datetime) else value for value in row.values()]
    on = next(day for day in days if isinstance(day, date))
    title = selectors.marks(on=on.replace(month=1, day=1)).plain_titles.get(row["benefit"], "")
    return {"benefit": title} if title else {}


HOLDINGS = (
    Holding(
        "entitlements.Decision",
        "补贴的认定",
        {
            "benefit": "哪一项",
            "status": "结果",
            "amount": "数额（分）",
            "as_of": "按哪天的情况",
            "decided_at": "哪天定的",
        },
        said=benefit_in_words,
    ),
    Holding("entitlements.Standing", why="a projection of the decisions"),
    Holding(
        "entitlements.Receipt",
        "在领的补贴",
        {
            "benefit": "哪一项",
            "since": "从哪天起",
            "until": "到哪天",
            "amount_fen": "每月（分）",
            "source": "谁发的",
        },
        said=benefit_in_words,
    ),
    Holding(
        "entitlements.Explanation",
        "当时给您看的理由",
        {"benefit": "哪一项", "kept_for": "为什么留着", "kept_at": "哪天", "content": "理由"},
        said=benefit_in_words,
    ),
    Holding(
        "entitlements.Application",
        "请人帮办的事",
        {
            "benefit": "哪一项",
            "asked_at": "哪天提的",
            "state": "办到哪",
            "call_by": "最迟哪天回电",
            "outcome": "结果",
        },
        said=benefit_in_words,
    ),
    Holding(
        "entitlements.Appeal",
        "您不同意的事",
        {
            "benefit": "哪一项",
            "own_words": "您的话",
            "made_at": "哪天提的",
            "state": "结果",
            "answer": "答复",
        },
        said=benefit_in_words,
    ),
    Holding("entitlements.RefusedRow", "没有算进去的原因", {"reason": "原因"}),
)
