"""Probes of the elder bars (E1-E5, E7-E9, E11, E14, E15, E17-E19) on a running site, page by page.

Every probe takes a Playwright page or a browser and an address and gives back findings, each beginning with
the number of its bar; an empty list is a page that passes. ``examine`` runs all that any page must pass; the
emergency call, reading aloud and repairing have probes of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.words import plain_word_findings

if TYPE_CHECKING:
    from playwright._impl._api_structures import SetCookieParam

HERE = Path(__file__).parent
PROBES = (HERE / "probes.js").read_text(encoding="utf-8")
AXE = HERE.parents[1] / "src/yiyang/faces/shared/static/vendor/axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag21aaa", "wcag22aa", "best-practice"]
AXE_RUN = """async tags => (await axe.run(document, {runOnly: tags}))
  .violations.map(v => v.id + ' x' + v.nodes.length + ': ' + v.nodes[0].target)"""
PHONE, SMALL, DESK_AT_400 = (390, 844), (320, 568), (320, 256)
SIZES = {"": 22, "size-26": 26, "size-30": 30}
THEMES = ("", "dark")
MOST_BYTES, MOST_MILLISECONDS, FIRST_SCREEN = 100_000, 2500, 844
FEWEST_TILES, MOST_TILES, RING = 4, 6, 3
UNFOLD = """open => document.querySelectorAll('details').forEach(d => {
  if (open && !d.open) { d.open = true; d.dataset.folded = '1' }
  if (!open && d.dataset.folded) { d.open = false; delete d.dataset.folded } })"""
TEXT_OF_PAGE = """() => {
  const law = [...document.querySelectorAll('[data-clause]')];
  law.forEach(e => { e.hidden = true });
  const text = document.body.innerText;
  law.forEach(e => { e.hidden = false });
  return text }"""
FOCUS = """() => {
  const e = document.activeElement, all = [...document.querySelectorAll('*')];
  const ring = parseFloat(getComputedStyle(e).outlineWidth) || 0;
  return [all.indexOf(e), (e.innerText || e.id || e.tagName).trim().slice(0, 8), ring] }"""
LISTENERS = """() => {
  window.heard = [];
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, ...rest) {
    window.heard.push(type);
    return add.call(this, type, ...rest) } }"""
UNFIT = (
    "touch",
    "pointer",
    "mouse",
    "drag",
    "wheel",
    "gesture",
    "dblclick",
    "contextmenu",
    "scroll",
    "keydown",
)
WEIGHT = """() => ['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind))
  .reduce((sum, one) => sum + one.decodedBodySize, 0)"""
LARGEST_PAINT = """() => new Promise(done => {
  const tell = list => done(Math.round(list.getEntries().at(-1).startTime));
  new PerformanceObserver(tell).observe({type: 'largest-contentful-paint', buffered: true});
  setTimeout(() => done(-1), 3000) })"""


class Measured(TypedDict):
    """What ``probes.js`` gives back."""

    found: list[str]
    body: float
    chars: int
    targets: int
    tiles: int
    sos: int
    tilesEnd: int


@dataclass(frozen=True, slots=True)
class Visit:
    """Where to go and as whom."""

    url: str
    cookies: Sequence[SetCookieParam] = ()


@contextmanager
def visiting(
    browser: Browser, visit: Visit, *, size: tuple[int, int] = PHONE, scripts: bool = True
) -> Iterator[Page]:
    """A fresh page of a fresh person, closed at the end."""
    context = _context(browser, visit, size, scripts=scripts)
    try:
        page = context.new_page()
        page.goto(visit.url, wait_until="load")
        yield page
    finally:
        context.close()


def _context(
    browser: Browser, visit: Visit, size: tuple[int, int], *, scripts: bool = True
) -> BrowserContext:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, java_script_enabled=scripts)
    if visit.cookies:
        context.add_cookies(list(visit.cookies))
    return context


def measure(page: Page) -> Measured:
    """E1-E5, E7, E8 (part), E9, E11 (number), E14 (control), E17 on the page as it stands."""
    measured: Measured = page.evaluate(PROBES)
    return measured


def axe_findings(page: Page) -> list[str]:
    """E8 and the contrast of E3: axe A, AA, AAA, 2.2 and best practice."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return [f"E8 axe {rule}" for rule in page.evaluate(AXE_RUN, AXE_TAGS)]


def looks(*, thorough: bool) -> list[tuple[tuple[int, int], str, str]]:
    """Phone, size and theme to look at: all twelve, or the four corners."""
    if thorough:
        return [(size, name, theme) for size in (PHONE, SMALL) for name in SIZES for theme in THEMES]
    return [(PHONE, "", ""), (PHONE, "size-26", "dark"), (SMALL, "", "dark"), (SMALL, "size-30", "")]


def look_findings(page: Page, *, thorough: bool) -> list[str]:
    """Each look, folded and unfolded; axe at the usual size and, when thorough, at the largest."""
    found: list[str] = []
    for size, name, theme in looks(thorough=thorough):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.evaluate("c => { document.documentElement.className = c }", f"{name} {theme}".strip())
        got, where = measure(page), f"[{size[0]} {name} {theme}".strip() + "]"
        found += [f"{one} {where}" for one in got["found"]]
        if abs(got["body"] - SIZES[name]) > 0.2:
            found.append(f"E1 body {got['body']} px {where}")
        if (thorough and name != "size-26") or (size == PHONE and not name):
            found += [f"{one} {where}" for one in axe_findings(page)]
        # Unfolded the page may say more than one thought; everything else still holds.
        page.evaluate(UNFOLD, True)
        found += [f"{one} {where} unfolded" for one in measure(page)["found"] if not one.startswith("E9")]
        page.evaluate(UNFOLD, False)
    page.evaluate("() => { document.documentElement.className = '' }")
    return found


def double_text_findings(page: Page) -> list[str]:
    """E7: text at 200 % (twice our root of 112.5 %) loses nothing."""
    found = []
    for width, height in (PHONE, SMALL):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("() => document.documentElement.style.setProperty('font-size', '225%', 'important')")
        found += [f"{one} [{width} at 200 %]" for one in measure(page)["found"] if one.startswith("E7")]
        page.evaluate("() => document.documentElement.removeAttribute('style')")
    return found


def zoom_findings(browser: Browser, visit: Visit) -> list[str]:
    """E7: a desk screen of 1280 x 1024 at 400 % is 320 x 256: the same words, nothing beyond the edge."""
    with visiting(browser, visit, size=DESK_AT_400) as page:
        found = [f"{one} [400 %]" for one in measure(page)["found"] if one.startswith("E7")]
        near = page.inner_text("body")
    with visiting(browser, visit) as page:
        if page.inner_text("body") != near:
            found.append("E7 other words at 400 %")
    return found


def keyboard_findings(page: Page) -> list[str]:
    """E19: Tab reaches every target, and the focus is seen."""
    page.reload()
    targets, found, stops = measure(page)["targets"] + 1, [], set()
    for _ in range(targets + 3):
        page.keyboard.press("Tab")
        index, name, ring = page.evaluate(FOCUS)
        if name.startswith(("BODY", "HTML")) or index < 3:
            continue
        stops.add(index)
        if ring < RING:
            found.append(f"E19 focus ring {ring} px: {name}")
    return found if len(stops) >= targets else [*found, f"E19 keyboard reaches {len(stops)} of {targets}"]


def no_script_findings(browser: Browser, visit: Visit) -> list[str]:
    """E19, E14: without scripts the same words; 读给我听 leads to a person who reads."""
    with visiting(browser, visit) as page:
        with_scripts = page.inner_text("body")
    with visiting(browser, visit, scripts=False) as page:
        found = [] if page.inner_text("body") == with_scripts else ["E19 other words without scripts"]
        found += [
            f"E11 {tel.inner_text()} is no plain call"
            for tel in page.locator("[data-sos]").all()
            if tel.get_attribute("href") != "tel:12349"
        ]
        page.locator("[data-read]").click()
        if not page.locator("[data-no-voice] a[href='tel:12349']").is_visible():
            found.append("E14 without scripts nobody reads")
    return found


def weight_findings(browser: Browser, visit: Visit) -> list[str]:
    """E19: everything the first view needs, in bytes before compression; no error in the console."""
    context = _context(browser, visit, PHONE)
    errors: list[str] = []
    page = context.new_page()
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    status = (answer := page.goto(visit.url, wait_until="load")) and answer.status
    weight: int = page.evaluate(WEIGHT)
    context.close()
    found = [f"E19 first view {weight} bytes"] if weight > MOST_BYTES else []
    # Chromium reports a page that is itself a refusal as an error of the console.
    return found + [f"E19 console: {text}" for text in errors if f"status of {status}" not in text]


def slow_network_findings(browser: Browser, visit: Visit) -> list[str]:
    """E19: largest paint within 2.5 s at 400 kbit/s, 400 ms away, on a processor four times slower."""
    context = _context(browser, visit, PHONE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    rate = 400_000 / 8
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 400, "downloadThroughput": rate, "uploadThroughput": rate},
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(visit.url, wait_until="load")
    painted = page.evaluate(LARGEST_PAINT)
    context.close()
    return [] if 0 <= painted <= MOST_MILLISECONDS else [f"E19 largest paint after {painted} ms"]


def listener_findings(browser: Browser, visit: Visit) -> list[str]:
    """E17: nothing listens for hovering, swiping, long presses or several fingers."""
    context = _context(browser, visit, PHONE)
    context.add_init_script(f"({LISTENERS})()")
    page = context.new_page()
    page.goto(visit.url, wait_until="load")
    heard: list[str] = page.evaluate("() => window.heard")
    context.close()
    return [f"E17 listens for {one}" for one in heard if one.startswith(UNFIT)]


def word_findings(page: Page, *, typed: str = "") -> list[str]:
    """E18 over the whole page, folded parts opened; the clause itself is the law's language and left out."""
    page.evaluate(UNFOLD, True)
    text: str = page.evaluate(TEXT_OF_PAGE)
    page.evaluate(UNFOLD, False)
    return plain_word_findings(text, typed=typed)


def examine(browser: Browser, visit: Visit, *, thorough: bool = True, typed: str = "") -> list[str]:
    """Everything any elder page must pass; ``typed``: what the person wrote herself on this page."""
    with visiting(browser, visit) as page:
        found = look_findings(page, thorough=thorough)
        found += double_text_findings(page)
        found += word_findings(page, typed=typed)
        found += keyboard_findings(page)
    found += no_script_findings(browser, visit)
    found += weight_findings(browser, visit)
    if thorough:
        found += zoom_findings(browser, visit)
        found += listener_findings(browser, visit)
        found += slow_network_findings(browser, visit)
    return list(dict.fromkeys(found))


def home_findings(browser: Browser, visit: Visit) -> list[str]:
    """E6: SOS and four to six tiles inside the first 844 px."""
    with visiting(browser, visit) as page:
        got = measure(page)
    fits = got["sos"] == 1 and FEWEST_TILES <= got["tiles"] <= MOST_TILES and got["tilesEnd"] <= FIRST_SCREEN
    return [] if fits else [f"E6 {got['sos']} SOS, {got['tiles']} tiles, end at {got['tilesEnd']}"]
