"""Lanes: periods by place over years, cut at the ends, silent places named."""

from __future__ import annotations

from datetime import date

from yiyang.faces.shared.lane_charts import LEFT, LaneChart, Period, lanes

FIRST, LAST = date(2021, 1, 1), date(2027, 1, 1)


def chart_of(*periods: Period, today: date | None = None) -> LaneChart:
    return lanes(("国家", "包头市"), periods, first=FIRST, last=LAST, today=today, label="")


def test_a_place_without_a_period_says_that_nothing_is_laid_down() -> None:
    chart = chart_of(Period("包头市", FIRST, None, "1.00", "q4"))
    assert [mark.text for mark in chart.empty] == ["没有规定"]
    assert chart.empty[0].y < chart.bars[0].y + 26


def test_a_period_from_before_the_first_day_is_cut_at_the_edge() -> None:
    assert chart_of(Period("包头市", date(1999, 1, 1), None, "1.00", "q4")).bars[0].x == LEFT


def test_words_longer_than_their_bar_stand_beside_it() -> None:
    bar = chart_of(Period("包头市", date(2026, 1, 1), date(2026, 2, 1), "本级加发 0.50", "q4")).bars[0]
    assert bar.outside
    assert bar.text_x > bar.x + bar.width
    assert not bar.inverse


def test_today_is_drawn_only_inside_the_axis() -> None:
    period = Period("包头市", FIRST, None, "1.00", "q4")
    assert chart_of(period, today=date(2026, 11, 20)).today is not None
    assert chart_of(period, today=date(2031, 1, 1)).today is None


def test_every_year_has_its_mark() -> None:
    years = chart_of(Period("包头市", FIRST, None, "1.00", "q4")).years
    assert [mark.text for mark in years] == ["2021", "2022", "2023", "2024", "2025", "2026", "2027"]
