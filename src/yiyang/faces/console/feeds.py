"""``yiyang feeds``: what departments send again and again, agreed as data and taken from a folder."""

from __future__ import annotations

import argparse
import json
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from yiyang.base.actors import process
from yiyang.base.scoping import EVERYWHERE, Role, acting
from yiyang.exchange import feeds, selectors, services

OPERATOR = process("feeds")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    add = acts.add_parser("add", help="register a definition, or a new version of it")
    add.add_argument(
        "file", type=Path, help="JSON: name, title, kind, source, place, every_days, schema, mapping"
    )
    run_ = acts.add_parser("run", help="take the files that lie in the folders of the feeds")
    run_.add_argument("--only", default="", metavar="NAME")
    for act in (add, run_, acts.add_parser("list", help="feeds, when each came last and whether it is late")):
        act.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Register, take or list.

    Raises:
        BadFeed: the definition has a fault; nothing was registered.
    """
    now = timezone.localtime()
    if options.act == "add":
        return _add(options, now)
    if options.act == "run":
        return _take(options, now)
    return _list(options, now)


def _add(options: argparse.Namespace, now: datetime) -> int:
    try:
        raw = json.loads(options.file.read_text("utf-8-sig"))
    except ValueError as error:
        raise feeds.BadFeed(f"{options.file.name} is no JSON: {error}") from None
    definition = feeds.read_definition(raw)
    with acting(Role.JOB, EVERYWHERE, actor_id=OPERATOR.label):
        feed = services.agree_feed(actor=OPERATOR, definition=definition, now=now)
    folder = Path(settings.YIYANG_INBOX) / feed.name
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    answer = {"name": feed.name, "kind": feed.kind, "rank": feed.rank, "folder": str(folder)}
    print(json.dumps(answer) if options.json else f"{feed.name}: files go to {folder}")
    return 0


def _take(options: argparse.Namespace, now: datetime) -> int:
    taken = services.take_from_inbox(inbox=Path(settings.YIYANG_INBOX), now=now, only=options.only)
    if options.json:
        print(json.dumps([vars(one) for one in taken], ensure_ascii=False))
    else:
        for one in taken:
            word = f"REFUSED: {one.why}" if one.why else "known already" if one.known else "taken"
            print(f"{one.feed}: {word}")
        if not taken:
            print("no file waits in the folders of the feeds")
    return 1 if any(one.why for one in taken) else 0


def _list(options: argparse.Namespace, now: datetime) -> int:
    with acting(Role.JOB, EVERYWHERE, actor_id=OPERATOR.label):
        rows = [
            {
                "name": feed.name,
                "kind": feed.kind,
                "source": feed.source,
                "rank": feed.rank,
                "last": feed.last_arrived_at and f"{timezone.localtime(feed.last_arrived_at):%Y-%m-%d %H:%M}",
                "due": f"{selectors.due_of(feed)}",
                "late": selectors.due_of(feed) < now.date(),
            }
            for feed in selectors.feeds_everywhere()
        ]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
    else:
        for row in rows:
            late = "  LATE" if row["late"] else ""
            print(f"{row['name']:24} {row['kind']:12} last {row['last'] or 'never'}, due {row['due']}{late}")
    return 0


def take_from_inbox(now: datetime) -> str:
    """For the night: files of departments, taken from their folders; they wait for a second person."""
    taken = services.take_from_inbox(inbox=Path(settings.YIYANG_INBOX), now=now)
    refused = sum(1 for one in taken if one.why)
    return f"{len(taken) - refused} files taken, {refused} refused"
