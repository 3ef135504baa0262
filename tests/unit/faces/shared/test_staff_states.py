"""Pages that are only a state: what holds, what to do, and the same words for absent and not yours."""

from __future__ import annotations

import pytest

from tests.browser.staff_samples import SAMPLES, Sample
from tests.unit.faces.staff_rendering import MISSING, rendered

STATES = [sample for sample in SAMPLES if sample.template.startswith("shared/")]


@pytest.mark.parametrize("sample", STATES, ids=lambda one: one.name)
def test_a_state_says_a_sentence_and_asks_for_no_unknown_name(sample: Sample) -> None:
    html = rendered(sample)
    assert MISSING not in html
    assert html.count("<h1") == 1


def test_absent_and_out_of_scope_are_the_same_page() -> None:
    absent = next(sample for sample in STATES if sample.name == "refused_absent")
    assert "不在您的范围" in rendered(absent)


def test_a_conflict_tells_what_changed_and_that_one_should_look_again() -> None:
    conflict = next(sample for sample in STATES if sample.name == "refused_conflict")
    assert "张干事刚认领了" in rendered(conflict)
    assert "再决定" in rendered(conflict)
