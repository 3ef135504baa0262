"""How long each table keeps its rows, and what becomes of them then. Every room declares its own.

A room's ``retention.py`` holds ``ENTRIES``, one for every model; a health test asks for them. Periods are
defaults of the product (``verified = false``): each installation confirms them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db.models import DateTimeField, Model, Q, QuerySet

from yiyang.base.actors import process
from yiyang.base.log import audit
from yiyang.base.scoping import EVERYWHERE, NOBODY, Role, acting

KEEPING = process("retention")
BATCH = 5_000


class Then(StrEnum):
    KEEP = "KEEP"
    DELETE = "DELETE"
    PSEUDONYMISE = "PSEUDONYMISE"


@dataclass(frozen=True)
class Entry:
    """One model. ``since`` is the column from which ``days`` count; without a period the row is kept.

    Args:
        where: only these rows, whatever their age.
        blanks: what the columns hold afterwards, where the row itself stays.
        act: does it where more than blanking is needed: (cutoff, at most, now) -> how many.
    """

    model: str
    then: Then
    why: str
    days: int = 0
    since: str = ""
    where: Q = field(default_factory=Q)
    blanks: Mapping[str, object] = field(default_factory=dict)
    act: Callable[[datetime, int, datetime], int] | None = None
    role: Role = Role.JOB

    @property
    def table(self) -> type[Model]:
        return apps.get_model(self.model)

    def cutoff(self, now: datetime) -> datetime:
        return now - timedelta(days=self.days)

    def over(self, now: datetime) -> QuerySet[Any]:
        """Rows whose time is over, oldest id first."""
        limit = self.cutoff(now) if self._is_timed() else self.cutoff(now).date()
        found = self.table._base_manager.filter(self.where, **{f"{self.since}__lt": limit})
        if self.blanks:
            blank = {
                (f"{column}__isnull" if value is None else column): True if value is None else value
                for column, value in self.blanks.items()
            }
            found = found.exclude(**blank)
        return found.order_by("pk")

    def _is_timed(self) -> bool:
        """``since`` may lead over a foreign key: ``batch__finished_at``."""
        table: Any = self.table
        *way, last = self.since.split("__")
        for step in way:
            table = table._meta.get_field(step).related_model
        return isinstance(table._meta.get_field(last), DateTimeField)


def kept(model: str, why: str) -> Entry:
    return Entry(model, Then.KEEP, why)


def entries() -> Iterator[Entry]:
    """Of every room, in the order of the installation."""
    for config in apps.get_app_configs():
        name = f"{config.name}.retention"
        if config.name.startswith("yiyang.") and find_spec(name):
            yield from import_module(name).ENTRIES


def over(now: datetime) -> dict[str, int]:
    """How many rows of each model are over; nothing is changed."""
    counts: dict[str, int] = {}
    for entry in entries():
        if entry.then is not Then.KEEP:
            with _acting(entry):
                counts[entry.model] = entry.over(now).count()
    return counts


def keep_to_the_table(now: datetime, *, batch: int = BATCH) -> dict[str, int]:
    """Delete or pseudonymise what is over, a batch a transaction, and leave one line of audit."""
    ending = [entry for entry in entries() if entry.then is not Then.KEEP]
    done = {entry.model: _until_empty(entry, now, batch) for entry in ending}
    with acting(Role.JOB, EVERYWHERE, actor_id=KEEPING.label):
        audit.record(actor=KEEPING, action="retention", now=now, purpose="retention", detail={"rows": done})
    return done


def _until_empty(entry: Entry, now: datetime, batch: int) -> int:
    total = 0
    while True:
        with _acting(entry):
            done = _one_batch(entry, now, batch)
        total += done
        if done < batch:
            return total


def _one_batch(entry: Entry, now: datetime, batch: int) -> int:
    if entry.act is not None:
        return entry.act(entry.cutoff(now), batch, now)
    keys = list(entry.over(now).values_list("pk", flat=True)[:batch])
    if not keys:
        return 0
    chosen = entry.table._base_manager.filter(pk__in=keys)
    if entry.then is Then.DELETE:
        return int(chosen._raw_delete(chosen.db))
    return chosen.update(**entry.blanks)


def _acting(entry: Entry) -> Any:
    scope = EVERYWHERE if entry.role is Role.JOB else NOBODY
    return acting(entry.role, scope, actor_id=KEEPING.label, purpose="retention")
