from __future__ import annotations

from django.db import models
from django.db.models import Q

from yiyang.base.keys.sealing import SealedField
from yiyang.base.records import DivisionField, Record
from yiyang.notices.choices import Channel, NoticeState, Reason


class Notice(Record):
    """One message to one address: the key of a text, and what fills its gaps, sealed.

    ``urgent``: a code that somebody waits for; its values are wiped as soon as it has left.
    """

    channel = models.CharField(max_length=8, choices=Channel)
    text_key = models.TextField()
    contents = SealedField(null=True)
    phone = SealedField(null=True)
    person_id = models.BigIntegerField(null=True)  # a room above: a bare id
    division = DivisionField(default="")
    about = models.TextField(default="")
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=NoticeState, default=NoticeState.QUEUED)
    made_at = models.DateTimeField()
    next_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    gateway_ref = models.TextField(default="")
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="QUEUED"), name="notices_notice_waiting"),
            models.Index(fields=["person_id", "-made_at"], name="notices_notice_person"),
            models.Index(fields=["gateway_ref"], condition=Q(state="SENT"), name="notices_notice_gateway"),
        ]


class Delivery(models.Model):
    """One attempt, or one word of the gateway afterwards. Append-only."""

    id = models.BigAutoField(primary_key=True)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries")
    at = models.DateTimeField()
    carrier = models.TextField()  # the plug-in: console, file, http, inbox
    state = models.CharField(max_length=10, choices=NoticeState)
    reason = models.CharField(max_length=16, choices=Reason, default=Reason.NONE)
    took_ms = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["notice", "id"], name="notices_delivery_notice")]
