"""A synthetic installation: places, people exact to the census, receipts, a year of sweeps."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
from django.db import connection
from django.utils import timezone

import yiyang.people
import yiyang.regions
from yiyang.base import outbox
from yiyang.base.ids import SweepId
from yiyang.base.scoping import EVERYWHERE, Role, Scope, acting
from yiyang.engine import calendars
from yiyang.engine.errors import Refused
from yiyang.engine.synthesising import cells, counties, numbering
from yiyang.engine.synthesising.cells import PlaceCells
from yiyang.engine.synthesising.receipts import synthesise_receipts
from yiyang.engine.synthesising.recipes import Recipe
from yiyang.entitlements.services import sweeping, writing
from yiyang.entitlements.services.sweeping import Finished
from yiyang.faces.console.progress import Progress
from yiyang.outreach import services as outreach
from yiyang.people import selectors as registry
from yiyang.people import services as people
from yiyang.policies import selectors as policies
from yiyang.regions import services as regions

SEED = 1
MONTHS = 12
LONG_AGO_DAYS = 730
QUARTER = 3
DATA = Path(yiyang.people.__path__[0]) / "data"
PLACES = Path(yiyang.regions.__path__[0]) / "data"


class NothingToMake(Refused):
    code = "console.nothing_to_make"
    message = "没有这个地方的普查数据"


def cells_of(prefix: str, source: Path | None, scale: float) -> list[PlaceCells]:
    """The census cells of a branch, from our own tables or a folder of reference data, perhaps scaled down.

    Raises:
        NothingToMake: no county of the branch is in the tables.
        BadCells: a table is damaged or does not add up.
    """
    found = cells.read_cells(DATA, PLACES) if source is None else cells.read_reference_folder(source, prefix)
    wanted = [place for place in found if str(place.county).startswith(prefix[:6])]
    if not wanted:
        raise NothingToMake(f"no census cells for {prefix}; name a folder with --from")
    if scale >= 1.0:
        return wanted
    return [_scaled(place, scale) for place in wanted]


def _scaled(place: PlaceCells, scale: float) -> PlaceCells:
    """A smaller county for trying things out: no longer the census, so without its household figures."""
    men, women = (tuple(max(1, round(n * scale)) if n else 0 for n in row) for row in place.persons)
    return replace(place, persons=(men, women), margins=None)


def load_people(
    places: list[PlaceCells],
    recipe: Recipe,
    *,
    as_of: date,
    now: datetime,
    progress: Progress,
    seed: int = SEED,
) -> dict[int, int]:
    """Make and enter everybody, one transaction a county; counties already there are left as they are.

    Returns:
        People entered now, by county.
    """
    numbering.check_slots(place.county for place in places)
    missing = [place for place in places if not _is_loaded(place.county)]

    def load(place: PlaceCells) -> int:
        with progress.step(f"people of {place.county}"):
            county = counties.make_county(place, recipe, seed=seed, as_of=as_of)
            with acting(Role.JOB, Scope.of(str(place.county)), actor_id="process:seeding"):
                return people.load_people(county.people(), county.facts(), county.state(), now=now).people

    # Two at once: while the database writes one county, the next is drawn and encrypted.
    with ThreadPoolExecutor(2) as pool:
        largest_first = sorted(missing, key=lambda place: -place.total)
        loaded = dict(zip(largest_first, pool.map(_closing(load), largest_first), strict=True))
    return {place.county: n for place, n in loaded.items()}


def _closing(load: Callable[[PlaceCells], int]) -> Callable[[PlaceCells], int]:
    """A thread has a database connection of its own: it is closed when the county is done."""

    def once(place: PlaceCells) -> int:
        try:
            return load(place)
        finally:
            connection.close()

    return once


def _is_loaded(county: int) -> bool:
    branch = Scope.of(str(county))
    with acting(Role.JOB, branch, actor_id="process:seeding"):
        return registry.people_in(branch).exists()


def month_ends(as_of: date) -> list[date]:
    """The last twelve month-ends before a day, oldest first, and the day itself."""
    ends = [day for day in sorted(calendars.month_ends(as_of, MONTHS)) if day < as_of]
    return [*ends, as_of]


def sweep_a_year(prefix: str, recipe: Recipe, *, as_of: date, now: datetime, progress: Progress) -> Finished:
    """Receipts and a real sweep as of each month-end, by what was known then; leads from the last one."""
    with acting(Role.JOB, Scope.of(prefix), actor_id="process:seeding"), sweeping.scratch_folder() as folder:
        with progress.step("snapshot with history"):
            snapshot = sweeping.take_snapshot(folder, with_facts=True)
        days = month_ends(as_of)
        with progress.step(f"facts as known on {len(days)} days"):
            persons = sweeping.persons_as_known(snapshot, {day: _end_of(day) for day in days[:-1]})
            persons[as_of] = snapshot.state
        with progress.step("receipts"):
            eligible = _eligible(persons, folder)
            receipts = synthesise_receipts(eligible, seed=SEED, as_of=as_of, shares=recipe.receipts)
            writing.load_receipts(receipts, now=now)
        finished: Finished | None = None
        for day in days:
            with progress.step(f"sweep as of {day}"):
                finished = sweeping.sweep_file(
                    persons[day],
                    prefix=prefix,
                    as_of=day,
                    now=now,
                    folder=folder,
                    known_at=_end_of(day),
                    tell=False,
                )
        assert finished is not None
        with progress.step("leads"):
            outreach.sync_with_sweep(sweep_id=SweepId(finished.sweep.pk), now=now)
    return finished


def _end_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=timezone.get_default_timezone())


def _eligible(persons: dict[date, Path], folder: Path) -> object:
    """Who is due what, and since when: before anybody can be said to receive it."""
    parts: list[str] = []
    first = min(persons)
    looked_at = [*sorted(persons)[:-1:QUARTER], max(persons)]
    for day, path in ((day, persons[day]) for day in looked_at):
        law = policies.law_on(day)
        out = folder / f"due-{day}"
        sweeping.sweeper(folder).sweep(law.rules, law.numbers, persons=str(path), receipts=None, out=out)
        # Whoever was due at the first month-end had been so for a good while.
        since = first - timedelta(days=LONG_AGO_DAYS) if day == first else day
        parts.append(
            f"SELECT person_id, benefit, coalesce(amount_fen, 0) AS amount_fen, DATE '{since}' AS day, "
            f"DATE '{day}' AS swept FROM read_parquet('{out}/entitlement.parquet') WHERE status = 1"
        )
    with duckdb.connect() as engine:
        engine.execute("SET threads = 2").fetchall()
        return engine.sql(
            "SELECT person_id, benefit, arg_max(amount_fen, swept)::BIGINT AS amount_fen, "
            f"min(day) AS eligible_since FROM ({' UNION ALL '.join(parts)}) GROUP BY person_id, benefit "
            f"HAVING max(swept) = DATE '{max(persons)}' ORDER BY person_id, benefit"
        ).to_arrow_table()


def load_places() -> int:
    """The project's own trees of places."""
    with acting(Role.JOB, EVERYWHERE, actor_id="process:seeding"):
        return regions.load_own_places()


def deliver_news(now: datetime, limit: int = 10) -> None:
    """Work off what loading published, so that nothing waits for the first turn of ``yiyang work``."""
    for _ in range(limit):
        if not outbox.deliver_due(now):
            return
