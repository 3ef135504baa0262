"""Who is registered already, asked for many numbers at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import connection

from yiyang.base.keys import sealing
from yiyang.base.keys.sealing import Sealed
from yiyang.exchange.kinds.declaring import Taking
from yiyang.exchange.models import Origin
from yiyang.regions import codes
from yiyang.regions import selectors as regions

# A record that was merged into another stands for that one.
FIND = """
SELECT p.id, n.id_number_bidx, p.name, p.sex, p.born_on, p.died_on, p.division, p.hukou_division, p.ethnicity,
       p.phone_bidx, p.address
  FROM people_person n JOIN people_person p ON p.id = coalesce(n.merged_into_id, n.id)
 WHERE n.id_number_bidx = ANY (%s)"""
WHOLE = "*"
"""The field of an origin that stands for every column of a record that a file brought."""


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
    ring = sealing.ring()
    wanted = {index: number for number in numbers for index in ring.blinds("id_number", number)}
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


def by_county(person_ids: Sequence[int]) -> dict[str, list[int]]:
    """County of residence -> who of these lives there."""
    found: dict[str, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, left(division, 6) FROM people_person WHERE id = ANY (%s) ORDER BY id",
            [list(person_ids)],
        )
        for person_id, county in cursor.fetchall():
            found.setdefault(county, []).append(person_id)
    return found


type Origins = Mapping[tuple[int, str], tuple[int, date]]
"""(person, column) -> rank and day of the source it comes from."""


def origins_of(person_ids: Iterable[int]) -> Origins:
    """Where columns come from, as far as a file brought them."""
    found = Origin.objects.filter(person_id__in=list(person_ids))
    rows = found.values_list("person_id", "field", "rank", "as_of")
    return {(person_id, field): (rank, as_of) for person_id, field, rank, as_of in rows}


def origin_of(person_id: int, field: str, origins: Origins) -> tuple[int, date] | None:
    """Of one column: its own, else that of the whole record."""
    return origins.get((person_id, field)) or origins.get((person_id, WHOLE))


NOTE = """
INSERT INTO exchange_origin (person_id, field, source, rank, as_of, batch_id)
SELECT n.id, n.field, %s, %s, %s, %s FROM unnest(%s::bigint[], %s::text[]) AS n (id, field)
ON CONFLICT (person_id, field) DO UPDATE
   SET source = excluded.source, rank = excluded.rank, as_of = excluded.as_of, batch_id = excluded.batch_id"""


def note_origins(columns: Sequence[tuple[int, str]], taking: Taking) -> None:
    """These columns come from this batch now."""
    with connection.cursor() as cursor:
        cursor.execute(
            NOTE,
            [
                taking.source,
                taking.rank,
                taking.as_of,
                taking.batch_id,
                [person_id for person_id, _ in columns],
                [field for _, field in columns],
            ],
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
