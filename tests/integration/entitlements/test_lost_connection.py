"""The database goes away in the middle of a sweep: nothing is left half written, the next run is whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from tests.conftest import NOW
from tests.factories.committing import committed, superuser
from tests.factories.county import PREFIX, small_county
from yiyang.base.models import OutboxEntry
from yiyang.base.scoping import Role, Scope, acting, current
from yiyang.entitlements.models import Decision, PlaceTally, RefusedRow, Standing, Sweep
from yiyang.entitlements.services import sweeping, writing
from yiyang.entitlements.services.sweeping import DatabaseLost, Finished


def sweep() -> Finished:
    with acting(Role.JOB, Scope.of(PREFIX), actor_id="process:tests"):
        return sweeping.sweep(prefix=PREFIX, as_of=NOW.date(), now=NOW)


def pull_the_plug() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    with superuser() as plug:
        assert plug.execute("SELECT pg_terminate_backend(%s, 5000)", [pid]).fetchone() == (True,)


def left_behind() -> dict[str, int]:
    with acting(Role.JOB, Scope.of(PREFIX), actor_id="process:tests"):
        rows = (Sweep, Decision, Standing, PlaceTally, RefusedRow, OutboxEntry)
        return {model.__name__: model._default_manager.count() for model in rows}


@pytest.mark.parametrize("where", ["export_receipts", "write_outcomes", "_write_tallies"])
def test_a_lost_connection_leaves_nothing_half_written_and_a_second_run_succeeds(
    django_db_setup: None, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    with committed(django_db_blocker):
        people = small_county(40)
        real = getattr(writing, where)

        def interrupted(*args: object, **kwargs: object) -> object:
            pull_the_plug()
            return real(*args, **kwargs)

        monkeypatch.setattr(writing, where, interrupted)
        with pytest.raises(DatabaseLost, match="nothing was written") as told:
            sweep()
        assert "再核算一次" in told.value.message
        monkeypatch.undo()
        assert current().role is Role.NONE
        assert set(left_behind().values()) == {0}
        assert list((Path(settings.STATE) / "sweeps").iterdir()) == []
        finished = sweep()
        assert (finished.sweep.state, finished.sweep.people) == ("DONE", people)
        found = left_behind()
        assert (found["Sweep"], found["Decision"]) == (1, finished.changed)
        assert found["Standing"] == found["Decision"] > 0
