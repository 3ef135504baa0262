"""Tables whose every change leaves a line: by row for those who act, by statement for those who load."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from tests.conftest import NOW
from tests.factories import people as make
from tests.factories import staff
from yiyang.accounts.models import Duty, User
from yiyang.base.models import AuditEntry
from yiyang.base.scoping import EVERYWHERE, Role, Scope, acting
from yiyang.people.models import Person

pytestmark = pytest.mark.django_db
SENSITIVE = {
    "people_person", "people_fact", "assessments_assessment", "accounts_user", "accounts_duty",
    "policies_revision", "entitlements_receipt", "entitlements_application", "entitlements_appeal",
}  # fmt: skip
HOME = "150204001021"


def lines(action: str, table: str) -> list[AuditEntry]:
    with acting(Role.AUDIT, EVERYWHERE):
        return list(AuditEntry.objects.filter(action=action, detail__table=table).order_by("pk"))


def test_every_sensitive_table_is_followed_row_by_row_and_in_bulk() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, array_agg(tgname ORDER BY tgname) FROM pg_trigger"
            " WHERE tgname LIKE 'audit!_%' ESCAPE '!' AND tgenabled = 'O' GROUP BY 1"
        )
        followed: dict[str, Any] = dict(cursor.fetchall())
    for table in SENSITIVE:
        assert followed.get(table) == ["audit_bulk", "audit_bulk_before", "audit_rows"], table


def test_a_changed_person_is_told_by_place_and_mask_and_never_by_value() -> None:
    with acting(Role.JOB, Scope.of("1502")):
        found = make.person(name="王秀英", division=HOME)
    with acting(Role.APP, Scope.of("1502"), actor_id="staff:7", purpose="/w/people/", ip="203.0.113.9"):
        Person.objects.filter(pk=found.pk).update(name="李秀英", division="150204001022", initials="LXY")
    [line] = lines("row_update", "people_person")
    assert (line.actor, line.face, line.ip, line.subject_id) == ("staff:7", "w", "203.0.113.9", found.pk)
    assert line.fields == ["division", "initials", "name"]
    assert line.detail["before"] == {"division": HOME, "name": "王**"}
    assert line.detail["after"] == {"division": "150204001022", "name": "李**"}
    written = str(line.__dict__)
    assert "秀英" not in written
    assert "LXY" not in written


def test_an_update_that_changes_nothing_and_a_sign_in_leave_no_line() -> None:
    zhang = staff.account("张伟")
    User.objects.filter(pk=zhang.pk).update(last_login=NOW, name="张伟")
    assert lines("row_update", "accounts_user") == []


def test_a_password_is_said_to_have_changed_and_not_what_it_is() -> None:
    zhang = staff.account("张伟")
    zhang.set_password("another long word for tests")
    zhang.save(update_fields=["password"])
    [line] = lines("row_update", "accounts_user")
    assert (line.fields, line.detail["before"], line.detail["after"]) == (["password"], {}, {})


def test_a_duty_given_lengthened_and_taken_is_three_lines() -> None:
    zhang = staff.account("张伟")
    staff.grant(zhang, "official", "1502", NOW.date())
    Duty.objects.filter(user=zhang).update(until=NOW.date() + timedelta(days=10))
    [given] = lines("row_insert", "accounts_duty")
    [changed] = lines("row_update", "accounts_duty")
    assert (given.subject_kind, given.subject_id) == ("account", zhang.pk)
    assert given.detail["after"]["duty"] == "official"
    assert changed.detail["after"] == {"until": f"{NOW.date() + timedelta(days=10)}"}


def test_a_load_by_a_process_is_one_line_a_statement_with_the_number_of_rows() -> None:
    with acting(Role.JOB, Scope.of("1502"), actor_id="process:loading"):
        people = [make.person(division=HOME) for _ in range(3)]
        Person.objects.filter(pk__in=[one.pk for one in people]).update(synthetic=True)
        Person.objects.filter(pk=-1).update(synthetic=True)
    [line] = lines("rows_update", "people_person")
    assert (line.actor, line.detail["rows"], line.detail["under"]) == ("process:loading", 3, "1502")
    assert sum(one.detail["rows"] for one in lines("rows_insert", "people_person")) == 3
    assert lines("row_insert", "people_person") == []
