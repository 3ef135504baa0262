"""The bar of an assessment: one square an item, a gap between the four parts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from yiyang.faces.community.showing import Dot

SQUARE = 12.0
GAP = 1.2
BETWEEN = 4.8


def progress(parts: Sequence[Sequence[bool]], *, current: int) -> tuple[tuple[Dot, ...], float]:
    """Squares from left to right and the width of the whole.

    Args:
        parts: per dimension, per item: answered or not.
        current: position of the item on the screen, from 1.

    Returns:
        Dots of kind ``fa`` answered, ``f4`` open, ``fg`` the one on the screen; and the width.
    """
    dots, x, position = [], 0.0, 0
    for part in parts:
        for answered in part:
            position += 1
            kind = "now" if position == current else "fa" if answered else "f4"
            dots.append(Dot(round(x, 1), SQUARE, kind))
            x += SQUARE + GAP
        x += BETWEEN
    return tuple(dots), round(max(x - BETWEEN - GAP, 0.0), 1)


def answered_of(parts: Sequence[Sequence[bool]]) -> int:
    """How many items have an answer."""
    return sum(chain.from_iterable(parts))
