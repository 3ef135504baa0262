"""People for tests: invented, with ids of the unassigned prefix."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

from tests.conftest import NOW
from yiyang.base.keys import sealing
from yiyang.engine import identifying, spelling
from yiyang.entitlements.models import Receipt
from yiyang.people.models import Person, State

_next = itertools.count(1)


def person(
    *,
    division: str = "150204001021",
    hukou: str | None = None,
    name: str = "吴桂兰",
    born_on: date = date(1944, 3, 1),
    phone: str | None = None,
    sex: int = 2,
    **state: Any,
) -> Person:
    """One older person with her row of the sweep table; ``state`` names its columns."""
    number = next(_next)
    body = f"159901{born_on:%Y%m%d}{number % 500 * 2:03d}"
    id_number = body + identifying.id_check_character(body)
    phone = phone or f"000{number:08d}"
    ring, row_id = sealing.ring(), 9_000_000_000 + number
    hukou = hukou or division
    found = Person.objects.create(
        id=row_id,
        division=division,
        hukou_division=hukou,
        name=name,
        initials=spelling.initials_of(name),
        sex=sex,
        born_on=born_on,
        id_number=sealing.seal("people_person.id_number", row_id, id_number),
        id_number_bidx=ring.blind("id_number", id_number),
        phone=sealing.seal("people_person.phone", row_id, phone),
        phone_bidx=ring.blind("phone", phone),
        phone_last4_bidx=ring.blind("phone_last4", phone[-4:]),
        address=sealing.seal("people_person.address", row_id, "六合成社区3栋2单元501（模拟）"),
        synthetic=True,
        recorded_at=NOW,
    )
    State.objects.create(
        person=found,
        division=division,
        birth_ymd=int(f"{born_on:%Y%m%d}"),
        hukou_county=int(hukou[:6]),
        residence_county=int(division[:6]),
        **state,
    )
    return found


def receipt(whom: Person, benefit: str, *, since: date, until: date | None = None, fen: int = 0) -> Receipt:
    """What one person receives."""
    return Receipt.objects.create(
        person=whom,
        benefit=benefit,
        division=whom.division,
        since=since,
        until=until,
        amount_fen=fen,
        source="SYNTHETIC",
        recorded_at=NOW,
    )
