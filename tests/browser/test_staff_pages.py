"""Staff pages in a real browser: every bar of staff-ui.md, section 9, on every sample; the probe itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import staff_probes as probes
from tests.browser.preview_staff import STATIC, served
from tests.browser.staff_samples import SAMPLES, Sample
from tests.unit.faces.staff_rendering import rendered

pytestmark = pytest.mark.browser
BAD = """<!doctype html><html lang="zh-CN"><head><title>坏页</title>
<link rel="stylesheet" href="plain.css"></head><body><main><h1>坏页</h1>
<a href="/x" onclick="x()">小</a><p style="width:3000px">宽</p>
<img src="/no.png"></main></body></html>"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """All samples as files under the strict policy: the address and the folder."""
    folder = tmp_path_factory.mktemp("staff")
    shutil.copytree(STATIC, folder / "static/staff")
    for sample in SAMPLES:
        (folder / f"{sample.name}.html").write_text(rendered(sample), encoding="utf-8")
    with served(folder) as address:
        yield address, folder


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: one.name)
def test_a_staff_page_holds_every_bar(sample: Sample, browser: Browser, site: tuple[str, Path]) -> None:
    page = browser.new_page()
    heard = probes.listen(page)
    page.goto(f"{site[0]}/{sample.name}.html")
    found = [str(one) for one in probes.probe(page, phone=sample.phone)]
    page.close()
    assert found + heard == []


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: one.name)
def test_a_staff_page_carries_no_script_at_all(sample: Sample) -> None:
    assert "<script" not in rendered(sample)


def test_the_probe_finds_every_kind_of_fault(browser: Browser, site: tuple[str, Path]) -> None:
    address, folder = site
    (folder / "plain.css").write_text("a{font-size:9px} p{width:3000px}", encoding="utf-8")
    (folder / "bad.html").write_text(BAD, encoding="utf-8")
    page = browser.new_page()
    heard = probes.listen(page)
    page.goto(f"{address}/bad.html")
    bars = {one.bar for one in probes.probe(page, phone=False)}
    page.close()
    assert bars == {"inline", "target", "text", "sideways", "axe"}
    assert any("Content Security Policy" in text for text in heard)
