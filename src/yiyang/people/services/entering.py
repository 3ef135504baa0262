from __future__ import annotations

from django.db import connection

from yiyang.accounts import selectors as accounts
from yiyang.base.ids import UserId
from yiyang.base.keys import sealing
from yiyang.engine import identifying


def phone_index(phone: str) -> bytes:
    """The blind index of a phone number as somebody typed it."""
    return sealing.ring().blind("phone", identifying.normal_phone(phone))


def accounts_of_phone(phone: str) -> list[UserId]:
    """Accounts of the living people with this phone number, then of family, before anybody is known.

    A function of the database does it: a blind index goes in, account ids come out, nothing else.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account_id FROM unnest(%s::bytea[]) wanted, people_accounts_of_phone(wanted)",
            [sealing.found_by("phone", identifying.normal_phone(phone))],
        )
        own = [UserId(row[0]) for row in dict.fromkeys(cursor.fetchall())]
    return own + accounts.family_of_phone(sealing.found_by("phone", identifying.normal_phone(phone)))
