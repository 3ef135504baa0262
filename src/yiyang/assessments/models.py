from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from yiyang.assessments.choices import AssessmentReason, AssessmentState
from yiyang.base.records import DivisionField, Record


class Assessment(Record):
    """One ability assessment by GB/T 42195-2022. A settled one is never changed; a later one follows it."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    division = DivisionField()  # where it was done
    state = models.CharField(max_length=10, choices=AssessmentState, default=AssessmentState.OPEN)
    reason = models.CharField(max_length=10, choices=AssessmentReason)
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    begun_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    assessed_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    coma = models.BooleanField(null=True)
    dementia = models.BooleanField(null=True)
    mental_disorder = models.BooleanField(null=True)
    risk_events = models.PositiveSmallIntegerField(null=True)
    signs_answered = models.BooleanField(default=False)
    total = models.PositiveSmallIntegerField(null=True)
    dimensions = models.JSONField(default=dict)
    initial_level = models.PositiveSmallIntegerField(null=True)
    level = models.PositiveSmallIntegerField(null=True)
    adjusted_by = models.JSONField(default=list)
    source = models.TextField(default="ASSESSMENT")

    class Meta:
        constraints = [
            # Two phones on one person's form: one of them comes too late, and is told so.
            models.UniqueConstraint(
                fields=["person"], condition=Q(state=AssessmentState.OPEN), name="assessments_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state=AssessmentState.SETTLED)
                | Q(level__isnull=False, settled_at__isnull=False, assessed_on__isnull=False),
                name="assessments_settled_whole",
            ),
        ]
        indexes = [models.Index(fields=["person", "-settled_at"], name="assessments_of_person")]


class ItemScore(models.Model):
    """One item of one assessment; an item not asked has no row."""

    id = models.BigAutoField(primary_key=True)
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="scores")
    item = models.CharField(max_length=8)
    score = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "item"], name="assessments_item_once")]
