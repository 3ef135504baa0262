"""Bars and trends: sums hold, thin pieces stay visible, gaps stay gaps."""

from __future__ import annotations

import pytest

from yiyang.faces.shared.charts import LEAST, Series, diverging, nice_step, rate_bar, stacked, trend

MONTHS = tuple((f"{n}月", "") for n in range(1, 5))


def test_pieces_of_a_bar_fill_it_and_keep_their_order() -> None:
    pieces = stacked([("f1", 99668), ("f2", 9236), ("f3", 21093), ("f4", 417022)])
    assert [one.kind for one in pieces] == ["f1", "f2", "f3", "f4"]
    assert pieces[-1].x + pieces[-1].width == pytest.approx(1000, abs=0.2)


def test_thirty_three_people_of_half_a_million_are_still_seen() -> None:
    pieces = stacked([("f1", 546986), ("f2", 33)])
    assert pieces[1].width >= LEAST
    assert pieces[1].x + pieces[1].width == pytest.approx(1000, abs=0.2)


def test_zero_draws_nothing() -> None:
    assert stacked([("f1", 0), ("f2", 0)]) == ()
    assert [one.kind for one in stacked([("f1", 0), ("f2", 7)])] == ["f2"]


def test_an_unknown_rate_draws_no_bar_but_keeps_the_mean() -> None:
    bar = rate_bar(None, largest=30, mean=15)
    assert (bar.width, bar.mean_x) == (0.0, 500.0)


def test_a_rate_above_the_largest_does_not_leave_its_frame() -> None:
    assert rate_bar(99, largest=30, mean=None).width == 1000.0


def test_losses_go_left_and_gains_go_right_of_one_middle() -> None:
    bar = diverging(lose=50, gain=100, largest=100)
    assert bar.lose_x + bar.lose_width == bar.middle == bar.gain_x
    assert bar.gain_width == 2 * bar.lose_width


def test_no_loss_draws_no_piece() -> None:
    assert diverging(lose=0, gain=1, largest=100).lose_width == 0


@pytest.mark.parametrize(("span", "step"), [(24120, 10000), (9, 2.5), (4, 1), (0, 1)])
def test_steps_of_an_axis_are_round(span: float, step: float) -> None:
    assert nice_step(span, 4) == step


def test_a_month_without_a_sweep_breaks_the_line_and_is_not_zero() -> None:
    chart = trend(MONTHS, [Series("应享未享", "f2", (10.0, None, 8.0, 7.0))], label="")
    assert chart.lines[0].path.count("M") == 2
    assert chart.rows[1].cells == (None,)


def test_a_month_alone_between_two_gaps_is_a_dot() -> None:
    chart = trend(MONTHS, [Series("应享未享", "f2", (None, 5.0, None, 7.0))], label="")
    assert len(chart.lines[0].dots) == 2


def test_a_line_that_was_never_known_has_no_end_and_no_path() -> None:
    line = trend(MONTHS, [Series("应享未享", "f2", (None,) * 4)], label="").lines[0]
    assert (line.path, line.dots, line.end) == ("", (), None)


def test_words_at_the_ends_of_two_equal_lines_do_not_cover_each_other() -> None:
    series = [Series("甲", "f1", (5.0,) * 4), Series("乙", "f2", (5.0,) * 4)]
    first, second = (line.end for line in trend(MONTHS, series, label="").lines)
    assert first is not None
    assert second is not None
    assert abs(first.y - second.y) >= 36


def test_an_axis_that_does_not_begin_at_zero_says_so() -> None:
    flat = trend(MONTHS, [Series("甲", "f1", (1000.0, 1001.0, 1002.0, 1003.0))], label="")
    steep = trend(MONTHS, [Series("甲", "f1", (0.0, 10.0, 20.0, 30.0))], label="")
    assert (flat.from_zero, steep.from_zero) == (False, True)
