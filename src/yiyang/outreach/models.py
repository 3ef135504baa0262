from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from yiyang.base.records import DivisionField, Record
from yiyang.outreach.choices import OPEN_STATES, Channel, LeadKind, LeadState, Outcome


class Lead(Record):
    """Somebody is entitled and not served, or a missing fact hides it: a thing to be done by a human."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    division = DivisionField()  # residence
    benefit = models.TextField()
    kind = models.CharField(max_length=16, choices=LeadKind)
    worth_fen = models.BigIntegerField(null=True)  # a month's worth, or once; null = cannot be told
    since = models.DateField()
    state = models.CharField(max_length=22, choices=LeadState, default=LeadState.NEW)
    asked_for = models.BooleanField(default=False)  # the person asked for help herself
    call_by = models.DateField(null=True)
    sweep_id = models.BigIntegerField(null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    taken_at = models.DateTimeField(null=True)
    again_on = models.DateField(null=True)  # she was told somebody comes that day; until then nobody does
    opened_at = models.DateTimeField()
    paused_from = models.CharField(max_length=22, default="", db_default="")  # the state it goes on with
    closed_at = models.DateTimeField(null=True)
    closed_why = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "benefit"],
                condition=Q(state__in=OPEN_STATES),
                name="outreach_lead_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state=LeadState.CLOSED, closed_at__isnull=False)
                | ~Q(state=LeadState.CLOSED) & Q(closed_at=None),
                name="outreach_lead_closed_pair",
            ),
            models.CheckConstraint(
                condition=Q(taken_by=None, taken_at=None) | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="outreach_lead_taken_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["division", "state", "person"], name="outreach_lead_place"),
            models.Index(fields=["person"], name="outreach_lead_person"),
        ]


class Caseload(models.Model):
    """One row for everybody with an open lead: what a list is sorted and counted by.

    A projection of ``Lead`` that a trigger of the database keeps, whoever writes a lead and however.
    """

    person = models.OneToOneField("people.Person", models.PROTECT, primary_key=True, related_name="+")
    division = DivisionField()
    listed = models.BooleanField()  # to be seen, from ``again_on``; the others are left out, and say why
    again_on = models.DateField(null=True)
    left_out = models.CharField(max_length=22, default="")  # the state that keeps her off the list
    asked_for = models.BooleanField()
    call_by = models.DateField(null=True)
    worth_fen = models.BigIntegerField(null=True)  # of the leads that are worked; null = not known of any
    since = models.DateField()
    unserved = models.BooleanField()
    unassessed = models.BooleanField()
    reached = models.BooleanField()
    worked = models.BooleanField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        indexes = [
            models.Index(
                "division",
                F("asked_for").desc(),
                F("call_by").asc(nulls_last=True),
                F("worth_fen").desc(nulls_last=True),
                "since",
                "person",
                condition=Q(listed=True),
                name="outreach_caseload_list",
            ),
            models.Index(fields=["division"], name="outreach_caseload_place"),
        ]


class ContactAttempt(models.Model):
    """One try to reach one person; it counts for all her open leads."""

    id = models.BigAutoField(primary_key=True)
    request_key = models.UUIDField(unique=True)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    division = DivisionField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel)
    outcome = models.CharField(max_length=16, choices=Outcome)
    note = models.TextField(default="")
    again_on = models.DateField(null=True)
    leads = models.ManyToManyField(Lead, related_name="attempts")

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="outreach_attempt_person")]
