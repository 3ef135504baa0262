"""Numbers that name a person or a body: checks, what can be read from them, and how they are shown.

Sources: GB 11643 (citizen id), GB 32100 (unified social credit code), GB 11714 (organisation code). The first
six digits of an id are the county at the time of issue, so an unknown or abolished division is never a fault.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from yiyang.engine.errors import Refused

SYNTHETIC_PREFIX = "1599"
"""No county begins so in GB/T 2260: ids of invented people, refused for real ones."""

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_BODY_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MALE, FEMALE = 1, 2
_PLAIN = re.compile(r"[0-9]{17}[0-9X]")
_MOBILE = re.compile(r"1[0-9]{10}")


class BadIdNumber(Refused):
    code = "engine.bad_id_number"
    message = "身份证号不对，请核对后再填"


@dataclass(frozen=True, slots=True)
class CitizenId:
    """A checked citizen id.

    Attributes:
        number: 18 characters, an old id of 15 already lengthened.
        county: the six digits of the place of issue, not necessarily a county of today.
        born_on: the date inside the number.
        sex: 1 male, 2 female (GB/T 2261.1).
    """

    number: str
    county: str
    born_on: date
    sex: int

    @property
    def synthetic(self) -> bool:
        return is_synthetic(self.number)


def id_check_character(body: str) -> str:
    """The 18th character for the first 17 digits (GB 11643)."""
    total = sum(weight * int(digit) for weight, digit in zip(ID_WEIGHTS, body, strict=True))
    return ID_CHECKS[total % 11]


def normal_id(text: str) -> str:
    """An id as people type it, made plain: full-width digits, blanks, a small x."""
    if _PLAIN.fullmatch(text):  # nearly all, and files have a hundred thousand
        return text
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()


def read_id(text: str) -> CitizenId:
    """Read an id of 18 or 15 characters.

    Raises:
        BadIdNumber: the shape, the date or the check character is wrong; the message never holds the number.
    """
    number = normal_id(text)
    if re.fullmatch(r"[0-9]{15}", number):
        body = f"{number[:6]}19{number[6:]}"
        number = body + id_check_character(body)
    if not _PLAIN.fullmatch(number):
        raise BadIdNumber(
            f"an id has 18 characters or 15 digits, this text has {len(number)} or holds something else",
            message="身份证号应为18位（老证15位），请核对",
        )
    try:
        born_on = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise BadIdNumber(
            "the birth date inside the id is no date", message="身份证号里的出生日期不对，请核对"
        ) from None
    if number[17] != id_check_character(number[:17]):
        raise BadIdNumber(
            "the check character does not fit", message="身份证号最后一位对不上，可能有一位写错了"
        )
    return CitizenId(number, number[:6], born_on, MALE if int(number[16]) % 2 else FEMALE)


def is_synthetic(number: str) -> bool:
    """An id of an invented person, by its prefix; ask before importing real people."""
    return normal_id(number).startswith(SYNTHETIC_PREFIX)


def check_real(number: str) -> None:
    """Refuse an invented id where real people are imported.

    Raises:
        BadIdNumber: the prefix is that of synthetic people.
    """
    if is_synthetic(number):
        raise BadIdNumber(
            "this id belongs to a synthetic person", message="这是模拟人员的号码，不能作为真实人员导入"
        )


def is_credit_code(text: str) -> bool:
    """Whether a unified social credit code is valid, the organisation code inside it included."""
    code = normal_id(text)
    if len(code) != 18 or any(character not in _CREDIT_ALPHABET for character in code):
        return False
    total = sum(w * _CREDIT_ALPHABET.index(c) for w, c in zip(_CREDIT_WEIGHTS, code[:17], strict=True))
    return code[17] == _CREDIT_ALPHABET[(31 - total % 31) % 31] and is_organisation_code(code[8:17])


def is_organisation_code(text: str) -> bool:
    """Whether an organisation code of 9 characters is valid (GB 11714)."""
    code = normal_id(text)
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code):
        return False
    total = sum(w * _BODY_ALPHABET.index(c) for w, c in zip(_BODY_WEIGHTS, code[:8], strict=True))
    return code[8] == "0123456789X0"[11 - total % 11]


def normal_phone(text: str) -> str:
    """A phone number made plain: full-width digits, blanks, hyphens, brackets and the country code go."""
    if _MOBILE.fullmatch(text):
        return text
    plain = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", text))
    for country in ("+86", "0086"):
        if plain.startswith(country):
            return plain[len(country) :]
    return plain[2:] if re.fullmatch(r"86[0-9]{11}", plain) else plain


def can_be_dialled(phone: str) -> bool:
    """False for the numbers of synthetic people: ``000`` and eight digits."""
    plain = normal_phone(phone)
    return plain.isdigit() and not plain.startswith("000")


def masked_id(number: str) -> str:
    """``150***********1234``: the first three and the last four characters."""
    plain = normal_id(number)
    return _masked(plain, 3, 4)


def masked_phone(phone: str) -> str:
    """``138****5678``: the first three and the last four digits."""
    return _masked(normal_phone(phone), 3, 4)


def _masked(text: str, head: int, tail: int) -> str:
    """Too short a text shows nothing at all, or the mask would give it away."""
    if len(text) < head + tail + 1:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[-tail:]


def masked_name(name: str) -> str:
    """``王**``: the first character and always two stars, so that the length tells nothing."""
    return f"{name[:1]}**" if name else ""
