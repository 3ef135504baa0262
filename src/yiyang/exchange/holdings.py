from __future__ import annotations

from yiyang.base.holding import Holding

HOLDINGS = (
    Holding("exchange.Row", "别的部门发来的文件里说到您的一行", {"content": "内容", "state": "办到哪"}),
    Holding(
        "exchange.Ticket",
        "和别的部门对不上的地方",
        {"kind": "什么事", "fields": "哪几项", "opened_at": "哪天", "state": "办到哪", "why": "怎么定的"},
    ),
    Holding(
        "exchange.Origin",
        "每一项是哪个部门说的",
        {"field": "哪一项", "source": "哪个部门", "as_of": "哪天的"},
    ),
)
