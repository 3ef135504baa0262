"""Departments that send again and again: agreed once as data, then taken from a folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from yiyang.base.actors import Actor, process
from yiyang.base.log import audit
from yiyang.base.scoping import EVERYWHERE, Role, acting
from yiyang.engine.errors import Refused
from yiyang.exchange import selectors
from yiyang.exchange.feeds import Definition
from yiyang.exchange.models import Feed
from yiyang.exchange.services.receiving import Upload, receive_file
from yiyang.people.choices import Source
from yiyang.regions import codes

REFUSED = ".refused"
SETTLED_SECONDS = 60  # a file still being copied changes within a minute


@dataclass(frozen=True)
class Taken:
    """What became of one file in the folder of a feed; ``why`` is empty if it was taken."""

    feed: str
    known: bool = False
    why: str = ""


@transaction.atomic
def agree_feed(*, actor: Actor, definition: Definition, now: datetime) -> Feed:
    """Register a definition, or a new version of it under the same name."""
    said = {
        "title": definition.title,
        "division": definition.place.ljust(codes.LENGTH, "0"),
        "kind": definition.kind,
        "source": definition.source,
        "rank": definition.rank,
        "every_days": definition.every_days,
        "grace_days": definition.grace_days,
        "schema": dict(definition.schema),
        "mapping": dict(definition.mapping),
        "active": True,
    }
    feed, _ = Feed.objects.update_or_create(
        name=definition.name, defaults=said, create_defaults={**said, "made_at": now}
    )
    audit.record(
        actor=actor, action="feed_agreed", now=now, subject=("feed", feed.pk), division=feed.division,
        detail={"kind": feed.kind, "source": feed.source, "rank": feed.rank},
    )  # fmt: skip
    return feed


def take_from_inbox(*, inbox: Path, now: datetime, only: str = "") -> list[Taken]:
    """Every file that lies in the folder of a feed, each in a transaction of its own.

    A taken file stands sealed in the database and is removed from the folder; a refused one is kept beside
    under another name, so that it is not tried every night.
    """
    with acting(Role.JOB, EVERYWHERE, actor_id="process:feeds", purpose="feeds"):
        feeds = [feed for feed in selectors.feeds_everywhere() if only in ("", feed.name)]
    return [_take(feed, path, now) for feed in feeds for path in _waiting(inbox / feed.name, now)]


def _waiting(folder: Path, now: datetime) -> list[Path]:
    """Whole files only: no links, nothing hidden, nothing that is still being written."""
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file()
        and not path.is_symlink()
        and not path.name.startswith(".")
        and not path.name.endswith((REFUSED, ".part", ".tmp"))
        and now.timestamp() - path.stat().st_mtime >= SETTLED_SECONDS
    )


def _take(feed: Feed, path: Path, now: datetime) -> Taken:
    prefix = codes.prefix_of(feed.division)
    upload = Upload(
        kind=feed.kind, source=Source(feed.source), as_of=now.date(), name=path.name, prefix=prefix, feed=feed
    )
    actor = process(f"feed:{feed.name}")
    try:
        with acting(Role.JOB, EVERYWHERE, actor_id=actor.label, purpose="feeds"), path.open("rb") as file:
            received = receive_file(actor=actor, upload=upload, file=file, now=now)
            Feed.objects.filter(pk=feed.pk).update(last_arrived_at=now)
    except Refused as refusal:
        path.rename(path.with_name(path.name + REFUSED))
        return Taken(feed.name, why=str(refusal))
    path.unlink()
    return Taken(feed.name, known=received.known)
