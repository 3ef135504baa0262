"""Renders every staff template with sample pages, serves them under the strict policy, and probes them.

``python -m tests.browser.preview_staff [--out FOLDER] [--shots] [--only WORD]``;
exit 1 when a bar is not held.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.browser.staff_settings")

import django
from django.apps import apps
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.browser import staff_probes as probes
from tests.browser.chromium import chromium

STATIC = Path(__file__).parents[2] / "src/yiyang/faces/shared/static/staff"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Files under the content policy of the site, without a log."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def end_headers(self) -> None:
        """Every answer carries the policy."""
        self.send_header("Content-Security-Policy", probes.POLICY)
        super().end_headers()


def write_pages(folder: Path, only: str = "") -> list[tuple[str, bool]]:
    """Render every sample into ``folder``; gives file names and whether it is a phone page."""
    if not apps.ready:
        django.setup()
    from tests.browser.staff_samples import SAMPLES

    shutil.copytree(STATIC, folder / "static/staff", dirs_exist_ok=True)
    written = []
    for sample in SAMPLES:
        if only and only not in sample.name:
            continue
        html = render_to_string(sample.template, sample.context, request=RequestFactory().get("/"))
        (folder / f"{sample.name}.html").write_text(html, encoding="utf-8")
        written.append((sample.name, sample.phone))
    return written


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder on loopback under the strict policy; gives its address."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def look(folder: Path, pages: list[tuple[str, bool]], *, shots: bool, bars: bool) -> int:
    """Probe (and photograph) pages; prints one line a page, gives the number of findings."""
    total = 0
    with served(folder) as address, chromium() as browser:
        context = browser.new_context(java_script_enabled=True)
        for name, phone in pages:
            page = context.new_page()
            heard = probes.listen(page)
            page.goto(f"{address}/{name}.html")
            if shots:
                for width, height in probes.PHONE if phone else probes.DESK:
                    page.set_viewport_size({"width": width, "height": height})
                    page.screenshot(path=str(folder / f"{name}_{width}.png"), full_page=True)
            found = probes.probe(page, phone=phone) if bars else []
            found += [probes.Finding(0, "console", text) for text in heard]
            page.close()
            total += len(found)
            print(f"{name:28}", "ok" if not found else "\n    " + "\n    ".join(map(str, found)))
    return total


def main() -> int:
    """Render, serve, probe."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--out", type=Path, help="folder to write to; a temporary one when left out")
    ask.add_argument("--shots", action="store_true", help="also take a picture of every page and width")
    ask.add_argument("--no-bars", action="store_true", help="only render (and photograph)")
    ask.add_argument("--only", default="", help="only pages whose name holds this word")
    options = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="yiyang-staff-") as temporary:
        folder = options.out or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        pages = write_pages(folder, options.only)
        total = look(folder, pages, shots=options.shots, bars=not options.no_bars)
    print(f"{len(pages)} pages, {total} findings")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
