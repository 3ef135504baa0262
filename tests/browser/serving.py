"""The real site for the page tests: a PostgreSQL of its own, one small county, granian on loopback.

Everything is done by the product's own commands in processes of their own (``yiyang demo --no-serve``, then
the pages as the role ``yiyang_web``), so nothing here depends on Django's settings of the test process.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Page

from tests.browser.probes import Visit
from yiyang.accounts import totp
from yiyang.site.embedded import TEST_SETTINGS, Server

if TYPE_CHECKING:
    from playwright._impl._api_structures import SetCookieParam

ROOT = Path(__file__).parents[2]
COUNTY = "150206"
LONGEST, PATIENCE = 240, 30
ANY_NAME, TEMPORARY = "127.0.0.1", "yiyang-site-"
DIGITS = r"尾号 {tail}：.*?验证码 (\d{{6}})"
CODE_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Example:
    """One synthetic person to be tried: how to come in, who she is, where she lives."""

    phone: str
    name: str
    code: str
    division: str


@dataclass
class Site:
    """A served site over one county (150206, 3,545 synthetic people), for all browser tests of a session.

    ``url``: its address without a slash at the end.
    ``people``: examples by kind; ``population.py`` says which kinds there are and how they are found.
    ``staff``: logins by duty (``grid_worker``, ``township_official``, ``official``, ``approver``).

    ``sign_in_staff(page, duty)`` signs in by both forms and leaves the page on the duty's home;
    ``staff_visit(browser, duty, path)`` and ``visit(browser, kind, path)`` give an address together with the
    cookies of somebody who is in already (each signs in once a session: codes are rationed).
    """

    url: str
    folder: Path
    log: Path
    password: str
    staff: dict[str, list[str]]
    people: dict[str, Example]
    secrets: dict[str, str]
    _steps: dict[str, int] = field(default_factory=dict)
    _cookies: dict[str, list[SetCookieParam]] = field(default_factory=dict)

    def code_for(self, phone: str) -> str:
        """The newest six digits that the console showed for this phone; they come just after the page."""
        wanted, end = DIGITS.format(tail=phone[-4:]), time.monotonic() + CODE_SECONDS
        while not (found := re.findall(wanted, self.log.read_text("utf-8"))) and time.monotonic() < end:
            time.sleep(0.05)
        assert found, f"no code for a phone ending in {phone[-4:]} on the console"
        return str(found[-1])

    def sign_in_person(self, page: Page, kind: str) -> None:
        """Come in by phone and code; ends on the elder home."""
        page.goto(f"{self.url}/e/sign-in/")
        page.fill("#phone", self.people[kind].phone)
        page.click("button.primary")
        page.fill("#code", self.code_for(self.people[kind].phone))
        page.click("button.primary")
        page.wait_for_url(re.compile("/e/$|/e/sign-in/who/$"))
        while "/who/" in page.url:  # several people share the phone
            mine = self.people[kind].name in page.inner_text("h1")
            page.click("[value=me]" if mine else "[value=other]")

    def sign_in_staff(self, page: Page, duty: str, which: int = 0) -> None:
        """Sign in by the form with the first (``which``) login of this duty."""
        page.goto(f"{self.url}/sign-in/")
        page.fill("[name=username]", self.staff[duty][which])
        page.fill("[name=password]", self.password)
        page.press("[name=password]", "Enter")
        page.fill("[name=code]", self.app_code(self.staff[duty][which]))
        page.press("[name=code]", "Enter")
        page.wait_for_url(lambda url: "/sign-in/" not in url)

    def app_code(self, login: str) -> str:
        """A code of the login's app that nobody has used yet; each goes once, so it may wait for the next."""
        # Not an older one: it could run out between here and the page.
        step = max(int(time.time()) // totp.STEP, self._steps.get(login, 0) + 1)
        while step > int(time.time()) // totp.STEP + 1:
            time.sleep(0.5)
        self._steps[login] = step
        moment = datetime.fromtimestamp(step * totp.STEP, tz=UTC)
        return totp.code_at(self.secrets[login], moment)

    def visit(self, browser: Browser, kind: str, path: str) -> Visit:
        """An elder page as one of ``people``; an empty kind is nobody."""
        return Visit(self.url + path, self._in(browser, kind, person=True) if kind else ())

    def staff_visit(self, browser: Browser, duty: str, path: str) -> Visit:
        """A staff page as the first login of a duty; an empty duty is nobody."""
        return Visit(self.url + path, self._in(browser, duty, person=False) if duty else ())

    def _in(self, browser: Browser, who: str, *, person: bool) -> list[SetCookieParam]:
        if who not in self._cookies or not (person or self._still_in(browser, who)):
            context = browser.new_context()
            (self.sign_in_person if person else self.sign_in_staff)(context.new_page(), who)
            self._cookies[who] = [
                {"name": one["name"], "value": one["value"], "url": self.url}
                for one in context.cookies()
                if one["name"] == "yiyang"
            ]
            context.close()
        return self._cookies[who]

    def _still_in(self, browser: Browser, who: str) -> bool:
        """Whether the kept cookie still opens a page: whoever signs in elsewhere is out here."""
        context = browser.new_context()
        context.add_cookies(self._cookies[who])
        answer = context.request.get(f"{self.url}/me/devices/", max_redirects=0)
        context.close()
        return answer.status == 200

    def run(self, module: str, *words: str) -> str:
        """A module as a background process of this site; gives its standard output."""
        return _run(self.folder, module, *words)


@contextmanager
def serving_county() -> Iterator[Site]:
    """Build the county, serve it, take everything down again; about half a minute."""
    folder = Path(tempfile.mkdtemp(prefix=TEMPORARY))
    folder.chmod(0o755)  # the database runs under another account
    server = Server(folder, TEST_SETTINGS)
    try:
        server.start()
        server.prepare()
        _run(folder, "yiyang.site.cli", "demo", "--city", COUNTY, "--no-serve", "--json")
        written = json.loads((folder / f"demo-{COUNTY}.json").read_text("utf-8"))
        [community] = {place for _, _, duty, place in written["staff"] if duty == "grid_worker"}
        people = json.loads(_run(folder, "tests.browser.population", COUNTY, community))
        staff: dict[str, list[str]] = {}
        for login, _name, duty, _prefix in written["staff"]:
            staff.setdefault(duty, []).append(login)
        examples = {kind: Example(**one) for kind, one in people.items()}
        with _pages(folder) as (url, log):
            yield Site(url, folder, log, written["password"], staff, examples, written["secrets"])
    finally:
        server.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


def _environment(folder: Path, process: str) -> dict[str, str]:
    """What the product reads, and nothing of the test process's own installation."""
    ours = {
        name: value for name, value in os.environ.items() if not name.startswith(("YIYANG_", "DATABASE_"))
    }
    paths = f"{ROOT / 'src'}:{ROOT}"
    settings = {"YIYANG_STATE": str(folder), "YIYANG_PROCESS": process, "PYTHONPATH": paths}
    return ours | settings | {"DJANGO_SETTINGS_MODULE": "yiyang.site.settings"}


def _run(folder: Path, module: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env=_environment(folder, "work"),
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert done.returncode == 0, f"{module} {words}: {done.stderr[-3000:]}"
    return done.stdout


@contextmanager
def _pages(folder: Path) -> Iterator[tuple[str, Path]]:
    """Granian on a free port; gives the address and the file its standard error goes to."""
    port, log = _free_port(), folder / "pages.log"
    command = [
        *(str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--no-ws"),
        *("--host", ANY_NAME, "--port", str(port), "--workers", "1", "--blocking-threads", "4"),
        *("--log-level", "warning", "yiyang.site.wsgi:application"),
    ]
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=_environment(folder, "web"), stdout=out, stderr=subprocess.STDOUT
        )
        try:
            url = f"http://localhost:{port}"
            _await(f"{url}/static/elder/elder.css", process, log)
            yield url, log
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((ANY_NAME, 0))
        return int(probe.getsockname()[1])


def _await(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE):  # noqa: S310 - our own address on loopback
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the pages do not answer: {log.read_text('utf-8')[-2000:]}")
