"""``yiyang check``: whether this installation may be let loose; each finding says how to repair it."""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from yiyang.site import starting

DAY_S = 86_400
OLDEST_DAYS = 400
SHORTEST_SECRET = 50
DEFAULT_LOGINS = ("admin", "administrator", "root", "test", "demo", "guest", "user", "system")
LOOPBACK = ("localhost", "127.0.0.1", "::1", "")


@dataclass(frozen=True)
class Finding:
    """``what`` is wrong, and the ``repair``: one sentence each."""

    name: str
    what: str
    repair: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--deploy", action="store_true", help="also what only matters with real people")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Exit code 1 if anything was found."""
    os.environ["YIYANG_PROCESS"] = "web"
    starting.set_up_django()
    found = [*of_django(deploy=options.deploy), *(of_the_house() if options.deploy else ())]
    if options.json:
        print(json.dumps({"ok": not found, "findings": [vars(one) for one in found]}, ensure_ascii=False))
        return 1 if found else 0
    for one in found:
        print(f"{one.name}: {one.what}\n    {one.repair}")
    print(f"{len(found)} findings" if found else "nothing found")
    return 1 if found else 0


def of_django(*, deploy: bool) -> Iterator[Finding]:
    """Django's own checks; a warning counts."""
    from django.core import checks

    for message in checks.run_checks(include_deployment_checks=deploy):
        if message.level >= checks.WARNING and not message.is_silenced():
            yield Finding(
                str(message.id), str(message.msg).split("\n")[0], str(message.hint or "see Django's manual")
            )


def of_the_house() -> Iterator[Finding]:
    """What Django cannot know: keys, addresses, roles, accounts, gateways."""
    yield from _pages()
    yield from _secret()
    yield from _ring()
    yield from _addresses()
    yield from _gateway()
    yield from _database()


def _pages() -> Iterator[Finding]:
    from django.conf import settings

    if settings.DEBUG:
        yield Finding(
            "debug",
            "faults are shown with their variables",
            "DEBUG is never set: use the settings as shipped",
        )
    if not settings.BEHIND_TLS:
        yield Finding(
            "tls", "pages may travel in the clear", "put a proxy with TLS in front and set YIYANG_TLS=1"
        )
    hosts = {host.strip() for host in settings.ALLOWED_HOSTS}
    if "*" in hosts or "testserver" in hosts or not hosts - {"localhost", "127.0.0.1", "[::1]"}:
        yield Finding(
            "hosts", f"answers to {', '.join(sorted(hosts))}", "set YIYANG_HOSTS to the names of this site"
        )
    if settings.LOG_FORMAT not in ("json", "words"):
        yield Finding("log", f"no such form of log: {settings.LOG_FORMAT}", "set YIYANG_LOG_FORMAT=json")


def _secret() -> Iterator[Finding]:
    from django.conf import settings

    file = starting.state_folder() / "secret"
    if not os.environ.get("YIYANG_SECRET_KEY") and not file.exists():
        yield Finding(
            "secret",
            "each process signs sessions with a passing secret",
            "set YIYANG_SECRET_KEY or run `yiyang migrate`",
        )
    if len(settings.SECRET_KEY) < SHORTEST_SECRET:
        yield Finding("secret", f"the secret is shorter than {SHORTEST_SECRET} characters", _make_secret())
    if not os.environ.get("YIYANG_SECRET_KEY") and file.exists():
        yield from _file("secret", file, _make_secret())


def _make_secret() -> str:
    return "python3 -c 'import secrets; print(secrets.token_urlsafe(50))' makes one; everybody signs in again"


def _ring() -> Iterator[Finding]:
    from django.conf import settings

    from yiyang.base.keys import sealing
    from yiyang.engine.errors import HouseError

    path = Path(settings.YIYANG_KEYS)
    try:
        sealing.ring()
    except HouseError as error:
        yield Finding("keys", str(error), "set YIYANG_KEYS to the ring of this installation")
        return
    yield from _file("keys", path, "make a new key and rotate: `yiyang keys rotate`")


def _file(name: str, path: Path, renew: str) -> Iterator[Finding]:
    seen = path.stat()
    if seen.st_mode & 0o077:
        yield Finding(
            name, f"{path} can be read by others (mode {seen.st_mode & 0o777:o})", f"chmod 400 {path}"
        )
    days = (time.time() - seen.st_mtime) / DAY_S
    if days > OLDEST_DAYS:
        yield Finding(name, f"{path} is {days:.0f} days old, more than {OLDEST_DAYS}", renew)


def _addresses() -> Iterator[Finding]:
    if not os.environ.get("DATABASE_URL"):
        yield Finding(
            "database",
            "the embedded PostgreSQL serves",
            "it is for trying out: set DATABASE_URL to a server of your own",
        )
    for variable in ("DATABASE_URL", "DATABASE_WORK_URL"):
        parts = urlsplit(os.environ.get(variable, ""))
        secure = any(mode in parts.query for mode in ("sslmode=require", "sslmode=verify-"))
        if parts.scheme and parts.hostname not in LOOPBACK and parts.hostname and not secure:
            yield Finding(
                "database", f"{variable} may be used without TLS", "add ?sslmode=verify-full to the address"
            )
    if os.environ.get("DATABASE_OWNER_URL"):
        yield Finding(
            "owner",
            "this process knows the password of the tables' owner",
            "set DATABASE_OWNER_URL only where `yiyang migrate` and `yiyang backup` run",
        )


def _gateway() -> Iterator[Finding]:
    from django.conf import settings

    if settings.YIYANG_SMS != "http":
        yield Finding(
            "messages",
            f"codes go to {settings.YIYANG_SMS}, not to phones",
            "set YIYANG_SMS=http and the gateway's settings",
        )
        return
    host = urlsplit(settings.YIYANG_GATEWAY_URL).hostname
    if host not in settings.YIYANG_GATEWAY_HOSTS:
        yield Finding("outbound", f"{host} is not on the list of hosts we call", "set YIYANG_GATEWAY_HOSTS")
    if settings.YIYANG_GATEWAY_PRIVATE:
        yield Finding(
            "outbound",
            "private addresses may be called",
            "unset YIYANG_GATEWAY_PRIVATE unless the gateway is one",
        )


def _database() -> Iterator[Finding]:
    from django.db import Error, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_user, rolsuper, rolbypassrls, rolcreaterole OR rolcreatedb,"
                " (SELECT count(*) FROM pg_class WHERE relowner = r.oid)"
                " FROM pg_roles r WHERE rolname = current_user"
            )
            role, superuser, bypasses, creates, owns = cursor.fetchone()
    except Error as error:
        yield Finding(
            "database", f"it does not answer: {type(error).__name__}", "start it, or repair DATABASE_URL"
        )
        return
    if superuser or bypasses or creates or owns:
        yield Finding(
            "role", f"{role} may pass or change row security", "sign in as yiyang_web as roles.sql makes it"
        )
    try:
        yield from _accounts()
    except Error as error:
        yield Finding("tables", f"accounts cannot be read: {type(error).__name__}", "run `yiyang migrate`")


def _accounts() -> Iterator[Finding]:
    from yiyang.accounts import selectors as accounts

    if there := accounts.logins_in_use(DEFAULT_LOGINS):
        yield Finding(
            "accounts",
            f"a default login exists: {', '.join(there)}",
            "take it out of use; one login, one person",
        )
    shared = sorted(starting.state_folder().glob("demo-*.json"))
    if shared:
        yield Finding(
            "accounts",
            f"accounts of the demonstration share the password in {shared[0]}",
            "begin with an empty database and another state folder",
        )
