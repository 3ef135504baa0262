"""``yiyang accounts machine-key``, ``-keys``, ``-revoke``: keys of other systems; a secret is shown once."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from yiyang.accounts import machines, selectors
from yiyang.accounts.services import machines as keys
from yiyang.engine.errors import Refused
from yiyang.people.choices import Source

HALF_A_YEAR = 180


class BadSource(Refused):
    code = "console.bad_source"
    message = "没有这个数据来源"


def add_arguments(acts: Any) -> None:
    """The acts, beside those on people's accounts."""
    opening = acts.add_parser("machine-key", help="a key for another department's system")
    opening.add_argument("name", help="of the system")
    opening.add_argument("place", help="a division by 2, 4, 6, 9 or 12 digits")
    opening.add_argument("rights", nargs="+", metavar="RIGHT", help=", ".join(machines.RIGHTS))
    opening.add_argument("--source", default="", help=f"whose word it sends: {', '.join(Source.values)}")
    opening.add_argument("--days", type=int, default=HALF_A_YEAR, help=f"at most {machines.LONGEST_DAYS}")
    acts.add_parser("machine-keys", help="all of them, without secrets")
    acts.add_parser("machine-revoke", help="dead at its next request").add_argument("key")


def _open(options: argparse.Namespace, now: datetime) -> int:
    if options.source and options.source not in Source.values:
        raise BadSource(f"no source {options.source!r}; there are {', '.join(Source.values)}")
    made = keys.open_key(
        name=options.name,
        rights=options.rights,
        prefix=options.place,
        source=options.source,
        days=options.days,
        now=now,
    )
    print(f"key {made.key_id}\nsecret {made.secret}")
    print("The secret is shown this once. Hand it over by another way than the key.")
    return 0


def _list(_options: argparse.Namespace, now: datetime) -> int:
    for one in selectors.machine_keys():
        state = (
            "revoked" if one.revoked_at else "expired" if one.until <= now.date() else f"until {one.until}"
        )
        print(f"{one.key_id}  {one.name}  {one.prefix}  {', '.join(one.rights)}  {one.source}  {state}")
    return 0


def _revoke(options: argparse.Namespace, now: datetime) -> int:
    keys.revoke_key(key_id=options.key, now=now)
    print(f"{options.key} is dead")
    return 0


ACTS: Mapping[str, Callable[[argparse.Namespace, datetime], int]] = {
    "machine-key": _open,
    "machine-keys": _list,
    "machine-revoke": _revoke,
}
