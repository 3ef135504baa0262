"""What another system tells by a signed request: item by item, each taken or refused with its reason.

The same rules as for a file, but nobody stands between: what contradicts a source of higher rank is refused
here and goes by file, where a person decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId
from yiyang.engine.errors import Conflict, HouseError, Refused
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.services import receiving
from yiyang.entitlements.services.receiving import Payment
from yiyang.exchange.choices import OWN_RANK, RANKS
from yiyang.exchange.kinds import facts, receipts
from yiyang.people import selectors as people
from yiyang.people import services as registry
from yiyang.people.choices import Source

MOST_FEN = 10**12


class Outranked(Conflict):
    code = "exchange.outranked"
    message = "更权威的来源另有说法，没有改动。请用文件报送，由民政部门判断"


class NoSuchBenefit(Refused):
    code = "exchange.no_such_benefit"
    message = "没有这项待遇"


class BadPeriod(Refused):
    code = "exchange.bad_period"
    message = "日期不对：不能在将来开始，也不能在开始以前停止"


class BadAmount(Refused):
    code = "exchange.bad_amount"
    message = "金额不对：以分为单位，不能是负数"


@dataclass(frozen=True)
class ToldFacts:
    """What a system says of one person as of one day."""

    person: UUID
    facts: Mapping[str, int | None]
    valid_from: date


@dataclass(frozen=True)
class ToldReceipt:
    """What a system pays one person."""

    person: UUID
    benefit: str
    since: date
    until: date | None
    amount_fen: int | None


@dataclass(frozen=True)
class Outcome:
    """What became of one item: taken, unchanged or refused with a code and a sentence."""

    state: str
    code: str = ""
    reason: str = ""


TAKEN, UNCHANGED = Outcome("taken"), Outcome("unchanged")


@transaction.atomic
def take_facts(*, actor: Actor, items: Sequence[ToldFacts], source: Source, now: datetime) -> list[Outcome]:
    """Good items go in, bad ones come back; one transaction, nothing half."""
    return [_each(partial(_take_facts, actor, item, source, now)) for item in items]


@transaction.atomic
def take_receipts(
    *, actor: Actor, items: Sequence[ToldReceipt], source: Source, now: datetime
) -> list[Outcome]:
    """The same for payments."""
    return [_each(partial(_take_receipt, actor, item, source, now)) for item in items]


def _each(act: Callable[[], Outcome]) -> Outcome:
    try:
        with transaction.atomic():
            return act()
    except HouseError as error:
        if error.status >= 500:
            raise
        return Outcome("refused", error.code, error.message)


def _take_facts(actor: Actor, item: ToldFacts, source: Source, now: datetime) -> Outcome:
    person_id = PersonId(people.person_of(item.person).pk)
    last = facts.last_words([person_id], list(item.facts))
    news = {}
    for key, value in item.facts.items():
        before = last.get((person_id, key))
        if before is not None and before.value == value and before.source == source:
            continue
        differs = before is not None and before.value is not None and before.value != value
        if differs and before is not None and RANKS.get(before.source, OWN_RANK) > RANKS[source]:
            raise Outranked(f"{key}: {before.source} says otherwise")
        news[key] = value
    if not news:
        return UNCHANGED
    registry.record_facts(
        actor=actor, person_id=person_id, facts=news, source=source, valid_from=item.valid_from, now=now
    )
    return TAKEN


def _take_receipt(actor: Actor, item: ToldReceipt, source: Source, now: datetime) -> Outcome:
    if item.benefit not in entitlements.marks(on=now.date()).stored:
        raise NoSuchBenefit(f"no benefit {item.benefit!r}")
    if item.since > now.date() or (item.until is not None and item.until < item.since):
        raise BadPeriod(f"from {item.since} until {item.until}")
    if item.amount_fen is not None and not 0 <= item.amount_fen <= MOST_FEN:
        raise BadAmount(f"{item.amount_fen} fen")
    found = people.person_of(item.person)
    before = receipts.held_by([found.pk]).get((found.pk, item.benefit, item.since))
    if before is not None and before[:2] == (item.until, item.amount_fen):
        return UNCHANGED
    if before is not None and RANKS.get(before[2], OWN_RANK) > RANKS[source]:
        raise Outranked(f"{before[2]} says otherwise")
    payment = Payment(PersonId(found.pk), item.benefit, item.since, item.until, item.amount_fen)
    receiving.record_payments(
        actor=actor, payments=[payment], source=source, division=found.division, now=now
    )
    receiving.follow_payments(person_id=PersonId(found.pk), division=found.division, now=now)
    return TAKEN
