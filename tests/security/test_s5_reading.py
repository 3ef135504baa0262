"""S5: whoever is shown a person stands in the log; every page of every face is walked."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from tests.health import pages
from tests.integration.faces.cast import HERE, colleague
from tests.integration.faces.elder.visiting import enter
from tests.security.crawling import NAME, PERSONAL, Cast, cast, filled
from yiyang.base.models import AuditEntry
from yiyang.base.scoping import EVERYWHERE, Role, acting
from yiyang.faces.shared.sessions import PROVED

PLAIN = sorted(address for address, _ in pages.views() if not set("<^(") & set(address))
MASKED = f"{NAME[0]}*"


@pytest.fixture
def wu(db: None) -> Cast:
    return cast()


def written() -> int:
    """Lines of the log that a page wrote, not those of the tables."""
    with acting(Role.AUDIT, EVERYWHERE):
        return AuditEntry.objects.exclude(action__startswith="row").count()


def browsers(wu: Cast) -> list[Client]:
    """Everybody inside her branch who may meet her on a page, with a fresh proof."""
    found = [wu.assessor.client]
    for duty, prefix in (("grid_worker", HERE), ("township_official", HERE[:9]), ("official", "1502")):
        found.append(colleague(f"s5.{duty}", "自己人", duty, prefix).client)
    for client in found:
        session = client.session
        session[PROVED] = timezone.localtime().isoformat()
        session.save()
    return [*found, enter(wu.person).browser]


def test_s5_every_page_that_shows_a_person_leaves_a_line(wu: Cast) -> None:
    addresses = [filled(address, wu.codes[kind]) for address, kind in PERSONAL.items()] + PLAIN
    silent, shown = [], set()
    for client in browsers(wu):
        for address in addresses:
            before = written()
            answer = client.get(address)
            text = answer.content.decode() if answer.headers["Content-Type"].startswith("text/html") else ""
            if answer.status_code == 200 and (NAME in text or MASKED in text):
                shown.add(address)
                if written() == before:
                    silent.append(address)
    assert not silent, sorted(set(silent))
    assert {"/w/", "/g/people/", f"/g/people/{wu.person.code}/", f"/w/people/{wu.person.code}/"} <= shown
    assert len(shown) >= 10


def test_s5_a_search_leaves_how_many_were_found_and_not_what_was_typed(wu: Cast) -> None:
    client = colleague("s5.searching", "刘干事", "grid_worker", HERE).client
    client.post("/w/search/", {"q": NAME})
    with acting(Role.AUDIT, EVERYWHERE):
        [line] = AuditEntry.objects.filter(action="searched")
        everything = str(list(AuditEntry.objects.filter(action="searched").values()))
    assert line.detail["people"] == 1
    assert NAME not in everything


def test_s5_a_refusal_a_failed_and_a_good_sign_in_each_leave_a_line(wu: Cast) -> None:
    client = colleague("s5.refused", "刘干事", "grid_worker", HERE).client
    client.get("/g/")
    client.post("/sign-out/")
    Client().post("/sign-in/", {"username": "s5.refused", "password": "not the right one"})
    with acting(Role.AUDIT, EVERYWHERE):
        told = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"refused", "signed_out", "sign_in_failed"} <= told
