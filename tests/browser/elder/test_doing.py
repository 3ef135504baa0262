"""What is done rather than looked at, on the real site: come in, ask, take back, repair, be read to, call."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import doing, probes
from tests.browser.serving import Site

pytestmark = pytest.mark.browser
FROM_HOME = 5
"""Pages a task may take from home (E10 asks it of all tasks; these two exist)."""


@pytest.fixture
def without_scripts(browser: Browser) -> Iterator[Page]:
    """A small phone whose browser runs no script."""
    context = browser.new_context(viewport={"width": 320, "height": 568}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def as_person(browser: Browser, site: Site, kind: str, path: str = "/e/", *, scripts: bool = True) -> Page:
    """A page of her own phone; the caller closes its context."""
    visit = site.visit(browser, kind, path)
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=scripts)
    context.add_cookies(list(visit.cookies))
    page = context.new_page()
    page.goto(visit.url)
    return page


def by_keys(page: Page, words: str) -> None:
    """Walk with Tab to the link or button that says this, and press Enter."""
    for _ in range(40):
        page.keyboard.press("Tab")
        said = page.evaluate("() => document.activeElement.innerText || ''")
        if words in str(said):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"the keyboard does not reach {words}")


def test_a_husband_and_a_wife_share_a_phone_and_each_comes_in_without_scripts(
    without_scripts: Page, site: Site
) -> None:
    page, phone = without_scripts, site.people["wife"].phone
    page.goto(f"{site.url}/e/")
    page.fill("#phone", f"{phone[:3]} {phone[3:7]} {phone[7:]}")
    page.get_by_role("button", name="发短信给我").click()
    assert site.code_for(phone) not in page.content()
    page.fill("#code", "123")
    page.get_by_role("button", name="进来").click()
    assert page.input_value("#code") == "123"
    page.fill("#code", site.code_for(phone))
    page.get_by_role("button", name="进来").click()
    while site.people["wife"].name not in page.inner_text("h1"):
        page.get_by_role("button", name="不是，我是另一位").click()
    page.get_by_role("button", name="对，我是").click()
    assert page.inner_text("h1").startswith("王奶奶")
    page.goto(f"{site.url}/e/cases/")
    page.get_by_role("button", name="不看了，关掉").click()
    assert page.inner_text("h1") == "关好了"
    page.goto(f"{site.url}/e/subsidies/")
    assert "/e/sign-in/" in page.url


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_help_is_asked_for_and_stopped_within_five_pages_and_no_typing(
    browser: Browser, site: Site, scripts: bool
) -> None:
    page = as_person(browser, site, "unserved", scripts=scripts)
    taps = ("我的补贴", "帮我办", "好，请人打来")
    assert len(taps) <= FROM_HOME
    for words in taps:
        page.locator(f"a:has-text('{words}'), button:has-text('{words}')").first.click()
    assert "好了，等电话吧" in page.inner_text("main")
    # Going back and pressing once more asks nobody twice.
    page.go_back()
    page.get_by_role("button", name="好，请人打来").click()
    page.get_by_role("button", name="不用打了").click()
    assert "停了，不会有人打给您" in page.inner_text("main")
    page.context.close()


def test_a_disagreement_is_sent_and_taken_back_by_keyboard_alone(browser: Browser, site: Site) -> None:
    page = as_person(browser, site, "served", "/e/subsidies/oldest_old_allowance/why/")
    for words in ("我不同意", "我的情况记错了", "好，告诉他们"):
        by_keys(page, words)
    assert "告诉他们了" in page.inner_text("main")
    by_keys(page, "我不问了")
    assert "收回了，不用再等" in page.inner_text("main")
    page.context.close()


def test_every_step_of_asking_and_disagreeing_holds_the_bars(browser: Browser, site: Site) -> None:
    page = as_person(browser, site, "rich", "/e/callback/?about=other")
    steps = [("好，请人打来", "/asked/"), ("不用打了", "?said=call")]
    found: list[str] = []
    for words, address in steps:
        page.get_by_role("button", name=words).click()
        page.wait_for_url(re.compile(re.escape(address)))
        found += probes.look_findings(page, thorough=False) + probes.word_findings(page)
    page.goto(f"{site.url}/e/subsidies/care_support/disagree/?matter=amount")
    for words, address in [("好，告诉他们", "/sent/"), ("我不问了", "?said=appeal")]:
        page.get_by_role("button", name=words).click()
        page.wait_for_url(re.compile(re.escape(address)))
        found += probes.look_findings(page, thorough=False) + probes.word_findings(page)
    page.context.close()
    assert found == []


def test_a_wrong_number_is_repaired(browser: Browser, site: Site) -> None:
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto(f"{site.url}/e/sign-in/")
        page.fill("#phone", "138 0000 00")
        page.get_by_role("button", name="发短信给我").click()
        assert page.title().startswith("要改一下")
        assert page.locator("[data-fault]:focus").count() == 1
        assert page.input_value("#phone") == "138 0000 00"
        assert page.locator("#fault-phone").inner_text()
        context.close()


def test_one_tap_calls_after_three_seconds_and_can_be_stopped(browser: Browser, site: Site) -> None:
    assert doing.sos_findings(browser, site.visit(browser, "unserved", "/e/")) == []


def test_the_page_is_read_aloud_or_says_who_reads_it(browser: Browser, site: Site) -> None:
    assert doing.reading_findings(browser, site.visit(browser, "unserved", "/e/subsidies/")) == []


def test_the_look_is_remembered_on_every_page(browser: Browser, site: Site) -> None:
    look, other = (site.visit(browser, "young", path) for path in ("/e/look/", "/e/subsidies/"))
    assert doing.remembered_findings(browser, look, other) == []
