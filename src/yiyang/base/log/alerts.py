"""Alerts: what the security officer has to ask about, and what came of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Case, QuerySet, Value, When

from yiyang.base.actors import Actor
from yiyang.base.log import audit, watching
from yiyang.base.models import Alert, AlertState
from yiyang.engine.errors import Conflict, Missing, Refused

LEAST_NOTE = 5


class NoSuchAlert(Missing):
    code = "base.no_such_alert"
    message = "没有这条提醒，或不在您的范围"


class AlertAnswered(Conflict):
    code = "base.alert_answered"
    message = "这条提醒已经有答复了，请看别人写的"


class NoteTooShort(Refused):
    code = "base.note_too_short"
    message = f"写清问了谁、是什么事，至少 {LEAST_NOTE} 个字"


def waiting() -> QuerySet[Alert]:
    """Alerts nobody has answered, the newest first; only what the scope shows."""
    return Alert.objects.exclude(state=AlertState.ANSWERED).order_by("-last_at", "-pk")


def in_order() -> QuerySet[Alert]:
    """All alerts: those that wait on top, then the newest first."""
    rank = Case(When(state=AlertState.ANSWERED, then=Value(1)), default=Value(0))
    return Alert.objects.order_by(rank, "-last_at", "-pk")


def is_open(one: Alert) -> bool:
    """Whether somebody still has to say what came of it."""
    return one.state != AlertState.ANSWERED


def alert(alert_id: int) -> Alert:
    """Raises NoSuchAlert: none, or another branch's."""
    found = Alert.objects.filter(pk=alert_id).first()
    if found is None:
        raise NoSuchAlert(f"alert {alert_id}")
    return found


def raise_broken_chain(*, actor: Actor, faults: int, now: datetime) -> None:
    """The log is not what was sealed: nobody waits for a threshold. Once an hour at most."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    alert = Alert(kind=watching.CHAIN.kind, actor=actor.label, actor_name=actor.name, hour=hour)
    alert.since, alert.last_at, alert.count = now, now, faults
    Alert.objects.bulk_create([alert], ignore_conflicts=True)


@transaction.atomic
def take_note(*, actor: Actor, alert_id: int, answered: bool, note: str, now: datetime) -> Alert:
    """Say what is being done about an alert, or what came of it.

    Raises:
        NoSuchAlert, AlertAnswered
        NoteTooShort: an answer says what was found out.
    """
    found = Alert.objects.select_for_update().filter(pk=alert_id).first()
    if found is None:
        raise NoSuchAlert(f"alert {alert_id}")
    if found.state == AlertState.ANSWERED:
        raise AlertAnswered(f"alert {alert_id} by {found.answered_by}")
    if answered and len(note.strip()) < LEAST_NOTE:
        raise NoteTooShort
    found.state = AlertState.ANSWERED if answered else AlertState.SEEN
    found.note, found.answered_by, found.answered_at = note.strip(), actor.name, now
    found.save(update_fields=["state", "note", "answered_by", "answered_at"])
    audit.record(
        actor=actor,
        action="alert_answered" if answered else "alert_seen",
        now=now,
        subject=("alert", found.pk),
        division=found.division,
        face="k",
        detail={"kind": found.kind, "of": found.actor},
    )
    return found
