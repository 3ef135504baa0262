"""Moments as the three powers read them: to the second, for they compare."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localtime


def at_words(at: datetime, today: date) -> str:
    """``今天 08:12:05``, else the whole date."""
    local = localtime(at)
    return f"今天 {local:%H:%M:%S}" if local.date() == today else f"{local:%Y-%m-%d %H:%M:%S}"
