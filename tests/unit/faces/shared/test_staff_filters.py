"""Counts, exact money, signs: true minus, commas, and the unknown said in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import override_settings

from yiyang.faces.shared.showing import Chip
from yiyang.faces.shared.templatetags import yiyang_staff as staff


@pytest.mark.parametrize(
    ("fen", "words"), [(3136390, "31,363.90"), (-5, "−0.05"), (0, "0.00"), (None, "无法判定")]
)
def test_money_to_the_fen(fen: int | None, words: str) -> None:
    assert staff.exact_yuan(fen) == words


@pytest.mark.parametrize(("fen", "words"), [(100, "+1.00"), (-100, "−1.00"), (0, "0.00")])
def test_a_gain_has_a_plus_and_nothing_has_none(fen: int, words: str) -> None:
    assert staff.signed_yuan(fen) == words


@pytest.mark.parametrize(
    ("fen", "words"), [(999_999_9, "99,999.99 元"), (1_000_000_0, "10.0 万元"), (12_500_000_000, "1.25 亿元")]
)
def test_money_for_a_headline(fen: int, words: str) -> None:
    assert staff.round_yuan(fen) == words


@pytest.mark.parametrize(
    ("number", "words"), [(547019, "547,019"), (-412, "−412"), (0, "0"), (None, "无法判定"), (16.9, "16.9")]
)
def test_counts(number: float | None, words: str) -> None:
    assert staff.count(number) == words


def test_signed_counts() -> None:
    assert (staff.signed(412), staff.signed(-412), staff.signed(0)) == ("+412", "−412", "0")


def test_shares_and_rates_keep_their_decimal() -> None:
    assert (staff.percent(0.9152), staff.percent(None)) == ("91.5%", "无法判定")
    assert (staff.rate(14), staff.rate(None)) == ("14.0", "无法判定")


@override_settings(TIME_ZONE="Asia/Shanghai", USE_TZ=True)
def test_an_hour_is_shown_in_local_time_and_a_day_without_one() -> None:
    assert staff.iso_day(datetime(2026, 11, 19, 22, 0, tzinfo=UTC)) == "2026-11-20 06:00"
    assert staff.iso_day(date(2026, 11, 20)) == "2026-11-20"
    assert staff.iso_day(None) == ""


def test_a_status_is_an_icon_and_a_word_and_its_text_is_escaped() -> None:
    html = staff.chip(Chip("<b>", "unknown"))
    assert "#i-ask" in html
    assert "&lt;b&gt;" in html
