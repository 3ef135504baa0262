"""Every page of the community face renders from its record alone, whole and clean."""

from __future__ import annotations

import re

import pytest

from tests.browser.staff_probes import inline_of
from tests.browser.staff_samples import Sample
from tests.unit.faces.staff_rendering import MISSING, pages_of, rendered, samples

FACE = "community"
ALL = samples(FACE)


def test_every_page_has_a_sample() -> None:
    assert pages_of(FACE) - {f"{FACE}/base.html"} == {sample.template for sample in ALL}


@pytest.mark.parametrize("sample", ALL, ids=lambda one: one.name)
def test_a_page_asks_for_no_name_its_record_does_not_have(sample: Sample) -> None:
    assert MISSING not in rendered(sample)


@pytest.mark.parametrize("sample", ALL, ids=lambda one: one.name)
def test_a_page_has_one_heading_and_nothing_inline(sample: Sample) -> None:
    html = rendered(sample)
    assert len(re.findall("<h1", html)) == 1
    assert inline_of(html) == []


@pytest.mark.parametrize("sample", ALL, ids=lambda one: one.name)
def test_no_id_stands_twice_and_no_link_is_empty(sample: Sample) -> None:
    html = rendered(sample)
    ids = re.findall(r'\sid="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    assert not re.search(r'(href|action|formaction)=""', html)


@pytest.mark.parametrize("sample", ALL, ids=lambda one: one.name)
def test_synthetic_data_is_labelled_and_every_post_carries_a_token(sample: Sample) -> None:
    html = rendered(sample)
    assert "模拟数据" in html
    for form in re.findall(r'<form[^>]*method="post".*?</form>', html, re.S):
        assert "csrfmiddlewaretoken" in form
