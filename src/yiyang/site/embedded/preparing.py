"""Roles first, then the database, owned by the role that migrates: on the embedded server or any other."""

from __future__ import annotations

from importlib import resources

from yiyang.site.embedded.sentences import CannotServe

_OUR_TURN = 0x79697961  # advisory lock "yiya": two processes preparing at once take turns


def prepare(superuser_url: str, database: str = "yiyang") -> None:
    """Create what migrations need, on a PostgreSQL 15 or newer. Idempotent.

    Args:
        superuser_url: a superuser's address of any existing database of the server.
        database: name of the database to make.

    Raises:
        CannotServe: the server does not answer, or refuses this role.
    """
    import psycopg
    from psycopg import sql

    roles = resources.files("yiyang.site").joinpath("roles.sql").read_text(encoding="utf-8")
    name = sql.Identifier(database)
    try:
        with psycopg.connect(superuser_url, autocommit=True) as db:
            db.execute("select pg_advisory_lock(%s)", [_OUR_TURN])
            db.execute(roles.encode())
            if db.execute("select 1 from pg_database where datname = %s", [database]).fetchone() is None:
                db.execute(
                    sql.SQL(
                        "create database {} owner yiyang_owner encoding 'UTF8' template template0"
                    ).format(name)
                )
            db.execute(sql.SQL("alter database {} owner to yiyang_owner").format(name))
            inside = psycopg.conninfo.make_conninfo(superuser_url, dbname=database)
            with psycopg.connect(inside, autocommit=True) as there:
                there.execute("revoke create on schema public from public")
    except psycopg.Error as error:
        raise CannotServe(f"the database {database} could not be prepared: {str(error).strip()}") from error
