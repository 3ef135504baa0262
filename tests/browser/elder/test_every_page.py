"""Every page under ``/e/``, with real people and the law in force, holds the bars of the elder pages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser import probes
from tests.browser.serving import Site

pytestmark = pytest.mark.browser
OLDEST = "oldest_old_allowance"
PAGES = (
    ("", "/e/sign-in/"),
    ("", "/e/sos/"),
    ("unserved", "/e/subsidies/"),
    ("unserved", f"/e/subsidies/{OLDEST}/help/"),
    ("served", f"/e/subsidies/{OLDEST}/disagree/"),
    ("cannot_tell", "/e/subsidies/"),
    ("cannot_tell", "/e/services/"),
    ("elsewhere", f"/e/subsidies/{OLDEST}/why/"),
    ("young", f"/e/subsidies/{OLDEST}/why/"),
    ("young", "/e/cases/"),
    ("rich", "/e/"),
    ("rich", "/e/subsidies/"),
    ("rich", "/e/subsidies/care_support/why/"),
    ("rich", "/e/subsidies/home_adaptation/why/"),
    ("rich", "/e/subsidies/care_support/disagree/?matter=refused"),
    ("rich", "/e/callback/"),
    ("rich", "/e/callback/?about=visit"),
    ("rich", "/e/cases/00000000-0000-0000-0000-000000000000/asked/"),
)


@pytest.mark.parametrize(("kind", "path"), PAGES, ids=[f"{kind or 'nobody'} {path}" for kind, path in PAGES])
def test_a_page_holds_every_bar(browser: Browser, site: Site, kind: str, path: str) -> None:
    assert probes.examine(browser, site.visit(browser, kind, path), thorough=False) == []


def test_the_home_page_holds_them_in_every_look_on_a_slow_network(browser: Browser, site: Site) -> None:
    visit = site.visit(browser, "unserved", "/e/")
    assert probes.examine(browser, visit) + probes.home_findings(browser, visit) == []
