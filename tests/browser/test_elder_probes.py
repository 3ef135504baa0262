"""The probes find what they are for: a page that breaks the bars is caught on each of them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser import probes
from tests.browser.chromium import NoChromium, find_chromium

pytestmark = pytest.mark.browser
BAD = """<!doctype html><html><head><meta name="viewport" content="user-scalable=no"></head>
<body><main><h1>一？</h1><h1>二？</h1><p style="font-size:12px;line-height:1.1;color:#999">小字</p>
<p style="margin:0">松</p><p style="margin:0">紧</p>
<div style="width:900px">宽</div><a href="#" style="border:1px solid #eee">短</a><a href="#">近</a>
<a class="sos" href="#">求助</a><a class="tile" href="#">块</a><input type="password"><input>
<button class="primary">甲</button><button class="primary">乙</button><p>BODY</p></main></body></html>"""
FAULTS = {
    "E1 text", "E2 line", "E2 paragraph", "E3 contrast", "E3 edge", "E4 target", "E4 tile", "E4 SOS",
    "E5 gap", "E5 beside", "E7 sideways", "E7 zoom", "E8 lang", "E8 2", "E9 two", "E9 2", "E11 no",
    "E13 password", "E14 nothing", "E17 motion,",
}  # fmt: skip


def test_a_bad_page_breaks_every_bar_the_script_measures(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.set_content(BAD.replace("BODY", "字" * 130))
    found = {" ".join(one.split()[:2]) for one in probes.measure(page)["found"]}
    page.close()
    assert found >= FAULTS
    assert any(one.startswith("E9 1") for one in found)


def test_without_a_browser_one_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YIYANG_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(NoChromium, match="apt-get install chromium"):
        find_chromium()
    monkeypatch.setenv("YIYANG_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(NoChromium, match="no such file"):
        find_chromium()
