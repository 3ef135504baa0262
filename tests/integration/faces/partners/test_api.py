"""The interface of departments: facts and payments in, decisions out, the same request twice, errors."""

from __future__ import annotations

import threading
import uuid
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from tests.factories.committing import committed
from tests.factories.machines import Machine, machine
from tests.integration.faces.cast import HERE, inside, somebody
from yiyang.base.ids import PersonId
from yiyang.base.keys import sealing
from yiyang.base.scoping import Role, Scope, acting
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.selectors import feeding
from yiyang.entitlements.services import receiving
from yiyang.people import selectors as people
from yiyang.people.models import Person

COUNTY = HERE[:6]
FACTS, RECEIPTS, DECISIONS = "/api/v1/facts", "/api/v1/receipts", "/api/v1/decisions"


@pytest.fixture
def wu(db: None) -> Person:
    with inside(HERE):
        return somebody(name="吴桂兰", hardship_class=2)


@pytest.fixture
def ours(db: None) -> Machine:
    return machine(COUNTY)


def facts(who: Person | uuid.UUID, **said: int | None) -> dict[str, object]:
    code = who.code if isinstance(who, Person) else who
    return {"person": str(code), "valid_from": "2026-03-01", "facts": said}


def test_a_person_is_found_by_a_number_in_the_body_and_by_no_wrong_one(ours: Machine, wu: Person) -> None:
    assert wu.id_number is not None
    number = sealing.unseal("people_person.id_number", wu.pk, wu.id_number)
    assert ours.post("/api/v1/people/find", {"id_number": number}).json() == {"person": str(wu.code)}
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    answer = ours.post("/api/v1/people/find", {"id_number": wrong})
    assert answer.status_code == 404
    assert wrong not in answer.content.decode()


def test_good_items_go_in_bad_ones_come_back_with_a_reason_each(ours: Machine, wu: Person) -> None:
    items = [
        facts(wu, disability_certificate_grade=1, has_dementia=None),
        facts(wu, disability_certificate_grade=9),
        facts(uuid.uuid4(), lives_alone=1),
        {**facts(wu, seriously_ill=1), "valid_from": "2199-01-01"},
    ]
    told = ours.post(FACTS, {"items": items}).json()
    assert (told["taken"], told["unchanged"], told["refused"]) == (1, 0, 3)
    assert [one["code"] for one in told["items"]][1:] == [
        "people.fact_refused",
        "people.no_such_person",
        "people.fact_refused",
    ]
    with inside(HERE):
        assert people.sweep_row(PersonId(wu.pk))["disability_certificate_grade"] == 1


def test_the_same_request_twice_is_answered_alike_and_done_once(ours: Machine, wu: Person) -> None:
    content = {"items": [facts(wu, disability_certificate_grade=1)]}
    first = ours.post(FACTS, content, key="a-request-1")
    again = ours.post(FACTS, content, key="a-request-1")
    assert first.json() == again.json()
    with inside(HERE):
        history = [
            one for one in people.history_of(PersonId(wu.pk)) if one.key == "disability_certificate_grade"
        ]
    assert len(history) == 1
    assert ours.post(FACTS, content, key="a-request-2").json()["unchanged"] == 1


def test_the_same_key_with_another_body_is_a_conflict(ours: Machine, wu: Person) -> None:
    ours.post(FACTS, {"items": [facts(wu, lives_alone=1)]}, key="a-request-1")
    answer = ours.post(FACTS, {"items": [facts(wu, lives_alone=0)]}, key="a-request-1")
    assert (answer.status_code, answer.json()["code"]) == (409, "accounts.other_body")
    assert ours.post(RECEIPTS, {"items": []}, key="a-request-1").status_code == 422


def test_a_source_of_higher_rank_is_not_overwritten(ours: Machine, wu: Person) -> None:
    civil = machine(COUNTY, "send_facts", source="CIVIL_AFFAIRS")
    assert civil.post(FACTS, {"items": [facts(wu, hardship_class=3)]}).json()["taken"] == 1
    told = ours.post(FACTS, {"items": [facts(wu, hardship_class=0)]}).json()
    assert told["items"][0]["code"] == "exchange.outranked"
    with inside(HERE):
        assert people.sweep_row(PersonId(wu.pk))["hardship_class"] == 3


def test_a_payment_makes_her_served_at_once_and_a_second_word_changes_it(ours: Machine, wu: Person) -> None:
    with inside(HERE):
        open_one = next(
            s for s in entitlements.standings_of(PersonId(wu.pk)) if s.status == 1 and not s.receives
        )
    item = {"person": str(wu.code), "benefit": open_one.benefit, "since": "2026-01-01", "amount_fen": 10_000}
    assert ours.post(RECEIPTS, {"items": [item]}, key="receipt-1").json()["taken"] == 1
    with inside(HERE):
        now = {s.benefit: s.receives for s in entitlements.standings_of(PersonId(wu.pk))}
        assert now[open_one.benefit]
    told = ours.post(RECEIPTS, {"items": [item, {**item, "until": "2026-06-30"}]}, key="receipt-2").json()
    assert [one["state"] for one in told["items"]] == ["unchanged", "taken"]
    bad = [{**item, "benefit": "free_beer"}, {**item, "since": "2199-01-01"}, {**item, "until": "2025-01-01"}]
    told = ours.post(RECEIPTS, {"items": bad}, key="receipt-3").json()
    assert [one["code"] for one in told["items"]] == [
        "exchange.no_such_benefit",
        "exchange.bad_period",
        "exchange.bad_period",
    ]


