from __future__ import annotations

from django.db import models
from django.db.models import Func, Value

from yiyang.base.choices import Phase
from yiyang.base.records import DivisionField


class AlertState(models.TextChoices):
    NEW = "NEW", "还没看"
    SEEN = "SEEN", "看过，在问"
    ANSWERED = "ANSWERED", "有答复"


class OutboxEntry(models.Model):
    """An event on its way upward."""

    event_id = models.UUIDField(primary_key=True)
    number = models.BigIntegerField(db_default=Func(Value("base_outbox_number"), function="nextval"))
    name = models.TextField()
    payload = models.JSONField()
    occurred_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    last_error = models.TextField(default="")

    class Meta:
        db_table = "base_outbox"
        indexes = [
            models.Index(
                fields=["occurred_at", "number"], condition=models.Q(done_at=None), name="base_outbox_waiting"
            ),
        ]


class Heard(models.Model):
    """This handler has done its part for this event."""

    id = models.BigAutoField(primary_key=True)
    event_id = models.UUIDField()
    handler = models.TextField()
    heard_at = models.DateTimeField()

    class Meta:
        db_table = "base_heard"
        constraints = [models.UniqueConstraint(fields=["event_id", "handler"], name="base_heard_once")]


class NightlyRun(models.Model):
    """One step of one night: who claims the row does it, and says how it ended."""

    id = models.BigAutoField(primary_key=True)
    step = models.TextField()
    day = models.DateField()
    began = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    ok = models.BooleanField(null=True)
    said = models.TextField(default="")  # counts and reasons, nothing of a person

    class Meta:
        db_table = "base_nightlyrun"
        constraints = [models.UniqueConstraint(fields=["step", "day"], name="base_nightlyrun_once")]


class AuditEntry(models.Model):
    """Who looked at or changed what, and why. The database refuses to change or delete a row."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.TextField()
    actor_name = models.TextField(default="")
    duty = models.TextField(default="")
    face = models.TextField(default="")
    action = models.TextField()
    subject_kind = models.TextField(default="")
    subject_id = models.BigIntegerField(null=True)
    fields = models.JSONField(default=list)
    purpose = models.TextField(default="")
    reason = models.TextField(default="")
    division = DivisionField(default="")
    request_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)
    ip = models.TextField(default="")

    class Meta:
        db_table = "base_audit"
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="base_audit_subject"),
            models.Index(fields=["actor", "-id"], name="base_audit_actor"),
        ]


class AuditSeal(models.Model):
    """A block of the log under one hash, chained to the block before. Never changed or deleted either."""

    no = models.BigIntegerField(primary_key=True)
    from_id = models.BigIntegerField()
    to_id = models.BigIntegerField(unique=True)
    n = models.PositiveIntegerField()
    prev = models.BinaryField()
    hash = models.BinaryField()
    mac = models.BinaryField(default=b"")  # of the hash, under the audit key of the ring
    mac_key = models.TextField(default="")  # which key; empty where the ring had none
    leaves = (
        models.BinaryField()
    )  # id and the first bytes of the hash of each line: to say which one is wrong
    sealed_at = models.DateTimeField()

    class Meta:
        db_table = "base_auditseal"


class Alert(models.Model):
    """Something done more often in an hour than the rule for it allows; somebody has to ask why."""

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField()
    actor = models.TextField()
    actor_name = models.TextField(default="")
    division = DivisionField(default="")
    hour = models.DateTimeField()
    since = models.DateTimeField()
    last_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=AlertState, default=AlertState.NEW)
    note = models.TextField(default="")
    answered_by = models.TextField(default="")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "base_alert"
        constraints = [models.UniqueConstraint(fields=["kind", "actor", "hour"], name="base_alert_once")]


class Limit(models.Model):
    """A bucket of tokens: how often something may still be done. The key is a hash of what it is about."""

    key = models.BinaryField(primary_key=True)
    tokens = models.FloatField()
    allowed = models.BooleanField()  # the answer to the last take
    at = models.DateTimeField()

    class Meta:
        db_table = "base_limit"


class Rotation(models.Model):
    """One run that brings every sealed field and blind index under new keys: how far it has come.

    ``progress`` holds, for the pass that is on, the last primary key a table has behind it. It moves in the
    transaction of the batch, so a run that was killed goes on where its last batch ended.
    """

    id = models.BigAutoField(primary_key=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    keys = models.JSONField()  # purpose -> id of the key that takes over
    phase = models.TextField(choices=Phase, default=Phase.FILL)
    progress = models.JSONField(default=dict)
    fields = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finished_at"],
                condition=models.Q(finished_at=None),
                nulls_distinct=False,
                name="base_rotation_one_at_a_time",
            )
        ]
