"""Encrypted columns in the database: nothing searches, sorts or prints them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction

from tests.conftest import Enter
from tests.factories import people as make
from yiyang.base.ids import PersonId
from yiyang.base.keys.keyring import WrongSeal
from yiyang.people import selectors as people
from yiyang.people.models import Person

NUMBER = "159901194403010024"
ASKED: list[dict[str, Any]] = [
    {"id_number": NUMBER},
    {"phone__contains": "138"},
    {"address__regex": "栋"},
    {"id_number__length__gt": 3},
]


@pytest.mark.parametrize("question", ASKED, ids=str)
def test_a_sealed_column_is_not_searched(as_process: Enter, question: dict[str, Any]) -> None:
    with as_process("1502"), pytest.raises(TypeError, match="is encrypted: search by its blind index"):
        list(Person.objects.filter(**question))


@pytest.mark.parametrize("order", ["id_number", "-phone", "address"])
def test_a_sealed_column_is_not_sorted_by(as_process: Enter, order: str) -> None:
    with as_process("1502"), pytest.raises(TypeError, match="cannot be sorted"):
        list(Person.objects.order_by(order))


def test_only_sealed_text_goes_in_and_unknown_stays_unknown(as_process: Enter) -> None:
    with as_process("1502"):
        found = make.person()
        found.phone = "13800005678"  # type: ignore[assignment]  # what must not happen
        with pytest.raises(TypeError, match="sealed text only"), transaction.atomic():
            found.save(update_fields=["phone"])
        Person.objects.filter(pk=found.pk).update(phone=None)
        assert Person.objects.filter(phone__isnull=True).count() == 1
        assert people.masked_phone(people.person(PersonId(found.pk))) == ""


def test_a_row_prints_nothing_and_the_database_holds_no_number(as_process: Enter) -> None:
    with as_process("1502"):
        found = make.person(phone="00012345678")
        stored = Person.objects.get(pk=found.pk)
        assert f"{stored.id_number!r} {stored.phone!r} {stored.address!r}" == "<sealed> <sealed> <sealed>"
        with connection.cursor() as cursor:
            cursor.execute("SELECT people_person::text FROM people_person WHERE id = %s", [found.pk])
            raw = cursor.fetchone()[0]
        assert "00012345678" not in raw
        assert "六合成" not in raw
        assert people.phone_of(stored) == "00012345678"


def test_a_number_copied_to_another_person_does_not_open(as_process: Enter) -> None:
    with as_process("1502"):
        one, other = make.person(), make.person()
        Person.objects.filter(pk=other.pk).update(phone=one.phone)
        with pytest.raises(WrongSeal):
            people.phone_of(people.person(PersonId(other.pk)))
