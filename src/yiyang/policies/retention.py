from __future__ import annotations

from yiyang.base.retaining import kept

ENTRIES = (
    kept("policies.PolicyDocument", "the law; no personal data"),
    kept("policies.Clause", "the law; no personal data"),
    kept("policies.Revision", "who changed a number of the law, and by which document"),
)
