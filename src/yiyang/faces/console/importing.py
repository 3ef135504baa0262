"""``yiyang import KIND FILE``: the operator's way in. One run, two people named, counts that reconcile."""

from __future__ import annotations

import argparse
import json
import os
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from yiyang.accounts import selectors as accounts
from yiyang.base.actors import Actor, process
from yiyang.base.scoping import EVERYWHERE, Role, acting
from yiyang.engine.errors import Refused
from yiyang.exchange import returning, selectors, services, storing
from yiyang.exchange.choices import RANKS, BatchState
from yiyang.exchange.kinds import KINDS
from yiyang.exchange.services import Upload
from yiyang.faces.console.days import day_of
from yiyang.people.choices import Source

if TYPE_CHECKING:
    from yiyang.exchange.models import Batch

SHOWN = 20
OPERATOR = process("import")


class NoSecondPerson(Refused):
    code = "console.no_second_person"
    message = "要写明复核人：--approved-by 登录名"


class NoSuchSource(Refused):
    code = "console.no_such_source"
    message = "没有这个来源"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", help=f"what the lines mean: {', '.join(KINDS)}")
    parser.add_argument("file", type=Path, help="xlsx, csv or json")
    parser.add_argument("--place", default="", help="prefix of the branch whose people the file may touch")
    parser.add_argument("--source", default=Source.CIVIL_AFFAIRS.value, help=f"one of {', '.join(RANKS)}")
    parser.add_argument("--as-of", type=day_of, help="the day the data hold on; today if left out")
    parser.add_argument("--approved-by", metavar="LOGIN", help="the second person, with the right to approve")
    parser.add_argument("--dry-run", action="store_true", help="the same run, rolled back at the end")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Stage, judge, approve and merge one file, or show what that would do.

    Raises:
        NoSecondPerson, NoSuchKind, TooLarge, BadFile and other refusals: nothing was taken.
    """
    began = timezone.localtime()
    if not options.dry_run and not options.approved_by:
        raise NoSecondPerson("name the second person: --approved-by LOGIN (or look first: --dry-run)")
    prefix = options.place or settings.YIYANG_PLACE
    second = None if options.dry_run else _second_person(options.approved_by, prefix, began.date())
    with _trying(options.dry_run):
        batch, known = _import(options, prefix, second)
        answer = _answer(batch, known=known)
        if batch.rejected and not known:
            answer["rejected_file"] = str(_give_back(batch, options.file))
        if options.dry_run:
            transaction.set_rollback(True)
    answer["seconds"] = round((timezone.localtime() - began).total_seconds(), 1)
    print(json.dumps(answer, ensure_ascii=False) if options.json else _words(answer, dry_run=options.dry_run))
    if batch.state == BatchState.BAD:
        return 2
    return 1 if batch.rejected else 0


def _second_person(login: str, prefix: str, on: date) -> Actor:
    found = accounts.colleague_with(login, "approve_import", prefix=prefix, on=on)
    if found is None:
        raise NoSecondPerson(f"{login} does not hold the right to approve imports for {prefix}")
    return found


def _trying(dry_run: bool) -> AbstractContextManager[object]:
    """A dry run is one transaction around the whole run; a real one commits stage by stage."""
    return _acting() if dry_run else nullcontext()


def _acting() -> AbstractContextManager[object]:
    return acting(Role.JOB, EVERYWHERE, actor_id=OPERATOR.label, purpose="import by hand")


def _import(options: argparse.Namespace, prefix: str, second: Actor | None) -> tuple[Batch, bool]:
    """Every stage, one after the other; without a second person merging is tried and rolled back."""
    now, holder = timezone.localtime(), f"import:{os.getpid()}"
    upload = Upload(
        kind=options.kind,
        source=_source(options.source),
        as_of=options.as_of or now.date(),
        name=options.file.name,
        prefix=prefix,
    )
    with options.file.open("rb") as file, _acting():
        received = services.receive_file(actor=OPERATOR, upload=upload, file=file, now=now)
    batch = received.batch
    if batch.state == BatchState.DONE:
        return batch, True
    batch = services.work_on(batch.pk, holder=holder, clock=timezone.localtime) or batch
    if batch.state == BatchState.CHECKED and second is None:
        return services.try_batch(batch.pk, holder=holder, clock=timezone.localtime), False
    if batch.state == BatchState.CHECKED and second is not None:
        with _acting():
            services.approve_batch(actor=second, batch_id=batch.pk, now=timezone.localtime())
        batch = services.work_on(batch.pk, holder=holder, clock=timezone.localtime) or batch
    return batch, False


def _source(text: str) -> Source:
    if text not in RANKS:
        raise NoSuchSource(f"no source {text!r}; there are {', '.join(RANKS)}")
    return Source(text)


def _answer(batch: Batch, *, known: bool) -> dict[str, Any]:
    with _acting():
        told = storing.told_of(batch)
        reasons = [] if known else selectors.reasons_of(batch.pk)[:SHOWN]
    return {
        **returning.summary_of(batch),
        "known_file": known,
        "notes": told.get("notes", []),
        "bad": told.get("bad", ""),
        "reasons": [{"field": field, "reason": reason, "lines": n} for field, reason, n in reasons],
    }


def _give_back(batch: Batch, beside: Path) -> Path:
    """The rejected lines as a file of the same format beside the one that was read."""
    path = beside.with_name(f"{beside.stem}.rejected.{batch.format}")
    with _acting():
        path.unlink(missing_ok=True)
        returning.write_rejected(batch, path)
    return path


def _words(answer: dict[str, Any], *, dry_run: bool) -> str:
    if answer["bad"]:
        return f"the file cannot be read; nothing was taken\n  {answer['bad']}"
    if answer["known_file"]:
        return "this very file was imported before; nothing changed"
    verb = "would be" if dry_run else "were"
    lines = [
        f"{answer['read']:,} lines read: {answer['merged']:,} {verb} merged, "
        f"{answer['unchanged']:,} unchanged, "
        f"{answer['rejected']:,} rejected, {answer['waiting']:,} wait for somebody's judgement "
        f"({answer['seconds']} s)"
    ]
    lines += [f"  note: {note}" for note in answer["notes"]]
    lines += [f"  {r['lines']:>7,}  {r['field']}：{r['reason']}" for r in answer["reasons"]]
    if "rejected_file" in answer:
        lines.append(f"rejected lines, with reasons: {answer['rejected_file']}")
    return "\n".join(lines)
