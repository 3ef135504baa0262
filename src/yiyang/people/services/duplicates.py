"""Looking for second records of one person: for one, for a batch, for a whole branch; humans decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Q

from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId
from yiyang.base.keys import sealing
from yiyang.base.log import audit
from yiyang.engine import linking, lunar
from yiyang.people import guards, selectors
from yiyang.people.choices import DuplicateState
from yiyang.people.models import Duplicate, Person
from yiyang.people.selectors.one_record import NoSuchCase

if TYPE_CHECKING:
    import pyarrow as pa

CANDIDATES = 300  # a look at one person: beyond that a key says nothing
AT_ONCE = 50_000

ADD = """
INSERT INTO people_duplicate (code, a_id, b_id, score, verdict, reasons, state, found_at, why)
SELECT gen_random_uuid(), least(a, b), greatest(a, b), score, verdict, reasons::jsonb, 'OPEN', %s, ''
  FROM unnest(%s::bigint[], %s::bigint[], %s::double precision[], %s::text[], %s::text[])
       AS t (a, b, score, verdict, reasons)
ON CONFLICT (a_id, b_id) DO NOTHING"""

EVERYBODY = """
SELECT id, name, initials, born_on, sex, id_number, phone, address, division FROM people_person
 WHERE merged_into_id IS NULL ORDER BY id"""


@dataclass(frozen=True)
class Found:
    """One look at a branch: people compared, pairs found, tickets that are new, keys left out."""

    people: int
    pairs: int
    tickets: int
    left_out: tuple[linking.LeftOut, ...]


@transaction.atomic
def find_for(*, person_id: PersonId, now: datetime) -> int:
    """One person against all whom the scope shows, by phone, name and birthday. Returns new tickets."""
    person = selectors.person(person_id)
    others = _candidates(person)
    if not others:
        return 0
    pairs = linking.link(_table([person]), against=_table(others))
    return _add(pairs, now)


@transaction.atomic
def find_among(*, person_ids: Sequence[int], now: datetime) -> int:
    """A batch just entered, against itself and the registry of the scope, set-based. Returns new tickets."""
    batch = set(person_ids)
    everybody = _everybody()
    import pyarrow as pa
    import pyarrow.compute as pc

    inside = pc.is_in(everybody.column("key"), pa.array(sorted(batch), pa.int64()))
    records, registry = everybody.filter(inside), everybody.filter(pc.invert(inside))
    return _add(linking.link(records), now) + _add(linking.link(records, against=registry), now)


@transaction.atomic
def find_in_branch(*, actor: Actor, prefix: str, now: datetime) -> Found:
    """Everybody of the scope against everybody: nightly, or by hand. A pair known before stays as decided."""
    everybody = _everybody()
    pairs = linking.link(everybody)
    tickets = _add(pairs, now)
    audit.record(
        actor=actor,
        action="duplicates_looked_for",
        now=now,
        division=prefix,
        detail={"people": len(everybody), "pairs": len(pairs), "new": tickets},
    )
    return Found(len(everybody), len(pairs), tickets, tuple(linking.left_out(pairs)))


def _candidates(person: Person) -> list[Person]:
    """Whoever shares a phone, or a name with a birthday that can be confused with hers."""
    days = _confusable(person.born_on)
    keys = [
        Q(name=person.name, born_on__in=days),
        Q(initials=person.initials, born_on__in=days),
        Q(initials=person.initials, division=person.division),
    ]
    if person.phone_bidx is not None:
        phone = selectors.opened(person, "phone")
        keys.append(Q(phone_bidx__in=sealing.found_by("phone", phone)))
    found: dict[int, Person] = {}
    for key in keys:
        rows = Person.objects.filter(key, merged_into=None).exclude(pk=person.pk).order_by("pk")
        found |= {row.pk: row for row in rows[:CANDIDATES]}
    return list(found.values())


def _confusable(born_on: date) -> list[date]:
    """The day itself, the same by the other calendar, day and month exchanged, a year beside."""
    year, month, day = born_on.year, born_on.month, born_on.day
    meant = [lunar.solar_day(year, month, day, leap=leap) for leap in (False, True)]
    others = [_day(year, day, month), _day(year - 1, month, day), _day(year + 1, month, day)]
    return [born_on, *(found for found in (*meant, *others) if found is not None)]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _everybody() -> pa.Table:
    import pyarrow as pa

    tables = []
    with connection.cursor() as cursor:
        cursor.execute(EVERYBODY)
        while rows := cursor.fetchmany(AT_ONCE):
            tables.append(_opened(rows))
    return pa.concat_tables(tables) if tables else _opened([])


def _table(people: Iterable[Person]) -> pa.Table:
    return _opened(
        [
            (p.pk, p.name, p.initials, p.born_on, p.sex, p.id_number, p.phone, p.address, p.division)
            for p in people
        ]
    )


type _Row = tuple[int, str, str, date, int, str | None, str | None, str | None, str]


def _opened(rows: Sequence[_Row]) -> pa.Table:
    """The columns that are linked; what is sealed is opened here and lives as long as the comparison."""
    import pyarrow as pa

    from yiyang.engine.linking.preparing import INPUT

    unseal = sealing.ring().open

    def opened(field: str, at: int) -> list[str | None]:
        place = f"people_person.{field}"
        return [sealed and unseal(place, row[0], sealed) for row in rows for sealed in (row[at],)]  # type: ignore[misc, arg-type]

    columns = [
        [row[0] for row in rows],
        [row[1] for row in rows],
        [row[2] for row in rows],
        [row[3].year * 10000 + row[3].month * 100 + row[3].day for row in rows],
        [row[4] for row in rows],
        opened("id_number", 5),
        opened("phone", 6),
        opened("address", 7),
        [row[8] for row in rows],
    ]
    arrays = [pa.array(column, field.type) for column, field in zip(columns, INPUT, strict=True)]
    return pa.Table.from_arrays(arrays, schema=INPUT)


def _add(pairs: pa.Table, now: datetime) -> int:
    import json

    reasons = [json.dumps(codes) for codes in pairs.column("reasons").to_pylist()]
    columns = [pairs.column(name).to_pylist() for name in ("a", "b", "score", "verdict")]
    with connection.cursor() as cursor:
        cursor.execute(ADD, [now, *columns, reasons])
        return int(cursor.rowcount)


@transaction.atomic
def decide_duplicate(
    *, actor: Actor, duplicate_id: int, state: DuplicateState, why: str, now: datetime
) -> Duplicate:
    """不是同一个人, or 暂时看不出; 是同一个人 is ``merging.merge_people``.

    Raises:
        NotYourDuty, NoSuchCase, ReasonMissing
        AlreadyDecided: a colleague was faster.
    """
    pair = lock_pair(duplicate_id)
    guards.check_can_decide(actor, pair)
    settle(pair, actor=actor, state=state, why=guards.check_reason(why), now=now)
    return pair


def lock_pair(duplicate_id: int) -> Duplicate:
    """Raises NoSuchCase."""
    found = Duplicate.objects.select_for_update().filter(pk=duplicate_id).first()
    if found is None:
        raise NoSuchCase(f"no pair {duplicate_id} here")
    return found


def settle(pair: Duplicate, *, actor: Actor, state: DuplicateState, why: str, now: datetime) -> None:
    """Write the answer down, for both records."""
    pair.state, pair.why, pair.decided_at, pair.decided_by_id = state, why, now, actor.user_id
    pair.save(update_fields=["state", "why", "decided_at", "decided_by"])
    for person_id in (pair.a_id, pair.b_id):
        audit.record(
            actor=actor,
            action="duplicate_decided",
            now=now,
            subject=("person", person_id),
            division=actor.prefix,
            reason=state,
        )
