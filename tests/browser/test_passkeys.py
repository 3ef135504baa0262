"""A passkey in a real browser: registered, used to come in, used to prove again, copied, removed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import staff_probes as probes
from tests.browser.serving import Site

pytestmark = pytest.mark.browser
WHO, WHICH = "grid_worker", 1


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    found = browser.new_context()
    yield found
    found.close()


def authenticator(page: Page, *, verifies: bool = True) -> Any:
    """A device of the browser's own making, with a finger that is always there."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": verifies,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools, made["authenticatorId"]


def proves_again(page: Page, site: Site) -> None:
    page.fill("[name=password]", site.password)
    page.fill("[name=code]", site.app_code(site.staff[WHO][WHICH]))
    page.press("[name=code]", "Enter")


def comes_to_the_second_step(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/sign-in/")
    page.fill("[name=username]", site.staff[WHO][WHICH])
    page.fill("[name=password]", site.password)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/sign-in/factor/")


def test_a_passkey_is_registered_opens_the_door_and_is_removed(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    heard = probes.listen(page)
    device, name = authenticator(page)
    site.sign_in_staff(page, WHO, WHICH)
    page.goto(f"{site.url}/me/passkeys/new/")
    if "/sign-in/again/" in page.url:
        proves_again(page, site)
    page.fill("[name=label]", "社区的平板")
    page.click("text=登记这台设备")
    page.wait_for_selector("h1:has-text('备用码')")
    assert page.locator("code.letters").count() == 10
    assert len(device.send("WebAuthn.getCredentials", {"authenticatorId": name})["credentials"]) == 1
    page.goto(f"{site.url}/me/devices/")
    assert "社区的平板" in page.inner_text("main")

    context.clear_cookies()
    comes_to_the_second_step(page, site)
    page.click("text=用通行密钥")
    page.wait_for_url(lambda url: "/sign-in/" not in url)

    [kept] = device.send("WebAuthn.getCredentials", {"authenticatorId": name})["credentials"]
    context.clear_cookies()
    comes_to_the_second_step(page, site)
    device.send("WebAuthn.removeCredential", {"authenticatorId": name, "credentialId": kept["credentialId"]})
    device.send("WebAuthn.addCredential", {"authenticatorId": name, "credential": kept | {"signCount": 0}})
    page.click("text=用通行密钥")
    page.wait_for_selector(".summary")
    assert "通行密钥没有通过" in page.inner_text("main"), "a copy counts from behind"

    device.send("WebAuthn.setUserVerified", {"authenticatorId": name, "isUserVerified": False})
    page.click("text=用通行密钥")
    page.wait_for_selector("text=没有完成")

    page.fill("[name=code]", site.app_code(site.staff[WHO][WHICH]))
    page.press("[name=code]", "Enter")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.goto(f"{site.url}/me/devices/")
    page.click("text=删除")
    assert "已经删掉这个通行密钥" in page.inner_text("main")
    assert [line for line in heard if "400" not in line] == []


def test_the_pages_of_signing_in_hold_every_bar(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    found: list[str] = []
    comes_to_the_second_step(page, site)
    found += [f"factor: {one}" for one in probes.probe(page, phone=False)]
    page.fill("[name=code]", "000000")
    page.press("[name=code]", "Enter")
    found += [f"factor, wrong: {one}" for one in probes.probe(page, phone=False)]
    page.fill("[name=code]", site.app_code(site.staff[WHO][WHICH]))
    page.press("[name=code]", "Enter")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    for path in ("/me/devices/", "/me/password/", "/me/app/", "/me/passkeys/new/", "/sign-in/again/"):
        page.goto(site.url + path)
        found += [f"{path}: {one}" for one in probes.probe(page, phone=False)]
    assert found == []
