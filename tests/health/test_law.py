"""The law is whole, and the page generated from it is current."""

from __future__ import annotations

from pathlib import Path

from yiyang.policies import checking, describing

ROOT = Path(__file__).resolve().parents[2]


def test_the_shipped_law_has_no_fault() -> None:
    assert checking.check_law() == []


def test_the_page_of_benefits_is_current() -> None:
    page = (ROOT / "docs/generated/benefits.md").read_text("utf-8")
    assert page == describing.benefits_page(), "run `yiyang law docs`"


def test_no_benefit_vanishes_unseen() -> None:
    assert checking.counted()["cn"]["benefits"] == 39
