"""Numbers that name people and bodies: checks, readings, masks."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiyang.engine import identifying
from yiyang.engine.identifying import BadIdNumber

ID = "11010519491231002X"


def test_the_example_of_the_standard_is_read() -> None:
    found = identifying.read_id(ID)
    assert (found.county, found.born_on, found.sex) == ("110105", date(1949, 12, 31), identifying.FEMALE)
    assert not found.synthetic


def test_an_old_id_of_fifteen_digits_becomes_the_new_one() -> None:
    assert identifying.read_id("110105491231002").number == ID


@pytest.mark.parametrize(
    "text",
    [ID.lower(), " 110105 19491231 002x ", "１１０１０５１９４９１２３１００２Ｘ", "110105-19491231-002X"],
)
def test_an_id_is_understood_as_people_type_it(text: str) -> None:
    assert identifying.read_id(text).number == ID


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("110105194912310021", "check character"),
        ("11010519491331002X", "no date"),
        ("11010519490229002X", "no date"),
        ("11010519491231002", "17"),
        ("11010549123100X", "15"),
        ("", "0"),
        ("X10105194912310021", "18"),
    ],
)
def test_a_wrong_id_is_refused_with_a_reason_that_does_not_repeat_it(text: str, word: str) -> None:
    with pytest.raises(BadIdNumber, match=word) as refusal:
        identifying.read_id(text)
    assert not text or text not in str(refusal.value) + refusal.value.message


bodies = st.builds(
    lambda county, day, sequence: f"{county:06d}{day:%Y%m%d}{sequence:03d}",
    st.integers(0, 999_999),
    st.dates(date(1900, 1, 1), date(2026, 12, 31)),
    st.integers(0, 999),
)


@given(bodies)
def test_an_unknown_place_of_issue_is_never_a_fault(body: str) -> None:
    found = identifying.read_id(body + identifying.id_check_character(body))
    assert f"{found.born_on:%Y%m%d}" == body[6:14]
    assert found.sex == (1 if int(body[16]) % 2 else 2)


@given(bodies, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(body: str, place: int, shift: int) -> None:
    wrong = body[:place] + str((int(body[place]) + shift) % 10) + body[place + 1 :]
    with pytest.raises(BadIdNumber):
        identifying.read_id(wrong + identifying.id_check_character(body))


@given(bodies, st.integers(0, 15))
def test_two_swapped_digits_are_always_noticed(body: str, place: int) -> None:
    swapped = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
    if swapped != body:
        with pytest.raises(BadIdNumber):
            identifying.read_id(swapped + identifying.id_check_character(body))


def test_invented_people_are_told_apart_and_kept_out_of_real_imports() -> None:
    assert identifying.is_synthetic("159901195001010017")
    with pytest.raises(BadIdNumber, match="synthetic"):
        identifying.check_real("１５９９01195001010017")
    identifying.check_real(ID)


@pytest.mark.parametrize("code", ["91110000600037341L", "91110000600037341l"])
def test_a_credit_code_is_checked_outside_and_inside(code: str) -> None:
    assert identifying.is_credit_code(code)


@pytest.mark.parametrize(
    "code", ["91110000600037342L", "91110000600037341M", "91110000600037341", "9111000060003734IL", ""]
)
def test_a_wrong_credit_code_is_no_credit_code(code: str) -> None:
    assert not identifying.is_credit_code(code)


def test_no_outer_check_can_heal_a_wrong_inner_code() -> None:
    assert not any(
        identifying.is_credit_code(f"91110000600037342{check}") for check in "0123456789ABCDEFGHJKLMNPQRTUWXY"
    )


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "+86 138-1234-5678",
        "008613812345678",
        "8613812345678",
        "１３８１２３４５６７８",
        "(138)12345678",
    ],
)
def test_a_phone_is_made_plain(text: str) -> None:
    assert identifying.normal_phone(text) == "13812345678"


def test_a_landline_beginning_with_86_keeps_it() -> None:
    assert identifying.normal_phone("8651234") == "8651234"


def test_only_invented_phones_cannot_be_dialled() -> None:
    assert identifying.can_be_dialled("13812345678")
    assert not identifying.can_be_dialled("00012345678")
    assert not identifying.can_be_dialled("无")


def test_masks_show_as_little_as_the_notes_say() -> None:
    assert identifying.masked_id("150203194901011234") == "150***********1234"
    assert identifying.masked_phone("+8613812345678") == "138****5678"
    assert identifying.masked_name("王秀英") == "王**"
    assert identifying.masked_name("") == ""


@given(st.text(alphabet="0123456789X", max_size=7))
def test_a_number_too_short_to_mask_shows_nothing(text: str) -> None:
    assert set(identifying.masked_id(text)) <= {"*"}
