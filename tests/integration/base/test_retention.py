"""The table of retention: what is over goes in batches, what must stay stays, a dry run changes nothing."""

from __future__ import annotations

import argparse
import json
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from tests.conftest import NOW, Enter
from tests.factories import people as make
from yiyang.base import retaining
from yiyang.base.keys import sealing
from yiyang.base.models import Heard, OutboxEntry
from yiyang.base.retaining import Then
from yiyang.base.scoping import EVERYWHERE, Role, acting
from yiyang.entitlements.models import Receipt
from yiyang.faces.console import retention
from yiyang.people.models import GONE, Person
from yiyang.people.selectors import search


def news(days: int, *, done: bool) -> OutboxEntry:
    at = NOW - timedelta(days=days)
    return OutboxEntry.objects.create(
        event_id=uuid.uuid4(), name="X", payload={}, occurred_at=at, done_at=at if done else None
    )


def as_job() -> Any:
    return acting(Role.JOB, EVERYWHERE, actor_id="process:tests")


def test_news_goes_a_month_after_it_was_heard_and_never_while_it_waits(db: None) -> None:
    with as_job():
        old, fresh, waiting = news(31, done=True), news(30, done=True), news(400, done=False)
        for event in (old, waiting):
            Heard.objects.create(event_id=event.event_id, handler="h", heard_at=NOW - timedelta(days=90))
    done = retaining.keep_to_the_table(NOW)
    with as_job():
        assert set(OutboxEntry.objects.values_list("pk", flat=True)) == {fresh.pk, waiting.pk}
        assert [mark.event_id for mark in Heard.objects.all()] == [waiting.event_id]
    assert (done["base.OutboxEntry"], done["base.Heard"]) == (1, 1)


def test_one_more_than_a_batch_goes_as_well_and_the_run_leaves_one_line_with_counts(db: None) -> None:
    with as_job():
        for _ in range(5):
            news(40, done=True)
    assert retaining.keep_to_the_table(NOW, batch=2)["base.OutboxEntry"] == 5
    with acting(Role.APP, EVERYWHERE), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE yiyang_audit")
        cursor.execute("SELECT detail FROM base_audit WHERE action = 'retention'")
        ((detail,),) = cursor.fetchall()
    told = detail if isinstance(detail, dict) else json.loads(detail)
    assert told["rows"]["base.OutboxEntry"] == 5


def test_ten_years_after_death_the_name_goes_and_what_was_paid_stays(as_process: Enter) -> None:
    with as_process("1502"):
        long, lately = make.person(name="赵德明"), make.person(name="钱桂芝")
        number = sealing.unseal("people_person.id_number", long.pk, sealing.Sealed(long.id_number))
        paid = make.receipt(long, "oldest_old_allowance", since=date(2012, 1, 1), fen=10_000)
        Person.objects.filter(pk=long.pk).update(died_on=NOW.date() - timedelta(days=3654))
        Person.objects.filter(pk=lately.pk).update(died_on=NOW.date() - timedelta(days=3650))
    assert retaining.keep_to_the_table(NOW)["people.Person"] == 1
    with as_process("1502"):
        gone = Person.objects.get(pk=long.pk)
        assert (gone.name, gone.initials, gone.phone, gone.address) == (GONE, "", None, None)
        assert sealing.unseal("people_person.id_number", gone.pk, sealing.Sealed(gone.id_number)) != number
        assert Person.objects.filter(id_number_bidx__in=sealing.found_by("id_number", number)).count() == 0
        assert Receipt.objects.get(pk=paid.pk).amount_fen == 10_000
        assert Person.objects.get(pk=lately.pk).name == "钱桂芝"
        assert search(number, EVERYWHERE) == []
    assert retaining.keep_to_the_table(NOW)["people.Person"] == 0


def test_a_dry_run_counts_and_changes_nothing(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    with as_job():
        news(40, done=True)
        OutboxEntry.objects.update(done_at=NOW - timedelta(days=4000))
    parser = argparse.ArgumentParser()
    retention.add_arguments(parser)
    assert retention.run(parser.parse_args(["--dry-run", "--json"])) == 0
    assert json.loads(capsys.readouterr().out)["rows"]["base.OutboxEntry"] == 1
    with as_job():
        assert OutboxEntry.objects.count() == 1
    assert retention.run(parser.parse_args(["--dry-run"])) == 0
    told = capsys.readouterr().out
    assert "people.Fact" in told
    assert "nothing was changed" in told


def test_every_entry_may_be_carried_out_by_its_role(db: None) -> None:
    for entry in retaining.entries():
        if entry.then is Then.KEEP:
            continue
        role = "yiyang_work" if entry.role is Role.NONE else entry.role.value
        act = "DELETE" if entry.then is Then.DELETE else "UPDATE"
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [role, entry.table._meta.db_table, act])
            assert cursor.fetchone() == (True,), f"{role} may not {act} {entry.model}"
