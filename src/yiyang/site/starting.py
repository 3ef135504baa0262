"""What must stand before a command can work: the database server, its roles, the key ring, the tables."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from yiyang.engine.errors import Unavailable
from yiyang.site import databases
from yiyang.site.embedded import default_state


class NotPrepared(Unavailable):
    code = "site.not_prepared"
    message = "数据库还没有准备好，请联系系统管理员"


def start_embedded() -> None:
    """Start the embedded server where it is the one meant.

    Raises:
        CannotServe: says in one sentence what is in the way.
    """
    server = databases.embedded(os.environ)
    if server is not None:
        server.start()
        server.prepare()
    (default_state(os.environ) / "static").mkdir(parents=True, exist_ok=True)


def _make_secrets() -> None:
    """Readable by the account that runs us only; a ring of the operator's own is `yiyang keys new`."""
    from django.conf import settings

    state = default_state(os.environ)
    secret = state / "secret"
    if not secret.exists():
        handle = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
    if not os.environ.get("YIYANG_KEYS"):
        _make_ring(state / "keys.json", settings.YIYANG_SUITE)


def _make_ring(path: Path, word: str) -> None:
    """A new ring; one of an older release gets today's form and a key for each purpose it lacks."""
    from django.utils import timezone

    from yiyang.base.keys import keyring, ringfile, sealing
    from yiyang.base.keys.suites import Suite

    if word not in Suite:
        raise NotPrepared(f"YIYANG_SUITE is {word!r}: A or S")
    now, fields = timezone.localtime(), sealing.indexed_fields()
    if not path.exists():
        ringfile.make_ring(path, suite=Suite(word), fields=fields, now=now)
        return
    before = ringfile.read_ring(path)
    ring = keyring.completed(before, before.active(keyring.DATA).suite, fields, now=now)
    if ring is not before or ringfile.is_first_form(path):
        with ringfile.changing(path):
            ringfile.write_ring(path, ring)


def check_keys() -> None:
    """Refuse to work without keys for everything that is sealed.

    Raises:
        NoKeys: says what is missing and the command that makes it.
    """
    from yiyang.base.keys import sealing

    sealing.check_ring()


def set_up_django() -> None:
    import django

    django.setup()


def migrate() -> None:
    """Bring the tables up to date as the role that owns them; a new installation gets its keys and secret.

    Raises:
        NotPrepared: an external database without DATABASE_OWNER_URL.
    """
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    _make_secrets()
    if "owner" not in settings.DATABASES:
        raise NotPrepared("DATABASE_OWNER_URL is not set: migrations need the address with role yiyang_owner")
    _check_roles()
    call_command("migrate", database="owner", verbosity=0)
    connections["owner"].close()


ROLES = (
    "yiyang_app", "yiyang_person", "yiyang_provider", "yiyang_job", "yiyang_system", "yiyang_security",
    "yiyang_audit", "yiyang_report", "yiyang_owner", "yiyang_web", "yiyang_work",
)  # fmt: skip


def _check_roles() -> None:
    """A release may bring a role of its own, and only a superuser makes roles.

    Raises:
        NotPrepared: names those that are missing, and the file that makes them.
    """
    from django.db import connections
    from django.db.utils import OperationalError

    try:
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE 'yiyang%'")
            missing = sorted(set(ROLES) - {row[0] for row in cursor.fetchall()})
    except OperationalError as error:
        raise NotPrepared(f"the database does not answer: {error}") from error
    if missing:
        raise NotPrepared(
            f"the server lacks {', '.join(missing)}: a superuser runs src/yiyang/site/roles.sql once more"
        )


def check_migrated() -> None:
    """Refuse to work on tables that are missing or out of date.

    Raises:
        NotPrepared: names the command that repairs it.
    """
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import OperationalError

    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as error:
        raise NotPrepared(f"the database does not answer: {error}") from error
    if plan:
        raise NotPrepared(f"{len(plan)} migrations are not applied: run `yiyang migrate` first")


def state_folder() -> Path:
    """Where the installation keeps what is its own."""
    return default_state(os.environ)
