"""Accounts and duties in the browser: every bar on every page, with and without what was typed wrongly."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser import staff_probes as probes
from tests.browser.serving import Site

pytestmark = pytest.mark.browser


def test_pages_of_the_system_administrator_hold_every_bar(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    heard = probes.listen(page)
    site.sign_in_staff(page, "system_admin")
    found = []
    for path in ("/k/accounts/", "/k/accounts/?q=none", "/k/accounts/new/"):
        page.goto(site.url + path)
        found += [f"{path}: {one}" for one in probes.probe(page, phone=False)]
    page.fill("[name=login]", "grid.new")
    page.fill("[name=name]", "新同事")
    page.press("[name=name]", "Enter")
    page.wait_for_selector("code.letters")
    found += [f"start password: {one}" for one in probes.probe(page, phone=False)]
    page.click("a.go:has-text('好了')")
    found += [f"account: {one}" for one in probes.probe(page, phone=False)]
    page.click("a.btn:has-text('重设')")
    assert "核实是本人" in page.inner_text("main")
    found += [f"reset: {one}" for one in probes.probe(page, phone=False)]
    page.click("a.btn:has-text('不重设了')")
    page.click("button:has-text('停用')")
    assert "已经停用" in page.inner_text("main")
    page.close()
    assert found + heard == []


def test_pages_of_the_security_officer_hold_every_bar(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    site.sign_in_staff(page, "security_officer")
    found = []
    for path in ("/k/duties/", "/k/duties/?q=none", "/k/duties/new/"):
        page.goto(site.url + path)
        found += [f"{path}: {one}" for one in probes.probe(page, phone=False)]
    page.reload()  # the probe has opened what opens
    page.click(".below summary")
    page.click(".below a >> nth=0")
    page.fill("[name=login]", "nobody.here")
    page.select_option("[name=duty]", "township_official")
    page.click("button:has-text('授予')")
    assert "没有这个账号" in page.inner_text("main")
    assert page.input_value("[name=login]") == "nobody.here"
    found += [f"refused: {one}" for one in probes.probe(page, phone=False)]
    page.goto(site.url + "/k/duties/")
    page.click("td a >> nth=0")
    found += [f"take: {one}" for one in probes.probe(page, phone=False)]
    page.close()
    assert found == []
