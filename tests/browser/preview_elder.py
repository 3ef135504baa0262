"""Looks at every elder page with sample people: serves them under the strict policy, runs all probes.

No database and no rooms are needed. Exit code 1 when a page breaks a bar.

Usage: python -m tests.browser.preview_elder [--quick] [--doing] [--pictures FOLDER] [--serve] [SAMPLE ...]
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from playwright.sync_api import Browser

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.browser.preview_settings"

from django.core.wsgi import get_wsgi_application

from tests.browser import doing, probes
from tests.browser.chromium import chromium
from tests.browser.probes import Visit

PICTURES = {
    "390": (probes.PHONE, "22-light"),
    "320": (probes.SMALL, "22-light"),
    "390-30-dark": (probes.PHONE, "30-dark"),
    "320-30": (probes.SMALL, "30-light"),
}
TYPED = {
    "sign-in-fault": "138 0000 00",
    "code-fault": "一二三456",
    "disagree-fault": "我有低保",
    "helper-phone-fault": "138 0000",
    "helper-code-fault": "12345",
}


class Server(ThreadingMixIn, WSGIServer):
    """Answers several requests at once, as a browser asks them."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Says nothing about each request."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serving(port: int = 0) -> Iterator[str]:
    """The preview on loopback; gives its address."""
    application = get_wsgi_application()
    with Server(("127.0.0.1", port), Quiet) as server:
        server.set_app(application)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def sample_names() -> list[str]:
    """All samples; known only once Django is set up."""
    from tests.browser.preview_urls import ALL

    return list(ALL)


def draw(browser: Browser, root: str, names: list[str], folder: Path) -> None:
    """Pictures of each page: both widths, and the largest size in both themes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        for label, (size, look) in PICTURES.items():
            with probes.visiting(browser, Visit(f"{root}/preview/{name}/?look={look}"), size=size) as page:
                page.screenshot(path=folder / f"{name}.{label}.png", full_page=True)


def doing_findings(browser: Browser, root: str) -> list[str]:
    """What is done rather than looked at."""
    found = [f"home: {one}" for one in probes.home_findings(browser, Visit(f"{root}/e/"))]
    for name in ("home", "sos"):
        visit = Visit(f"{root}/preview/{name}/")
        found += [f"{name}: {one}" for one in doing.sos_findings(browser, visit)]
    for name in ("home", "why", "cases", "sign-in"):
        visit = Visit(f"{root}/preview/{name}/")
        found += [f"{name}: {one}" for one in doing.reading_findings(browser, visit)]
    for name, typed in TYPED.items():
        visit = Visit(f"{root}/preview/{name}/")
        found += [f"{name}: {one}" for one in doing.repair_findings(browser, visit, typed=typed)]
    found += doing.remembered_findings(browser, Visit(f"{root}/e/look/"), Visit(f"{root}/e/subsidies/"))
    return found


def page_findings(browser: Browser, root: str, name: str, *, thorough: bool) -> list[str]:
    """Everything about one sample."""
    visit = Visit(f"{root}/preview/{name}/")
    return probes.examine(browser, visit, thorough=thorough, typed=TYPED.get(name, ""))


def told(name: str, found: list[str]) -> int:
    """Print the findings of one page; how many there were."""
    print(f"{name:18}", "ok" if not found else "\n    " + "\n    ".join(found), flush=True)
    return len(found)


def main(words: list[str] | None = None) -> int:
    """Run the preview; prints every finding, one a line."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    cli.add_argument("--quick", action="store_true", help="axe once a page, no slow network")
    cli.add_argument("--pictures", type=Path, help="also draw every page into this folder")
    cli.add_argument("--serve", action="store_true", help="only serve, until interrupted")
    cli.add_argument("--doing", action="store_true", help="only what is done, not every page")
    cli.add_argument("samples", nargs="*")
    options = cli.parse_args(words)
    with serving() as root:
        names = [] if options.doing else options.samples or sample_names()
        if options.serve:
            print("\n".join(f"{root}/preview/{name}/" for name in names), flush=True)
            threading.Event().wait()
        with chromium() as browser:
            if options.pictures:
                draw(browser, root, names, options.pictures)
            thorough = not options.quick
            faults = sum(told(name, page_findings(browser, root, name, thorough=thorough)) for name in names)
            if not options.samples:
                faults += told("doing", doing_findings(browser, root))
    print(f"{len(names)} pages, {faults} findings")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
