"""Who looked at her is said in her words."""

from __future__ import annotations

import pytest

from tests.browser.words import BANNED
from yiyang.faces.elder.minding import PLAIN_ACTS, said_plainly
from yiyang.faces.shared.acts import ACTS


@pytest.mark.parametrize("act", sorted(ACTS))
def test_no_word_of_offices_stands_on_her_page(act: str) -> None:
    assert [word for word in BANNED if word in said_plainly(act)] == []


def test_her_words_replace_words_that_exist() -> None:
    assert PLAIN_ACTS.keys() <= ACTS.keys()
