"""Somebody new: looked for first, then entered once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction

from yiyang.accounts.guards import check_may
from yiyang.base import limits, outbox
from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId
from yiyang.base.keys import sealing
from yiyang.base.log import audit
from yiyang.base.scoping import Scope
from yiyang.engine import identifying, spelling
from yiyang.engine.errors import Conflict
from yiyang.people import guards, selectors
from yiyang.people.choices import Sex
from yiyang.people.events import FactsChanged, PersonRegistered
from yiyang.people.facts import FACTS
from yiyang.people.models import Person, State, last_four
from yiyang.people.services import duplicates
from yiyang.people.services.changing import ABOVE_COUNTIES, NotYourPlace
from yiyang.regions import selectors as regions

SEARCHES_A_MINUTE = 30
NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003fffd·A-Za-z ]{2,40}")
PHONE = re.compile(r"\d{7,12}")


class AlreadyRegistered(Conflict):
    code = "people.already_registered"
    message = (
        "这个身份证号已经登记过了。在您的范围里找不到，可能登记在别的社区："
        "请街道或民政部门查找，办迁入，不要再登记"
    )


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """What somebody says who is not registered yet; without papers the ID number is None.

    With a number sex and birthday are read from it; what is said beside it must agree.
    """

    name: str
    division: str
    id_number: str | None = None
    sex: Sex = Sex.UNKNOWN
    born_on: date | None = None
    hukou_division: str = ""  # empty: where she lives
    phone: str | None = None
    address: str | None = None


@dataclass(frozen=True)
class _Read:
    """A newcomer, checked: what goes into the record."""

    name: str
    born_on: date
    sex: int
    id_number: str | None
    phone: str | None


def search_people(
    *,
    actor: Actor,
    text: str,
    scope: Scope,
    terms: str,
    face: str,
    now: datetime,
    born_on: date | None = None,
) -> list[Person]:
    """Look for somebody, at most thirty times a minute; every search leaves a trace.

    Args:
        terms: a keyed hash of the words: they may be an ID number, so they are not kept.

    Raises:
        TooMany
        BadIdNumber: a number that cannot be one, with what is wrong.
    """
    limits.take(f"search:{actor.label}", rate_per_minute=SEARCHES_A_MINUTE, burst=SEARCHES_A_MINUTE, now=now)
    found = selectors.search(text, scope, born_on=born_on)
    audit.record(
        actor=actor,
        action="searched",
        now=now,
        division=actor.prefix,
        face=face,
        detail={"terms": terms, "people": len(found)},
    )
    return found


@transaction.atomic
def register_person(*, actor: Actor, newcomer: Newcomer, now: datetime) -> Person:
    """Enter a person nobody has found; likely duplicates become tickets at once.

    Raises:
        NotYourDuty, NotYourPlace, NoSuchPlace
        BadIdNumber: it cannot be one, or it belongs to an invented person.
        FactRefused: name, birthday, sex or phone will not do, or contradict the number.
        AlreadyRegistered: the number is there, in whatever place.
    """
    check_may(actor, "register_people")
    read = _read(newcomer, now.date())
    division, hukou = _places(actor, newcomer, now.date())
    found = _insert(read, division, hukou, (newcomer.address or "").strip() or None, now)
    State.objects.create(
        person=found,
        division=division,
        birth_ymd=int(f"{read.born_on:%Y%m%d}"),
        hukou_county=int(hukou[:6]),
        residence_county=int(division[:6]),
    )
    audit.record(actor=actor, action="registered", now=now, subject=("person", found.pk), division=division)
    duplicates.find_for(person_id=PersonId(found.pk), now=now)
    outbox.publish(FactsChanged(person_id=found.pk, keys=tuple(FACTS), division=division, at=now))
    outbox.publish(PersonRegistered(person_id=found.pk, division=division, at=now))
    return found


def _read(newcomer: Newcomer, today: date) -> _Read:
    name = newcomer.name.strip().replace("•", "·")
    if not NAME.fullmatch(name):
        raise guards.FactRefused(
            "a name of 2 to 40 characters", message="姓名写 2 到 40 个字，只用汉字、字母和间隔号“·”"
        )
    phone = identifying.normal_phone(newcomer.phone or "") or None
    if phone is not None and not PHONE.fullmatch(phone):
        raise guards.FactRefused(
            "the phone is no number", message="电话号码不对，请写 11 位手机号，或带区号的座机"
        )
    if not newcomer.id_number:
        if newcomer.born_on is None or newcomer.sex not in (Sex.MALE, Sex.FEMALE):
            text = "没有身份证号时，要写出生日期和性别"
            raise guards.FactRefused("without an id birthday and sex are needed", message=text)
        guards.check_birth(newcomer.born_on, today=today)
        return _Read(name, newcomer.born_on, newcomer.sex, None, phone)
    number = identifying.read_id(newcomer.id_number)
    identifying.check_real(number.number)
    guards.check_birth(number.born_on, today=today)
    if newcomer.born_on not in (None, number.born_on) or newcomer.sex not in (Sex.UNKNOWN, number.sex):
        text = "出生日期或性别和身份证号里的不一样，请对照证件再填"
        raise guards.FactRefused("birthday or sex contradict the id", message=text)
    return _Read(name, number.born_on, number.sex, number.number, phone)


def _places(actor: Actor, newcomer: Newcomer, today: date) -> tuple[str, str]:
    place = regions.place(newcomer.division, on=today)
    if place.level in ABOVE_COUNTIES:
        raise regions.NoSuchPlace(f"{newcomer.division} is no place where somebody is registered as living")
    if not actor.scope.holds(place.division):
        raise NotYourPlace(f"{place.division} is outside {actor.prefix}")
    hukou = newcomer.hukou_division.strip()
    if hukou and not re.fullmatch(r"\d{6}|\d{12}", hukou):
        raise guards.FactRefused("no division of registration", message="户籍地的区划代码写 6 位或 12 位数字")
    return place.division, hukou.ljust(12, "0") if hukou else place.division


def _insert(read: _Read, division: str, hukou: str, address: str | None, now: datetime) -> Person:
    """Raises AlreadyRegistered."""
    ring, row_id = sealing.ring(), _draw_id()

    def blind(field: str, text: str | None) -> bytes | None:
        return None if text is None else ring.blind(field, text)

    def seal(field: str, text: str | None) -> sealing.Sealed | None:
        return None if text is None else sealing.seal(f"people_person.{field}", row_id, text)

    try:
        with transaction.atomic():
            return Person.objects.create(
                id=row_id,
                division=division,
                hukou_division=hukou,
                name=read.name,
                initials=spelling.initials_of(read.name),
                sex=read.sex,
                born_on=read.born_on,
                id_number=seal("id_number", read.id_number),
                id_number_bidx=blind("id_number", read.id_number),
                phone=seal("phone", read.phone),
                phone_bidx=blind("phone", read.phone),
                phone_last4_bidx=blind("phone_last4", last_four(read.phone) if read.phone else None),
                address=seal("address", address),
                recorded_at=now,
            )
    except IntegrityError as error:
        raise AlreadyRegistered("a record with this id number is there") from error


def _draw_id() -> int:
    """Before the row: the additional data of its seals holds the id."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('people_person', 'id'))")
        return int(cursor.fetchone()[0])
