from __future__ import annotations

from yiyang.base.holding import Holding

HOLDINGS = (
    Holding("accounts.User", why="an account of an older person holds the number of her record only"),
    Holding(
        "accounts.Mandate",
        "谁替您办事",
        {
            "holder_called": "您叫他",
            "given_at": "哪天给的",
            "ends_on": "到哪天",
            "way": "怎么给的",
            "ended_at": "哪天收回",
        },
    ),
)
