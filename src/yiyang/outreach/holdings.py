from __future__ import annotations

from yiyang.base.holding import Holding
from yiyang.entitlements.holdings import benefit_in_words

HOLDINGS = (
    Holding(
        "outreach.Lead",
        "等着给您办的事",
        {
            "benefit": "哪一项",
            "kind": "什么事",
            "since": "从哪天起",
            "state": "办到哪",
            "closed_why": "怎么结束的",
        },
        said=benefit_in_words,
    ),
    Holding("outreach.Caseload", why="a projection of what waits to be done"),
    Holding(
        "outreach.ContactAttempt",
        "找过您的记录",
        {"at": "什么时候", "*by__name": "谁", "channel": "怎么找的", "outcome": "结果", "note": "记了什么"},
    ),
)
