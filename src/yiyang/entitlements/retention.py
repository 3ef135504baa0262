from __future__ import annotations

from yiyang.base.retaining import Entry, Then, kept

FIVE_YEARS = 1827

ENTRIES = (
    kept("entitlements.Decision", "never changed: what was due, why, by which law; names are masked"),
    kept("entitlements.Explanation", "the reason somebody acted on"),
    kept("entitlements.Standing", "a projection of today"),
    kept("entitlements.Receipt", "what was received; pseudonymous once the person's name is gone"),
    kept("entitlements.Sweep", "counts"),
    Entry("entitlements.RefusedRow", Then.DELETE, "why a row was left out, until it was long repaired",
          days=400, since="sweep__started_at"),
    kept("entitlements.PlaceTally", "counts by place"),
    kept("entitlements.Application", "what was asked and what came of it"),
    Entry("entitlements.Appeal", Then.PSEUDONYMISE, "the answer stays, the person's own words go",
          days=FIVE_YEARS, since="answered_at", blanks={"own_words": ""}),
    kept("entitlements.Rehearsal", "counts"),
)  # fmt: skip
