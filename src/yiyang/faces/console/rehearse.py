"""``yiyang rehearse FILE|REVISION``: gainers, losers and fen by county for changed numbers."""

from __future__ import annotations

import argparse
import json
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from yiyang.base.actors import process
from yiyang.base.scoping import Role, Scope, acting
from yiyang.engine.ruling.parameters import ParameterRow
from yiyang.entitlements.services import rehearsing
from yiyang.policies import library
from yiyang.policies import selectors as policies
from yiyang.regions import codes

REHEARSING = process("rehearse")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", help="a TOML file of [[number]] rows, or the code of a revision")
    parser.add_argument(
        "--place", default=settings.YIYANG_PLACE, help="whom to look at, as a division prefix"
    )
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Rehearse and print; the rehearsal is kept.

    Raises:
        BadScope, BadLawFile, NoSuchRevision, SweepTooOld
    """
    codes.scope_of(options.place)
    now = timezone.localtime()
    with acting(Role.JOB, Scope.of(options.place), actor_id=REHEARSING.label, purpose="rehearse"):
        made = rehearsing.rehearse(actor=REHEARSING, rows=_rows(options.what), prefix=options.place, now=now)
    content: dict[str, Any] = made.content
    if options.json:
        print(
            json.dumps({"rehearsal": str(made.code), "seconds": made.seconds, **content}, ensure_ascii=False)
        )
    else:
        print("\n".join(_words(content)))
    return 0


def _rows(what: str) -> list[ParameterRow]:
    try:
        code = uuid.UUID(what)
    except ValueError:
        return list(library.rows_of(Path(what)))
    return [policies.as_row(policies.revision_of(code))]


def _words(content: dict[str, Any]) -> list[str]:
    lines = [f"{content['people']:,} people, law of {content['day']}"]
    if content["refused"]:
        lines.append(f"{content['refused']:,} of them left out: their register has errors")
    if not content["results"]:
        lines.append("nothing changes for anybody")
    for result in content["results"]:
        total = result["total"]
        net = (total["after_fen"] - total["before_fen"]) / 100
        lines.append(
            f"{result['title']} ({result['benefit']}, {result['unit']}): gained {total['gained']:,}, "
            f"lost {total['lost']:,}, more {total['more']:,}, less {total['less']:,}, net {net:+,.2f} yuan"
        )
        moved = ("gained", "lost", "more", "less", "now_unknown", "now_known")
        for county in (c for c in result["counties"] if any(c[name] for name in moved)):
            change = (county["after_fen"] - county["before_fen"]) / 100
            lines.append(
                f"  {county['county']}  gained {county['gained']:>7,}  lost {county['lost']:>7,}  "
                f"more {county['more']:>7,}  less {county['less']:>7,}  {change:>+16,.2f}"
            )
    return lines
