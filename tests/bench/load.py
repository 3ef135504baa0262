"""``python -m tests.bench.load``: Baotou made and entered as ``yiyang demo`` does, then its year.

547,019 people with about 7.5 million dated facts, encrypted and indexed, in a server as shipped (fsync on).
"""

from __future__ import annotations

import argparse
import sys

from tests.bench.installation import add_arguments, opened, size_on_disk
from tests.bench.measuring import measured
from tests.bench.reporting import report

CITY = "1502"
QUICK = 0.02


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser, region=False)
    options = parser.parse_args(words)
    with opened(options) as server:
        from django.utils import timezone

        from tests.bench.counting import rows_of
        from yiyang.engine.synthesising import recipes
        from yiyang.faces.console import seeding
        from yiyang.faces.console.progress import Progress

        now = timezone.localtime()
        recipe, progress = recipes.read_recipe(seeding.DATA), Progress()
        places = seeding.cells_of(CITY, None, QUICK if options.quick else 1.0)
        with measured(server.data) as load:
            seeding.load_people(places, recipe, as_of=now.date(), now=now, progress=progress)
        with measured(server.data) as year:
            seeding.sweep_a_year(CITY, recipe, as_of=now.date(), now=now, progress=progress)
        rows = rows_of("people_person", "people_fact", "entitlements_decision", "outreach_lead")
        disk = size_on_disk(server)
    figures = {"load_s": load.wall_s, **load.told("load_"), **year.told("year_"), "disk_mb": disk}
    return report("load", figures, judged=not options.quick, rows=rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
