"""A database column that holds ciphertext only; find its rows by the blind index beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.expressions import Col

from yiyang.base.keys.keyring import INDEX, INDEXED_FIELDS, PLAIN_PURPOSES, Blind, KeyRing, NoKeys
from yiyang.base.keys.ringfile import RingFile, RingSource

_read: tuple[object, KeyRing] | None = None


def source() -> RingSource:
    """Where this installation keeps its keys. A KMS or HSM would be another ``RingSource``."""
    return RingFile(Path(settings.YIYANG_KEYS))


def ring() -> KeyRing:
    """The ring as it is now: a changed one is noticed at the next use, in every process.

    Ask for it at each use; one kept in hand grows old.

    Raises:
        NoKeys: absent, unreadable, open to everybody.
    """
    global _read
    stamp = source().stamp()
    if _read is None or _read[0] != stamp:
        _read = stamp, source().read()
    return _read[1]


class Sealed(str):
    """A ciphertext as it stands in the database: printing it shows nothing of the person."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<sealed>"


if TYPE_CHECKING:
    SealedText = models.TextField["Sealed | None", "Sealed | None"]
    Bytes = models.BinaryField["bytes | None", "bytes | None"]
else:
    SealedText = models.TextField
    Bytes = models.BinaryField


class SealedColumn(Col):
    """A column that is read and asked for emptiness only: the order of ciphertexts is noise."""

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        # Sorting and reckoning say how they join (more than the query); ``IS NULL`` passes the query alone.
        if len(args) > 1 or kwargs:
            raise TypeError(f"{self.target.name} is encrypted: it cannot be sorted or reckoned by")
        return super().resolve_expression(*args, **kwargs)


class SealedField(SealedText):
    """Holds ciphertext; cannot be searched or sorted by. Find rows by the blind index beside it."""

    def deconstruct(self) -> Any:
        # A migration never imports the house: to it this is a plain text column.
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise TypeError(f"{self.name} is encrypted: search by its blind index")

    def get_transform(self, _lookup_name: str) -> Any:
        raise TypeError(f"{self.name} is encrypted: search by its blind index")

    def get_col(self, alias: str, output_field: Any = None) -> Col:
        return SealedColumn(alias, self, output_field)

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def get_prep_value(self, value: Any) -> str | None:
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"{self.name} takes sealed text only: call sealing.seal first")
        return value


def seal(place: str, row_id: int, text: str) -> Sealed:
    return Sealed(ring().seal(place, row_id, text))


def unseal(place: str, row_id: int, sealed: Sealed) -> str:
    return ring().open(place, row_id, sealed)


class BlindField(Bytes):
    """By which rows are found: ``field`` names the key, ``of`` the sealed column that it is made from.

    Search with ``<column>__in=sealing.found_by(field, value)``: while keys are rotated a row may stand under
    the old key or the new one. A unique column needs a ``NextBlindField`` beside it.

    Args:
        reads: what is indexed of the opened text, where it is not the text itself.
    """

    def __init__(
        self, field: str = "", *args: Any, of: str = "", reads: Callable[[str], str] = str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.field, self.of, self.reads = field, of, reads

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", args, kwargs


class NextBlindField(Bytes):
    """The second column of a unique blind index, filled while keys are rotated and empty otherwise.

    A row that is saved with a ``Blind`` in the first column brings its own content.
    """

    def __init__(self, beside: str = "", *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("null", True)
        super().__init__(*args, **kwargs)
        self.beside = beside

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        first = getattr(model_instance, self.beside)
        return first.next if isinstance(first, Blind) else super().pre_save(model_instance, add)


@dataclass(frozen=True)
class BlindIndex:
    """A blind index that can be made again: its column, the field of its key, the sealed column."""

    column: str
    field: str
    of: str
    reads: Callable[[str], str]


@dataclass(frozen=True)
class SealedTable:
    """A table with sealed columns, as its model declares them."""

    table: str
    key: str  # column of the primary key
    sealed: tuple[str, ...]
    blinds: tuple[BlindIndex, ...]
    nexts: dict[str, str]  # unique blind column -> its second column


def sealed_tables() -> list[SealedTable]:
    """Every table of every room with a sealed column or a blind index made from one, by name."""
    found = []
    for model in apps.get_models():
        fields = model._meta.local_concrete_fields
        sealed = tuple(field.name for field in fields if isinstance(field, SealedField))
        blinds = tuple(
            BlindIndex(field.name, field.field, field.of, field.reads)
            for field in fields
            if isinstance(field, BlindField) and field.of
        )
        nexts = {field.beside: field.name for field in fields if isinstance(field, NextBlindField)}
        key = model._meta.pk.column
        if sealed and key and not model._meta.proxy:
            found.append(SealedTable(model._meta.db_table, key, sealed, blinds, nexts))
    return sorted(found, key=lambda each: each.table)


def indexed_fields() -> list[str]:
    """Every field for which the rooms declare a blind index, with those that are used without a column."""
    declared = (
        field.field
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, BlindField)
    )
    return list(dict.fromkeys((*INDEXED_FIELDS, *declared)))


def check_ring() -> None:
    """Before anything is served: the ring opens and holds an active key for every purpose of the rooms.

    Raises:
        NoKeys: names the file or the purpose, and what to do.
    """
    found = ring()
    wanted = (*PLAIN_PURPOSES, *(INDEX + field for field in indexed_fields()))
    missing = [purpose for purpose in wanted if not any(k.secret for k in found.of(purpose))]
    if missing:
        raise NoKeys(f"the key ring holds no key for {', '.join(missing)}: run `yiyang keys new`")


def found_by(field: str, value: str) -> list[bytes]:
    """The blind indexes of an already normalised value to search by, with ``__in``."""
    return ring().blinds(field, value)
