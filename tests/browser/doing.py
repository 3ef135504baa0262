"""Probes that do something: the emergency call, reading aloud, repairing, remembering a choice."""

from __future__ import annotations

import time

from playwright.sync_api import Browser, Page

from tests.browser.probes import PHONE, Visit, axe_findings, measure, visiting

CATCH_CALLS = """() => { window.calls = [];
  document.addEventListener('click', e => { const a = e.target.closest("a[href^='tel:']");
    if (a && !e.defaultPrevented) { e.preventDefault(); window.calls.push(a.getAttribute('href')) } }) }"""
VOICES = """names => {
  window.spoken = [];
  window.SpeechSynthesisUtterance = function (text) { this.text = text };
  const fake = {
    getVoices: () => names.map(lang => ({ lang, name: lang })),
    addEventListener() {},
    cancel() { clearTimeout(fake.timer) },
    speak(words) {
      window.spoken.push(words.text);
      window.lang = words.voice && words.voice.lang;
      fake.timer = setTimeout(() => words.onend && words.onend(), 150) } };
  Object.defineProperty(window, 'speechSynthesis', { value: fake, configurable: true }) }"""
FIRST, LAST = 2.5, 4.5


def sos_findings(browser: Browser, visit: Visit) -> list[str]:
    """E11: one tap, three seconds with a large 取消, then the call; 取消 means no call."""
    found: list[str] = []
    with visiting(browser, visit) as page:
        page.evaluate(CATCH_CALLS)
        page.locator("[data-sos]").click()
        cancel = page.locator("[data-cancel]")
        box = cancel.bounding_box()
        if not box or box["height"] < 112 or box["width"] < 300:
            found.append(f"E11 取消 is too small: {box}")
        found += [f"{one} [counting]" for one in measure(page)["found"]]
        found += [f"{one} [counting]" for one in axe_findings(page)]
        cancel.click()
        time.sleep(LAST - 1)
        if page.evaluate("() => window.calls"):
            found.append("E11 called although cancelled")
        if not page.locator("[data-sos]").is_visible():
            found.append("E11 cancelling does not lead back")
        start = time.monotonic()
        page.locator("[data-sos]").click()
        page.wait_for_function("() => window.calls.length", timeout=LAST * 1000)
        took = time.monotonic() - start
        if not FIRST <= took <= LAST:
            found.append(f"E11 called after {took:.1f} s")
        if page.evaluate("() => window.calls") != ["tel:12349"]:
            found.append("E11 called another number or twice")
    return found


def _voiced(browser: Browser, visit: Visit, voices: list[str]) -> Page:
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    if visit.cookies:
        context.add_cookies(list(visit.cookies))
    context.add_init_script(f"({VOICES})({voices})")
    page = context.new_page()
    page.goto(visit.url)
    return page


def _only_words(text: str) -> str:
    return "".join(text.split())


def reading_findings(browser: Browser, visit: Visit) -> list[str]:
    """E14: main text in its order, pause and go on, from the start again; without a voice it says so."""
    page = _voiced(browser, visit, ["en-US", "zh-HK", "zh-CN"])
    shown = _only_words(page.inner_text("main >> visible=true"))
    page.locator("[data-read]").click()
    page.wait_for_function("() => window.spoken.length > 1", timeout=5000)
    pause, again = page.locator("[data-pause]"), page.locator("[data-again]")
    pause.click()
    before = len(page.evaluate("() => window.spoken"))
    page.wait_for_timeout(500)
    found = [] if len(page.evaluate("() => window.spoken")) == before else ["E14 goes on although paused"]
    pause.click()
    page.wait_for_function(
        "() => document.querySelector('[data-pause]').textContent === '再读一遍'", timeout=20000
    )
    spoken: list[str] = page.evaluate("() => window.spoken")
    without_repeat = [one for i, one in enumerate(spoken) if i == 0 or one != spoken[i - 1]]
    if _only_words("".join(without_repeat)) != shown:
        found.append("E14 speaks other words than the page shows, or in another order")
    if page.evaluate("() => window.lang") != "zh-CN":
        found.append("E14 speaks with a voice that is not Mandarin")
    again.click()
    page.wait_for_function(f"() => window.spoken.length > {len(spoken)}", timeout=5000)
    if page.evaluate("() => window.spoken")[len(spoken)] != spoken[0]:
        found.append("E14 from the start is not from the start")
    found += [f"{one} [reading]" for one in measure(page)["found"]]
    page.context.close()
    return found + _silent_findings(browser, visit)


def _silent_findings(browser: Browser, visit: Visit) -> list[str]:
    page = _voiced(browser, visit, ["en-US"])
    page.locator("[data-read]").click()
    box = page.locator("[data-no-voice]")
    box.wait_for(state="visible", timeout=5000)
    found = [] if box.locator("a[href='tel:12349']").is_visible() else ["E14 no voice, and nobody to call"]
    if page.evaluate("() => document.activeElement.hasAttribute('data-no-voice')") is not True:
        found.append("E14 focus does not move to the message")
    found += [f"{one} [silent]" for one in measure(page)["found"]]
    page.context.close()
    return found


def repair_findings(browser: Browser, visit: Visit, *, typed: str) -> list[str]:
    """E15 on a page that came back: words on top, focus there, the field marked, what was typed kept."""
    found: list[str] = []
    for scripts in (True, False):
        with visiting(browser, visit, scripts=scripts) as page:
            if not page.title().startswith("要改一下"):
                found.append("E15 the title does not say so")
            if page.locator("[data-fault]:focus").count() != 1:
                found.append(f"E15 focus is not on what went wrong (scripts {scripts})")
            field = page.locator("[aria-invalid=true]")
            if field.input_value() != typed:
                found.append(f"E15 what was typed is lost: {field.input_value()!r}")
            described = field.get_attribute("aria-describedby") or ""
            if not page.locator(f"#{described}").inner_text().strip():
                found.append("E15 no words at the field")
            page.locator("[data-fault] a").click()
            if f"#{field.get_attribute('id')}" not in page.url:
                found.append("E15 the way to the field is missing")
    return found


def remembered_findings(browser: Browser, look: Visit, other: Visit) -> list[str]:
    """E1: the largest letters and the dark theme are chosen, left, and still there on another page."""
    with visiting(browser, look) as page:
        page.get_by_role("button", name="最大").click()
        page.get_by_role("button", name="换成黑底白字").click()
        page.goto(other.url)
        body = measure(page)["body"]
        classes = page.evaluate("() => document.documentElement.className").split()
    right = abs(body - 30) < 0.2 and sorted(classes) == ["dark", "size-30"]
    return [] if right else [f"E1 not remembered: {body} px, {classes}"]
