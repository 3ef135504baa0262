from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from yiyang.base.keys.sealing import SealedField
from yiyang.base.records import DivisionField, Record
from yiyang.exchange.choices import BatchState, RowAct, RowState, TicketKind, TicketState
from yiyang.people.choices import Source


class Feed(Record):
    """A department that sends a file again and again: what its rows look like, as data."""

    name = models.TextField(unique=True)
    title = models.TextField()
    division = DivisionField()  # the branch whose people the file may touch, padded
    kind = models.TextField()
    source = models.CharField(max_length=32, choices=Source)
    rank = models.SmallIntegerField()
    every_days = models.PositiveSmallIntegerField()  # a file is due so many days after the last one
    grace_days = models.PositiveSmallIntegerField(default=0)
    schema = models.JSONField()  # JSON Schema of one incoming row
    mapping = models.JSONField()  # our column -> the name the department uses
    active = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    last_arrived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(every_days__gte=1), name="exchange_feed_every")]


class Batch(Record):
    """One file on its way into the records: counts that reconcile, two people who stand for it."""

    division = DivisionField()  # the branch whose people the file may touch, padded
    kind = models.TextField()
    source = models.CharField(max_length=32, choices=Source)
    rank = models.SmallIntegerField()
    as_of = models.DateField()
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.RECEIVED)
    format = models.CharField(max_length=4)
    size = models.BigIntegerField()
    mark = models.BinaryField()  # keyed digest of the bytes: the same file is recognised, and nothing guessed
    told = SealedField(null=True)  # JSON: file name, header, notes, why it was bad; it may name somebody
    read = models.IntegerField(default=0)
    merged = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    rejected = models.IntegerField(default=0)
    waiting = models.IntegerField(default=0)
    to_add = models.IntegerField(default=0)
    to_change = models.IntegerField(default=0)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    uploaded_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    why_declined = models.TextField(default="")
    finished_at = models.DateTimeField(null=True)
    holder = models.TextField(default="")  # the process at work on it
    lease_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=BatchState.DONE)
                | Q(read=F("merged") + F("unchanged") + F("rejected") + F("waiting")),
                name="exchange_batch_reconciles",
            ),
            models.CheckConstraint(
                condition=Q(uploaded_by=None) | Q(decided_by=None) | ~Q(uploaded_by=F("decided_by")),
                name="exchange_batch_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(BatchState.APPROVED, BatchState.MERGING, BatchState.DONE))
                | Q(decided_by__isnull=False),
                name="exchange_batch_approved",
            ),
        ]
        indexes = [
            models.Index(fields=["division", "-uploaded_at"], name="exchange_batch_at"),
            models.Index(fields=["mark"], name="exchange_batch_mark"),
        ]


class Piece(models.Model):
    """A megabyte of a file, packed and sealed; gone as soon as the file has been read."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="+")
    division = DivisionField()
    number = models.IntegerField()
    content = SealedField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="exchange_piece_once")]


class Row(models.Model):
    """One line of a file. What it says is sealed, and gone once it stands in the records."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="+", db_constraint=False)
    division = DivisionField()  # of the batch
    line = models.IntegerField()
    state = models.CharField(max_length=10, choices=RowState)
    act = models.CharField(max_length=6, choices=RowAct, default=RowAct.NONE)
    person_id = models.BigIntegerField(null=True)
    content = SealedField(null=True)  # JSON: cells as they stood, values as they were read

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="exchange_row_once")]
        indexes = [models.Index(fields=["batch", "state", "id"], name="exchange_row_state")]


class Rejection(models.Model):
    """Why a line was not taken: the column, the reason, what to do. Never what stood there."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="+", db_constraint=False)
    division = DivisionField()
    line = models.IntegerField()
    field = models.TextField(default="")
    fault = models.TextField()
    reason = models.TextField()
    hint = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["batch", "line"], name="exchange_rejection_line")]


class Ticket(Record):
    """A line that a person must judge: two sources differ, or it may be somebody already registered."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+")
    division = DivisionField()
    line = models.IntegerField()
    kind = models.CharField(max_length=12, choices=TicketKind)
    person_id = models.BigIntegerField()
    fields = models.JSONField(default=list)  # names of the columns that differ
    held_rank = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=6, choices=TicketState, default=TicketState.OPEN)
    opened_at = models.DateTimeField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    settled_at = models.DateTimeField(null=True)
    why = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "line"], name="exchange_ticket_once"),
            models.CheckConstraint(
                condition=Q(state=TicketState.OPEN, settled_at=None)
                | ~Q(state=TicketState.OPEN) & Q(settled_at__isnull=False),
                name="exchange_ticket_settled",
            ),
        ]
        indexes = [models.Index(fields=["division", "state"], name="exchange_ticket_open")]


class Origin(models.Model):
    """Which source a column of a person's record comes from, since which day, by which batch."""

    id = models.BigAutoField(primary_key=True)
    person_id = models.BigIntegerField()
    field = models.TextField()
    source = models.CharField(max_length=32, choices=Source)
    rank = models.SmallIntegerField()
    as_of = models.DateField()
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "field"], name="exchange_origin_once")]
