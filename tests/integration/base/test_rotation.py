"""Keys are rotated while others read and write; killed half-way it goes on; nothing in use is retired."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection

from tests.conftest import NOW
from tests.factories import people as make
from tests.factories.committing import committed, side_by_side, superuser
from tests.factories.county import PREFIX, small_county
from yiyang.base.choices import Phase
from yiyang.base.keys import keyring, resealing, ringfile, rotation, sealing
from yiyang.base.keys.keyring import KeyRefused, NoKeys, State
from yiyang.base.keys.sealing import Sealed
from yiyang.base.keys.suites import Suite
from yiyang.base.models import Rotation
from yiyang.base.scoping import EVERYWHERE, Role, acting
from yiyang.faces.console import keys
from yiyang.people.models import Person
from yiyang.people.selectors import search
from yiyang.people.services import accounts_of_phone

PHONE = "00044445555"


@pytest.fixture
def path(tmp_path: Path, settings: Any) -> Path:
    """A ring of this test's own."""
    settings.YIYANG_KEYS = str(tmp_path / "keys.json")
    ringfile.make_ring(tmp_path / "keys.json", fields=sealing.indexed_fields(), now=NOW)
    return tmp_path / "keys.json"


@pytest.fixture
def county(path: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    with committed(django_db_blocker):
        yield small_county(400)


def yiyang(*words: str) -> int:
    parser = argparse.ArgumentParser()
    keys.add_arguments(parser)
    return keys.run(parser.parse_args(words))


def as_job() -> Any:
    return acting(Role.JOB, EVERYWHERE, actor_id="process:tests")


def numbers() -> dict[int, str]:
    with as_job():
        return {
            one.pk: sealing.unseal("people_person.id_number", one.pk, Sealed(one.id_number))
            for one in Person.objects.all()
        }


def keys_in_use() -> set[str]:
    with as_job():
        return {keyring.key_of_seal(one.id_number or "") for one in Person.objects.all()}


@pytest.mark.parametrize("suite", ["A", "S"])
def test_everybody_is_found_and_opens_under_the_new_keys(county: int, suite: str, path: Path) -> None:
    before = numbers()
    assert yiyang("rotate", "--suite", suite) == 0
    assert numbers() == before
    assert keys_in_use() == {"d2"}
    ring = sealing.ring()
    assert {key.suite for purpose in ("data", "bidx:phone") for key in [ring.active(purpose)]} == {
        Suite(suite)
    }
    with as_job():
        for number in list(before.values())[:20]:
            assert [numbers_of(one) for one in search(number, EVERYWHERE)] == [number]
        assert Person.objects.filter(id_number_bidx_next__isnull=False).count() == 0
    with superuser() as plug:
        (row,) = plug.execute("SELECT detail FROM base_audit WHERE action = 'keys_rotated'").fetchall()
    assert row[0]["keys"]["data"] == "d2"
    for key in ("d1", "id_number-1", "phone-1", "phone_last4-1"):
        assert yiyang("retire", key) == 0
    assert ringfile.read_ring(path).key("d1").secret == b""
    assert numbers() == before


def numbers_of(one: Person) -> str:
    return sealing.unseal("people_person.id_number", one.pk, Sealed(one.id_number))


def test_a_key_that_rows_still_need_is_not_retired_and_the_sentence_counts_them(county: int) -> None:
    assert yiyang("new") == 0
    with pytest.raises(KeyRefused, match="d1 is ACTIVE"):
        yiyang("retire", "d1")
    with pytest.raises(KeyRefused, match="waits for data already"):
        yiyang("new")
    ring = ringfile.read_ring(Path(settings.YIYANG_KEYS))
    ringfile.write_ring(Path(settings.YIYANG_KEYS), keyring.activated(ring, ["d2", "id_number-2"]))
    with pytest.raises(KeyRefused, match=rf"needed by {county:,} of people_person.id_number"):
        yiyang("retire", "d1")
    with pytest.raises(KeyRefused, match=rf"needed by {county:,} of people_person.id_number_bidx"):
        yiyang("retire", "id_number-1")
    assert ringfile.read_ring(Path(settings.YIYANG_KEYS)).key("d1").state is State.DECRYPT_ONLY


def test_lookups_and_inserts_go_on_and_nobody_is_entered_twice(
    county: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "BATCH", 25)
    known, over, seen = list(numbers().values())[::40], threading.Event(), {"found": 0, "made": 0}
    refused: list[str] = []

    def rotate() -> int:
        try:
            time.sleep(0.2)
            return yiyang("rotate")
        finally:
            over.set()

    def look() -> None:
        while not over.is_set():
            for number in known:
                with as_job():
                    assert len(search(number, EVERYWHERE)) == 1, "not found while keys are rotated"
                seen["found"] += 1

    def enter() -> None:
        while not over.is_set():
            with as_job():
                make.person(division=f"{PREFIX}001006")
            seen["made"] += 1
            try:
                with as_job():
                    twice(known[seen["made"] % len(known)])
            except IntegrityError:
                refused.append("twice")

    for answer in side_by_side(rotate, look, enter):
        assert answer in (0, None), answer
    assert seen["found"] > 20
    assert seen["made"] == len(refused) > 3
    everybody = numbers()
    assert len(everybody) == county + seen["made"] == len(set(everybody.values()))
    assert keys_in_use() == {"d2"}
    assert yiyang("retire", "id_number-1") == 0


def twice(number: str) -> None:
    """The same ID number once more, as an importer that did not look would write it."""
    copy = make.person(division=f"{PREFIX}001006")
    copy.id_number_bidx = sealing.ring().blind("id_number", number)
    copy.save(update_fields=["id_number_bidx", "id_number_bidx_next"])


def test_killed_half_way_it_goes_on_where_it_stood(county: int, path: Path, tmp_path: Path) -> None:
    before = numbers()
    child = """
import os, signal, sys
import django
django.setup()
from yiyang.base.keys import resealing, rotation
rotation.BATCH, real, turns = 25, resealing.write_rows, [0]
def write_rows(table, done):
    real(table, done)
    turns[0] += 1
    if turns[0] == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
resealing.write_rows = write_rows
import argparse
from yiyang.faces.console import keys
parser = argparse.ArgumentParser()
keys.add_arguments(parser)
keys.run(parser.parse_args(["rotate"]))
"""
    environ = {**os.environ, "YIYANG_KEYS": str(path)}
    for turn in ("3", "20"):
        done = subprocess.run(
            [sys.executable, "-c", child, turn], env=environ, check=False, stderr=subprocess.PIPE
        )
        assert done.returncode == -signal.SIGKILL, done.stderr.decode()
        assert numbers() == before
        with as_job():
            run = Rotation.objects.get(finished_at=None)
            assert all(len(search(number, EVERYWHERE)) == 1 for number in list(before.values())[::50])
    assert run.phase == Phase.SEAL
    assert run.progress["people_person"] > 0
    assert keys_in_use() == {"d1", "d2"}
    with pytest.raises(KeyRefused, match="a rotation is not at its end"):
        yiyang("retire", "d1")
    assert yiyang("rotate") == 0
    assert numbers() == before
    assert keys_in_use() == {"d2"}
    assert yiyang("retire", "d1") == 0


def test_a_field_that_does_not_open_is_named_left_alone_and_the_others_are_rotated(
    county: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with as_job():
        first, second = Person.objects.filter(phone__isnull=False).order_by("pk")[:2]
        Person.objects.filter(pk=first.pk).update(phone=second.phone)
    assert yiyang("rotate", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["damaged"] == [f"people_person.phone of row {first.pk}"]
    with as_job():
        assert Person.objects.get(pk=first.pk).phone == second.phone
        assert Person.objects.get(pk=first.pk).phone_bidx is not None
    with pytest.raises(KeyRefused, match=r"needed by 1 of people_person\.phone:"):
        yiyang("retire", "d1")


def test_who_changed_a_row_meanwhile_is_not_overwritten(county: int) -> None:
    (table,) = [each for each in sealing.sealed_tables() if each.table == "people_person"]
    with as_job():
        rows = resealing.read_rows(table, after=None, limit=5)
        Person.objects.filter(pk=rows[0][0]).update(
            phone=sealing.seal("people_person.phone", rows[0][0], PHONE)
        )
        ring = keyring.activated(keyring.with_new_key(sealing.ring(), "data", Suite.A, now=NOW)[0], ["d2"])
        resealing.write_rows(table, resealing.resealed(table, rows, ring))
        changed = Person.objects.get(pk=rows[0][0])
        assert ring.open("people_person.phone", changed.pk, changed.phone or "") == PHONE
        assert keyring.key_of_seal(changed.id_number or "") == "d1"
        assert keyring.key_of_seal(Person.objects.get(pk=rows[1][0]).id_number or "") == "d2"


def test_the_phone_of_somebody_who_signs_in_is_found_before_during_and_after(county: int) -> None:
    with as_job():
        make.person(division=f"{PREFIX}001006", phone=PHONE)
    (account,) = accounts_of_phone(PHONE)
    yiyang("new")
    assert accounts_of_phone(PHONE) == [account]
    assert yiyang("rotate") == 0
    assert accounts_of_phone(PHONE) == [account]
    connection.close()


def test_a_key_of_another_purpose_takes_over_at_once_and_is_kept(county: int) -> None:
    assert yiyang("new", "--purpose", "audit") == 0
    assert yiyang("rotate", "--purpose", "audit") == 0
    ring = sealing.ring()
    assert ring.active("audit").key_id == "audit2"
    assert ring.active("data").key_id == "d1"
    with pytest.raises(KeyRefused, match=r"audit1 \(audit\) is kept"):
        yiyang("retire", "audit1")


def test_a_changed_ring_is_noticed_at_the_next_use_and_a_removed_one_is_said(path: Path) -> None:
    sealed = sealing.seal("people_person.phone", 1, PHONE)
    other = keyring.with_new_key(ringfile.read_ring(path), "data", Suite.S, now=NOW)[0]
    ringfile.write_ring(path, keyring.activated(other, ["d2"]))
    assert sealing.seal("people_person.phone", 1, PHONE).startswith("v1|S|d2|")
    assert sealing.unseal("people_person.phone", 1, sealed) == PHONE
    path.unlink()
    with pytest.raises(NoKeys, match="cannot be read"):
        sealing.seal("people_person.phone", 1, PHONE)


def test_every_sealed_column_may_be_rotated_and_every_unique_index_has_its_second_column(db: None) -> None:
    tables = sealing.sealed_tables()
    assert "people_person" in {table.table for table in tables}
    with as_job():
        resealing.check_granted(tables)
    for table in tables:
        unique = {name for name in (blind.column for blind in table.blinds) if _is_unique(table.table, name)}
        assert unique == set(table.nexts), f"{table.table}: a unique index needs a NextBlindField"


def _is_unique(table: str, column: str) -> bool:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table).values()
    return any(one["unique"] and one["columns"] == [column] for one in found)
