"""What people type into the three forms: read where it can be, else a way to repair it, never a blame."""

from __future__ import annotations

import pytest

from tests.browser.words import plain_word_findings
from yiyang.faces.elder.forms import CodeForm, DisagreeForm, PhoneForm

PHONE, CODE = "13812345678", "123456"
PHONES_READ = (
    PHONE, " 13812345678 ", "138 1234 5678", "138-1234-5678", "138—1234—5678", "(138)12345678",
    "１３８１２３４５６７８", "一三八一二三四五六七八", "幺三八一二三四五六七八", "+8613812345678",
    "8613812345678", "0086 138 1234 5678", "138.1234.5678", "电话13812345678", "13812345678。",
    "1 3 8 1 2 3 4 5 6 7 8", "壹叁捌一二三四五六七八", "\u200b13812345678", "138\u30001234\u30005678",
    "00012345678",
)  # fmt: skip
PHONES_REFUSED = (
    "", "   ", "　", "没有", "不知道", "abc", "1", "138", "1381234567", "138123456789", "2381234567",
    "23812345678", "04725123456", "12349", "+86", "手机", "〇", "１３８", "138 1234",
    "138123456781381234567", "13812345678 13912345678", "'; DROP TABLE", "<script>", "0" * 300, "😀",
    "九九九", "-1", "1e10", "null", "99999999999", "十三亿", "一三八", "138O234567", "13８12", "86",
    "008613", "()", "----", "13812345", "138123456789012",
)  # fmt: skip
CODES_READ = (
    CODE, " 123456 ", "123 456", "１２３４５６", "一二三四五六", "123-456", "数字123456",
    "壹贰叁肆伍陆",
)  # fmt: skip
CODES_REFUSED = (
    "", " ", "　", "没收到", "12345", "1234567", "一二三", "abc", "１２３", "12 34 5", "0", "-1", "1.5",
    "<b>", "12349", "123456123456", "六个", "😀", "null", "O12345", "12345六七", "十二", "一百", "％",
    "1" * 300, "12a45", "第一个", "再发一次", "*#06#", "1,2,3", "(1)", "验证码", "你好", "...",
    "\u200b", "1\u30002", "二", "三四", "99999", "7654321",
)  # fmt: skip


@pytest.mark.parametrize("typed", PHONES_READ)
def test_a_phone_number_is_read_however_it_is_written(typed: str) -> None:
    form = PhoneForm({"phone": typed})
    assert form.is_valid(), form.fault()
    assert form.cleaned_data["phone"] in (PHONE, "00012345678")


@pytest.mark.parametrize("typed", PHONES_REFUSED)
def test_what_is_no_phone_number_is_answered_with_a_way_to_repair_it(typed: str) -> None:
    fault = PhoneForm({"phone": typed}).fault()
    assert fault
    assert plain_word_findings(fault) == []


@pytest.mark.parametrize("typed", CODES_READ)
def test_six_digits_are_read_however_they_are_written(typed: str) -> None:
    form = CodeForm({"code": typed})
    assert form.is_valid(), form.fault()
    assert form.cleaned_data["code"] == CODE


@pytest.mark.parametrize("typed", CODES_REFUSED)
def test_what_is_no_code_is_answered_with_a_way_to_repair_it(typed: str) -> None:
    fault = CodeForm({"code": typed}).fault()
    assert fault
    assert plain_word_findings(fault) == []


def test_nothing_has_to_be_written_to_disagree() -> None:
    assert DisagreeForm({"matter": "facts"}).is_valid()


def test_forty_tables_are_forty() -> None:
    assert min(len(PHONES_REFUSED), len(CODES_REFUSED)) >= 40
