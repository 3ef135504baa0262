"""S2: whoever steals the database, its sessions and the logs reads no number, phone or address of anybody."""

from __future__ import annotations

import io
import logging
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.test import Client

from tests.environment import STATE
from tests.factories.committing import committed, superuser
from tests.factories.county import COMMUNITIES, PREFIX, small_county
from tests.integration.faces.cast import colleague
from tests.integration.faces.elder.visiting import enter
from tests.security.searching import disguises, found_in
from yiyang.base.keys import sealing
from yiyang.base.scoping import Role, Scope, acting
from yiyang.people import selectors as people
from yiyang.people.models import Person
from yiyang.site.backups import programs
from yiyang.site.embedded import Server
from yiyang.site.journal import JsonLines, Words

PEOPLE = 1_000
PLACES = {
    "id_number": "people_person.id_number",
    "phone": "people_person.phone",
    "address": "people_person.address",
}


def secrets_of() -> dict[str, list[str]]:
    """What must not be found, opened with the keys: number, phone and address of everybody."""
    found: dict[str, list[str]] = {name: [] for name in PLACES}
    with acting(Role.JOB, Scope.of(PREFIX), actor_id="process:tests"):
        for person in people.people_in(Scope.of(PREFIX)):
            for name, place in PLACES.items():
                if (sealed := getattr(person, name)) is not None:
                    found[name].append(sealing.unseal(place, person.pk, sealed))
    return found


def dump() -> bytes:
    """Everything that lies in the database, as its superuser reads it."""
    url = os.environ.get("YIYANG_TEST_SUPERUSER_URL") or Server(STATE).url("postgres")
    url = psycopg.conninfo.make_conninfo(url, dbname="yiyang")
    with psycopg.connect(url) as db:
        tools = programs.for_dump(db.info.server_version // 10_000)
    words = [str(tools.folder / "pg_dump"), "--dbname", url]
    return subprocess.run(
        words, env=os.environ | dict(tools.environment), capture_output=True, check=True
    ).stdout


@contextmanager
def everything_logged() -> Iterator[io.StringIO]:
    """Both forms of the log, at the most talkative level."""
    written, root = io.StringIO(), logging.getLogger()
    before, handlers = root.level, []
    for form in (JsonLines(), Words()):
        handler = logging.StreamHandler(written)
        handler.setFormatter(form)
        handlers.append(handler)
        root.addHandler(handler)
    logging.getLogger("yiyang.requests").setLevel(logging.DEBUG)
    root.setLevel(logging.DEBUG)
    try:
        yield written
    finally:
        root.setLevel(before)
        for handler in handlers:
            root.removeHandler(handler)


def crawl(someone: Person, number: str, phone: str) -> int:
    """Pages that speak of her, searches for her by number and by phone, right and wrong; answers counted."""
    worker = colleague("s2.worker", "刘干事", "grid_worker", someone.division).client
    office = colleague("s2.office", "周主任", "township_official", PREFIX).client
    worker.raise_request_exception = office.raise_request_exception = False
    answers = []
    for client, search in ((worker, "/w/search/"), (office, "/g/people/")):
        for words in (number, phone, f"{someone.name} {phone}", number[:-1] + "0"):
            answers.append(
                client.post(search, {"q": words, "name": someone.name, "phone": phone, "id_number": words})
            )
            answers.append(client.get(search, {"q": words, "phone": phone}))
        answers.append(client.get(f"/w/people/{someone.code}/"))
        answers.append(client.get(f"/g/people/{someone.code}/"))
        answers.append(client.post(f"/w/people/{someone.code}/take/", {}))
    anybody = Client(raise_request_exception=False)
    answers.append(anybody.post("/e/sign-in/", {"phone": phone}))
    answers.append(anybody.post("/e/sign-in/code/", {"code": "123456"}))
    answers.append(anybody.get(f"/nothing/{phone}/?id={number}"))
    grandma = enter(someone)
    answers += [grandma.browser.get(path) for path in ("/e/", "/e/subsidies/", "/e/cases/", "/e/services/")]
    return len({answer.status_code for answer in answers})


def test_s2_a_thief_of_database_sessions_and_logs_reads_nobody(
    django_db_setup: None, django_db_blocker: Any
) -> None:
    with committed(django_db_blocker):
        assert small_county(PEOPLE) >= PEOPLE * 0.9
        known = secrets_of()
        with acting(Role.JOB, Scope.of(PREFIX), actor_id="process:tests"):
            someone = people.people_in(Scope.of(COMMUNITIES[0])).filter(phone__isnull=False)[0]
        with everything_logged() as logged:
            assert someone.id_number is not None
            number = sealing.unseal(PLACES["id_number"], someone.pk, someone.id_number)
            assert crawl(someone, number, people.phone_of(someone)) >= 2
        heap = dump() + logged.getvalue().encode()
        if (STATE / "server.log").exists():
            heap += (STATE / "server.log").read_bytes()
        assert b"django_session" in heap
        assert b'"view"' in heap
        assert someone.name.encode() in heap, "the dump does hold these people"
        wanted = [word for words in known.values() for word in words]
        assert {name: len(words) >= PEOPLE * 0.5 for name, words in known.items()} == dict.fromkeys(
            known, True
        )
        assert found_in(heap, wanted) == []
        # The same search finds what is planted into the same database.
        with superuser() as db:
            db.execute(
                "INSERT INTO django_session (session_key, session_data, expire_date) VALUES ('x', %s, now())",
                [known["phone"][7]],
            )
        assert found_in(dump(), wanted) == [f"plain: {known['phone'][7]}"]


@pytest.mark.parametrize("kind", range(14))
def test_s2_the_search_finds_each_disguise(kind: int) -> None:
    phone = "00012345678"
    name, needle = list(disguises(phone))[kind]
    heap = os.urandom(5_000_003) + needle + os.urandom(100)
    assert found_in(heap, [phone, "00099999999"]) == [f"{name}: {phone}"]
