"""`yiyang assess score FILE|-`: GB/T 42195 items in, points, level and adjustments out, as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from yiyang.engine.errors import Refused
from yiyang.engine.scoring import AbilityResult, AbilitySigns, BadItem, BadSign, Incomplete, score_ability
from yiyang.policies import standards

_FLAGS = ("coma", "dementia", "mental_disorder")
_KEYS = {"items", "risk_events", *_FLAGS}


class BadFile(Refused):
    """The input is not one JSON object of the expected form."""

    code = "assess.bad_file"
    message = "评估文件写得不对，请按提示改正"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """score FILE|-"""
    acts = parser.add_subparsers(dest="act", required=True)
    score = acts.add_parser(
        "score",
        help="score one assessment by GB/T 42195-2022",
        description='FILE holds {"items": {"B.1.1": 4, … 26 codes}, "coma": false, "dementia": false,'
        ' "mental_disorder": false, "risk_events": 0}; a sign left out counts as false or 0.',
    )
    score.add_argument("file", metavar="FILE|-")
    score.add_argument("--json", action="store_true", help="the answer is JSON with and without this word")


def run(options: argparse.Namespace) -> int:
    """Print one JSON object; bad input raises with the name of what is wrong."""
    items, signs = read(_bytes(options.file))
    result = score_ability(items, signs, standard=standards.ability_standard())
    print(json.dumps(as_json(result)))
    return 0


def read(raw: bytes) -> tuple[dict[str, int | None], AbilitySigns]:
    """The items and signs of one input.

    Raises:
        BadFile: not JSON, not an object, a name twice or unknown.
        BadItem: an item that is null, not whole or no number; the standard's own limits are the engine's.
        BadSign: a flag that is not true or false, a count that is not whole or negative.
        Incomplete: no items at all without a coma.
    """
    given = _object(raw)
    if unknown := sorted(given.keys() - _KEYS):
        raise BadFile(f"{unknown[0]!r} is not one of {', '.join(sorted(_KEYS))}")
    flags = {name: _flag(name, given.get(name, False)) for name in _FLAGS}
    signs = AbilitySigns(**flags, risk_events=_count(given.get("risk_events", 0)))
    if "items" not in given and not signs.coma:
        raise Incomplete("items is missing: without a coma all 26 items are needed")
    items = given.get("items", {})
    if not isinstance(items, dict):
        raise BadFile("items is not an object of item codes and scores")
    return {code: _score(code, score) for code, score in items.items()}, signs


def as_json(result: AbilityResult) -> dict[str, object]:
    """What is printed."""
    return {
        "total": result.total,
        "dimensions": dict(result.dimensions),
        "initial_level": result.initial_level,
        "level": result.level,
        "adjusted_by": list(result.adjusted_by),
    }


def _bytes(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise BadFile(f"{file} cannot be read: {error.strerror}") from error


def _object(raw: bytes) -> dict[str, object]:
    try:
        given = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise BadFile(f"not JSON: {error}") from error
    if not isinstance(given, dict):
        raise BadFile("not a JSON object")
    return given


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """JSON takes the last of two equal names in silence: here it is an error."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise BadFile(f"{next(name for name in names if names.count(name) > 1)!r} stands twice")
    return found


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise BadSign(f"{name} is {_shown(value)}: only true or false is allowed")
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise BadSign(f"risk_events is {_shown(value)}: a count is a whole number, 0 or more")
    return value


def _score(code: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadItem(f"{code!r} is {_shown(value)}: a score is a whole number")
    return value


def _shown(value: object) -> str:
    """As JSON writes it, and short."""
    text = json.dumps(value)
    return text if len(text) <= 40 else text[:39] + "…"
