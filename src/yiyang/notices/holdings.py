from __future__ import annotations

from yiyang.base.holding import Holding

HOLDINGS = (
    Holding(
        "notices.Notice",
        "给您发过的消息",
        {
            "made_at": "什么时候",
            "channel": "怎么发的",
            "contents": "内容",
            "phone": "发到哪个号",
            "state": "到了没有",
        },
    ),
)
