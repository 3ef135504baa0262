"""Mandates with everybody told: the older person at the beginning and the end, the one who acts as well."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from yiyang.accounts import services as codes
from yiyang.accounts.choices import MandateRight, MandateWay
from yiyang.accounts.guards import MandateRefused, check_herself
from yiyang.accounts.services import mandating
from yiyang.accounts.services.mandating import Terms
from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId, UserId
from yiyang.base.keys import sealing
from yiyang.engine import identifying
from yiyang.engine.errors import Missing, Refused
from yiyang.notices import services as notices
from yiyang.notices.choices import Channel
from yiyang.notices.guards import check_can_send
from yiyang.notices.services import Address
from yiyang.notices.texts import Text
from yiyang.people import selectors
from yiyang.people.services.entering import phone_index
from yiyang.people.services.telling import tell

CALLED_MOST = 20
CODE_FOR = "mandate"


class NoPhone(Refused):
    code = "people.no_phone"
    message = "我们没有您的手机号。请到社区窗口，或者打 12349，请人帮您办"


@dataclass(frozen=True)
class Helper:
    """Somebody who is to act for an older person: how she calls him, and his phone."""

    phone: str = field(repr=False)
    called: str
    rights: frozenset[str]
    ends_on: date
    way: MandateWay
    evidence: str = field(default="", repr=False)


@transaction.atomic
def give_mandate(*, actor: Actor, person_id: PersonId, helper: Helper, now: datetime) -> UUID:
    """Let somebody act for a person; both are told. Returns the code of the mandate.

    Raises:
        NotYours, NotInMandate, MandateRefused, NoSuchPerson
    """
    person = selectors.person(person_id)
    phone = identifying.normal_phone(helper.phone)
    called = helper.called.strip()[:CALLED_MOST]
    if phone == selectors.phone_of(person):
        raise MandateRefused("her own number", message="这是您自己的号码。请写那个人的手机号")
    if not called:
        raise MandateRefused("nobody is named", message="请写上请的是谁")
    terms = Terms(called, helper.rights, helper.ends_on, helper.way, helper.evidence)
    given = mandating.grant_mandate(
        actor=actor, person_id=person_id, holder_id=_holder(phone, called), terms=terms, now=now
    )
    about = f"mandate:{given.code}"
    values = {"called": called, "rights": rights_words(given.rights), "ends_on": day_words(given.ends_on)}
    tell(person_id=person_id, text=Text("mandate_given", values), about=about, now=now)
    notices.send(
        to=Address(phone, person_id, person.division),
        text=Text("mandate_held", {"rights": values["rights"], "ends_on": values["ends_on"]}),
        channel=Channel.SMS,
        about=about,
        now=now,
    )
    return given.code


def give_mandate_by_code(
    *, actor: Actor, person_id: PersonId, helper: Helper, code: str, now: datetime
) -> UUID:
    """The same by the person herself, with the digits that came to her phone.

    Not one transaction: a wrong try is counted though it is refused.

    Raises:
        CodeWrong, CodeOver, NoPhone; what ``give_mandate`` raises
    """
    check_herself(actor, person_id)
    codes.use_code(phone_bidx=phone_index(_own_phone(person_id)), code=code, purpose=CODE_FOR, now=now)
    return give_mandate(actor=actor, person_id=person_id, helper=helper, now=now)


@transaction.atomic
def send_mandate_code(*, actor: Actor, person_id: PersonId, block: str, now: datetime) -> None:
    """Six digits to her own phone: only she may let somebody act for her.

    Raises:
        NotYours, NotInMandate
        NoPhone, CannotSend, CodeTooSoon, CodesUsedUp
    """
    check_herself(actor, person_id)
    phone, division = _own_phone(person_id), selectors.person(person_id).division
    check_can_send(Channel.SMS, phone)
    notices.send_code(
        to=Address(phone, person_id, division),
        index=phone_index(phone),
        known=True,
        channel=Channel.SMS,
        block=block,
        purpose=CODE_FOR,
        now=now,
    )


def _own_phone(person_id: PersonId) -> str:
    if not (phone := selectors.phone_of(selectors.person(person_id))):
        raise NoPhone(f"person {person_id} has no phone")
    return phone


@transaction.atomic
def end_mandate(*, actor: Actor, code: UUID, now: datetime) -> None:
    """Stop it; the older person is told.

    Raises:
        NoSuchMandate, AlreadyEnded, NotYours
    """
    given = mandating.end_mandate(actor=actor, code=code, now=now)
    _tell_end(given.person_id, given.holder_called, given.code, now)


@transaction.atomic
def end_expired_mandates(*, actor: Actor, now: datetime) -> int:
    """Mandates whose last day has passed are written off, and the older people told. Returns how many."""
    over = mandating.end_expired(actor=actor, now=now)
    for given in over:
        _tell_end(given.person_id, given.holder_called, given.code, now)
    return len(over)


def _tell_end(person_id: int, called: str, code: UUID, now: datetime) -> None:
    try:
        text = Text("mandate_ended", {"called": called})
        tell(person_id=PersonId(person_id), text=text, about=f"mandate:{code}", now=now)
    except Missing:
        return  # her record is closed or elsewhere: nobody is left to be told


def rights_words(rights: list[str]) -> str:
    """``看补贴和办事情况、请人帮忙``."""
    return "、".join(MandateRight(one).label for one in MandateRight.values if one in rights)


def day_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _holder(phone: str, called: str) -> UserId:
    """The account of a phone: of the one older person who has it, else of family, opened if need be.

    A function of the database does it: whoever gives a mandate learns nothing of whose number it is.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('accounts_user_id_seq')")
        row_id = int(cursor.fetchone()[0])
        sealed = sealing.seal("accounts_user.phone", row_id, phone)
        cursor.execute(
            "SELECT people_holder_of_phone(%s, %s::bytea[], %s, %s, %s)",
            [row_id, sealing.found_by("phone", phone), phone_index(phone), sealed, called],
        )
        return UserId(cursor.fetchone()[0])
