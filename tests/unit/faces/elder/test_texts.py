"""Money, days, hours, masks and phrases."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.browser.words import is_common, plain_word_findings
from yiyang.engine.errors import BrokenInvariant
from yiyang.faces.shared import texts


@pytest.mark.parametrize(
    ("fen", "shown"), [(0, "0"), (25000, "250"), (450, "4.50"), (5, "0.05"), (-450, "-4.50")]
)
def test_fen_become_yuan_without_rounding(fen: int, shown: str) -> None:
    assert texts.yuan(fen) == shown


@pytest.mark.parametrize("not_money", [None, 2.5, True, "250"])
def test_what_is_not_a_whole_number_of_fen_is_refused(not_money: int) -> None:
    with pytest.raises(BrokenInvariant):
        texts.yuan(not_money)


def test_days_and_hours_are_said_as_they_are_spoken() -> None:
    assert texts.day_zh(date(2026, 11, 22)) == "11月22日 星期日"
    assert texts.month_zh(date(2027, 3, 1), today=date(2026, 11, 20)) == "明年3月"
    assert texts.month_zh(date(2031, 3, 1), today=date(2026, 11, 20)) == "2031年3月"
    at = [datetime(2026, 11, 22, hour, 30 if hour == 15 else 0) for hour in (0, 9, 12, 15)]  # noqa: DTZ001
    assert [texts.clock_zh(one) for one in at] == ["夜里 12 点", "上午 9 点", "中午 12 点", "下午 3 点 30 分"]


def test_a_mask_does_not_tell_the_length_of_a_name() -> None:
    assert texts.mask_name("王秀英") == texts.mask_name("王英") == "王**"
    assert texts.mask_phone("13812345678") == "138****5678"
    assert texts.mask_phone("12349") == "*****"
    assert texts.phone_tail("13812345678") == "5678"
    assert texts.phone_tail("12349") == ""


def test_phrases_break_at_pauses_and_keep_a_number_with_its_unit() -> None:
    shown = texts.phrases("满了 90 岁，每月 250 元。<b>")
    assert shown == (
        '<span class="nb">满了\u00a090\u00a0岁，</span><span class="nb">每月\u00a0250\u00a0元。</span>'
        '<span class="nb">&lt;b&gt;</span>'
    )


def test_the_word_lint_finds_what_it_is_for() -> None:
    long = "这是一句特别长特别长特别长特别长特别长特别长的话谁也读不完"
    found = plain_word_findings(f"提交申请\n{long}\n还有 3\n龘靐齉")
    assert [one.split()[1] for one in found] == ["banned", "banned", "long", "3", "number"]
    assert plain_word_findings("每月 250 元，打 12349。") == []
    assert is_common("饭")
    assert not is_common("龘")
