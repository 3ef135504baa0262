"""The bar of an assessment: 26 squares, gaps between the parts, one of them is now."""

from __future__ import annotations

from yiyang.faces.community.progress import BETWEEN, GAP, SQUARE, answered_of, progress

PARTS = ([True] * 8, [True, False, False, False], [False] * 9, [False] * 5)


def test_there_is_one_square_an_item_and_exactly_one_is_now() -> None:
    dots, _ = progress(PARTS, current=10)
    assert len(dots) == 26
    assert [n for n, dot in enumerate(dots, 1) if dot.kind == "now"] == [10]


def test_skipped_items_stay_open_squares() -> None:
    dots, _ = progress(([True, False, True],), current=3)
    assert [dot.kind for dot in dots] == ["fa", "f4", "now"]


def test_between_two_parts_the_gap_is_wider() -> None:
    dots, width = progress(([True], [True]), current=1)
    assert dots[1].x == SQUARE + GAP + BETWEEN
    assert width == dots[1].x + SQUARE


def test_answers_are_counted_over_all_parts() -> None:
    assert answered_of(PARTS) == 9
