"""The whole population against the law of a day: snapshot, sweep, and only what changed is written."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction

from yiyang.base import outbox
from yiyang.base.ids import SweepId
from yiyang.engine.errors import Refused, Unavailable
from yiyang.engine.sweeping import spark_engine
from yiyang.engine.sweeping.duckdb_engine import Sweeper, Swept
from yiyang.engine.sweeping.tails import Total
from yiyang.entitlements.choices import SweepState
from yiyang.entitlements.events import SweepFinished
from yiyang.entitlements.models import Sweep
from yiyang.entitlements.services import writing
from yiyang.people import selectors as people
from yiyang.people.choices import Purpose
from yiyang.people.guards import check_weighed
from yiyang.people.services import exporting
from yiyang.policies import selectors as policies

THREADS = 2
MEMORY = "1GB"


@dataclass(frozen=True)
class Snapshot:
    """Parquet files of one branch; ``facts`` only where past days are asked for."""

    folder: Path
    state: Path
    facts: Path | None
    people: int


@dataclass(frozen=True)
class Finished:
    """One finished sweep: the stored row, what the engine found, and how many decisions changed."""

    sweep: Sweep
    swept: Swept
    changed: int


class NobodyThere(Refused):
    code = "entitlements.nobody_there"
    message = "这个地方还没有录入老人，没有可核算的"


class DatabaseLost(Unavailable):
    code = "entitlements.database_lost"
    message = "数据库连接断了，这次核算没有完成，什么也没有改。恢复后再核算一次"


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A private folder for personal data without names; gone afterwards, whatever happened."""
    base = Path(settings.STATE) / "sweeps"
    base.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = Path(tempfile.mkdtemp(prefix="sweep-", dir=base))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweeper(folder: Path) -> Sweeper:
    return Sweeper(threads=THREADS, memory_limit=MEMORY, temp_folder=folder)


def take_snapshot(folder: Path, *, with_facts: bool = False) -> Snapshot:
    """Everybody whom the scope shows, as Parquet.

    Raises:
        NobodyThere
    """
    people = exporting.export_state(folder / "state.csv")
    if not people:
        raise NobodyThere("nobody is entered under this branch: there is nothing to sweep")
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in exporting.state_types().items())
    _to_parquet(folder / "state.csv", folder / "state.parquet", types)
    if with_facts:
        exporting.export_facts(folder / "facts.csv")
        types = "'person_id': 'BIGINT', 'key': 'VARCHAR', 'value': 'INTEGER', 'valid_from': 'DATE', "
        _to_parquet(folder / "facts.csv", folder / "facts.parquet", types + "'recorded_at': 'TIMESTAMPTZ'")
    return Snapshot(
        folder, folder / "state.parquet", folder / "facts.parquet" if with_facts else None, people
    )


def _to_parquet(source: Path, target: Path, types: str) -> None:
    with duckdb.connect() as engine:
        engine.execute(f"SET threads = {THREADS}").fetchall()
        engine.execute(f"SET memory_limit = '{MEMORY}'").fetchall()
        engine.execute("SET preserve_insertion_order = false").fetchall()
        read = f"read_csv('{source}', header = true, columns = {{{types}}})"
        engine.execute(
            f"COPY (SELECT * FROM {read}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
        ).fetchall()
    target.chmod(0o600)
    source.unlink()


def persons_as_known(snapshot: Snapshot, days: Mapping[date, datetime]) -> dict[date, Path]:
    """The snapshot as of past days, each by what had been recorded until its time, as Parquet beside it."""
    if snapshot.facts is None:
        raise ValueError("the snapshot was taken without facts")
    found: dict[date, Path] = {}
    with duckdb.connect() as engine:
        engine.execute(f"SET threads = {THREADS}").fetchall()
        engine.execute("SET preserve_insertion_order = false").fetchall()
        steps = exporting.as_known_steps(snapshot.state, snapshot.facts, days=days, folder=snapshot.folder)
        for day, text in steps:
            engine.execute(text).fetchall()
            if day is not None:
                found[day] = snapshot.folder / f"state-{day}.parquet"
                found[day].chmod(0o600)
    return found


