from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from yiyang.base.ids import PersonId
from yiyang.base.keys import sealing
from yiyang.base.scoping import Scope
from yiyang.engine import identifying
from yiyang.engine.errors import Missing, Refused
from yiyang.people.choices import RevealField
from yiyang.people.facts import FACTS, STATE_COLUMNS
from yiyang.people.models import Fact, Person, State
from yiyang.people.selectors.one_record import all_ids, ids_of, root_of, roots_of, said_dead
from yiyang.people.selectors.rights import (
    NoSuchRightsCase,
    consents_of,
    impact_noted,
    rights_case,
    rights_cases_in,
    rights_cases_of,
    words_of_case,
)

__all__ = [
    "NoSuchRightsCase",
    "all_ids",
    "consents_of",
    "ids_of",
    "impact_noted",
    "rights_case",
    "rights_cases_in",
    "rights_cases_of",
    "root_of",
    "roots_of",
    "said_dead",
    "words_of_case",
]

SEARCH_LIMIT = 50


class BeforeBirth(Refused):
    code = "people.before_birth"
    message = "那一天本人还没有出生，请选出生以后的日子"


class NoSuchPerson(Missing):
    code = "people.no_such_person"


@dataclass(frozen=True)
class KnownFact:
    """One fact as known at a time: what, since when, from whom, recorded when."""

    key: str
    title: str
    value: int | None
    words: str
    source: str
    valid_from: date
    recorded_at: datetime


def person_of(code: UUID) -> Person:
    """The person behind a public code; her state comes along. The code of an alias leads to the survivor.

    Raises:
        NoSuchPerson: absent, or outside the scope: the two look alike.
    """
    found = Person.objects.select_related("state").filter(code=code).first()
    if found is None:
        raise NoSuchPerson(f"no person {code} here")
    return found if found.merged_into_id is None else person(PersonId(found.merged_into_id))


def person(person_id: PersonId) -> Person:
    """The same by id, for rooms that were handed one."""
    found = Person.objects.select_related("state").filter(pk=person_id).first()
    if found is None:
        raise NoSuchPerson(f"no person {person_id} here")
    return found if found.merged_into_id is None else person(PersonId(found.merged_into_id))


def people_by_id(person_ids: Iterable[int]) -> dict[int, Person]:
    """Those of these people whom the scope shows."""
    return Person.objects.in_bulk(list(person_ids))


def people_in(scope: Scope) -> QuerySet[Person]:
    """Living people of a branch, by place; nothing comes along."""
    found = Person.objects.filter(
        division__gte=scope.lo, division__lt=scope.hi, died_on=None, merged_into=None
    )
    return found.order_by("division", "pk")


def unplaced_in(prefix: str) -> QuerySet[Person]:
    """People whose community is not known: their place is the branch itself, padded with zeros."""
    unplaced = Person.objects.filter(division=prefix.ljust(12, "0"), died_on=None, merged_into=None)
    return unplaced.order_by("pk")


def search(text: str, scope: Scope, *, born_on: date | None = None) -> list[Person]:
    """By exact name, initials, ID number, whole phone or its last four digits inside a branch; at most 50.

    A name, initials or four digits alone find people of one community only: the caller passes the narrower
    scope. With the birthday a name or its initials find people anywhere in the branch.

    Raises:
        BadIdNumber: a number too long for a phone that cannot be an ID number, with what is wrong.
    """
    text = text.strip()
    found = people_in(scope)
    number = identifying.normal_id(text)
    if re.fullmatch(r"\d{13,}X?", number):  # longer than any phone number
        key = identifying.read_id(number).number
        return list(found.filter(id_number_bidx__in=sealing.found_by("id_number", key))[:SEARCH_LIMIT])
    phone = identifying.normal_phone(text)
    if re.fullmatch(r"\d{7,12}", phone):
        return list(found.filter(phone_bidx__in=sealing.found_by("phone", phone))[:SEARCH_LIMIT])
    if re.fullmatch(r"\d{4}", phone):
        return list(found.filter(phone_last4_bidx__in=sealing.found_by("phone_last4", phone))[:SEARCH_LIMIT])
    if born_on is not None:
        found = found.filter(born_on=born_on)
    if text.isascii() and text.isalpha():
        return list(found.filter(initials=text.upper())[:SEARCH_LIMIT])
    return list(found.filter(name=text)[:SEARCH_LIMIT]) if text else []


def facts_as_known(person_id: PersonId, *, as_of: date, known_at: datetime) -> dict[str, KnownFact]:
    """Bitemporal: of what was recorded by ``known_at``, the last word valid on ``as_of``, per fact."""
    rows = Fact.objects.filter(
        person_id__in=ids_of(person_id), valid_from__lte=as_of, recorded_at__lte=known_at
    )
    last = {row.key: row for row in rows.order_by("valid_from", "recorded_at", "pk")}
    return {key: _known(last[key]) for key in FACTS if key in last}


