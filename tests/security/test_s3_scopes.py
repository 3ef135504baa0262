"""S3: every address × duty × four levels: outside the branch is absent, and raw SQL finds no row."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.people import person
from tests.integration.faces.cast import HERE, colleague, inside
from tests.integration.faces.elder.visiting import enter
from tests.security.crawling import ABSENT, NAME, OPEN, PERSONAL, Cast, cast, filled, with_objects
from yiyang.accounts.duties import DUTIES
from yiyang.base.scoping import NOBODY, Role, Scope, acting

OUTSIDE = {"city": "1501", "county": "150203", "street": "150203001", "community": "150204001022"}
INSIDE = {"city": "1502", "county": "150204", "street": "150204001", "community": HERE}
STAFF = [address for address in PERSONAL if not address.startswith("/e/")]
HERS = [address for address in PERSONAL if address.startswith("/e/")]
ABSENCES = {403, 404, 405}


@pytest.fixture
def wu(db: None) -> Cast:
    """欧阳桂兰香 of one community, with a request, a disagreement and a half-filled assessment."""
    return cast()


def test_s3_every_address_with_an_object_is_either_tried_or_open_for_a_reason() -> None:
    for address in with_objects():
        assert address in PERSONAL or any(address.startswith(start) for start in OPEN), (
            f"{address} takes an object: say in tests/security/crawling.py whose, or why everybody may see it"
        )


@pytest.mark.parametrize("level", OUTSIDE)
@pytest.mark.parametrize("duty", sorted(DUTIES))
def test_s3_outside_the_branch_is_absent_whatever_the_duty(wu: Cast, duty: str, level: str) -> None:
    client = colleague(f"s3.{duty}.{level}", "外人", duty, OUTSIDE[level]).client
    for address in STAFF:
        for method in (client.get, client.post):
            answer = method(filled(address, wu.codes[PERSONAL[address]]))
            assert answer.status_code in ABSENCES, (address, method, answer.status_code)
            assert NAME not in answer.content.decode()


def test_s3_what_is_outside_costs_as_many_questions_as_what_does_not_exist(wu: Cast) -> None:
    worker = colleague("s3.worker", "外人", "grid_worker", OUTSIDE["community"]).client
    office = colleague("s3.office", "外人", "township_official", OUTSIDE["street"]).client
    for address in STAFF:
        client = worker if address.startswith("/w/") else office
        told = []
        for code in (wu.codes[PERSONAL[address]], ABSENT):
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(filled(address, code))
            told.append((answer.status_code, len(asked), len(answer.content)))
        assert told[0] == told[1], address


def test_s3_the_examples_are_real_somebody_inside_is_answered(wu: Cast) -> None:
    clients = [
        colleague(f"s3.in.{duty}.{level}", "自己人", duty, prefix).client
        for duty in ("grid_worker", "township_official", "official")
        for level, prefix in INSIDE.items()
    ]
    clients.append(wu.assessor.client)
    for address in STAFF:
        url = filled(address, wu.codes[PERSONAL[address]])
        answers = {one.status_code for client in clients for one in (client.get(url), client.post(url))}
        assert answers - ABSENCES, (address, answers)


def test_s3_nobody_signed_in_sees_none_of_it(wu: Cast) -> None:
    for address in PERSONAL:
        for method in (Client().get, Client().post):
            answer = method(filled(address, wu.codes[PERSONAL[address]]))
            assert answer.status_code in ABSENCES | {302}, (address, answer.status_code)
            assert NAME not in answer.content.decode()


def tables(column: str) -> list[str]:
    """Every table of ours that has this column."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE a.attname = %s AND NOT a.attisdropped AND c.relkind IN ('r', 'p')"
            " AND c.relnamespace = 'public'::regnamespace ORDER BY 1",
            [column],
        )
        return [name for (name,) in cursor.fetchall()]


def count(query: str) -> int | None:
    """Rows found; None where the table itself refuses."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(query)
            return int(cursor.fetchone()[0])
    except ProgrammingError as refusal:
        if "permission denied" not in str(refusal):
            raise
        return None


@pytest.mark.parametrize("prefix", OUTSIDE.values())
def test_s3_raw_sql_of_the_application_finds_no_row_of_hers(wu: Cast, prefix: str) -> None:
    found: dict[str, int | None] = {}
    with acting(Role.APP, Scope.of("1502")):
        assert count("SELECT count(*) FROM people_person") == 1, "used before, and it did see her"
    with acting(Role.APP, Scope.of(prefix)):
        for table in tables("person_id"):
            found[table] = count(f"SELECT count(*) FROM {table} WHERE person_id = {wu.person.pk}")
        for table in set(tables("division")) - {"regions_region", "regions_outline"}:
            found[table] = count(f"SELECT count(*) FROM {table} WHERE division = '{HERE}'")
    assert {table: rows for table, rows in found.items() if rows} == {}
    assert found["outreach_lead"] == 0


@pytest.mark.parametrize("role", [Role.APP, Role.PERSON, Role.JOB])
def test_s3_a_used_connection_without_a_scope_shows_nobody(wu: Cast, role: Role) -> None:
    with acting(Role.JOB, Scope.of("1502")):
        assert count("SELECT count(*) FROM people_person") == 1
    with acting(role, NOBODY):
        for table in set(tables("person_id")) - {"accounts_user"}:
            assert not count(f"SELECT count(*) FROM {table} WHERE person_id = {wu.person.pk}"), table


def test_s3_an_older_person_does_not_see_anothers_case(wu: Cast) -> None:
    with inside(HERE):
        neighbour = person(name="刘玉兰", division=HERE)
    client = enter(neighbour).browser
    for address in HERS:
        for method in (client.get, client.post):
            answer = method(filled(address, wu.codes[PERSONAL[address]]))
            assert answer.status_code in ABSENCES, (address, answer.status_code)
            assert NAME not in answer.content.decode()
