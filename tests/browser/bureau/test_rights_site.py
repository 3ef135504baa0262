"""A copy of one's own data on the real site: asked for by phone, answered at the office, read at home."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import probes
from tests.browser.bureau.test_bureau_site import faults, opened
from tests.browser.serving import Site

pytestmark = pytest.mark.browser
WORDS = "已经给您做好一份，请在“我的资料”里看，也可以到社区打印。"


def elder_faults(page: Page) -> list[str]:
    return [*probes.measure(page)["found"], *probes.axe_findings(page), *probes.word_findings(page)]


def shot(page: Page, name: str) -> None:
    """For whoever wants to look: YIYANG_SHOTS names a folder."""
    if folder := os.environ.get("YIYANG_SHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def test_from_the_tap_to_the_copy_every_page_holds_its_bars(site: Site, browser: Browser) -> None:
    found: list[str] = []
    with probes.visiting(browser, site.visit(browser, "rich", "/e/mine/")) as page:
        shot(page, "mine")
        page.goto(f"{site.url}/e/mine/ask/copy/")
        shot(page, "ask")
        page.click("button.primary")
        waiting = page.url
        assert "有人在办" in page.inner_text("main")
        found += [f"waiting: {one}" for one in elder_faults(page)]
    with opened(site, browser, "official", "/g/rights/") as office:
        shot(office, "rights")
        found += [f"list: {one}" for one in faults(office)]
        office.click("a.go >> nth=0")
        shot(office, "right")
        found += [f"case: {one}" for one in faults(office)]
        office.check("input[value=done]")
        office.fill("textarea[name=words]", WORDS)
        office.click("main form button[type=submit], main form button.primary, main form button >> nth=0")
        assert "答复已送出" in office.inner_text("body")
        office.click("a.go >> nth=0")
        assert "文件指纹" in office.inner_text("main")
        shot(office, "right-done")
        found += [f"answered: {one}" for one in faults(office)]
        office.goto(f"{site.url}/g/people/")
        office.click("main table a >> nth=0")
        office.click("text=登记资料事项")
        shot(office, "right-new")
        found += [f"note: {one}" for one in faults(office)]
    with probes.visiting(browser, site.visit(browser, "rich", "/e/mine/looked/")) as page:
        shot(page, "looked")
        assert "为了办理资料事项" in "".join(page.inner_text("main").split())
        found += [f"looked: {one}" for one in elder_faults(page)]
        page.goto(waiting)
        shot(page, "answered")
        found += [f"answer: {one}" for one in elder_faults(page)]
        page.click("text=看我的资料 >> nth=0")
        shot(page, "copy")
        assert "您是谁" in page.inner_text("main")
        found += [f"copy: {one}" for one in elder_faults(page)]
        page.goto(f"{site.url}/e/mine/consents/")
        shot(page, "consents")
    assert found == []
