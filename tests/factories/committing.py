"""Real commits on real connections, for what a test's own transaction would hide; cleaned up afterwards."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

from tests.environment import STATE

# What migrations and the loader of places wrote stays.
KEPT = ("regions_", "django_", "auth_", "people_impactnote")


def superuser() -> psycopg.Connection[Any]:
    """A connection that row security and triggers let pass: for cleaning up and for pulling the plug."""
    from yiyang.site.embedded import Server

    url = os.environ.get("YIYANG_TEST_SUPERUSER_URL") or Server(STATE).url("postgres")
    return psycopg.connect(psycopg.conninfo.make_conninfo(url, dbname="yiyang"), autocommit=True)


@contextmanager
def committed(blocker: Any) -> Iterator[None]:
    """Inside, ``acting`` blocks commit; afterwards every table but the places is empty again."""
    with blocker.unblock():
        try:
            yield
        finally:
            connection.close()
            _empty()


def _empty() -> None:
    with superuser() as plug:
        found = plug.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        tables = ", ".join(name for (name,) in found if not name.startswith(KEPT))
        plug.execute("SET session_replication_role = replica")  # the append-only tables refuse anybody else
        plug.execute(f"TRUNCATE {tables}".encode())


def side_by_side(*acts: Callable[[], object]) -> list[object]:
    """Run each in a thread with a connection of its own; what it returned, or the error it raised."""

    def once(act: Callable[[], object]) -> object:
        try:
            return act()
        except Exception as error:  # noqa: BLE001 - the error is the answer
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(once, acts))
