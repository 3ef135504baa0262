"""Who is registered already, asked for many numbers at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import connection

from yiyang.base import sealing
from yiyang.base.sealing import Sealed
from yiyang.exchange.models import Origin
from yiyang.regions import codes
from yiyang.regions import selectors as regions

FIND = """
SELECT r.id, p.id_number_bidx, r.name, r.sex, r.born_on, r.died_on, r.division, r.hukou_division,
       r.ethnicity, r.phone_bidx, r.address
  FROM people_person p JOIN people_person r ON r.id = coalesce(p.merged_into_id, p.id)
 WHERE p.id_number_bidx = ANY (%s)"""


@dataclass(frozen=True, slots=True)
class Registered:
    """Somebody's record as far as a file may differ from it."""

    id: int
    name: str
    sex: int
    born_on: date
    died_on: date | None
    division: str
    hukou_division: str
    ethnicity: str
    phone_bidx: bytes | None
    sealed_address: str | None

    @property
    def address(self) -> str:
        if self.sealed_address is None:
            return ""
        return sealing.unseal("people_person.address", self.id, Sealed(self.sealed_address))


def by_number(numbers: Iterable[str]) -> dict[str, Registered]:
    """ID number -> record, of those that are registered anywhere the scope shows."""
    wanted = {index: number for number in numbers for index in sealing.found_by("id_number", number)}
    with connection.cursor() as cursor:
        cursor.execute(FIND, [list(wanted)])
        rows = cursor.fetchall()
    return {wanted[bytes(bidx)]: _registered(row_id, *rest) for row_id, bidx, *rest in rows}


def _registered(
    row_id: int,
    name: str,
    sex: int,
    born_on: date,
    died_on: date | None,
    division: str,
    hukou: str,
    ethnicity: str,
    phone_bidx: memoryview | None,
    address: str | None,
) -> Registered:
    phone = None if phone_bidx is None else bytes(phone_bidx)
    return Registered(row_id, name, sex, born_on, died_on, division, hukou, ethnicity, phone, address)


def origins_of(person_ids: Iterable[int]) -> dict[tuple[int, str], Origin]:
    """Which source a column of a record comes from, where a file brought it."""
    found = Origin.objects.filter(person_id__in=list(person_ids))
    return {(origin.person_id, origin.field): origin for origin in found}


def note_origins(origins: Sequence[Origin]) -> None:
    """The newest word stands."""
    Origin.objects.bulk_create(
        origins,
        update_conflicts=True,
        unique_fields=["person_id", "field"],
        update_fields=["source", "rank", "as_of", "batch"],
        batch_size=5000,
    )


@lru_cache(maxsize=16)
def _places(prefix: str, on: date) -> Mapping[str, str]:
    found = regions.in_force(on).filter(division__gte=prefix, division__lt=prefix + "~")
    return dict(found.values_list("division", "level"))


def places_of(prefix: str, on: date) -> Mapping[str, str]:
    """Divisions of a branch in force on a day -> level; asked once a day and process."""
    return _places(prefix, on)


def names_of(prefix: str, on: date) -> dict[str, str]:
    """Divisions of a branch in force on a day -> name."""
    found = regions.in_force(on).filter(division__gte=prefix, division__lt=prefix + "~")
    return dict(found.values_list("division", "name"))


def forget_places() -> None:
    """After the tree of places has changed."""
    _places.cache_clear()


def is_home(division: str, places: Mapping[str, str]) -> bool:
    """Whether somebody can live there: in the tree, and no wider than a county."""
    wide = (codes.Level.NATION, codes.Level.REGION, codes.Level.CITY)
    return division in places and places[division] not in wide
