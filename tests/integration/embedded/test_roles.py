"""The roles of the house on a real server: nobody has a right of its own, a transaction borrows one."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from tests.integration.embedded.grounds import Ground
from yiyang.site.embedded import TEST_SETTINGS, CannotServe, Server, prepare

POWERS = ["yiyang_system", "yiyang_security", "yiyang_audit"]
GROUPS = ["yiyang_app", "yiyang_person", "yiyang_provider", "yiyang_job", "yiyang_report", *POWERS]


@pytest.fixture(scope="module")
def server(programs: Path) -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="yiyang-test-"))
    folder.chmod(0o755)
    ground = Ground(folder, programs)
    ground.lend(who="root")
    server = ground.server()
    server.start()
    server.prepare("roles")
    with psycopg.connect(server.url("yiyang_owner", "roles")) as db:
        db.execute("create table letter as select 1 as n")
        db.execute("grant select on letter to yiyang_app")
    yield server
    server.stop("immediate")
    shutil.rmtree(folder)


@pytest.fixture
def web(server: Server) -> Iterator[psycopg.Connection]:
    with psycopg.connect(server.url("yiyang_web", "roles")) as db:
        yield db


def one(db: psycopg.Connection, question: str) -> object:
    row = db.execute(question.encode()).fetchone()
    assert row is not None
    return row[0]


@pytest.mark.parametrize("role", ["yiyang_web", "yiyang_work"])
def test_a_login_role_reads_nothing_by_itself(server: Server, role: str) -> None:
    with psycopg.connect(server.url(role, "roles")) as db, pytest.raises(errors.InsufficientPrivilege):
        db.execute("select n from letter")


def test_a_borrowed_role_reads_and_is_gone_with_the_transaction(web: psycopg.Connection) -> None:
    with web.transaction():
        web.execute("set local role yiyang_app")
        assert one(web, "select n from letter") == 1
    assert one(web, "select current_user") == "yiyang_web"
    with pytest.raises(errors.InsufficientPrivilege), web.transaction():
        web.execute("select n from letter")


def test_a_role_set_by_set_config_falls_back_too(web: psycopg.Connection) -> None:
    with web.transaction():
        web.execute("select set_config('role', 'yiyang_app', true)")
        assert one(web, "select n from letter") == 1
    assert one(web, "select current_user") == "yiyang_web"


def test_a_role_falls_back_after_a_failed_transaction(web: psycopg.Connection) -> None:
    web.execute("select set_config('role', 'yiyang_app', true)")
    with pytest.raises(errors.DivisionByZero):
        web.execute("select 1 / 0")
    web.rollback()
    assert one(web, "select current_user") == "yiyang_web"


def test_another_group_does_not_share_the_grant(web: psycopg.Connection) -> None:
    web.execute("set local role yiyang_person")
    with pytest.raises(errors.InsufficientPrivilege):
        web.execute("select n from letter")


@pytest.mark.parametrize(
    ("login", "groups"),
    [
        ("yiyang_web", {"yiyang_app", "yiyang_person", "yiyang_provider", *POWERS}),
        ("yiyang_work", {"yiyang_app", "yiyang_person", "yiyang_job", *POWERS}),
        ("yiyang_owner", set()),
    ],
)
def test_each_login_may_take_its_groups_and_no_other(server: Server, login: str, groups: set[str]) -> None:
    taken = set()
    for group in GROUPS:
        with psycopg.connect(server.url(login, "roles")) as db:
            try:
                db.execute(f"set local role {group}".encode())
            except errors.InsufficientPrivilege:
                continue
            taken.add(group)
    assert taken == groups


def test_no_role_but_the_owner_passes_row_security(server: Server) -> None:
    with psycopg.connect(server.url("postgres", "roles")) as db:
        rows = db.execute(
            "select rolname, rolcanlogin, rolbypassrls, rolsuper, rolcreatedb, rolinherit"
            " from pg_roles where rolname like 'yiyang%' order by 1"
        ).fetchall()
    seen = {str(name): rest for name, *rest in rows}
    for group in GROUPS:
        assert seen.pop(group) == [False, False, False, False, False]
    assert seen.pop("yiyang_web") == seen.pop("yiyang_work") == [True, False, False, False, False]
    assert seen.pop("yiyang_owner") == [True, True, False, True, True]
    assert not seen


@pytest.mark.parametrize("group", ["yiyang_app", "yiyang_job"])
def test_nobody_but_the_owner_makes_tables(server: Server, group: str) -> None:
    with psycopg.connect(server.url("yiyang_work", "roles")) as db:
        db.execute(f"set local role {group}".encode())
        with pytest.raises(errors.InsufficientPrivilege):
            db.execute("create table mine (n int)")


def test_preparing_twice_and_at_once_changes_nothing(server: Server) -> None:
    failures: list[Exception] = []

    def try_it() -> None:
        try:
            server.prepare("at_once")
        except CannotServe as error:
            failures.append(error)

    threads = [threading.Thread(target=try_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    server.prepare("at_once")
    assert not failures
    with psycopg.connect(server.url("yiyang_owner", "at_once")) as db:
        assert (
            one(db, "select pg_get_userbyid(datdba) from pg_database where datname = 'at_once'")
            == "yiyang_owner"
        )


def test_preparing_repairs_a_role_somebody_widened(server: Server) -> None:
    with psycopg.connect(server.url("postgres", "roles")) as db:
        db.execute("alter role yiyang_web inherit bypassrls")
        db.execute("grant yiyang_app to yiyang_web with inherit true")
    server.prepare("roles")
    with (
        psycopg.connect(server.url("yiyang_web", "roles")) as db,
        pytest.raises(errors.InsufficientPrivilege),
    ):
        db.execute("select n from letter")


def test_preparing_without_a_server_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotServe, match="could not be prepared"):
        prepare(Server(tmp_path, TEST_SETTINGS).url("postgres", "postgres"))
