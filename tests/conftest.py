"""Real parts for every test that asks for a database: our own PostgreSQL, migrated, with places.

Tests run as the login roles of the product. A test that needs rows enters a scope by ``acting``, as a page
or a process does; nothing here can see a person without one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.environment import STATE

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=SHANGHAI)


@pytest.fixture(scope="session", autouse=True)
def _signing_in() -> None:
    """``client.force_login`` comes in by the product's own door."""
    from tests import signing_in

    signing_in.by_the_door()


@pytest.fixture
def now() -> datetime:
    """Sunday morning, the day of the tests; time is passed, never patched."""
    return NOW


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """The database is made by ``django_db_setup`` below, not by Django's test runner."""


@pytest.fixture(scope="session")
def server() -> Iterator[object]:
    """The embedded PostgreSQL of this session; DATABASE_URL names another one."""
    from yiyang.site.embedded import TEST_SETTINGS, Server, prepare

    if url := os.environ.get("YIYANG_TEST_SUPERUSER_URL"):
        prepare(url)
        yield None
        return
    running = Server(STATE, TEST_SETTINGS)
    running.start()
    running.prepare()
    try:
        yield running
    finally:
        running.stop("immediate")
        shutil.rmtree(STATE, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(server: object, django_db_blocker: object) -> Iterator[None]:
    """Migrated as the owner, places loaded as a process; then the owner's door is closed."""
    from django.core.management import call_command
    from django.db import connections

    from yiyang.base.keys import ringfile
    from yiyang.base.scoping import EVERYWHERE, Role, acting
    from yiyang.regions import services as regions

    if not (STATE / "keys.json").exists():
        ringfile.make_ring(STATE / "keys.json")
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django gives the blocker no public type
        call_command("migrate", database="owner", verbosity=0)
        with acting(Role.JOB, EVERYWHERE, actor_id="process:tests"):
            regions.load_own_places()
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
            assert cursor.fetchone() == (False,), "tests must not run as a role that row security lets pass"
        connections["owner"].close()
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        for connection in connections.all():
            connection.close()


Enter = Callable[[str], AbstractContextManager[object]]


@pytest.fixture
def as_process(db: None) -> Enter:
    """``with as_process("1502"): …``: act as a process with this branch in scope."""
    from yiyang.base.scoping import Role, Scope, acting

    return lambda prefix: acting(Role.JOB, Scope.of(prefix), actor_id="process:tests")


@pytest.fixture
def as_staff(db: None) -> Enter:
    """``with as_staff("150203"): …``: act as somebody in office with this branch in scope."""
    from yiyang.base.scoping import Role, Scope, acting

    return lambda prefix: acting(Role.APP, Scope.of(prefix), actor_id="staff:tests")
