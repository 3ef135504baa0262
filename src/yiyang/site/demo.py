"""``yiyang demo``: a whole synthetic city from nothing, then its pages."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from datetime import datetime
from pathlib import Path

from yiyang.engine.errors import Refused
from yiyang.site import serving, starting


class BadScale(Refused):
    code = "site.bad_scale"
    message = "比例应大于 0、不超过 1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--city", default="1502", help="prefix of the place to fill with synthetic people")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the census, 0 < scale <= 1")
    parser.add_argument(
        "--from", dest="source", type=Path, help="folder of reference tables for other places"
    )
    parser.add_argument("--no-serve", action="store_true", help="end after loading")
    parser.add_argument("--json", action="store_true", help="with --no-serve: end with one JSON object")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.set_defaults(workers=1, threads=4, all=True)


def run(options: argparse.Namespace) -> int:
    """Load what is missing, say what there is, serve.

    Raises:
        BadScale, NothingToMake, PortTaken
    """
    began = time.monotonic()
    if not 0 < options.scale <= 1:
        raise BadScale(f"--scale {options.scale}: a number above 0 and not above 1")
    if not options.no_serve:
        serving.check_port(options.host, options.port)
    os.environ["YIYANG_PLACE"] = options.city  # the parts we start speak of this place
    starting.migrate()
    summary = _filled(options)
    summary["seconds"] = round(time.monotonic() - began, 1)
    if options.json:
        print(json.dumps(summary, ensure_ascii=False))
    else:
        _tell(summary, f"http://localhost:{options.port}")
    return 0 if options.no_serve else serving.run(options)


def _filled(options: argparse.Namespace) -> dict[str, object]:
    from django.utils import timezone

    from yiyang.faces.console import seeding, showing
    from yiyang.faces.console.progress import Progress

    now = timezone.localtime()
    progress = Progress()
    with progress.step("places"):
        seeding.load_places()
    if not showing.has_people(options.city):
        _fill(options, now, progress)
    elif showing.sweep_is_old(options.city, now.date()):
        with progress.step(f"sweep as of {now.date()}"):
            showing.sweep_again(options.city, now)
    summary = showing.summary(options.city)
    showing.ensure_accounts(options.city, starting.state_folder(), now)
    return summary


def _fill(options: argparse.Namespace, now: datetime, progress: object) -> None:
    from yiyang.engine.synthesising import recipes
    from yiyang.faces.console import seeding
    from yiyang.faces.console.progress import Progress

    assert isinstance(progress, Progress)
    recipe = recipes.read_recipe(seeding.DATA)
    places = seeding.cells_of(options.city, options.source, options.scale)
    seeding.load_people(places, recipe, as_of=now.date(), now=now, progress=progress)
    seeding.sweep_a_year(options.city, recipe, as_of=now.date(), now=now, progress=progress)


def _tell(summary: dict[str, object], site: str) -> None:
    from yiyang.faces.console import showing

    for line in showing.words_of(summary, starting.state_folder(), site):
        print(line)
    sys.stdout.flush()
