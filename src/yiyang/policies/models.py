from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from yiyang.base.records import DivisionField, Record
from yiyang.policies.choices import COUNTS_AS_LAW, Merge, RevisionState


class PolicyDocument(models.Model):
    """An official document as an installation imported it; never shipped with the product."""

    id = models.BigAutoField(primary_key=True)
    doc = models.TextField(unique=True)  # the id that citations use
    title = models.TextField()
    number = models.TextField(default="")  # 文号
    place = models.IntegerField()
    imported_at = models.DateTimeField()
    sha256 = models.TextField()


class Clause(models.Model):
    """One clause of an imported document, in the document's own words."""

    id = models.BigAutoField(primary_key=True)
    document = models.ForeignKey(PolicyDocument, models.PROTECT, related_name="clauses")
    number = models.TextField()
    path = models.TextField()
    text = models.TextField()
    sha256 = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="policies_clause_number")]


class Revision(Record):
    """One number of the law for one place from one day: proposed, rehearsed, approved, in force."""

    key = models.TextField()
    place = models.IntegerField()  # six digits, 0 = nation
    since = models.DateField()
    until = models.DateField(null=True)
    value = models.IntegerField()
    unit = models.TextField()
    merge = models.CharField(max_length=8, choices=Merge)
    doc = models.TextField()
    clause = models.TextField()
    verified = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=RevisionState, default=RevisionState.DRAFT)
    division = DivisionField()  # the place as a division prefix, padded: whose business it is
    why = models.TextField(default="")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    rehearsal_id = models.BigIntegerField(null=True)  # a room above: a bare id
    rehearsed_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    approved_at = models.DateTimeField(null=True)
    document_number = models.TextField(default="")
    document_on = models.DateField(null=True)
    scheduled_at = models.DateTimeField(null=True)
    in_force_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "place", "since"],
                condition=Q(state__in=COUNTS_AS_LAW),
                name="policies_revision_day",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="policies_revision_period"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")),
                name="policies_revision_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="policies_revision_approval_pair",
            ),
        ]
        indexes = [models.Index(fields=["division", "state"], name="policies_revision_division")]
