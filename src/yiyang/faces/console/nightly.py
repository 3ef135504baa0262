"""``yiyang nightly``: what is done once a day. A step that fails keeps its reason and stops no other."""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from yiyang.base import nights, retaining
from yiyang.base.actors import process
from yiyang.base.scoping import EVERYWHERE, Role, Scope, acting
from yiyang.engine.errors import BrokenInvariant, HouseError, Refused
from yiyang.faces.console import audit, feeds, showing
from yiyang.people import services as people
from yiyang.regions import selectors as regions

log = logging.getLogger(__name__)
NIGHT = process("nightly")
NOT_BEFORE = time(2, 0)
MOST_SAID = 5
CITY_DIGITS = 4


class NoSuchStep(Refused):
    code = "console.no_such_step"
    message = "没有这一步"


class ChainBroken(BrokenInvariant):
    code = "console.chain_broken"


@dataclass(frozen=True)
class Step:
    """``act`` does it and says in one sentence what it did: counts, nothing of a person."""

    name: str
    act: Callable[[datetime], str]


@dataclass(frozen=True)
class Told:
    """How one step ended."""

    step: str
    ok: bool
    said: str


def sweep_of_the_day(now: datetime) -> str:
    """Birthdays, ends of validity and dated numbers change what people are due without any news."""
    place = settings.YIYANG_PLACE
    if not showing.has_people(place):
        return f"nobody was ever swept under {place}: nothing to do"
    if not showing.sweep_is_old(place, now.date()):
        return "swept today already"
    showing.sweep_again(place, now)
    return f"swept {place} as of {now.date()}"


def clear_sessions(now: datetime) -> str:
    """Sessions that have run out say nothing to anybody and are removed."""
    del now  # the store compares with its own clock
    store = import_module(settings.SESSION_ENGINE).SessionStore
    with acting(Role.NONE, actor_id="process:nightly"):
        store.clear_expired()
    return "expired sessions are gone"


def seal_and_prove(now: datetime) -> str:
    """The log under seal, its heads copied out, and the whole chain reckoned again."""
    folder = Path(settings.YIYANG_HEADS)
    blocks, _ = audit.seal_all(now)
    copied = audit.copy_heads(folder)
    verdict = audit.verified(folder, now)
    if verdict.faults:
        raise ChainBroken("; ".join(fault.says for fault in verdict.faults[:MOST_SAID]))
    return f"{blocks} blocks sealed, {copied} heads copied out; {verdict.rows} lines are as they were sealed"


def keep_to_the_table(now: datetime) -> str:
    """Rows whose time is over are deleted or lose what names a person."""
    done = {model: rows for model, rows in retaining.keep_to_the_table(now).items() if rows}
    return ", ".join(f"{rows} of {model}" for model, rows in done.items()) or "nothing was over"


def end_mandates(now: datetime) -> str:
    """Mandates whose last day has passed open nothing any more; the older people are told."""
    with acting(Role.JOB, EVERYWHERE, actor_id=NIGHT.label, purpose="mandates that have run out"):
        ended = people.end_expired_mandates(actor=NIGHT, now=now)
    return f"{ended} mandates have run out"


def look_for_duplicates(now: datetime) -> str:
    """Second records that came in by hand or by file, each city by itself: a pair is the city's to judge."""
    cities = {str(county)[:CITY_DIGITS] for county in regions.counties(on=now.date())}
    told = [0, 0]
    for city in sorted(cities):
        with acting(Role.JOB, Scope.of(city), actor_id=NIGHT.label, purpose="looking for duplicates"):
            found = people.find_in_branch(actor=NIGHT, prefix=city, now=now)
        told = [told[0] + found.people, told[1] + found.tickets]
    return f"{told[0]} people compared, {told[1]} new pairs"


STEPS: tuple[Step, ...] = (
    Step("feeds", feeds.take_from_inbox),
    Step("sweep", sweep_of_the_day),
    Step("sessions", clear_sessions),
    Step("retention", keep_to_the_table),
    Step("mandates", end_mandates),
    Step("duplicates", look_for_duplicates),
    Step("audit", seal_and_prove),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--only", metavar="NAME", help=f"one step: {', '.join(s.name for s in STEPS)}")
    parser.add_argument("--again", action="store_true", help="also what has ended today already")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Do what nobody has done today.

    Raises:
        NoSuchStep
    """
    chosen = [step for step in STEPS if options.only in (None, step.name)]
    if not chosen:
        raise NoSuchStep(f"no step {options.only!r}; there are {', '.join(s.name for s in STEPS)}")
    told = do(chosen, timezone.localtime(), again=options.again)
    if options.json:
        print(json.dumps({"steps": [vars(one) for one in told]}, ensure_ascii=False))
    else:
        for one in told:
            print(f"{'ok    ' if one.ok else 'FAILED'} {one.step}: {one.said}")
        if not told:
            print("all of it has been done today, or is being done")
    return 0 if all(one.ok for one in told) else 1


def do(steps: Sequence[Step], now: datetime, *, again: bool = False) -> list[Told]:
    """Each step that can be claimed, one after the other."""
    return [_done(step, now) for step in steps if _claimed(step, now, again)]


def do_due(now: datetime) -> int:
    """For ``yiyang work``: after two in the morning, what nobody has begun today; returns how many."""
    if now.time() < NOT_BEFORE:
        return 0
    with acting(Role.JOB, EVERYWHERE, actor_id="process:nightly"):
        names = set(nights.untouched([step.name for step in STEPS], now.date()))
    return len(do([step for step in STEPS if step.name in names], now))


def _claimed(step: Step, now: datetime, again: bool) -> bool:
    with acting(Role.JOB, EVERYWHERE, actor_id="process:nightly"):
        return nights.claim(step=step.name, now=now, again=again)


def _done(step: Step, now: datetime) -> Told:
    try:
        told = Told(step.name, True, step.act(now))
    except HouseError as error:
        told = Told(step.name, False, str(error))
    except Exception as error:
        # The others must go on. Only the kind is kept: the words of a foreign error may quote a row.
        log.exception("nightly step %s failed", step.name)
        told = Told(step.name, False, type(error).__name__)
    with acting(Role.JOB, EVERYWHERE, actor_id="process:nightly"):
        nights.finish(step=step.name, day=now.date(), ok=told.ok, said=told.said, now=timezone.localtime())
    return told
