"""``yiyang people synthesise``: invented people for any place with census cells."""

from __future__ import annotations

import argparse
import json
import time
from datetime import date
from pathlib import Path

from django.utils import timezone

from yiyang.engine.errors import Refused
from yiyang.engine.synthesising import recipes, writing
from yiyang.faces.console import seeding
from yiyang.faces.console.days import day_of
from yiyang.faces.console.progress import Progress


class AlreadyThere(Refused):
    code = "console.already_there"
    message = "这个地方已经有人员数据"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    make = acts.add_parser("synthesise", help="make people exactly by the census and enter them")
    make.add_argument("--place", required=True, help="prefix of 2, 4 or 6 digits")
    make.add_argument("--from", dest="source", type=Path, help="folder of reference tables")
    make.add_argument("--seed", type=int, default=seeding.SEED)
    make.add_argument("--as-of", type=day_of, help="the day the ages hold on; today if left out")
    make.add_argument("--scale", type=float, default=1.0)
    make.add_argument("--out", type=Path, help="write Parquet into this folder instead of the database")
    make.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Make people, into the database or into files.

    Raises:
        NothingToMake, BadCells
        AlreadyThere: every county of the place holds people already.
    """
    began, now = time.monotonic(), timezone.localtime()
    as_of: date = options.as_of or now.date()
    places = seeding.cells_of(options.place, options.source, options.scale)
    recipe = recipes.read_recipe(seeding.DATA)
    if options.out is not None:
        by_county = writing.write_places(places, recipe, options.out, seed=options.seed, as_of=as_of).people
    else:
        progress = Progress(quiet=options.json)
        seeding.load_places()
        by_county = seeding.load_people(
            places, recipe, as_of=as_of, now=now, progress=progress, seed=options.seed
        )
        if not by_county:
            raise AlreadyThere(f"all counties under {options.place} hold people already; nothing was made")
    answer = {
        "people": sum(by_county.values()),
        "by_county": {str(county): n for county, n in sorted(by_county.items())},
        "as_of": f"{as_of}",
        "seed": options.seed,
        "seconds": round(time.monotonic() - began, 1),
    }
    if options.json:
        print(json.dumps(answer))
    else:
        print(f"{answer['people']:,} synthetic people as of {as_of}, {answer['seconds']} s")
    return 0
