from __future__ import annotations

from yiyang.base.retaining import kept

ENTRIES = (
    kept("regions.Region", "places and their days; no personal data"),
    kept("regions.Outline", "sketches for our own map"),
)
