"""The bureau on the real site: every page holds every bar of staff-ui.md; a number from draft to approval."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import staff_probes as probes
from tests.browser.serving import COUNTY, Site

pytestmark = pytest.mark.browser
PAGES = {
    "overview": "/g/",
    "overview by need": "/g/?order=need",
    "unserved": "/g/people/?status=unserved",
    "cannot tell": "/g/people/?status=cannot_tell&benefit=care_support",
    "nobody": "/g/people/?status=refused",
    "registered here": "/g/people/?status=registered",
    "law": "/g/law/",
    "nothing found": "/g/law/?q=%E9%87%8F%E5%AD%90",
    "benefit": "/g/law/oldest_old_allowance/",
    "table of numbers": "/g/law/meal_subsidy/",
    "clause": "/g/clauses/example-city-oldest-old/2/",
    "revisions": "/g/revisions/",
    "appeals": "/g/appeals/",
    "rights": "/g/rights/",
    "definitions": "/g/definitions/",
    "not here": "/g/?place=1501",
}
FORMS = {"which number": "/g/revisions/new/", "new draft": "/g/revisions/new/?key=aged_80_fen"}


@contextmanager
def opened(site: Site, browser: Browser, duty: str, path: str) -> Iterator[Page]:
    """A page of the bureau as somebody in office."""
    visit = site.staff_visit(browser, duty, path)
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies(visit.cookies)
    page = context.new_page()
    page.goto(visit.url)
    try:
        yield page
    finally:
        context.close()


def faults(page: Page) -> list[str]:
    return [str(one) for one in probes.probe(page, phone=False)]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_an_official_holds_every_bar(site: Site, browser: Browser, name: str) -> None:
    with opened(site, browser, "official", PAGES[name]) as page:
        heard = probes.listen(page)
        page.reload()
        expected = ["404"] if name == "not here" else []
        assert faults(page) == []
        assert [text for text in heard if not any(word in text for word in expected)] == []


@pytest.mark.parametrize("name", FORMS)
def test_a_form_of_an_official_holds_every_bar(site: Site, browser: Browser, name: str) -> None:
    with opened(site, browser, "official", FORMS[name]) as page:
        assert faults(page) == []


@pytest.mark.parametrize("duty", ["approver", "township_official"])
def test_the_overview_of_the_others_holds_every_bar(site: Site, browser: Browser, duty: str) -> None:
    with opened(site, browser, duty, "/g/") as page:
        assert faults(page) == []
        assert page.locator(".recon .chip.ok").inner_text().strip() == "已对平"


def test_one_opens_a_person_from_a_figure_and_asks_what_was_known(site: Site, browser: Browser) -> None:
    with opened(site, browser, "official", "/g/") as page:
        page.click("dl.stats a.fig >> nth=2")
        assert "应享未享" in page.inner_text("h1")
        page.click("main tbody th a >> nth=0")
        assert faults(page) == []
        page.fill("[name=on]", "2026年6月30日")
        page.click("text=按那天重算")
        assert "那天我们知道的情况" in page.inner_text("main")
        assert faults(page) == []


def test_the_keyboard_alone_reaches_the_first_decision(site: Site, browser: Browser) -> None:
    with opened(site, browser, "official", "/g/") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "跳到正文"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_number_goes_from_draft_to_rehearsal_to_the_second_person(site: Site, browser: Browser) -> None:
    with opened(site, browser, "official", f"/g/revisions/new/?key=aged_80_fen&place={COUNTY}") as page:
        page.fill("[name=value]", "-5")
        page.fill("[name=since]", "2020-01-01")
        page.click("main form.form button.go")
        assert "有 1 处要改" in page.inner_text(".summary")
        assert page.input_value("[name=since]") == "2020-01-01"
        assert faults(page) == []
        page.fill("[name=value]", "1 250.50")
        page.fill("[name=since]", "2099年1月1日")
        page.click("main form.form button.go")
        assert "1,250.50" in page.inner_text("h1")
        address = re.sub(r"\?.*", "", page.url)
        assert faults(page) == []
        page.click("main form.form button.go")
        assert "已对平" in page.inner_text("main")
        assert page.locator(".eyes button[aria-disabled=true]").count() == 1
        assert faults(page) == []
        _second_person(site, browser, address)
        page.goto(address)
        _put_back(page)


def _second_person(site: Site, browser: Browser, address: str) -> None:
    with opened(site, browser, "approver", address.removeprefix(site.url) + "rehearsal/") as page:
        page.click(".eyes button.go")
        assert "先看减少的人和净额" in page.inner_text("main")
        assert faults(page) == []
        page.check(".eyes input[name=seen]")
        page.click(".eyes button.go")
        assert "已批准" in page.inner_text("main")
        assert faults(page) == []


def _put_back(page: Page) -> None:
    """The site is shared: what this test drafted does not wait for anybody afterwards."""
    page.click("summary:has-text('撤回这份修订稿')")
    page.fill("[name=why]", "页面测试用完")
    page.click("button.stop")
    assert "已撤回" in page.inner_text("main")
