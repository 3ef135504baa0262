"""``yiyang keys``: the key ring of this installation, and its rotation while the site runs."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from yiyang.base.keys import keyring, ringfile, rotation, sealing
from yiyang.base.keys.keyring import DATA, INDEX, KeyRefused, KeyRing
from yiyang.base.keys.suites import Suite, check_supported


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    new = acts.add_parser("new", help="a new ring, or in an existing one the keys that are to take over")
    new.add_argument("--suite", type=suite_of, help="A (AES-256-GCM) or S (SM4-GCM, HMAC-SM3)")
    new.add_argument("--purpose", action="append", help="data, bidx:FIELD, audit, device, export")
    listed = acts.add_parser("list", help="every key with its age and state, never its bytes")
    listed.add_argument("--json", action="store_true")
    rotate = acts.add_parser("rotate", help="bring every sealed field and index under the new keys; resumes")
    rotate.add_argument("--suite", type=suite_of, help="of the keys that are made where none waits")
    rotate.add_argument("--purpose", action="append", help="data, bidx:FIELD, audit, device, export")
    rotate.add_argument("--json", action="store_true")
    retire = acts.add_parser("retire", help="destroy a key that nothing uses any more")
    retire.add_argument("key", metavar="KEY")


def suite_of(word: str) -> Suite:
    try:
        return Suite(word.upper())
    except ValueError:
        raise argparse.ArgumentTypeError(f"{word!r} is no suite: A or S") from None


def run(options: argparse.Namespace) -> int:
    """One act on the ring.

    Raises:
        NoKeys, KeyRefused, NoSuite
    """
    acts = {"new": _new, "list": _list, "rotate": _rotate, "retire": _retire}
    return acts[options.act](options)


def _path() -> Path:
    return Path(settings.YIYANG_KEYS)


def _new(options: argparse.Namespace) -> int:
    now, path = timezone.localtime(), _path()
    if options.suite is not None:
        check_supported(options.suite)
    if not path.exists():
        suite = options.suite or _suite_of_settings()
        ring = ringfile.make_ring(path, suite=suite, fields=sealing.indexed_fields(), now=now)
        print(f"{path}: {len(ring.keys)} keys of suite {suite}; keep a copy apart from the database's backup")
        return 0
    with ringfile.changing(path):
        before = ringfile.read_ring(path)
        ring = keyring.completed(
            before, options.suite or _suite_of(before), sealing.indexed_fields(), now=now
        )
        if ring is before or options.purpose:
            for purpose in options.purpose or _rotated(before):
                ring, _ = keyring.with_new_key(
                    ring, _known(before, purpose), options.suite or _suite_of(before), now=now
                )
        ringfile.write_ring(path, ring)
    for key in ring.keys[len(before.keys) :]:
        print(f"{key.key_id:16} {key.purpose:20} {key.suite}  {key.state}")
    print("hand this ring to every machine of the installation first, then run `yiyang keys rotate`")
    return 0


def _list(options: argparse.Namespace) -> int:
    now, ring = timezone.localtime(), ringfile.read_ring(_path())
    rows = [
        {
            "key_id": key.key_id,
            "purpose": key.purpose,
            "suite": key.suite.value,
            "created": f"{key.created:%Y-%m-%d}",
            "days": (now - key.created).days,
            "state": key.state.value,
        }
        for key in ring.keys
    ]
    if options.json:
        print(json.dumps({"file": str(_path()), "keys": rows}))
        return 0
    print(f"{'key':16} {'purpose':20} suite  {'created':10}  days  state")
    for row in rows:
        named = f"{row['key_id']:16} {row['purpose']:20} {row['suite']:5}"
        print(f"{named}  {row['created']}  {row['days']:4}  {row['state']}")
    return 0


def _rotate(options: argparse.Namespace) -> int:
    run = rotation.open_run()
    if run is None:
        keys = _take_over(options)
        sealed = {p: k for p, k in keys.items() if p == DATA or p.startswith(INDEX)}
        _activate([key for purpose, key in keys.items() if purpose not in sealed])
        if not sealed:
            rotation.audit_act("keys_activated", {"keys": keys}, now=timezone.localtime())
            return 0
        run = rotation.begin(sealed, now=timezone.localtime())
    else:
        print(f"a rotation begun on {run.started_at:%Y-%m-%d %H:%M} goes on", file=sys.stderr)
    report = rotation.carry_on(run, activate=_activate, told=Progress(), clock=timezone.localtime)
    faults = {"damaged": report.damaged, "clashing": report.clashing}
    if options.json:
        print(json.dumps({"keys": run.keys, "fields": run.fields, **faults}))
    else:
        print(f"{run.fields:,} fields are under {', '.join(run.keys.values())}")
        for name, rows in faults.items():
            for row in rows[:20]:
                print(f"{name}: {row}, left as it was", file=sys.stderr)
    return 1 if any(faults.values()) else 0


def _take_over(options: argparse.Namespace) -> dict[str, str]:
    """Purpose -> the key that takes over; made here where none was handed out before."""
    path = _path()
    with ringfile.changing(path):
        ring = ringfile.read_ring(path)
        wanted = [_known(ring, purpose) for purpose in options.purpose or _rotated(ring)]
        suite = options.suite or _suite_of(ring)
        check_supported(suite)
        # Keys that were handed out before are used as they are; none is added that nobody has seen.
        if not any(ring.waiting(purpose) for purpose in wanted):
            for purpose in wanted:
                ring, _ = keyring.with_new_key(ring, purpose, suite, now=timezone.localtime())
            ringfile.write_ring(path, ring)
    return {purpose: key.key_id for purpose in wanted if (key := ring.waiting(purpose))}


def _activate(key_ids: list[str]) -> None:
    if not key_ids:
        return
    with ringfile.changing(_path()):
        ringfile.write_ring(_path(), keyring.activated(ringfile.read_ring(_path()), key_ids))
    print(f"{', '.join(key_ids)} write from now on: hand the ring to other machines", file=sys.stderr)


def _retire(options: argparse.Namespace) -> int:
    path, ring = _path(), ringfile.read_ring(_path())
    if rotation.open_run() is not None:
        raise KeyRefused("a rotation is not at its end: run `yiyang keys rotate` first")
    keyring.destroyed(ring, options.key)
    uses = rotation.uses_of(ring, options.key, Progress())
    if uses:
        told = ", ".join(f"{n:,} of {column}" for column, n in uses.items())
        raise KeyRefused(f"key {options.key} is still needed by {told}: run `yiyang keys rotate` first")
    with ringfile.changing(path):
        ringfile.write_ring(path, keyring.destroyed(ringfile.read_ring(path), options.key))
    rotation.clear_second_columns(ring.key(options.key).purpose)
    rotation.audit_act("key_retired", {"key": options.key}, now=timezone.localtime())
    print(f"{options.key} is destroyed; copies of the ring elsewhere still hold it")
    return 0


def _rotated(ring: KeyRing) -> list[str]:
    return [purpose for purpose in ring.purposes if purpose == DATA or purpose.startswith(INDEX)]


def _known(ring: KeyRing, purpose: str) -> str:
    if purpose not in ring.purposes:
        raise KeyRefused(f"no purpose {purpose!r}; there are {', '.join(ring.purposes)}")
    return purpose


def _suite_of_settings() -> Suite:
    if settings.YIYANG_SUITE not in Suite:
        raise KeyRefused(f"YIYANG_SUITE is {settings.YIYANG_SUITE!r}: A or S")
    return Suite(settings.YIYANG_SUITE)


def _suite_of(ring: KeyRing) -> Suite:
    return ring.active(DATA).suite


class Progress:
    """How far it has come, on stderr, one line that is written over."""

    def __init__(self) -> None:
        self.rows = 0

    def __call__(self, phase: str, fields: int, rows: int) -> None:
        self.rows += rows
        end = "\r" if sys.stderr.isatty() else "\n"
        if sys.stderr.isatty() or self.rows % 100_000 < rows:
            print(f"{phase:6} {self.rows:,} rows read, {fields:,} fields", end=end, file=sys.stderr)
