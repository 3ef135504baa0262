"""Every page under ``/e/``, with real people and the law in force, holds the bars of the elder pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import probes
from tests.browser.serving import Site

pytestmark = pytest.mark.browser
LINKS = "() => [...document.querySelectorAll('a[href]')].map(a => a.href.split('#')[0])"
LEAST_PAGES = 25
OLDEST = "oldest_old_allowance"
# Looked at in four looks, at 200 %, without scripts, by keyboard; the crawl above sees all of them once.
PAGES = (
    ("", "/e/sign-in/"),
    ("", "/e/sos/"),
    ("unserved", "/e/subsidies/"),
    ("unserved", f"/e/subsidies/{OLDEST}/help/"),
    ("served", f"/e/subsidies/{OLDEST}/disagree/"),
    ("cannot_tell", "/e/subsidies/"),
    ("elsewhere", f"/e/subsidies/{OLDEST}/why/"),
    ("young", f"/e/subsidies/{OLDEST}/why/"),
    ("rich", "/e/"),
    ("rich", "/e/subsidies/"),
    ("rich", "/e/subsidies/care_support/why/"),
    ("rich", "/e/subsidies/home_adaptation/why/"),
    ("rich", "/e/subsidies/care_support/disagree/?matter=refused"),
    ("rich", "/e/callback/?about=visit"),
    ("rich", "/e/mine/"),
    ("rich", "/e/mine/consents/"),
    ("rich", "/e/mine/ask/copy/"),
    ("rich", "/e/cases/00000000-0000-0000-0000-000000000000/asked/"),
)


def crawl(page: Page, root: str) -> Iterator[str]:
    """Every page that links lead to from home, the present one first; one visit each."""
    waiting, seen = [f"{root}/e/"], set()
    while waiting:
        url = waiting.pop(0)
        if url in seen:
            continue
        seen.add(url)
        page.goto(url)
        yield url.removeprefix(root)
        links: list[str] = page.evaluate(LINKS)
        waiting += [link for link in links if link.startswith(f"{root}/e/") and "read=1" not in link]


@pytest.mark.parametrize("kind", ["rich", "cannot_tell", "unserved"])
def test_every_page_that_a_link_leads_to_is_big_plain_and_reachable(
    browser: Browser, site: Site, kind: str
) -> None:
    visit, found, seen = site.visit(browser, kind, "/e/"), [], 0
    with probes.visiting(browser, visit) as page:
        for path in crawl(page, site.url):
            seen += 1
            said = probes.measure(page)["found"] + probes.axe_findings(page) + probes.word_findings(page)
            found += [f"{path}: {one}" for one in said]
    assert found == []
    assert seen >= LEAST_PAGES


@pytest.mark.parametrize(("kind", "path"), PAGES, ids=[f"{kind or 'nobody'} {path}" for kind, path in PAGES])
def test_a_page_holds_every_bar(browser: Browser, site: Site, kind: str, path: str) -> None:
    assert probes.examine(browser, site.visit(browser, kind, path), thorough=False) == []


def test_the_home_page_holds_them_in_every_look_on_a_slow_network(browser: Browser, site: Site) -> None:
    visit = site.visit(browser, "unserved", "/e/")
    assert probes.examine(browser, visit) + probes.home_findings(browser, visit) == []
