"""Pages for what went wrong: in words, without a query, the same for what is absent and what is not yours."""

from __future__ import annotations

import pytest
from django.db import connection
from django.template.loader import get_template
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.integration.faces.cast import Colleague


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_a_plain_page_needs_nothing_and_asks_nothing(name: str, db: None) -> None:
    with CaptureQueriesContext(connection) as asked:
        page = get_template(name).render()
    assert "回首页" in page
    assert page.count("<h1>") == 1
    assert len(asked) == 0


def test_an_address_that_does_not_exist_is_said_in_our_words(client: Client, db: None) -> None:
    answer = client.get("/w/no-such-page/")
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()


def test_a_code_that_is_no_code_is_not_found(liu: Colleague) -> None:
    assert liu.client.get("/w/people/1/").status_code == 404


def test_a_form_from_elsewhere_is_refused_in_our_words(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "liu", "password": "x"})
    assert answer.status_code == 403
    assert "请再办一次" in answer.content.decode()
