"""Fixtures of the page tests: one browser and one real site for the whole session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import chromium
from tests.browser.serving import Site, serving_county


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The real site over one county; see ``serving.Site``. Data is committed: a test undoes what it does."""
    with serving_county() as found:
        yield found