def history_of(person_id: PersonId) -> list[KnownFact]:
    """Every word of every source, newest knowledge first."""
    rows = Fact.objects.filter(person_id__in=ids_of(person_id)).order_by("-recorded_at", "-valid_from", "-pk")
    return [_known(row) for row in rows if row.key in FACTS]


def _known(row: Fact) -> KnownFact:
    spec = FACTS[row.key]
    return KnownFact(
        row.key,
        spec.title,
        row.value,
        spec.say(row.value),
        row.get_source_display(),
        row.valid_from,
        row.recorded_at,
    )


def sweep_row(person_id: PersonId) -> dict[str, int | bool | None]:
    """The person's row of the sweep table as it stands now.

    Raises:
        NoSuchPerson: dead, absent or out of scope.
    """
    row = State.objects.filter(pk=person_id).values(*STATE_COLUMNS).first()
    if row is None:
        raise NoSuchPerson(f"no person {person_id} here")
    del row["division"]
    return dict(row)


def sweep_rows(person_ids: Iterable[int]) -> dict[int, dict[str, int | bool | None]]:
    """Sweep rows of several people at once; the dead and the unseen are left out."""
    rows = State.objects.filter(pk__in=list(person_ids)).values(*STATE_COLUMNS)
    return {row["person_id"]: {k: v for k, v in row.items() if k != "division"} for row in rows}


def row_as_known(person_id: PersonId, *, as_of: date, known_at: datetime) -> dict[str, int | bool | None]:
    """The sweep row of a past day: places as they are now, facts as known then.

    Raises:
        BeforeBirth
    """
    row = sweep_row(person_id)
    if (born := person(person_id).born_on) > as_of:
        raise BeforeBirth(f"born on {born}, after {as_of}")
    known = facts_as_known(person_id, as_of=as_of, known_at=known_at)
    for key, spec in FACTS.items():
        value = known[key].value if key in known else (0 if spec.known else None)
        row[key] = bool(value) if spec.boolean and value is not None else value
    return row


def masked_id_number(found: Person) -> str:
    """Empty for somebody without papers."""
    return identifying.masked_id(_open(found, "id_number"))


def masked_phone(found: Person) -> str:
    return identifying.masked_phone(_open(found, "phone"))


def address_of(found: Person) -> str:
    """The exact address: for those who go there, never for lists of an office."""
    return _open(found, "address")


def phone_of(found: Person) -> str:
    """The number itself: for a call to the person, never for a list."""
    return _open(found, "phone")


def full(found: Person, field: RevealField) -> str:
    """One sealed field in full, as people write it; empty where nothing is registered. Only for revealing."""
    return _open(found, field.value)


def opened(found: Person, field: str) -> str:
    """One sealed field of a record; empty where nothing is noted. For services of this room."""
    return _open(found, field)


def _open(found: Person, field: str) -> str:
    sealed: sealing.Sealed | None = getattr(found, field)
    return "" if sealed is None else sealing.unseal(f"people_person.{field}", found.pk, sealed)


def ages(found: Person, on: date) -> int:
    """Full years; 29 February turns on 1 March in common years."""
    ymd = found.born_on.year * 10000 + found.born_on.month * 100 + found.born_on.day
    return (on.year * 10000 + on.month * 100 + on.day - ymd) // 10000


def turning(rows: Mapping[str, int], years: int) -> date:
    """The day a person born on ``birth_ymd`` completes ``years``."""
    year, month, day = (
        rows["birth_ymd"] // 10000 + years,
        rows["birth_ymd"] // 100 % 100,
        rows["birth_ymd"] % 100,
    )
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, 2, 28) + timedelta(days=1)


def ids_behind(code: UUID) -> tuple[int, ...]:
    """For the auditor, who has no right on people: every id under which the log may speak of this person."""
    return tuple(sorted(person_id for person_id, _ in _for_auditors(codes=[code])))


def codes_by_id(person_ids: Iterable[int]) -> dict[int, UUID]:
    """For the auditor: what lines are about, by the code that stands on papers."""
    return dict(_for_auditors(person_ids=person_ids))


def _for_auditors(*, person_ids: Iterable[int] = (), codes: Iterable[UUID] = ()) -> list[tuple[int, UUID]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, person_code FROM people_codes_for_auditors(%s::bigint[], %s::uuid[])",
            [list(person_ids), list(codes)],
        )
        return list(cursor.fetchall())
