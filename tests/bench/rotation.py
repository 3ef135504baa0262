"""``python -m tests.bench.rotation``: every sealed field and index of 100,000 people under new keys.

Six fields a person: three ciphertexts and three blind indexes, one of them unique. In a server as shipped
(fsync on), from the first row read to the pass that finds nothing left.
"""

from __future__ import annotations

import argparse
import sys

from tests.bench.installation import add_arguments, opened, size_on_disk
from tests.bench.measuring import measured
from tests.bench.reporting import report

CITY = "1502"
SCALE = 0.183  # of Baotou's 547,019
QUICK = 0.01


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser, region=False)
    parser.add_argument("--suite", default="A", choices=("A", "S"), help="of the new keys")
    options = parser.parse_args(words)
    with opened(options) as server:
        from django.utils import timezone

        from tests.bench.counting import rows_of
        from yiyang.engine.synthesising import recipes
        from yiyang.faces.console import keys, seeding
        from yiyang.faces.console.progress import Progress

        now = timezone.localtime()
        recipe, progress = recipes.read_recipe(seeding.DATA), Progress()
        places = seeding.cells_of(CITY, None, QUICK if options.quick else SCALE)
        seeding.load_people(places, recipe, as_of=now.date(), now=now, progress=progress)
        rows, before = rows_of("people_person"), size_on_disk(server)
        asked = argparse.ArgumentParser()
        keys.add_arguments(asked)
        with measured(server.data) as turned:
            code = keys.run(asked.parse_args(["rotate", "--suite", options.suite, "--json"]))
        with measured(server.data) as retired:
            code |= keys.run(asked.parse_args(["retire", "d1"]))
        grown = size_on_disk(server) - before
    fields = rows["people_person"] * 6
    figures = {
        "s_for_600000_fields": turned.wall_s * 600_000 / fields,
        "fields_per_s": fields / turned.wall_s,
        "retire_s": retired.wall_s,
        "grown_mb": grown,
        **turned.told(),
    }
    told = report(
        "rotation", figures, judged=not options.quick, rows=rows, fields=fields, suite=options.suite
    )
    return told or code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
