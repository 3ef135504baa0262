"""S8: headers on every answer, a token on every form, and no way out but the one that was named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.health import pages
from tests.integration.faces.cast import HERE, colleague
from tests.integration.faces.elder.visiting import enter
from tests.security.crawling import ABSENT, Cast, cast, filled
from yiyang.base import outbound
from yiyang.base.outbound import Door, NotAllowedOut
from yiyang.faces.shared.access import access_of

HEADERS = {
    "Content-Security-Policy": r"default-src 'none'.*frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": r"camera=\(\).*geolocation=\(\)",
    "X-Request-ID": r"[0-9a-f-]{36}",
}
OPEN_TO_SCRIPTS: tuple[str, ...] = ("/api/v1/",)  # signed requests of machines, without a session


@pytest.fixture
def everybody(db: None) -> dict[str, Client]:
    found: Cast = cast()
    clients = {"nobody": Client(), "older person": enter(found.person).browser}
    for duty in ("grid_worker", "official", "approver", "system_admin", "security_officer", "auditor"):
        clients[duty] = colleague(
            f"s8.{duty}", "某人", duty, HERE if duty == "grid_worker" else "1502"
        ).client
    for client in clients.values():
        client.raise_request_exception = False
    return clients


def addresses() -> Iterator[str]:
    """Every address of the site with something in its place, that may or may not be there."""
    for address, _ in pages.views():
        if "^" not in address:
            yield re.sub(r"<[^>]*>", "1", filled(address, ABSENT))


def faults_of(answer: Any, address: str) -> list[str]:
    faults = [
        f"{address} ({answer.status_code}): {name} = {answer.headers.get(name)!r}"
        for name, form in HEADERS.items()
        if not re.search(form, answer.headers.get(name, ""))
    ]
    kept = answer.headers.get("Cache-Control", "")
    if not address.startswith("/static/") and "no-store" not in kept and "no-cache" not in kept:
        faults.append(f"{address}: Cache-Control = {kept!r}")
    return faults


@pytest.mark.django_db
def test_s8_every_answer_to_everybody_carries_every_header(everybody: dict[str, Client]) -> None:
    faults, seen = [], set()
    for client in everybody.values():
        for address in addresses():
            answer = client.get(address)
            seen.add(answer.status_code)
            faults += faults_of(answer, address)
    assert faults == []
    assert {200, 302, 403, 404} <= seen


@pytest.mark.django_db
def test_s8_errors_redirects_and_static_files_carry_them_too(
    everybody: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = everybody["nobody"]
    answers = {
        "/static/staff/staff.css": (nobody.get("/static/staff/staff.css"), 200),
        "/nothing/": (nobody.get("/nothing/"), 404),
        "/g": (nobody.get("/g"), 301),
        "/sign-in/": (nobody.delete("/sign-in/"), 405),
        "/e/sign-in/": (nobody.post("/e/sign-in/", headers={"host": "evil.example.org"}), 400),
        "/": (Client(enforce_csrf_checks=True).post("/sign-in/"), 403),
    }
    from yiyang.faces.public import urls

    def broken(_request: object) -> HttpResponse:
        raise RuntimeError

    pattern = next(p for p in urls.urlpatterns if p.name == "landing")
    monkeypatch.setattr(broken, "access", access_of(pattern.callback), raising=False)
    monkeypatch.setattr(pattern, "callback", broken)
    answers["landing"] = (nobody.get("/"), 500)
    faults = [fault for address, (answer, _) in answers.items() for fault in faults_of(answer, address)]
    assert {address: answer.status_code for address, (answer, _) in answers.items()} == {
        address: status for address, (_, status) in answers.items()
    }
    assert faults == []
    answers["/static/staff/staff.css"][0].close()


@pytest.mark.django_db
def test_s8_no_form_is_taken_without_its_token(everybody: dict[str, Client]) -> None:
    taken = []
    for who, client in everybody.items():
        strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
        strict.cookies = client.cookies
        for address in addresses():
            if address.startswith(OPEN_TO_SCRIPTS):
                continue
            if (answer := strict.post(address)).status_code not in (403, 405):
                taken.append(f"{who} at {address}: {answer.status_code}")
    assert taken == []


@pytest.mark.django_db
def test_s8_every_form_on_a_page_sends_its_token(everybody: dict[str, Client]) -> None:
    forms = 0
    for client in everybody.values():
        for address in addresses():
            answer = client.get(address)
            if not answer.headers.get("Content-Type", "").startswith("text/html"):
                continue
            for form in re.findall(
                r"<form[^>]*method=\"?post.*?</form>", answer.content.decode(), re.S | re.I
            ):
                forms += 1
                assert "csrfmiddlewaretoken" in form, address
    assert forms >= 5


DOOR = Door(frozenset({"sms.example.org", "localhost"}))


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example.org/v1",
        "http://sms.example.org/v1",
        "https://localhost/v1",
        "https://127.0.0.1/v1",
        "https://169.254.169.254/latest/meta-data",
        "https://sms.example.org@elsewhere.example.org/",
        "file:///etc/passwd",
        "https:///nowhere",
    ],
)
def test_s8_nothing_is_called_that_was_not_named_or_lies_inside(url: str) -> None:
    with pytest.raises(NotAllowedOut):
        outbound.call("GET", url, b"", {}, door=DOOR)


def test_s8_only_one_module_opens_a_line_to_the_outside() -> None:
    from tests.health.test_house import SRC, sources

    outward = r"^\s*(?:import|from) (?:http\.client|urllib\.request|requests|httpx|aiohttp|ftplib|smtplib)\b"
    found = {
        path.relative_to(SRC).as_posix()
        for path in sources()
        if re.search(outward, path.read_text("utf-8"), re.M)
    }
    assert found <= {"base/outbound.py"}
    assert "base/outbound.py" in found
