"""``python -m tests.bench.region --state FOLDER``: 4,757,233 people in a database, swept once, with leads.

What the benches of a whole region stand on, built once and kept. People and their state as of now go in;
their history does not (64 million facts: Baotou's is measured by ``load``), so a sweep of a past day is not
measured here. Receipts are synthetic, as in the demonstration.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import TYPE_CHECKING

from tests.bench.installation import add_arguments, opened, size_on_disk
from tests.bench.measuring import Taken, measured
from tests.bench.reporting import report

if TYPE_CHECKING:
    from yiyang.engine.synthesising.cells import PlaceCells
    from yiyang.engine.synthesising.recipes import Recipe

QUICK = 0.01
MARK, BEGUN = "region-is-built", "region-is-begun"


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser, region=True)
    options = parser.parse_args(words)
    with opened(options) as server, measured(server.data) as taken:
        from django.utils import timezone

        from yiyang.engine.synthesising import recipes
        from yiyang.faces.console import seeding

        if (server.state / MARK).exists():
            return report("region", {}, notes=["it was there already"])
        (server.state / BEGUN).touch(exist_ok=False)  # half built by another run: remove the folder
        now = timezone.localtime()
        recipe = recipes.read_recipe(seeding.DATA)
        places = seeding.cells_of(options.place, options.source, QUICK if options.quick else 1.0)
        with taken.part("people"):
            people = load_without_history(places, recipe, as_of=now.date(), now=now)
        with taken.part("statistics of people"):
            settle()
        sweep_first(options.place, recipe, taken, now)
        with taken.part("statistics of the rest"):
            settle()
        (server.state / MARK).touch()
        disk = size_on_disk(server)
    figures = {**taken.told(), "disk_mb": disk}
    return report("region", figures, people=people, parts=taken.parts)


def load_without_history(places: list[PlaceCells], recipe: Recipe, *, as_of: date, now: datetime) -> int:
    """Everybody, two counties at once; a county is one transaction. Returns how many."""
    from django.db import connection

    from yiyang.base.scoping import Role, Scope, acting
    from yiyang.engine.synthesising import counties
    from yiyang.faces.console import seeding
    from yiyang.people import services as people

    def load(place: PlaceCells) -> int:
        try:
            county = counties.make_county(place, recipe, seed=seeding.SEED, as_of=as_of)
            none = county.facts().slice(0, 0)
            with acting(Role.JOB, Scope.of(str(place.county)), actor_id="process:bench"):
                return people.load_people(county.people(), none, county.state(), now=now).people
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(load, sorted(places, key=lambda place: -place.total)))


def sweep_first(place: str, recipe: Recipe, taken: Taken, now: datetime) -> None:
    """What people receive, the first sweep over everybody, and the leads from it."""
    from yiyang.base.ids import SweepId
    from yiyang.base.scoping import Role, Scope, acting
    from yiyang.engine.synthesising.receipts import synthesise_receipts
    from yiyang.entitlements.services import sweeping, writing
    from yiyang.faces.console import seeding
    from yiyang.outreach import services as outreach

    day, scope = now.date(), Scope.of(place)
    process = acting(Role.JOB, scope, actor_id="process:bench")
    with taken.part("receipts"), process, sweeping.scratch_folder() as folder:
        due = seeding._eligible({day: sweeping.take_snapshot(folder).state}, folder)
        made = synthesise_receipts(due, seed=seeding.SEED, as_of=day, shares=recipe.receipts)
        writing.load_receipts(made, now=now)
    with acting(Role.JOB, scope, actor_id="process:bench"):
        with taken.part("first sweep"):
            done = sweeping.sweep(prefix=place, as_of=day, now=now)
        with taken.part("first leads"):
            outreach.sync_with_sweep(sweep_id=SweepId(done.sweep.pk), now=now)


def settle() -> None:
    """What autovacuum will have done by the next night: dead rows away, statistics fresh."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    connections["owner"].close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
