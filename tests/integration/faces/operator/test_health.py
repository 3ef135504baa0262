"""Health and figures: for machines, without anybody's data, and while the database is away."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from tests.factories.people import person
from tests.integration.faces.cast import HERE, colleague, inside
from yiyang.base.models import OutboxEntry
from yiyang.base.scoping import EVERYWHERE, Role, acting

JSON = "application/json"


@pytest.mark.django_db
def test_a_sound_installation_is_healthy_in_words_and_as_json() -> None:
    words = Client().get("/health/")
    assert (words.status_code, words["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert "数据库：正常" in words.content.decode()
    found = Client().get("/health/", headers={"accept": JSON}).json()
    assert {one["name"] for one in found["checks"]} == {"database", "migrations", "outbox", "keys", "disk"}
    assert all(one["ok"] for one in found["checks"] if one["name"] != "disk")


@pytest.mark.django_db
def test_news_that_waits_a_quarter_of_an_hour_needs_a_look_but_pages_go_on() -> None:
    since = timezone.localtime() - timedelta(minutes=16)
    with acting(Role.JOB, EVERYWHERE, actor_id="process:tests"):
        OutboxEntry.objects.create(
            event_id="00000000-0000-4000-8000-000000000001", name="X", payload={}, occurred_at=since
        )
    answer = Client().get("/health/", headers={"accept": JSON})
    assert (answer.status_code, answer.json()["status"]) == (200, "attention")


@pytest.mark.django_db
def test_without_the_database_health_answers_503_and_keeps_the_reason_to_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gone(*_: Any) -> None:
        raise OperationalError("connection to server at db.example.org as yiyang_web failed")

    monkeypatch.setattr(connection, "cursor", gone)
    answer = Client().get("/health/")
    assert answer.status_code == 503
    assert "db.example.org" not in answer.content.decode()
    assert answer.content.decode().startswith("暂时不能服务")


@pytest.mark.django_db
def test_an_unapplied_migration_is_503() -> None:
    with psycopg.connect(_superuser()) as db:
        db.execute("DELETE FROM django_migrations WHERE app = 'outreach' AND name = '0001_first'")
        db.commit()
        try:
            answer = Client().get("/health/", headers={"accept": JSON})
        finally:
            db.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES ('outreach', '0001_first', now())"
            )
            db.commit()
    assert answer.status_code == 503


def _superuser() -> str:
    import os

    from tests.environment import STATE
    from yiyang.site.embedded import Server

    url = os.environ.get("YIYANG_TEST_SUPERUSER_URL") or Server(STATE).url("postgres")
    return psycopg.conninfo.make_conninfo(url, dbname="yiyang")


@pytest.mark.django_db
def test_figures_are_for_this_machine_or_the_token_and_for_nobody_behind_a_proxy(settings: Any) -> None:
    settings.YIYANG_METRICS_TOKEN = "t" * 40
    assert Client().get("/metrics").status_code == 200
    assert Client(REMOTE_ADDR="10.1.2.3").get("/metrics").status_code == 404
    assert Client().get("/metrics", headers={"x-forwarded-for": "10.1.2.3"}).status_code == 404
    far = Client(REMOTE_ADDR="10.1.2.3")
    assert far.get("/metrics", headers={"authorization": "Bearer " + "t" * 39}).status_code == 404
    assert far.get("/metrics", headers={"authorization": "Bearer " + "t" * 40}).status_code == 200
    settings.YIYANG_METRICS_TOKEN = ""
    assert far.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


@pytest.mark.django_db
def test_requests_are_counted_by_view_and_never_by_address() -> None:
    liu = colleague("liu", "刘干事")
    with inside(HERE):
        who = person(division=HERE, name="吴桂兰")
    liu.client.get(f"/w/{who.code}/")
    liu.client.get("/w/?name=吴桂兰")
    text = Client().get("/metrics").content.decode()
    assert re.search(
        r'yiyang_requests_total\{face="community",method="GET",status="200",view="community:\w+"\}', text
    )
    assert "yiyang_outbox_waiting" in text
    assert "yiyang_request_seconds_bucket" in text
    assert str(who.code) not in text
    assert "吴桂兰" not in text


@pytest.mark.django_db
def test_every_answer_carries_its_number_and_a_fault_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = Client().get("/"), Client().get("/nothing-here/")
    assert re.fullmatch(r"[0-9a-f-]{36}", first["X-Request-ID"])
    assert first["X-Request-ID"] != second["X-Request-ID"]
    from yiyang.faces.public.views import door

    def broken(*_: Any) -> None:
        raise RuntimeError("王秀英 150202194403010028")

    monkeypatch.setattr(door, "render", broken)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 500
    assert answer["X-Request-ID"] in answer.content.decode()
    assert "王秀英" not in answer.content.decode()
