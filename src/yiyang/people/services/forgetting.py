"""What remains of somebody long dead: the row, its days and places, and no name."""

from __future__ import annotations

from datetime import datetime

from yiyang.base.ids import PersonId
from yiyang.base.keys import sealing
from yiyang.people.models import GONE, Person
from yiyang.people.selectors import ids_of


def pseudonymise_dead(before: datetime, most: int, now: datetime) -> int:
    """Take name, numbers and address from those who died before a day. Returns how many.

    The ID number gives way to one that belongs to nobody: the index stays unique, a search finds nothing.
    """
    del now
    found = Person.objects.filter(died_on__lt=before.date()).exclude(name=GONE).order_by("pk")[:most]
    people = list(found.select_for_update(of=("self",)))
    ring = sealing.ring()
    for person in people:
        nobody = f"gone:{person.pk}"
        person.name, person.initials, person.household_no = GONE, "", None
        person.id_number = sealing.seal("people_person.id_number", person.pk, nobody)
        person.id_number_bidx = ring.blind("id_number", nobody)
        person.phone = person.phone_bidx = person.phone_last4_bidx = person.address = None
        person.save()
    return len(people)


MUST_STAY = (
    ("姓名和证件号", "认人、发补贴要用；保存期限没有到（个人信息保护法第四十七条，未核对原文）"),
    ("认定、发放、评估的记录", "财政和审计要查，不能改不能删（未核对原文）"),
    ("谁看过的记录", "网络安全法第二十一条：不少于六个月（未核对原文）"),
)


def forget_what_may_go(person_id: int) -> dict[str, object]:
    """Phone, address and household go; what the law keeps is named with its clause."""
    optional, gone = ("phone", "address", "household_no"), set()
    # What stands under an id merged into hers is hers as well.
    for person in (
        Person.objects.select_for_update().filter(pk__in=ids_of(PersonId(person_id))).order_by("pk")
    ):
        gone |= {name for name in optional if getattr(person, name) is not None}
        person.phone = person.phone_bidx = person.phone_last4_bidx = person.address = None
        person.household_no = None
        person.save()
    return {
        "deleted": [name for name in optional if name in gone],
        "kept": [{"what": what, "why": why} for what, why in MUST_STAY],
    }
