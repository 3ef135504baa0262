"""The community phone over the real site: every page holds every bar, and the way through it works."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import staff_probes as probes
from tests.browser.serving import Site

pytestmark = pytest.mark.browser
PAGES = ("/w/", "/w/?v=assess", "/w/due/", "/w/due/?k=welfare_visit", "/w/unplaced/", "/w/search/")
NOT_THERE = "/w/people/00000000-0000-0000-0000-000000000000/"


@contextmanager
def phone(browser: Browser, site: Site, *, which: int = 0) -> Iterator[Page]:
    """A phone of its own, signed in as the first or second colleague of the community."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    try:
        site.sign_in_staff(page, "grid_worker", which)
        yield page
    finally:
        context.close()


@pytest.fixture(scope="module")
def at_work(browser: Browser, site: Site) -> Iterator[Page]:
    with phone(browser, site) as page:
        yield page


def held(page: Page) -> list[str]:
    return [str(one) for one in probes.probe(page, phone=True)]


def first_household(page: Page, site: Site) -> str:
    page.goto(f"{site.url}/w/")
    found = page.get_attribute("section.next .pair a", "href")
    assert found is not None
    return site.url + found


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_phone_holds_every_bar(at_work: Page, site: Site, path: str) -> None:
    heard = probes.listen(at_work)
    at_work.goto(site.url + path)
    assert held(at_work) + heard == []


def test_what_is_not_there_is_a_page_that_holds_every_bar_too(at_work: Page, site: Site) -> None:
    at_work.goto(site.url + NOT_THERE)
    assert "没有这个人或这件事，或不在您的范围" in at_work.inner_text("main")
    assert held(at_work) == []


def test_a_household_is_taken_worked_and_given_back(at_work: Page, site: Site) -> None:
    household = first_household(at_work, site)
    at_work.goto(household)
    assert held(at_work) == []
    assert at_work.query_selector("a[href^='tel:']") is None
    at_work.click("text=我来办")
    at_work.wait_for_url("**said=taken")
    assert at_work.query_selector("a[href^='tel:']") is not None
    assert held(at_work) == []
    at_work.goto(f"{household}attempt/")
    assert held(at_work) == []
    at_work.click("text=记下来")
    assert "选一个结果" in at_work.inner_text(".summary")
    assert held(at_work) == []
    at_work.goto(household)
    at_work.click("text=交回名单")
    at_work.wait_for_url("**/w/?back=*")


def test_of_two_phones_on_one_household_the_second_sees_a_sentence_and_the_next(
    at_work: Page, browser: Browser, site: Site
) -> None:
    household = first_household(at_work, site)
    with phone(browser, site, which=1) as second:
        second.goto(household)
        at_work.goto(household)
        at_work.click("text=我来办")
        at_work.wait_for_url("**said=taken")
        second.click("text=我来办")
        assert "这户刚被别的同事接走了" in second.inner_text("[role=alert]")
        following = second.get_attribute("section.next .pair a", "href")
        assert following is None or not household.endswith(following)
        assert held(second) == []
    at_work.click("text=交回名单")


def test_an_assessment_goes_item_by_item_and_is_given_up_without_a_trace_on_the_list(
    at_work: Page, site: Site
) -> None:
    at_work.goto(f"{first_household(at_work, site)}assess/")
    assert held(at_work) == []
    at_work.check("[name=reason] >> nth=0")
    at_work.check("[name=consent]")
    at_work.click("text=开始第 1 题")
    assert held(at_work) == []
    for number in range(1, 27):
        assert f"第 {number} 题" in at_work.inner_text("main")
        at_work.check("[name=score] >> nth=0" if number != 7 else "[name=score][value='']")
        at_work.click("button.go")
    assert held(at_work) == []
    at_work.fill("[name=risk_events]", "0")
    at_work.click("text=看结果")
    assert "第 7 题" in at_work.inner_text("main")
    assert at_work.query_selector("[name=true]") is None
    assert held(at_work) == []
    at_work.click("text=放弃，不签字")  # the probe has unfolded it
    assert re.search(r"/w/people/[0-9a-f-]+/\?said=abandoned$", at_work.url)


@pytest.mark.parametrize("path", ["/", "/sign-in/", "/sign-in/?next=/w/"])
def test_the_front_door_holds_every_bar_on_a_phone(browser: Browser, site: Site, path: str) -> None:
    page = browser.new_page()
    heard = probes.listen(page)
    page.goto(site.url + path)
    found = held(page)
    page.close()
    assert found + heard == []


def test_the_list_works_by_keyboard_from_top_to_the_first_household(at_work: Page, site: Site) -> None:
    at_work.goto(f"{site.url}/w/")
    seen: list[str] = []
    for _ in range(14):
        at_work.keyboard.press("Tab")
        seen.append(str(at_work.evaluate("document.activeElement.textContent.trim()")))
    assert seen[0] == "跳到正文"
    assert "先看看" in seen
    assert seen.index("先看看") < seen.index("我来办")
