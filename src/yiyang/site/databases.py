"""From the environment to Django's DATABASES: one alias that serves, one that migrates.

``default`` signs in as ``yiyang_web`` (pages) or, where YIYANG_PROCESS=work, as ``yiyang_work`` and
has no right until a transaction takes a group role; ``owner`` signs in as ``yiyang_owner`` and only migrates.
DATABASE_URL, DATABASE_WORK_URL and DATABASE_OWNER_URL name a server of the operator's; where DATABASE_URL is
empty, both aliases lead to the embedded one.
"""

from __future__ import annotations

from collections.abc import Mapping

import psycopg
from psycopg.conninfo import conninfo_to_dict

from yiyang.engine.errors import Refused
from yiyang.site.embedded import Server, default_state

type Database = dict[str, object]

_SHAPE = "postgresql://role:password@host:5432/database?sslmode=require"
_PLACES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
# Safe because whatever a request sets is local to its transaction.
_KEPT_FOR = 600


class BadAddress(Refused):
    """A database address in the environment that cannot be meant."""

    code = "site.bad_address"
    message = "数据库地址不对，请联系管理员"


def from_environment(environ: Mapping[str, str]) -> dict[str, Database]:
    """Django's DATABASES with the aliases ``default`` and ``owner``; nothing is started or connected.

    With DATABASE_URL but no DATABASE_OWNER_URL there is no ``owner``: a page should not hold that password.

    Raises:
        BadAddress: an address is malformed, or the one this process needs is missing.
    """
    serving = _parse(*_serving(environ)) | {"CONN_MAX_AGE": _KEPT_FOR, "CONN_HEALTH_CHECKS": True}
    owner = _owner(environ)
    if owner is None:
        return {"default": serving}
    return {"default": serving, "owner": _parse("DATABASE_OWNER_URL", owner)}


def embedded(environ: Mapping[str, str]) -> Server | None:
    """The embedded server this environment means, None where DATABASE_URL names another."""
    return None if environ.get("DATABASE_URL") else Server(default_state(environ))


def _serving(environ: Mapping[str, str]) -> tuple[str, str]:
    working = environ.get("YIYANG_PROCESS") == "work"
    if (server := embedded(environ)) is not None:
        return "DATABASE_URL", server.url("yiyang_work" if working else "yiyang_web")
    if not working:
        return "DATABASE_URL", environ["DATABASE_URL"]
    if url := environ.get("DATABASE_WORK_URL"):
        return "DATABASE_WORK_URL", url
    raise BadAddress(
        "DATABASE_URL is set and DATABASE_WORK_URL is not:"
        " a background process needs the address with the role yiyang_work"
    )


def _owner(environ: Mapping[str, str]) -> str | None:
    if (server := embedded(environ)) is not None:
        return server.url("yiyang_owner")
    return environ.get("DATABASE_OWNER_URL") or None


def _parse(variable: str, url: str) -> Database:
    """One address as Django wants it; what is no place or name (sslmode, …) becomes an option."""
    if not url.startswith(("postgresql://", "postgres://")):
        raise BadAddress(f"{variable} is not of the form {_SHAPE}")
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        # libpq's own words may quote the password: not shown.
        raise BadAddress(f"{variable} cannot be read; the form is {_SHAPE}") from None
    for needed in ("dbname", "user"):
        if not parts.get(needed):
            raise BadAddress(f"{variable} names no {'database' if needed == 'dbname' else 'role'}: {_SHAPE}")
    places = {django: str(parts.get(libpq) or "") for libpq, django in _PLACES.items()}
    options = {key: str(value) for key, value in parts.items() if key not in _PLACES}
    return {"ENGINE": "django.db.backends.postgresql", **places, "OPTIONS": options}
