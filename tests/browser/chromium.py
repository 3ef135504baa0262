"""Starting Chromium for the page tests: the system's own, or one clear sentence when there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


class NoChromium(RuntimeError):
    """There is no browser to test with; the message says how to get one."""


def find_chromium() -> str:
    """Path of the browser: ``YIYANG_CHROMIUM``, else the first of the usual names on the path.

    Raises:
        NoChromium: none is installed; a page test is never skipped for it.
    """
    named = os.environ.get("YIYANG_CHROMIUM")
    if named:
        if Path(named).is_file():
            return named
        raise NoChromium(f"YIYANG_CHROMIUM names {named}, and there is no such file")
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        raise NoChromium("page tests need Chromium: apt-get install chromium, or set YIYANG_CHROMIUM")
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser, closed at the end."""
    path = find_chromium()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
