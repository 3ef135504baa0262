"""Every address against every duty: a page, a way in, a refusal; never a fault."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.conftest import NOW
from tests.health import pages
from yiyang.accounts import services as accounts
from yiyang.accounts.duties import DUTIES
from yiyang.base.ids import UserId
from yiyang.faces.shared.access import access_of

PREFIX = {
    "grid_worker": "150204001021",
    "community_official": "150204001021",
    "township_official": "150204001",
    "official": "1502",
    "approver": "1502",
    "system_admin": "1502",
    "security_officer": "1502",
    "auditor": "1502",
}
PLAIN = sorted(address for address, _ in pages.views() if not set("<^(") & set(address))


def signed_in(duty: str) -> Client:
    user = accounts.open_staff_account(login=f"test.{duty}", name="测试", password="twelve-letters-at-least")
    accounts.grant_duty(
        user_id=UserId(user.pk),
        duty=duty,
        prefix=PREFIX[duty],
        since=NOW.date() - timedelta(days=30),
        until=NOW.date() + timedelta(days=300),
        granted_by=None,
    )
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("duty", sorted(DUTIES))
def test_every_page_answers_every_duty_by_what_it_may(db: None, duty: str) -> None:
    client, views = signed_in(duty), dict(pages.views())
    rights = DUTIES[duty].rights
    for address in PLAIN:
        access = access_of(views[address].callback)
        assert access is not None
        status = client.get(address).status_code
        if access.kind == "duty" and not rights & set(access.rights):
            assert status == 403, (duty, address)
        elif access.kind == "older_person":
            assert status in (302, 403), (duty, address)
        elif access.kind == "machine":
            assert status == 401, (duty, address)  # a person in office signs no request
        else:
            assert status in (200, 302, 404, 405), (duty, address)


def test_nobody_signed_in_is_shown_the_door_and_nothing_else(db: None) -> None:
    views = dict(pages.views())
    for address in PLAIN:
        access = access_of(views[address].callback)
        assert access is not None
        answer = Client().get(address)
        if access.kind == "machine":
            assert answer.status_code == 401, address
        elif access.kind != "public":
            assert answer.status_code == 302, address
            assert "sign-in" in answer["Location"]


def test_a_refusal_leaves_a_trace(db: None) -> None:
    client = signed_in("grid_worker")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/g/").status_code == 403
    traces = [query["sql"] for query in asked if query["sql"].startswith("INSERT INTO base_audit")]
    assert len(traces) == 1
    assert "accounts.not_your_duty" in traces[0]


def test_somebody_without_a_duty_sees_no_page_of_people(db: None) -> None:
    user = accounts.open_staff_account(login="test.none", name="测试", password="twelve-letters-at-least")
    client = Client()
    client.force_login(user)
    assert {client.get(address).status_code for address in ("/g/", "/w/", "/g/people/")} <= {403}