def test_decisions_come_page_by_page_none_twice_and_none_left_out(ours: Machine, wu: Person) -> None:
    with inside(HERE):
        somebody(name="白玉兰", hardship_class=1)
        wanted = [d.pk for d in entitlements.decisions_of(PersonId(wu.pk))]
    seen, after = [], "d0"
    for _ in range(100):
        page = ours.get(f"{DECISIONS}?after={after}&limit=3").json()
        seen += [one["id"] for one in page["items"]]
        after = page["next"]
        if page["complete"]:
            break
        assert len(page["items"]) == 3
    assert seen == sorted(set(seen))
    assert set(wanted) <= set(seen)
    assert ours.get(f"{DECISIONS}?after={after}").json()["items"] == []


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("?limit=0", 422),
        ("?limit=501", 422),
        ("?limit=x", 422),
        ("?after=17", 422),
        ("?after=d-1", 422),
        ("?benefit=%27%3B--", 422),
    ],
)
def test_nonsense_in_an_address_is_a_problem_with_its_place(ours: Machine, target: str, status: int) -> None:
    answer = ours.get(DECISIONS + target)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["faults"][0]["where"].startswith("query.")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"items": []}',
        b'{"items": [{"person": 1}]}',
        b'{"items": [{"person": "x", "valid_from": 0, "facts": {}}]}',
        b"\xff\xfe",
        b'{"items": NaN}',
    ],
)
def test_nonsense_in_a_body_is_a_problem_and_changes_nothing(ours: Machine, content: bytes) -> None:
    answer = ours.post(FACTS, content)
    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"
    assert ours.post(FACTS, content).status_code == answer.status_code, "the key is not used up"


def test_what_is_not_there_and_what_is_not_done_so_are_problems_too(ours: Machine) -> None:
    assert ours.get("/api/v1/nothing").json()["status"] == 404
    answer = ours.get(FACTS)
    assert (answer.status_code, answer.json()["status"], answer["Allow"]) == (405, 405, "POST")


def test_a_fault_of_ours_is_a_problem_with_a_number_and_leaves_nothing(
    ours: Machine, wu: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("王秀英")

    monkeypatch.setattr(receiving, "record_payments", broken)
    item = {"person": str(wu.code), "benefit": "oldest_old_allowance", "since": "2026-01-01"}
    answer = ours.post(RECEIPTS, {"items": [item]}, key="receipt-1")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert "王秀英" not in answer.content.decode()
    monkeypatch.undo()
    assert ours.post(RECEIPTS, {"items": [item]}, key="receipt-1").json()["taken"] == 1


def test_a_decision_that_commits_late_below_a_later_one_is_not_missed(
    django_db_setup: None, django_db_blocker: Any
) -> None:
    """Ids 1 and 2 are drawn, 2 commits first: whoever asks then must get 1 as well, or neither."""
    with committed(django_db_blocker):
        with inside(HERE):
            first = somebody(name="吴桂兰", hardship_class=2)
            second = somebody(name="白玉兰", hardship_class=2, born_on=date(1940, 1, 1))
        drawn, go_on = threading.Event(), threading.Event()

        def late() -> None:
            with acting(Role.JOB, Scope.of(HERE), actor_id="process:tests"):
                _decision(first.pk)
                drawn.set()
                go_on.wait(10)
            connection.close()

        writer = threading.Thread(target=late)
        writer.start()
        assert drawn.wait(10)
        with acting(Role.JOB, Scope.of(HERE), actor_id="process:tests"), transaction.atomic():
            _decision(second.pk)
        with acting(Role.APP, Scope.of(HERE), actor_id="staff:tests"):
            start = feeding.decisions_after(0, limit=1000, patience_s=0.1)
        assert (start.rows, start.complete) == ([], False)
        go_on.set()
        writer.join()
        with acting(Role.APP, Scope.of(HERE), actor_id="staff:tests"):
            rows = feeding.decisions_after(0, limit=1000).rows
        assert {first.pk, second.pk} <= {row.person_id for row in rows[-2:]}


def _decision(person_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO entitlements_decision (person_id, benefit, division, status, amount, as_of,"
            " rules_digest, numbers_digest, masked_name, birth_year, decided_at)"
            " VALUES (%s, 'meal_subsidy', %s, 0, 0, now(), '', '', '吴**', 1940, now())",
            [person_id, HERE],
        )
