"""What remains of somebody long dead: the row, its days and places, and no name."""

from __future__ import annotations

from datetime import datetime

from yiyang.base import sealing
from yiyang.people.models import GONE, Person


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
