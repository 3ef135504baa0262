"""S9, machines: signed within 300 s, a nonce once, one right, one branch; a revoked key is dead at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories.machines import Machine, machine
from tests.factories.people import person
from tests.integration.faces.cast import HERE, inside, somebody
from yiyang.accounts import machines
from yiyang.accounts.models import MachineKey
from yiyang.accounts.services import machines as keys
from yiyang.base.scoping import Role, Scope, acting
from yiyang.people.models import Person

COUNTY, OTHER = HERE[:6], "150203"
PEOPLE = "/api/v1/people/"


@pytest.fixture
def wu(db: None) -> Person:
    with inside(HERE):
        return somebody(name="吴桂兰", hardship_class=2)


@pytest.fixture
def ours(db: None) -> Machine:
    return machine(COUNTY)


def code_of(answer: Any) -> str:
    assert answer["Content-Type"] == "application/problem+json"
    return str(answer.json()["code"])


def test_s9_a_signed_request_is_answered_with_a_masked_name(ours: Machine, wu: Person) -> None:
    answer = ours.get(f"{PEOPLE}{wu.code}")
    assert answer.status_code == 200, answer.content
    found = answer.json()
    assert (found["name"], found["birth_year"], found["division"]) == ("吴**", wu.born_on.year, HERE)
    assert {"benefit", "status", "amount", "since", "receives"} == set(found["standings"][0])
    assert not answer.cookies


@pytest.mark.parametrize("skew", [-310, 310, -86_400])
def test_s9_a_clock_more_than_300_seconds_off_is_not_heard(ours: Machine, wu: Person, skew: int) -> None:
    answer = ours.get(f"{PEOPLE}{wu.code}", at=time.time() + skew)
    assert (answer.status_code, code_of(answer)) == (401, "accounts.not_signed")


@pytest.mark.parametrize("skew", [-290, 290])
def test_s9_a_clock_less_than_300_seconds_off_is(ours: Machine, wu: Person, skew: int) -> None:
    assert ours.get(f"{PEOPLE}{wu.code}", at=time.time() + skew).status_code == 200


def test_s9_the_same_request_is_heard_once(ours: Machine, wu: Person) -> None:
    target = f"{PEOPLE}{wu.code}"
    assert ours.get(target, nonce="n" * 20).status_code == 200
    assert ours.get(target, nonce="n" * 20).status_code == 401
    assert ours.get(target, nonce="m" * 20).status_code == 200


@pytest.mark.parametrize("part", ["X-Yiyang-Key", "X-Yiyang-Time", "X-Yiyang-Nonce", "X-Yiyang-Signature"])
@pytest.mark.parametrize("change", ["absent", "another"])
def test_s9_each_part_of_a_signature_counts(ours: Machine, wu: Person, part: str, change: str) -> None:
    from django.test import Client

    target = f"{PEOPLE}{wu.code}"
    headers = ours.signed("GET", target)
    if change == "absent":
        del headers[part]
    else:
        headers[part] = headers[part][:-1] + ("0" if headers[part][-1] != "0" else "1")
    assert Client().get(target, headers=headers).status_code == 401


def test_s9_a_signature_fits_one_address_one_method_one_body(ours: Machine, wu: Person) -> None:
    from django.test import Client

    target = f"{PEOPLE}{wu.code}"
    assert Client().get("/api/v1/decisions", headers=ours.signed("GET", target)).status_code == 401
    assert Client().get(f"{target}?x=1", headers=ours.signed("GET", target)).status_code == 401
    assert Client().post(target, headers=ours.signed("GET", target)).status_code == 401
    signed = ours.signed("POST", "/api/v1/facts", b"{}") | {"Idempotency-Key": "12345678"}
    answer = Client().post("/api/v1/facts", b"[]", content_type="application/json", headers=signed)
    assert answer.status_code == 401


@pytest.mark.parametrize("right", sorted(machines.RIGHTS))
def test_s9_a_key_opens_what_it_was_made_for_and_nothing_else(wu: Person, right: str) -> None:
    one = machine(COUNTY, right)
    asked: dict[str, Callable[[], Any]] = {
        "find_people": lambda: one.post(f"{PEOPLE}find", {"id_number": "159901194403010028"}),
        "read_people": lambda: one.get(f"{PEOPLE}{wu.code}"),
        "read_decisions": lambda: one.get("/api/v1/decisions"),
        "send_facts": lambda: one.post("/api/v1/facts", {"items": []}),
        "send_receipts": lambda: one.post("/api/v1/receipts", {"items": []}),
    }
    refused = {name for name, act in asked.items() if act().status_code == 403}
    assert refused == set(machines.RIGHTS) - {right}


def test_s9_a_person_of_another_county_is_absent_by_every_address(wu: Person) -> None:
    theirs = machine(OTHER)
    assert code_of(theirs.get(f"{PEOPLE}{wu.code}")) == "people.no_such_person"
    told = theirs.post(
        "/api/v1/facts",
        {"items": [{"person": str(wu.code), "valid_from": "2026-01-01", "facts": {"lives_alone": 1}}]},
    ).json()
    assert [(one["state"], one["code"]) for one in told["items"]] == [("refused", "people.no_such_person")]
    assert theirs.get("/api/v1/decisions").json()["items"] == []


def test_s9_a_revoked_key_is_dead_at_the_next_request(ours: Machine, wu: Person) -> None:
    target = f"{PEOPLE}{wu.code}"
    assert ours.get(target).status_code == 200
    with acting(Role.NONE, actor_id="process:tests"):
        keys.revoke_key(key_id=ours.key_id, now=timezone.localtime())
    assert ours.get(target).status_code == 401


def test_s9_an_expired_key_is_dead_on_its_day(ours: Machine, wu: Person) -> None:
    with acting(Role.NONE, actor_id="process:tests"):
        MachineKey.objects.filter(key_id=ours.key_id).update(until=timezone.localdate())
    assert ours.get(f"{PEOPLE}{wu.code}").status_code == 401
    with acting(Role.NONE, actor_id="process:tests"):
        MachineKey.objects.filter(key_id=ours.key_id).update(until=timezone.localdate() + timedelta(days=1))
    assert ours.get(f"{PEOPLE}{wu.code}").status_code == 200


def test_s9_the_secret_lies_sealed_and_an_answer_is_its_own_machines(ours: Machine, wu: Person) -> None:
    with acting(Role.NONE, actor_id="process:tests"):
        kept = MachineKey.objects.get(key_id=ours.key_id)
    assert ours.secret not in str(kept.secret)
    item = {"person": str(wu.code), "valid_from": "2026-01-01", "facts": {"disability_certificate_grade": 2}}
    assert ours.post("/api/v1/facts", {"items": [item]}).json()["taken"] == 1
    other = machine(COUNTY)
    assert other.post("/api/v1/facts", {"items": [item]}).json()["unchanged"] == 1
    with acting(Role.APP, Scope.of(COUNTY), actor_id=f"machine:{other.key_id}"):
        from yiyang.accounts.models import MachineAnswer

        assert {row.machine for row in MachineAnswer.objects.all()} == {f"machine:{other.key_id}"}


def test_s9_a_key_that_asks_too_often_waits_and_is_told_how_long(ours: Machine, db: None) -> None:
    with inside(HERE):
        found = person(division=HERE)
    for _ in range(machines.LOOKUPS_A_MINUTE):
        ours.post(f"{PEOPLE}find", {"id_number": "159901194403010028"})
    answer = ours.post(f"{PEOPLE}find", {"id_number": "159901194403010028"})
    assert (answer.status_code, code_of(answer)) == (429, "base.too_many")
    assert int(answer["Retry-After"]) >= 1
    assert ours.get(f"{PEOPLE}{found.code}").status_code == 200
