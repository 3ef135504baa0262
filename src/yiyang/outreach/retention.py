from __future__ import annotations

from yiyang.base.retaining import kept

ENTRIES = (
    kept("outreach.Lead", "who was owed a visit and got it"),
    kept("outreach.Caseload", "a projection of today"),
    kept("outreach.ContactAttempt", "who was reached, or not, and when"),
)
