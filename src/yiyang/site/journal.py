"""What a log line may say. Personal data cannot get into one: by form, not by care.

Only known fields are written; Chinese words, numbers that could be a person's, and query strings are struck
out of every message; of an exception its kind and its places in the code are kept, never its words (they may
quote a row) and never the values of variables.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime

from yiyang.engine.errors import HouseError

FIELDS = ("request_id", "actor", "view", "method", "status", "ms", "step", "event")
STRUCK = "…"
_CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]+")
_PERSONAL = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15}|\d{11}|\d{16}|\d{19})(?!\d)")
_QUERY = re.compile(r"\?[^\s\"']*")
_MAIL = re.compile(r"\S+@\S+")


def struck(text: str) -> str:
    """The text without anything that could be a name, an address, a number or what was searched for."""
    for pattern in (_CHINESE, _PERSONAL, _QUERY, _MAIL):
        text = pattern.sub(STRUCK, text)
    return text


def _facts(record: logging.LogRecord) -> dict[str, object]:
    facts: dict[str, object] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "says": struck(record.getMessage()),
    }
    facts |= {name: getattr(record, name) for name in FIELDS if getattr(record, name, None) not in (None, "")}
    if record.exc_info and record.exc_info[1] is not None:
        error = record.exc_info[1]
        facts["error"] = type(error).__name__
        if isinstance(error, HouseError):
            facts["code"] = error.code
        frames = traceback.extract_tb(error.__traceback__)
        facts["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return facts


class JsonLines(logging.Formatter):
    """One object a line, for a collector."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(_facts(record), ensure_ascii=False)


class Words(logging.Formatter):
    """The same for a person at a console."""

    def format(self, record: logging.LogRecord) -> str:
        facts = _facts(record)
        where = facts.pop("where", [])
        head = " ".join(str(facts.pop(name)) for name in ("at", "level", "logger", "says"))
        line = " ".join([head, *(f"{name}={value}" for name, value in facts.items())])
        assert isinstance(where, list)
        return "\n".join([line, *(f"  {place}" for place in where)])
