"""Pieces of a page: what they work out themselves."""

from __future__ import annotations

import pytest

from yiyang.faces.bureau.law_showing import ExplainedPerson
from yiyang.faces.bureau.showing import PlaceRow
from yiyang.faces.shared.charts import rate_bar
from yiyang.faces.shared.showing import Chip, Condition, Crumb, Part, PlaceBar, Recon, Tone


@pytest.mark.parametrize(("whole", "gap"), [(100, 0), (113, 13), (90, 10)])
def test_a_reconciliation_says_how_much_is_missing_or_too_much(whole: int, gap: int) -> None:
    recon = Recon(Part("60 岁以上", whole, ""), (Part("已享", 60, "f1"), Part("不符合", 40, "f4")))
    assert recon.gap == gap
    assert (recon.difference == 0) == (gap == 0)


@pytest.mark.parametrize("tone", ["ok", "info", "warn", "bad", "unknown", "quiet"])
def test_every_tone_has_its_own_icon(tone: Tone) -> None:
    others: list[Tone] = ["ok", "info", "warn", "bad", "unknown", "quiet"]
    others.remove(tone)
    assert Chip("词", tone).icon not in {Chip("词", other).icon for other in others}


def test_a_condition_nobody_knows_is_neither_met_nor_unmet() -> None:
    assert [Condition(holds, "").word for holds in (True, False, None)] == ["符合", "不符合", "还不知道"]


def test_the_rate_of_nobody_is_unknown_and_not_zero() -> None:
    row = PlaceRow("无人区", "/", 5, 0, 0, 0, 5, None, rate_bar(None, largest=1, mean=None))
    assert row.served_share is None


def test_a_change_from_the_unknown_is_unknown() -> None:
    assert ExplainedPerson("/", "王**", "", "", None, 500, "").moved_fen is None


def test_a_phone_shows_the_last_two_levels() -> None:
    bar = PlaceBar((Crumb("包头市"), Crumb("青山区"), Crumb("青山路街道"), Crumb("六合成社区", "/w/")))
    assert [crumb.name for crumb in bar.tail] == ["青山路街道", "六合成社区"]
    assert bar.here == "六合成社区"
