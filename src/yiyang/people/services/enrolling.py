"""Registers of other offices, many people at once: one line of audit, one piece of news at the end.

The caller has looked every line up and judged it; what must never be is refused again here.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from yiyang.base import outbox
from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId
from yiyang.base.keys import sealing
from yiyang.base.log import audit
from yiyang.engine import identifying, spelling
from yiyang.people import guards
from yiyang.people.choices import Source
from yiyang.people.events import ManyChanged
from yiyang.people.facts import FACTS, STATE_COLUMNS
from yiyang.people.models import Person
from yiyang.people.services import loading


@dataclass(frozen=True)
class Arrival:
    """Somebody not registered yet, as a register names her; the ID number gives sex and birth."""

    id_number: str
    name: str
    division: str
    hukou_division: str
    phone: str | None = None
    address: str | None = None
    ethnicity: str = ""


@dataclass(frozen=True)
class Correction:
    """What changes in one record; None leaves a column as it is."""

    person_id: PersonId
    phone: str | None = None
    address: str | None = None
    ethnicity: str | None = None
    hukou_division: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class Word:
    """One fact of one person as a source states it."""

    person_id: PersonId
    key: str
    value: int | None
    valid_from: date


@transaction.atomic
def enrol_many(*, actor: Actor, arrivals: Sequence[Arrival], now: datetime) -> list[PersonId]:
    """Enter people with an empty state, in the order given. All or nothing.

    Raises:
        FactRefused: born in the future, or older than anybody.
    """
    import pyarrow as pa

    if not arrivals:
        return []
    read = [identifying.read_id(one.id_number) for one in arrivals]
    for number in read:
        guards.check_birth(number.born_on, today=now.date())
    ids = _draw_ids(len(arrivals))
    people = pa.table(
        {
            "person_id": pa.array(ids, pa.int64()),
            "code": [str(uuid.uuid4()) for _ in ids],
            "division": [one.division for one in arrivals],
            "hukou_division": [one.hukou_division for one in arrivals],
            "name": [one.name for one in arrivals],
            "name_initials": [spelling.initials_of(one.name) for one in arrivals],
            "sex": pa.array([number.sex for number in read], pa.int16()),
            "birth_on": pa.array([number.born_on for number in read], pa.date32()),
            "ethnicity": [one.ethnicity for one in arrivals],
            "household_no": pa.nulls(len(ids), pa.int64()),
            "id_number": [number.number for number in read],
            "phone": pa.array([one.phone for one in arrivals], pa.string()),
            "address": pa.array([one.address for one in arrivals], pa.string()),
            "synthetic": [number.synthetic for number in read],
        }
    )
    state = pa.table(_empty_state(ids, arrivals, [number.born_on for number in read]))
    loading.load_rows(people, state, now=now)
    _note(actor, "enrolled", now, arrivals[0].division, len(ids))
    return [PersonId(row_id) for row_id in ids]


def _draw_ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('people_person', 'id')) FROM generate_series(1, %s)",
            [count],
        )
        return [row[0] for row in cursor.fetchall()]


def _empty_state(ids: Sequence[int], arrivals: Sequence[Arrival], born: Sequence[date]) -> dict[str, object]:
    import pyarrow as pa

    columns: dict[str, object] = {
        "person_id": pa.array(ids, pa.int64()),
        "division": [one.division for one in arrivals],
        "birth_ymd": [day.year * 10000 + day.month * 100 + day.day for day in born],
        "hukou_county": [int(one.hukou_division[:6]) for one in arrivals],
        "residence_county": [int(one.division[:6]) for one in arrivals],
    }
    for key in STATE_COLUMNS:
        if key in FACTS:
            known = (False if FACTS[key].boolean else 0) if FACTS[key].known else None
            kind = pa.bool_() if FACTS[key].boolean else pa.int16()
            columns[key] = pa.array([known] * len(ids), kind)
    return columns


CORRECT = """
UPDATE people_person p
   SET phone = CASE WHEN c.phone IS NULL THEN p.phone ELSE c.phone END,
       phone_bidx = CASE WHEN c.phone IS NULL THEN p.phone_bidx ELSE c.phone_bidx END,
       phone_last4_bidx = CASE WHEN c.phone IS NULL THEN p.phone_last4_bidx ELSE c.last4_bidx END,
       address = coalesce(c.address, p.address),
       ethnicity = coalesce(c.ethnicity, p.ethnicity),
       hukou_division = coalesce(c.hukou, p.hukou_division),
       name = coalesce(c.name, p.name),
       initials = coalesce(c.initials, p.initials)
  FROM unnest(%s::bigint[], %s::text[], %s::bytea[], %s::bytea[], %s::text[], %s::text[], %s::text[],
              %s::text[], %s::text[])
       AS c (id, phone, phone_bidx, last4_bidx, address, ethnicity, hukou, name, initials)
 WHERE p.id = c.id"""


@transaction.atomic
def correct_many(*, actor: Actor, corrections: Sequence[Correction], division: str, now: datetime) -> None:
    """Bring phones, addresses, places of registration and, where somebody has judged so, names up to date."""
    if not corrections:
        return
    ring, phones = sealing.ring(), [one.phone for one in corrections]
    sealed = [
        (
            one.phone and sealing.seal("people_person.phone", one.person_id, one.phone),
            one.address and sealing.seal("people_person.address", one.person_id, one.address),
        )
        for one in corrections
    ]
    moved = [(one.person_id, one.hukou_division) for one in corrections if one.hukou_division]
    with connection.cursor() as cursor:
        cursor.execute(
            CORRECT,
            [
                [one.person_id for one in corrections],
                [pair[0] for pair in sealed],
                [phone and ring.blind("phone", phone) for phone in phones],
                [phone and ring.blind("phone_last4", phone[-4:]) for phone in phones],
                [pair[1] for pair in sealed],
                [one.ethnicity for one in corrections],
                [one.hukou_division for one in corrections],
                [one.name for one in corrections],
                [one.name and spelling.initials_of(one.name) for one in corrections],
            ],
        )
        if moved:
            cursor.execute(
                "UPDATE people_state s SET hukou_county = left(c.hukou, 6)::integer "
                "FROM unnest(%s::bigint[], %s::text[]) AS c (id, hukou) WHERE s.person_id = c.id",
                [[pair[0] for pair in moved], [pair[1] for pair in moved]],
            )
    _note(actor, "corrected", now, division, len(corrections))


ADD_WORDS = """
INSERT INTO people_fact (person_id, key, value, source, valid_from, recorded_at, batch_id)
SELECT w.id, w.key, w.value, %s, w.valid_from, %s, %s
  FROM unnest(%s::bigint[], %s::text[], %s::integer[], %s::date[]) AS w (id, key, value, valid_from)"""


@transaction.atomic
def record_many(
    *, actor: Actor, words: Sequence[Word], source: Source, batch_id: int, division: str, now: datetime
) -> None:
    """Write down many facts of one source; the state moves where no later word is known.

    Raises:
        FactRefused: one is out of range, in the future or before birth; nothing is written.
    """
    if not words:
        return
    born = dict(Person.objects.filter(pk__in={w.person_id for w in words}).values_list("pk", "born_on"))
    for word in words:
        guards.check_fact(
            word.key, word.value, word.valid_from, today=now.date(), born_on=born[word.person_id]
        )
    with connection.cursor() as cursor:
        cursor.execute(
            ADD_WORDS,
            [
                source,
                now,
                batch_id,
                [word.person_id for word in words],
                [word.key for word in words],
                [word.value for word in words],
                [word.valid_from for word in words],
            ],
        )
        for key, said in _by_key(words).items():
            cursor.execute(*_move_state(key, said))
    _note(actor, "facts", now, division, len(words), fields=sorted({word.key for word in words}))


def _by_key(words: Iterable[Word]) -> Mapping[str, list[Word]]:
    found: dict[str, list[Word]] = {}
    for word in words:
        found.setdefault(word.key, []).append(word)
    return found


def _move_state(key: str, words: Sequence[Word]) -> tuple[str, list[Any]]:
    """One column of the state; a word about an earlier day than the last known one does not move it."""
    kind = "boolean" if FACTS[key].boolean else "smallint"
    query = f"""
        UPDATE people_state s SET {key} = w.value::{kind}
          FROM unnest(%s::bigint[], %s::integer[], %s::date[]) AS w (id, value, valid_from)
         WHERE s.person_id = w.id AND NOT EXISTS (
               SELECT FROM people_fact f
                WHERE f.person_id = w.id AND f.key = %s AND f.valid_from > w.valid_from)"""
    return query, [[w.person_id for w in words], [w.value for w in words], [w.valid_from for w in words], key]


@transaction.atomic
def tell_many_changed(*, division: str, now: datetime) -> None:
    """One piece of news for a whole file: upper rooms look at the branch anew, not at each person."""
    outbox.publish(ManyChanged(division=division, at=now))


def _note(
    actor: Actor, action: str, now: datetime, division: str, count: int, fields: Sequence[str] = ()
) -> None:
    audit.record(
        actor=actor, action=action, now=now, division=division, fields=fields, detail={"people": count}
    )
