"""Who sees whose rows: user kind × table × where the person lives, is registered, or is not placed at all.

Every question is asked on a connection that another scope has used before.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tests.conftest import NOW, Enter
from tests.factories import people as make
from yiyang.accounts.choices import MandateWay
from yiyang.base.actors import Actor, ActorKind, process
from yiyang.base.ids import PersonId
from yiyang.base.scoping import NOBODY, Role, Scope, acting
from yiyang.entitlements.services import deciding
from yiyang.outreach import services as outreach
from yiyang.people import services as people
from yiyang.people.choices import Source

HOME, NEXT_DOOR = "150204001001", "150204001002"  # two communities of one subdistrict
OTHER_COUNTY = "150203001015"
REGISTERED = "150207000000"  # the county of registration
DOING = process("tests")
STAFF = Actor(ActorKind.STAFF, None, "刘干事", "grid_worker", frozenset({"take_leads"}), HOME)
HELPER = people.Helper(
    phone="00088880001",
    called="女儿",
    rights=frozenset({"READ"}),
    ends_on=NOW.date() + timedelta(days=30),
    way=MandateWay.PAPER,
    evidence="委托书 2026-17",
)

# Every table that holds rows of one person, and which column of it names her.
TABLES = {
    "people_person": "id",
    "people_state": "person_id",
    "people_fact": "person_id",
    "entitlements_decision": "person_id",
    "entitlements_standing": "person_id",
    "outreach_lead": "person_id",
    "outreach_caseload": "person_id",
    "accounts_mandate": "person_id",
    "notices_notice": "person_id",
}


@dataclass(frozen=True)
class Who:
    """One kind of user: how the database is told, and the branch."""

    role: Role
    prefix: str = ""
    herself: bool = False


USERS = {
    "region official": Who(Role.APP, "15"),
    "city official": Who(Role.APP, "1502"),
    "county official": Who(Role.APP, "150204"),
    "subdistrict official": Who(Role.APP, "150204001"),
    "community staff": Who(Role.APP, HOME),
    "next community": Who(Role.APP, NEXT_DOOR),
    "other county": Who(Role.APP, "150203"),
    "county of registration": Who(Role.APP, "150207"),
    "no place": Who(Role.APP),
    "herself": Who(Role.PERSON, herself=True),
    "somebody else": Who(Role.PERSON),
    "process of the county": Who(Role.JOB, "150204"),
    "process without a task": Who(Role.JOB),
}
RESIDENCE = {
    "region official",
    "city official",
    "county official",
    "subdistrict official",
    "community staff",
    "process of the county",
}
EVERYBODY_ABOVE = RESIDENCE | {"herself"}

# Who sees a row of the person who lives at HOME and is registered at REGISTERED.
SEEN_BY = {
    "people_person": EVERYBODY_ABOVE,
    "people_state": EVERYBODY_ABOVE,
    "people_fact": EVERYBODY_ABOVE,
    "entitlements_decision": EVERYBODY_ABOVE | {"county of registration"},
    "entitlements_standing": EVERYBODY_ABOVE | {"county of registration"},
    "outreach_lead": RESIDENCE,
    "outreach_caseload": RESIDENCE,
    "accounts_mandate": EVERYBODY_ABOVE,
    "notices_notice": EVERYBODY_ABOVE,
}


@contextmanager
def as_user(who: Who, person_id: int) -> Iterator[None]:
    scope = Scope.of(who.prefix) if who.prefix else NOBODY
    persons = [person_id] if who.herself else [person_id + 1] if who.role is Role.PERSON else []
    with acting(who.role, scope, persons=persons, actor_id="tests"):
        yield


def rows_of(table: str, person_id: int) -> int | None:
    """Rows of this person that raw SQL finds; None where the table itself refuses."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {TABLES[table]} = %s", [person_id])
            return int(cursor.fetchone()[0])
    except ProgrammingError as refusal:
        if "permission denied" not in str(refusal):
            raise
        return None


