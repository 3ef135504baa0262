"""What a feed is, as data: the rows a department sends, our columns under its names, how often it is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, ValidationError

from yiyang.engine.errors import Refused
from yiyang.exchange.choices import RANKS
from yiyang.exchange.kinds import kind_of
from yiyang.exchange.kinds.declaring import Problem
from yiyang.people.choices import Source

WORD = "^[a-z][a-z0-9-]{1,40}$"
DEFINITION: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "title", "kind", "source", "place", "every_days", "schema", "mapping"],
    "properties": {
        "name": {"type": "string", "pattern": WORD},
        "title": {"type": "string", "minLength": 2, "maxLength": 60},
        "kind": {"type": "string"},
        "source": {"enum": sorted(RANKS)},
        "rank": {"type": "integer", "minimum": 0, "maximum": 100},
        "place": {"type": "string", "pattern": "^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$"},
        "every_days": {"type": "integer", "minimum": 1, "maximum": 400},
        "grace_days": {"type": "integer", "minimum": 0, "maximum": 60},
        "schema": {"type": "object"},
        "mapping": {"type": "object", "additionalProperties": {"type": "string", "minLength": 1}},
    },
}


class BadFeed(Refused):
    code = "exchange.bad_feed"
    message = "这份定期来文的定义有错，没有登记"


@dataclass(frozen=True)
class Definition:
    """A checked definition."""

    name: str
    title: str
    kind: str
    source: Source
    rank: int
    place: str
    every_days: int
    grace_days: int
    schema: Mapping[str, Any]
    mapping: Mapping[str, str]


def read_definition(raw: object) -> Definition:
    """Check a definition as it was written.

    Raises:
        BadFeed: names the first fault and where it stands.
        NoSuchKind
    """
    fault = next(iter(Draft202012Validator(DEFINITION).iter_errors(raw)), None)
    if fault is not None:
        raise BadFeed(f"{'/'.join(map(str, fault.absolute_path)) or 'definition'}: {fault.message}")
    assert isinstance(raw, dict)
    kind, mapping, schema = kind_of(raw["kind"]), raw["mapping"], raw["schema"]
    known = {column.key for column in kind.columns}
    if unknown := sorted(set(mapping) - known):
        raise BadFeed(
            f"mapping: {unknown[0]} is no column of {kind.code}; there are {', '.join(sorted(known))}"
        )
    if len(set(mapping.values())) < len(mapping):
        raise BadFeed("mapping: one of their names stands for two columns")
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise BadFeed(f"schema: {error.message}") from None
    if any(not reference.startswith("#") for reference in _references(schema)):
        raise BadFeed("schema: a reference may only point into the schema itself")
    source = Source(raw["source"])
    return Definition(
        raw["name"], raw["title"], kind.code, source, raw.get("rank", RANKS[source]), raw["place"],
        raw["every_days"], raw.get("grace_days", 0), schema, mapping,
    )  # fmt: skip


def _references(part: object) -> list[str]:
    if isinstance(part, dict):
        own = [value for key, value in part.items() if key == "$ref" and isinstance(value, str)]
        return own + [found for value in part.values() for found in _references(value)]
    if isinstance(part, list):
        return [found for value in part for found in _references(value)]
    return []


class RowCheck:
    """A row against what was agreed with the department; the answer never holds what stood there."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._validator = Draft202012Validator(schema)

    def problems(self, row: Mapping[str, object]) -> list[Problem]:
        return [_problem(error) for error in self._validator.iter_errors(row)]


RULES = {
    "required": "少了约定的列或内容",
    "pattern": "写法不合约定",
    "enum": "不是约定的几种写法之一",
    "type": "类型不合约定",
    "maxLength": "太长",
    "minLength": "太短",
    "minimum": "太小",
    "maximum": "太大",
    "format": "格式不合约定",
}


def _problem(error: ValidationError) -> Problem:
    field = str(error.absolute_path[0]) if error.absolute_path else ""
    rule = str(error.validator)
    reason = RULES.get(rule, "不合和这个部门约定的格式")
    return Problem(f"agreed_{rule}", reason, "请来源单位按约定的格式重新导出这一行", field)
