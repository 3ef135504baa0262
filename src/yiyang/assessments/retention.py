from __future__ import annotations

from yiyang.base.retaining import kept

ENTRIES = (
    kept("assessments.Assessment", "signed; what was decided rests on it"),
    kept("assessments.ItemScore", "part of a signed assessment"),
)