def sweep(*, prefix: str, as_of: date, now: datetime) -> Finished:
    """Judge everybody of a branch by the facts known now and write what changed.

    One transaction: a lost connection leaves nothing behind. Idempotent: a second run changes nothing.

    Raises:
        NobodyThere
        NotAssessed: nobody has put on file what such a use of personal data does to people.
        DatabaseLost: the connection went away; nothing was written.
    """
    check_weighed(people.impact_noted(Purpose.ENTITLEMENT, on=now.date()), Purpose.ENTITLEMENT)
    try:
        with connection.wrap_database_errors, transaction.atomic(), scratch_folder() as folder:
            snapshot = take_snapshot(folder)
            return sweep_file(snapshot.state, prefix=prefix, as_of=as_of, now=now, folder=folder)
    except (OperationalError, InterfaceError) as lost:
        raise DatabaseLost(f"the database went away during the sweep; nothing was written: {lost}") from lost


@transaction.atomic
def sweep_file(
    persons: Path,
    *,
    prefix: str,
    as_of: date,
    now: datetime,
    folder: Path,
    known_at: datetime | None = None,
    tell: bool = True,
) -> Finished:
    """The same over a snapshot that is there already, as of any day; ``tell`` upper rooms or not."""
    began = time.monotonic()
    law = policies.law_on(as_of)
    run = Sweep.objects.create(as_of=as_of, known_at=known_at or now, prefix=prefix, started_at=now)
    receipts = folder / f"receipts-{as_of}.parquet"
    writing.export_receipts(receipts, on=as_of)
    out = folder / f"out-{as_of}"
    swept = sweeper(folder).sweep(
        law.rules, law.numbers, persons=str(persons), receipts=str(receipts), out=out
    )
    changed = writing.write_outcomes(run, swept, now=now)
    run.state, run.finished_at = SweepState.DONE, now
    run.rules_digest, run.numbers_digest = swept.rules_digest, swept.numbers_digest
    run.people, run.refused, run.changed = swept.people, swept.refused, changed
    run.seconds = round(time.monotonic() - began, 2)
    run.save()
    if tell:
        outbox.publish(SweepFinished(sweep_id=run.pk, division=prefix, at=now))
    return Finished(run, swept, changed)


def count(persons: Path, *, as_of: date, folder: Path) -> Swept:
    """What a day's law comes to over a snapshot; nothing is written."""
    law = policies.law_on(as_of)
    receipts = folder / f"receipts-{as_of}.parquet"
    writing.export_receipts(receipts, on=as_of)
    out = folder / f"out-{as_of}"
    return sweeper(folder).sweep(
        law.rules, law.numbers, persons=str(persons), receipts=str(receipts), out=out
    )


def count_on_spark(persons: Path, *, as_of: date) -> dict[str, Total]:
    """The totals of every result by the other engine, from the same law.

    Raises:
        NoSpark: pyspark is not installed.
    """
    law = policies.law_on(as_of)
    return spark_engine.totals(law.rules, law.numbers, persons=str(persons), threads=THREADS)


def sweep_for_changed_law(*, division: str, keys: Sequence[str], on: date, now: datetime) -> SweepId | None:
    """After numbers came into force: everybody of the branch is judged by the law of that day.

    Only decisions whose outcome changes are written, so what the numbers do not touch stays as it is.
    None where a law changed for a place of which nobody is entered.
    """
    del keys  # which numbers changed shows in the digests; the outcome decides what is written
    try:
        return SweepId(sweep(prefix=division, as_of=max(on, now.date()), now=now).sweep.pk)
    except NobodyThere:
        return None


def sweep_branch(*, prefix: str, now: datetime) -> SweepId | None:
    """After a file changed many records: everybody of the branch is judged anew; None where nobody lives."""
    try:
        return SweepId(sweep(prefix=prefix, as_of=now.date(), now=now).sweep.pk)
    except NobodyThere:
        return None
