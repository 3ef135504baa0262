"""A moment of the database is said as the clock on the wall says it, on every page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.template import Context, Template

LATE = datetime(2026, 11, 28, 19, 51, tzinfo=UTC)  # 03:51 of the next day in Baotou


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{{ at|day_zh }}", "29日"),
        ("{{ at|clock_zh }}", "3"),
        ("{% load yiyang_staff %}{{ at|iso_day }}", "11-29"),
        ("{% load yiyang_staff %}{{ at|clock_time }}", "03:51"),
    ],
)
def test_a_moment_in_world_time_is_shown_in_local_time(words: str, said: str) -> None:
    assert said in Template(words).render(Context({"at": LATE}))
