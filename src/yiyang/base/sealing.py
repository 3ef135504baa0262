"""A database column that holds ciphertext only; find its rows by the blind index beside it."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models.expressions import Col

from yiyang.base import keyring
from yiyang.base.keyring import KeyRing


@functools.cache
def ring() -> KeyRing:
    return keyring.read_ring(Path(settings.YIYANG_KEYS))


class Sealed(str):
    """A ciphertext as it stands in the database: printing it shows nothing of the person."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<sealed>"


if TYPE_CHECKING:
    SealedText = models.TextField["Sealed | None", "Sealed | None"]
else:
    SealedText = models.TextField


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