@pytest.fixture
def wu(as_process: Enter) -> int:
    """吴奶奶 lives in the first community, is registered in another county, is due an allowance."""
    with as_process("1502"):
        found = make.person(division=HOME, hukou=REGISTERED, born_on=date(1940, 3, 1), hardship_class=0)
        person_id = PersonId(found.pk)
        people.record_facts(
            actor=DOING,
            person_id=person_id,
            facts={"lives_alone": 1},
            source=Source.COMMUNITY,
            valid_from=date(2026, 1, 1),
            now=NOW,
        )
        assert deciding.decide(actor=DOING, person_id=person_id, now=NOW)
        outreach.refresh_leads(person_id=person_id, now=NOW)
    with acting(Role.APP, Scope.of(HOME)):
        people.give_mandate(actor=STAFF, person_id=person_id, helper=HELPER, now=NOW)
    with acting(Role.APP, Scope.of("150203")):  # somebody else's scope has used this connection
        pass
    return found.pk


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_seen_by_those_whose_business_it_is(wu: int, table: str, user: str) -> None:
    with as_user(USERS[user], wu):
        seen = rows_of(table, wu)
    if user in SEEN_BY[table]:
        assert seen is not None
        assert seen > 0
    elif USERS[user].role is Role.PERSON and table.startswith("outreach_"):
        assert seen is None
    else:
        assert seen == 0


def test_after_a_move_the_new_place_sees_the_whole_history_and_the_old_one_the_decisions_it_made(
    wu: int, as_process: Enter
) -> None:
    with as_process("1502"):
        people.move_person(actor=DOING, person_id=PersonId(wu), to=OTHER_COUNTY, now=NOW)
        deciding.follow_move(actor=DOING, person_id=PersonId(wu), now=NOW)
        outreach.move_leads(person_id=PersonId(wu), to=OTHER_COUNTY)
    with as_user(Who(Role.APP, OTHER_COUNTY), wu):
        assert all(rows_of(table, wu) for table in set(TABLES) - {"notices_notice"})  # told where she lived
    with as_user(Who(Role.APP, HOME), wu):
        assert [rows_of(table, wu) for table in ("people_person", "people_fact", "outreach_lead")] == [
            0,
            0,
            0,
        ]


def test_somebody_without_a_community_is_seen_by_the_county_and_by_no_community(as_process: Enter) -> None:
    with as_process("1502"):
        unplaced = make.person(division="150204000000")
    for prefix, sees in (("150204", 1), ("1502", 1), ("150204001", 0), (HOME, 0)):
        with as_user(Who(Role.APP, prefix), unplaced.pk):
            assert rows_of("people_person", unplaced.pk) == sees, prefix


@pytest.mark.parametrize("table", TABLES)
def test_no_table_of_people_opens_without_a_role(wu: int, table: str) -> None:
    at_sign_in = {"accounts_mandate": 1, "notices_notice": 0}  # for whom one speaks; codes and nothing else
    with acting(Role.NONE):
        assert rows_of(table, wu) == at_sign_in.get(table)


def test_every_table_with_a_division_is_guarded_and_nothing_reads_as_its_owner(db: None) -> None:
    open_to_all = {"regions_region", "regions_outline"}  # places, no personal data
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c "
            "JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped "
            "WHERE a.attname IN ('division', 'residence', 'person_id') AND c.relkind IN ('r', 'p') "
            "AND c.relnamespace = 'public'::regnamespace AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"
        )
        assert {row[0] for row in cursor.fetchall()} - open_to_all - {"accounts_user"} == set()
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') "
            "AND relnamespace = 'public'::regnamespace"
        )
        assert cursor.fetchall() == []
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        )
        assert {row[0] for row in cursor.fetchall()} == {
            "base_watch",  # counts acts of the one who acts, and raises the alert
            "people_accounts_of_phone",  # a blind index in, account ids out
            "people_holder_of_phone",  # a phone in, the account of whoever acts for somebody out
            "people_codes_for_auditors",  # whom a line of the log is about, without a right on people
        }


def refused(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_was_recorded_decided_and_audited_cannot_be_changed(wu: int) -> None:
    for table in ("people_fact", "entitlements_decision", "base_audit"):
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
            with acting(Role.JOB, Scope.of("1502")), pytest.raises(ProgrammingError):
                refused(statement)
