from __future__ import annotations

from yiyang.base.holding import Holding

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
    ),
    Holding(
        "entitlements.Explanation",
        "当时给您看的理由",
        {"benefit": "哪一项", "kept_for": "为什么留着", "kept_at": "哪天", "content": "理由"},
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
    ),
    Holding("entitlements.RefusedRow", "没有算进去的原因", {"reason": "原因"}),
)
