"""``yiyang audit seal|verify|heads``: the log under seal, proved again, its heads copied out."""

from __future__ import annotations

import argparse
import json
import time
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from yiyang.base.actors import process
from yiyang.base.log import alerts, audit, chain, heads, verifying
from yiyang.base.log.verifying import Verdict
from yiyang.base.scoping import EVERYWHERE, Role, acting

SEALING = process("audit")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    for name, says in (
        ("seal", "put what was written under seal, copy the heads out"),
        ("verify", "reckon the whole chain again; exit 1 if one byte is not what was sealed"),
        ("heads", "copy the newest heads out and show where they are"),
    ):
        act = acts.add_parser(name, help=says)
        act.add_argument("--heads", type=Path, help="folder of the heads; YIYANG_HEADS otherwise")
        act.add_argument("--json", action="store_true", help="one JSON object")


def run(options: argparse.Namespace) -> int:
    """Do it and say it.

    Raises:
        StillWriting, HeadsUnreadable
    """
    folder = options.heads or Path(settings.YIYANG_HEADS)
    now = timezone.localtime()
    said: dict[str, object]
    if options.act == "seal":
        blocks, rows = seal_all(now)
        said = {"blocks": blocks, "rows": rows, "heads": copy_heads(folder)}
        words = f"sealed {rows} lines in {blocks} blocks; {said['heads']} heads copied to {folder}"
    elif options.act == "heads":
        said = {"heads": copy_heads(folder), "file": str(folder / heads.FILE)}
        words = f"{said['heads']} new heads; all of them in {said['file']}"
    else:
        return _verify(folder, now, as_json=options.json)
    print(json.dumps(said, ensure_ascii=False) if options.json else words)
    return 0


def seal_all(now: datetime) -> tuple[int, int]:
    """Seal until nothing is left; blocks and lines.

    Raises:
        StillWriting
    """
    blocks = rows = 0
    while True:
        with acting(Role.JOB, EVERYWHERE, actor_id=SEALING.label, purpose="audit seal"):
            made = chain.seal(now=now)
        blocks += len(made)
        rows += sum(one.n for one in made)
        if len(made) < chain.AT_ONCE:
            return blocks, rows


def copy_heads(folder: Path) -> int:
    with acting(Role.JOB, EVERYWHERE, actor_id=SEALING.label, purpose="audit heads"):
        return heads.copy_out(folder)


def verified(folder: Path, now: datetime) -> Verdict:
    """Prove the chain and leave a line that it was done."""
    with acting(Role.JOB, EVERYWHERE, actor_id=SEALING.label, purpose="audit verify"):
        verdict = verifying.verify(heads.read(folder))
        audit.record(
            actor=SEALING,
            action="audit_verified",
            now=now,
            detail={
                "blocks": verdict.blocks,
                "rows": verdict.rows,
                "heads": verdict.heads,
                "faults": [[fault.wrong, fault.block, list(fault.rows)] for fault in verdict.faults],
            },
        )
        if verdict.faults:
            alerts.raise_broken_chain(actor=SEALING, faults=len(verdict.faults), now=now)
    return verdict


def _verify(folder: Path, now: datetime, *, as_json: bool) -> int:
    began = time.monotonic()
    verdict = verified(folder, now)
    seconds = round(time.monotonic() - began, 2)
    if as_json:
        faults = [
            {"wrong": one.wrong, "block": one.block, "rows": one.rows, "says": one.says}
            for one in verdict.faults
        ]
        print(json.dumps({**vars(verdict), "faults": faults, "seconds": seconds}, ensure_ascii=False))
    else:
        for fault in verdict.faults:
            print(f"WRONG {fault.says}")
        heads_said = f"{verdict.heads} heads" if verdict.heads else "no heads copied out to hold it against"
        print(
            f"{verdict.rows} lines in {verdict.blocks} blocks, {verdict.unsealed} not under seal yet, "
            f"{heads_said}, {seconds} s: {'NOT what was sealed' if verdict.faults else 'all as sealed'}"
        )
    return 1 if verdict.faults else 0
