"""Carrying messages out, one at a time, and writing down what came of each attempt."""

from __future__ import annotations

import logging
import time
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from yiyang.base import outbound, scoping
from yiyang.base.scoping import EVERYWHERE, Acting, Role
from yiyang.engine import identifying
from yiyang.engine.errors import HouseError
from yiyang.notices import channels, selectors, texts
from yiyang.notices.channels import Carrier, Message, Outcome, gateway
from yiyang.notices.channels.gateway import Report
from yiyang.notices.choices import Channel, NoticeState, Reason
from yiyang.notices.models import Notice

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=2)
AGAIN_AFTER = tuple(timedelta(seconds=n) for n in (10, 60, 300, 1800, 7200))
AT_ONCE = 50
REPORTS_FOR = timedelta(days=3)


def deliver_due(now: datetime, limit: int = AT_ONCE) -> int:
    """Carry out what waits. Returns how many attempts were made."""
    with _processing("messages that wait"):
        ready = Notice.objects.filter(_ready(now)).order_by("-urgent", "next_at", "pk")
        due = list(ready.values_list("pk", flat=True)[:limit])
    return sum(deliver_one(notice_id, now=now) for notice_id in due)


def deliver_urgent(notice_id: int, now: datetime) -> None:
    """In a thread of the pages, as their login: it may carry urgent messages, and no others."""
    try:
        deliver_one(notice_id, now=now, role=Role.NONE)
    except Exception:
        # Left to the process that works off the rest; the person may ask again.
        log.exception("message %s is left to `yiyang work`", notice_id)
    finally:
        connection.close()


def deliver_one(notice_id: int, *, now: datetime, role: Role = Role.JOB) -> bool:
    """One attempt. False: somebody else has it, or it is done.

    The lease is committed before anything leaves, and what came of it after: a process that dies between
    the two tries again when the lease has run out, and the gateway knows the message by its id.
    """
    with _processing("a message", role):
        notice = Notice.objects.select_for_update(skip_locked=True).filter(_ready(now), pk=notice_id).first()
        if notice is None:
            return False
        notice.lease_until, notice.attempts = now + LEASE, notice.attempts + 1
        notice.save(update_fields=["lease_until", "attempts"])
    began = time.monotonic()
    carrier, outcome = _carried(notice, now)
    took = int((time.monotonic() - began) * 1000)
    with _processing("a message", role):
        note(notice.pk, outcome.state, outcome.reason, carrier=carrier, at=now, took_ms=took)
        _settle(notice, outcome, now)
    return True


def _ready(now: datetime) -> Q:
    return Q(state=NoticeState.QUEUED, next_at__lte=now) & (Q(lease_until=None) | Q(lease_until__lte=now))


def _processing(purpose: str, role: Role = Role.JOB) -> AbstractContextManager[Acting]:
    scope = EVERYWHERE if role is Role.JOB else scoping.NOBODY
    return scoping.acting(role, scope, actor_id="process:notices", purpose=purpose)


def _carried(notice: Notice, now: datetime) -> tuple[str, Outcome]:
    """Name of the carrier, and what it made of the message."""
    if notice.expires_at is not None and now >= notice.expires_at:
        return "none", Outcome(NoticeState.FAILED, Reason.TOO_LATE)
    channel = Channel(notice.channel)
    try:
        carrier = channels.carrier_of(channel)
        phone = selectors.phone_of(notice)
        if reason := _misdirected(carrier, phone):
            return carrier.name, Outcome(NoticeState.REFUSED, reason)
        text = selectors.text_of(notice)
        said = texts.spoken(text) if channel is Channel.VOICE else texts.written(text)
        return carrier.name, carrier.carry(
            Message(notice.code, channel, phone, notice.text_key, texts.SIGNATURE + said, now)
        )
    except HouseError as error:
        log.error("message %s cannot leave: %s", notice.pk, error.code)  # noqa: TRY400 - the text must not be logged
        return "none", Outcome(NoticeState.FAILED, Reason.GATEWAY_DOWN, again=True)


def _misdirected(carrier: Carrier, phone: str) -> Reason:
    """Invented people have no phones; real ones must not read what a demonstration says."""
    if not phone:
        return Reason.NO_NUMBER
    if identifying.can_be_dialled(phone) == carrier.real:
        return Reason.NONE
    return Reason.SYNTHETIC if carrier.real else Reason.REAL_NUMBER


def _settle(notice: Notice, outcome: Outcome, now: datetime) -> None:
    notice.state, notice.gateway_ref, notice.lease_until = outcome.state, outcome.gateway_ref, None
    if outcome.again and notice.attempts <= len(AGAIN_AFTER):
        notice.state, notice.next_at = NoticeState.QUEUED, now + AGAIN_AFTER[notice.attempts - 1]
    elif outcome.again:
        note(notice.pk, NoticeState.FAILED, Reason.GIVEN_UP, carrier="none", at=now)
    if notice.urgent and notice.state != NoticeState.QUEUED:
        notice.contents = None  # a code that has left is kept nowhere
    notice.save(update_fields=["state", "gateway_ref", "lease_until", "next_at", "contents"])


def note(notice_id: int, state: str, reason: Reason, *, carrier: str, at: datetime, took_ms: int = 0) -> None:
    """One line of the history of a message. Plain SQL: most who write here may not read."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO notices_delivery (notice_id, at, carrier, state, reason, took_ms) "
            "VALUES (%s, %s, %s, %s, %s, %s)",
            [notice_id, at, carrier, state, reason.value, took_ms],
        )


def fetch_reports(now: datetime) -> int:
    """Ask the gateway what became of messages it accepted. Returns how many were settled."""
    with _processing("what became of messages"):
        waiting = Notice.objects.filter(state=NoticeState.SENT, made_at__gt=now - REPORTS_FOR)
        first = waiting.order_by("made_at").values_list("made_at", flat=True).first()
    if first is None:
        return 0
    settled = 0
    for channel in (Channel.SMS, Channel.VOICE):
        try:
            carrier = channels.carrier_of(channel)
            found = carrier.reports(since=first, now=now) if isinstance(carrier, gateway.Gateway) else []
        except (channels.NoCarrier, outbound.NoAnswer, outbound.NotAllowedOut) as error:
            log.warning("no reports: %s", error.code)
            continue
        settled += sum(note_report(report=one, now=now) for one in found)
    return settled


def note_report(*, report: Report, now: datetime) -> bool:
    """What the gateway says became of one message; a second word about it changes nothing."""
    with _processing("what became of a message"), transaction.atomic():
        notice = (
            Notice.objects.select_for_update().filter(gateway_ref=report.ref, state=NoticeState.SENT).first()
        )
        if notice is None:
            return False
        notice.state = report.state
        notice.save(update_fields=["state"])
        note(notice.pk, report.state, report.reason, carrier="report", at=now)
    return True
