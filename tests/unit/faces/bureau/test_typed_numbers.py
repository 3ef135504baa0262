"""What an official types for a number becomes exactly that number, or a sentence; never something near it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiyang.faces.bureau.presenting.numbers import NotANumber, parse_number, title_of, typed_of

MONTH = "fen/month"


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("1 250.50", 125050),
        ("1,250.5", 125050),
        ("１２０", 12000),
        ("¥ 120.05", 12005),
        ("0", 0),
        ("0.01", 1),
        ("250元", 25000),
        ("12 345 678", 1234567800),
    ],
)
def test_yuan_become_fen_exactly(typed: str, fen: int) -> None:
    assert parse_number(typed, MONTH) == fen


@pytest.mark.parametrize(
    "typed", ["-5", "−5", "1.234", "1.2.3", "一百", "", "1e3", "12 34", "1,25", "NaN", "+-3"]
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(NotANumber):
        parse_number(typed, MONTH)


def test_years_take_no_decimals_and_percent_may_carry_its_sign() -> None:
    assert parse_number("80", "year") == 80
    assert parse_number("50%", "percent") == 50
    with pytest.raises(NotANumber) as refusal:
        parse_number("79.5", "year")
    assert refusal.value.message == "这一项只能填整数"


@given(st.integers(0, 10**10))
def test_what_a_form_shows_is_read_back_as_the_same_number(fen: int) -> None:
    assert parse_number(typed_of(fen, MONTH), MONTH) == fen
    assert parse_number(f"{fen // 100:,}.{fen % 100:02d}", MONTH) == fen


def test_a_cell_of_the_meal_table_names_its_row_and_column() -> None:
    assert title_of("meal_fen_12").endswith("（低保边缘、重度以上）")
