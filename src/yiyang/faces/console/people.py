"""``yiyang people``: invented people for any place with census cells; second records of one person."""

from __future__ import annotations

import argparse
import json
import time
from datetime import date
from pathlib import Path

from django.utils import timezone

from yiyang.base.actors import process
from yiyang.base.scoping import PREFIX_LENGTHS, Role, Scope, acting
from yiyang.engine.errors import Refused
from yiyang.engine.synthesising import recipes, writing
from yiyang.faces.console import seeding
from yiyang.faces.console.days import day_of
from yiyang.faces.console.progress import Progress
from yiyang.people import services as people
from yiyang.regions.selectors import NoSuchPlace

LOOKING = process("duplicates")


class NobodyThere(Refused):
    code = "console.nobody_there"
    message = "这个地方还没有录入老人"


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
    look = acts.add_parser("duplicates", help="look for second records of one person in a branch")
    look.add_argument("--place", required=True, help="prefix of 2, 4, 6, 9 or 12 digits")
    look.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    return look_for_duplicates(options) if options.act == "duplicates" else synthesise(options)


def look_for_duplicates(options: argparse.Namespace) -> int:
    """Everybody of a branch against everybody; what is found are tickets for the office.

    Raises:
        NoSuchPlace: no prefix of a division.
        NobodyThere: nobody is entered under it.
    """
    began, now = time.monotonic(), timezone.localtime()
    if len(options.place) not in PREFIX_LENGTHS or not options.place.isdecimal():
        raise NoSuchPlace(f"{options.place!r} is no prefix of a division code")
    with acting(Role.JOB, Scope.of(options.place), actor_id=LOOKING.label, purpose="looking for duplicates"):
        found = people.find_in_branch(actor=LOOKING, prefix=options.place, now=now)
    if not found.people:
        raise NobodyThere(f"nobody is entered under {options.place}")
    seconds = round(time.monotonic() - began, 1)
    if options.json:
        told = {"people": found.people, "pairs": found.pairs, "new": found.tickets, "seconds": seconds}
        left = [[one.block, one.keys, one.records] for one in found.left_out]
        print(json.dumps(told | {"left_out": left}))
        return 0
    print(f"{found.people:,} people compared, {found.pairs} pairs, {found.tickets} of them new, {seconds} s")
    for one in found.left_out:
        print(f"left out: {one.keys} keys of {one.block!r} that {one.records} records share")
    return 0


def synthesise(options: argparse.Namespace) -> int:
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
