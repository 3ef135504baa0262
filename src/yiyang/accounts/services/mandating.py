"""An older person lets somebody act for her, and takes it back. Who is told stands a room above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from yiyang.accounts import guards, selectors
from yiyang.accounts.choices import MandateEnd, MandateWay
from yiyang.accounts.models import Mandate
from yiyang.base.actors import Actor, ActorKind
from yiyang.base.ids import PersonId, UserId
from yiyang.base.keys import sealing
from yiyang.base.log import audit
from yiyang.engine.errors import Conflict

FEWEST_WORDS = 4


class AlreadyEnded(Conflict):
    code = "accounts.already_ended"
    message = "这份委托已经停了，不用再停"


@dataclass(frozen=True)
class Terms:
    """For what and until when, and how she said yes."""

    called: str
    rights: frozenset[str]
    ends_on: date
    way: MandateWay
    evidence: str = field(default="", repr=False)


@transaction.atomic
def grant_mandate(
    *, actor: Actor, person_id: PersonId, holder_id: UserId, terms: Terms, now: datetime
) -> Mandate:
    """Let one account act for a person; an open mandate of the same two is replaced.

    Raises:
        NotYours, NotInMandate: only the person herself, or staff of her branch with evidence.
        MandateRefused: rights, length, number of helpers, or no evidence.
    """
    _check_how(actor, person_id, terms)
    _queue_up(person_id)
    open_ones = Mandate.objects.filter(person_id=person_id, ended_at=None)
    living = open_ones.filter(ends_on__gte=now.date()).exclude(holder_id=holder_id).count()
    guards.check_mandate(terms.rights, (terms.ends_on - now.date()).days, living)
    open_ones.filter(holder_id=holder_id).update(
        ended_at=now, ended_by_id=actor.user_id, ended=MandateEnd.REPLACED
    )
    row_id = _next_id()
    evidence = sealing.seal("accounts_mandate.evidence", row_id, terms.evidence)
    given = Mandate(
        id=row_id,
        person_id=person_id,
        holder_id=holder_id,
        holder_called=terms.called,
        rights=sorted(terms.rights),
        given_at=now,
        ends_on=terms.ends_on,
        way=terms.way,
        given_by_id=actor.user_id,
        evidence=evidence if terms.evidence else None,
    )
    given.save(force_insert=True)
    _note(actor, "mandate_given", given, now)
    return given


def _check_how(actor: Actor, person_id: PersonId, terms: Terms) -> None:
    if terms.way is MandateWay.CODE:
        guards.check_herself(actor, person_id)
        return
    guards.check_may(actor, "take_leads")
    if len(terms.evidence.strip()) < FEWEST_WORDS:
        raise guards.MandateRefused("no evidence", message="请写两位见证人的姓名，或者书面委托的编号和存放处")


@transaction.atomic
def end_mandate(*, actor: Actor, code: UUID, now: datetime) -> Mandate:
    """Stop a mandate, by her who gave it, him who holds it, or staff as she asked. From the next request on.

    Raises:
        NoSuchMandate
        AlreadyEnded
        NotYours: neither of the three.
    """
    given = Mandate.objects.select_for_update().filter(code=code).first()
    if given is None:
        raise selectors.NoSuchMandate(f"no mandate {code} here")
    how = _end_by(actor, given)
    if given.ended_at is not None:
        raise AlreadyEnded(f"mandate {code} is over")
    _end(given, how, actor.user_id, now)
    _note(actor, "mandate_ended", given, now)
    return given


def _end_by(actor: Actor, given: Mandate) -> MandateEnd:
    if actor.may("take_leads"):
        return MandateEnd.STAFF
    if actor.kind is ActorKind.PERSON and given.holder_id == actor.user_id:
        return MandateEnd.HOLDER
    guards.check_herself(actor, PersonId(given.person_id))
    return MandateEnd.GIVER


@transaction.atomic
def end_expired(*, actor: Actor, now: datetime) -> Sequence[Mandate]:
    """Write down that mandates are over whose last day has passed. They have ended by themselves before."""
    over = list(Mandate.objects.select_for_update().filter(ended_at=None, ends_on__lt=now.date()))
    for given in over:
        _end(given, MandateEnd.EXPIRED, None, now)
        _note(actor, "mandate_ended", given, now)
    return over


def _end(given: Mandate, how: MandateEnd, by: UserId | None, now: datetime) -> None:
    given.ended_at, given.ended, given.ended_by_id = now, how, by
    given.save(update_fields=["ended_at", "ended", "ended_by"])


def _note(actor: Actor, action: str, given: Mandate, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        now=now,
        subject=("person", given.person_id),
        reason=given.ended or given.way,
        detail={"mandate": str(given.code), "rights": given.rights, "ends_on": f"{given.ends_on}"},
    )


def _queue_up(person_id: PersonId) -> None:
    """One mandate of a person after the other: two at once would both find room for one helper more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('mandates'), %s)", [person_id % 2**31])


def _next_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('accounts_mandate_id_seq')")
        return int(cursor.fetchone()[0])
