from __future__ import annotations

from yiyang.base.retaining import Entry, Then, kept

ENTRIES = (
    Entry(
        "notices.Notice", Then.PSEUDONYMISE, "that somebody was told stays; the number and the words go",
        days=180, since="made_at", blanks={"phone": None, "contents": None},
    ),
    kept("notices.Delivery", "attempts; append-only, no number and no words"),
)  # fmt: skip
