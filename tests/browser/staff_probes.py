"""What a staff page must hold in a real browser: a list of findings, empty when good.

Measured (staff-ui.md, section 9): axe A + AA + 2.2 + best practice, boxes of targets, least text size,
sideways scroll, inline style and handlers, console errors. Order of the tab key and contrast over charts
stay for the eye.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page

DESK = ((1440, 900), (1280, 720), (640, 360))
PHONE = ((390, 844), (320, 568))
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
INLINE = re.compile(r"\sstyle=\"[^\"]|\son[a-z]+=|<style|javascript:|<script(?![^>]*\ssrc=)")
AXE = Path(__file__).parents[2] / "src/yiyang/faces/shared/static/vendor/axe.min.js"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
LEAST_TARGET, LEAST_TEXT = 44, 14
MEASURE = """([target, text]) => {
  const small = [], tiny = [];
  const seen = e => e.checkVisibility({visibilityProperty: true});
  for (const e of document.querySelectorAll('a,button,input,select,textarea,summary')) {
    if (e.classList.contains('skip') || e.closest('svg') || e.type === 'hidden' || !seen(e)) continue;
    const label = e.matches('[type=radio],[type=checkbox]') && e.closest('label');
    const box = (label || e).getBoundingClientRect();
    const big = e.matches('.phone main .btn:not(.plain):not(.say-box .btn), .phone .thumb .btn');
    const need = e.matches('.phone .opt input') ? 60 : big ? 56 : target;
    if (box.width < target - .5 || box.height < need - .5)
      small.push(e.textContent.trim().slice(0, 14) + ` ${box.width.toFixed(0)}x${box.height.toFixed(0)}`);
  }
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let t; (t = walk.nextNode());) {
    const p = t.parentElement;
    if (!t.data.trim() || !seen(p) || p.closest('.sr,script,defs')) continue;
    const least = p.closest('svg') ? text - 1 : text;
    if (parseFloat(getComputedStyle(p).fontSize) < least - .1) tiny.push(t.data.trim().slice(0, 14));
  }
  const d = document.documentElement;
  return {small, tiny, sideways: d.scrollWidth - d.clientWidth};
}"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it must be: width of the window, which bar, what."""

    width: int
    bar: str
    what: str

    def __str__(self) -> str:
        return f"{self.width}: {self.bar} {self.what}"


def listen(page: Page) -> list[str]:
    """Collect console errors of a page from now on; a refused inline style is one of them."""
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and "favicon" not in message.location.get("url", ""):
            heard.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def inline_of(html: str) -> list[Finding]:
    """Inline styles, handlers and scripts in the text of a page."""
    return [Finding(0, "inline", match.group(0).strip()) for match in INLINE.finditer(html)]


def measure(page: Page, width: int, height: int) -> list[Finding]:
    """Targets, text size and sideways scroll of the page at one window size."""
    page.set_viewport_size({"width": width, "height": height})
    got = page.evaluate(MEASURE, [LEAST_TARGET, LEAST_TEXT])
    found = [Finding(width, "target", one) for one in got["small"]]
    found += [Finding(width, "text", one) for one in got["tiny"]]
    if got["sideways"] > 0:
        found.append(Finding(width, "sideways", f"{got['sideways']} px"))
    return found


def axe(page: Page, width: int) -> list[Finding]:
    """What axe finds at the present window size; the script is put in by the probe, not by the page."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    return [
        Finding(width, "axe", f"{fault['id']}: {node['html'][:90]}")
        for fault in result["violations"]
        for node in fault["nodes"]
    ]


def probe(page: Page, *, phone: bool) -> list[Finding]:
    """All bars on the page as it stands, folded and with every ``details`` open, at every window size."""
    found = inline_of(page.content())
    for width, height in PHONE if phone else DESK:
        found += measure(page, width, height)
        found += axe(page, width)
    page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true })")
    for width, height in PHONE if phone else DESK[1:]:
        found += measure(page, width, height)
    found += axe(page, PHONE[0][0] if phone else DESK[-1][0])
    return list(dict.fromkeys(found))
