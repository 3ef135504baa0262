"""What the house holds on one person, across all rooms: each room says what its tables hold, in plain words.

A room's ``holdings.py`` holds ``HOLDINGS``; a test asks that no table with a person in it is forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.timezone import localtime

from yiyang.base.ids import PersonId
from yiyang.base.keys import sealing
from yiyang.base.keys.sealing import Sealed

Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Holding:
    """One table: under which title and which columns it is told; without columns it is not, and says why.

    Args:
        columns: column -> what a person calls it; a leading ``*`` marks somebody else's name, shown masked.
        by: the column that names the person.
        said: of a row, the columns whose codes the room knows better words for.
    """

    model: str
    title: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    by: str = "person_id"
    said: Callable[[Mapping[str, Any]], Mapping[str, str]] | None = None
    why: str = ""

    def rows(self, person_id: PersonId) -> Rows:
        if not self.columns:
            return []
        table: Any = apps.get_model(self.model)
        names = [column.removeprefix("*") for column in self.columns]
        # Only these columns: of an account, for one, nobody may read more than the name.
        found = table._base_manager.filter(**{self.by: person_id}).order_by("pk").values_list("pk", *names)
        return [self._row(table, row_id, values) for row_id, *values in found.iterator()]

    def _row(self, table: type[Model], row_id: int, values: Sequence[Any]) -> dict[str, str]:
        held = dict(zip(self.columns, values, strict=True))
        said = self.said(held) if self.said else {}
        return {
            title: said.get(column) or _told(table, row_id, column, held[column])
            for column, title in self.columns.items()
        }


def holdings() -> Iterator[Holding]:
    """Of every room, in the order of the installation."""
    for config in apps.get_app_configs():
        name = f"{config.name}.holdings"
        if config.name.startswith("yiyang.") and find_spec(name):
            yield from import_module(name).HOLDINGS


def held_on(person_id: PersonId) -> list[tuple[str, Rows]]:
    """Title and rows of every table that holds something; only what the scope shows."""
    found = [(holding.title, holding.rows(person_id)) for holding in holdings()]
    return [(title, rows) for title, rows in found if rows]


def _told(table: type[Model], row_id: int, column: str, value: Any) -> str:
    if column.startswith("*"):
        return f"{value[:1]}**" if value else ""
    if value is None or value == "":
        return "没有记"
    if isinstance(value, Sealed):
        return sealing.unseal(f"{table._meta.db_table}.{column}", row_id, value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    choices: dict[Any, Any] = dict(getattr(table._meta.get_field(column), "flatchoices", ()))
    return str(choices.get(value, value))
