from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from yiyang.base.records import DivisionField, Record
from yiyang.entitlements.choices import AppealGround, AppealState, ApplicationState, Status, SweepState, Way


class Sweep(models.Model):
    """One run of the law over everybody of a branch, as of one day."""

    id = models.BigAutoField(primary_key=True)
    as_of = models.DateField()
    known_at = models.DateTimeField()  # what was recorded until then was believed
    prefix = DivisionField()
    state = models.CharField(max_length=8, choices=SweepState, default=SweepState.RUNNING)
    rules_digest = models.TextField(default="")
    numbers_digest = models.TextField(default="")
    people = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)  # rows out of the contract's range: listed, never guessed
    changed = models.IntegerField(default=0)  # decisions written
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    seconds = models.FloatField(null=True)
    error = models.TextField(default="")


class RefusedRow(models.Model):
    """Somebody the sweep could not judge because a fact is out of range: to be repaired, never dropped."""

    id = models.BigAutoField(primary_key=True)
    sweep = models.ForeignKey(Sweep, models.PROTECT, related_name="refused_rows")
    person_id = models.BigIntegerField()
    division = DivisionField()
    reason = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["division", "person_id"], name="entitlements_refused_place")]


class PlaceTally(models.Model):
    """The stored roll-up behind every figure: one place, one result, one sweep."""

    id = models.BigAutoField(primary_key=True)
    sweep = models.ForeignKey(Sweep, models.PROTECT, related_name="tallies")
    division = DivisionField()  # residence, padded to twelve digits
    result = models.TextField()  # name of a result, or ``person_line``
    people = models.IntegerField()
    eligible = models.IntegerField()
    cannot_tell = models.IntegerField()
    not_eligible = models.IntegerField()
    served = models.IntegerField(null=True)  # null: nobody receives this result as such
    unserved = models.IntegerField(null=True)
    amount_fen = models.BigIntegerField(null=True)
    unserved_fen = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sweep", "division", "result"], name="entitlements_tally_once"),
        ]
        indexes = [models.Index(fields=["division", "result", "sweep"], name="entitlements_tally_place")]


class Decision(models.Model):
    """What was found for one person and one benefit. Never changed; a later one supersedes it."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    benefit = models.TextField()
    division = DivisionField()  # the place responsible
    status = models.SmallIntegerField(choices=Status)
    amount = models.BigIntegerField(null=True)  # fen for money, 1 for true, the rank; null = cannot tell
    as_of = models.DateField()
    reason_code = models.SmallIntegerField(null=True)
    rules_digest = models.TextField()
    numbers_digest = models.TextField()
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    supersedes = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, db_index=False)
    sweep = models.ForeignKey(Sweep, models.PROTECT, related_name="+", null=True, db_index=False)
    masked_name = models.TextField()
    birth_year = models.SmallIntegerField()
    decided_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["person", "benefit", "-id"], name="entitlements_decision_person"),
            models.Index(fields=["division", "benefit", "id"], name="entitlements_decision_place"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=Status.CANNOT_TELL, amount=None)
                | ~Q(status=Status.CANNOT_TELL) & Q(amount__isnull=False),
                name="entitlements_decision_amount",
            )
        ]


class Standing(models.Model):
    """The decision that counts today, one row per person and stored result: a projection of decisions."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    benefit = models.TextField()
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+", db_index=False)
    residence = DivisionField()
    division = DivisionField()
    status = models.SmallIntegerField(choices=Status)
    amount = models.BigIntegerField(null=True)
    since = models.DateField()  # the first day this status was found without a break
    receives = models.BooleanField(default=False)
    awaits_assessment = models.BooleanField(default=False)  # only the missing ability level hides the answer

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "benefit"], name="entitlements_standing_once")
        ]
        indexes = [
            models.Index(
                fields=["residence", "benefit", "status", "receives"], name="entitlements_standing_place"
            ),
            models.Index(fields=["division", "benefit", "status"], name="entitlements_standing_duty"),
        ]


class Receipt(models.Model):
    """What a person receives according to a source; later the ledger's own payments."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    benefit = models.TextField()
    division = DivisionField()  # the place that pays
    since = models.DateField()
    until = models.DateField(null=True)
    amount_fen = models.BigIntegerField(null=True)
    source = models.CharField(max_length=32)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "benefit"], name="entitlements_receipt_person")]


class Explanation(models.Model):
    """The reason as it was shown, kept where somebody acted on it."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    benefit = models.TextField()
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+", null=True)
    content = models.JSONField()
    kept_for = models.TextField()  # APPLICATION, APPEAL, PAYMENT
    kept_at = models.DateTimeField()


class Application(Record):
    """A person asked to be helped to a benefit."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    division = DivisionField()
    benefit = models.TextField()  # a result, or ``call_back`` for help in general
    about = models.JSONField(default=list)  # codes of ``CallAbout``, in the order in which they were said
    state = models.CharField(max_length=10, choices=ApplicationState, default=ApplicationState.WAITING)
    explanation = models.ForeignKey(Explanation, models.PROTECT, related_name="+", null=True)
    asked_at = models.DateTimeField()
    call_by = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    way = models.CharField(max_length=8, choices=Way, default=Way.SELF)
    closed_at = models.DateTimeField(null=True)
    outcome = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "benefit"],
                condition=Q(state__in=(ApplicationState.WAITING, ApplicationState.TAKEN)),
                name="entitlements_application_open",
            )
        ]
        indexes = [models.Index(fields=["division", "state"], name="entitlements_application_at")]


class Appeal(Record):
    """A person disagrees with a decision; a human answers by a day that a parameter sets."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    division = DivisionField()
    benefit = models.TextField()
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+", null=True)
    explanation = models.ForeignKey(Explanation, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=16, choices=AppealGround)
    own_words = models.TextField(default="")
    state = models.CharField(max_length=10, choices=AppealState, default=AppealState.WAITING)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    way = models.CharField(max_length=8, choices=Way, default=Way.SELF)
    answer_by = models.DateField()
    calendar_complete = models.BooleanField(default=True)  # False: a year without a table of workdays
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "benefit"],
                condition=Q(state=AppealState.WAITING),
                name="entitlements_appeal_open",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None, answered_at=None)
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="entitlements_appeal_answer_pair",
            ),
        ]
        indexes = [models.Index(fields=["division", "state", "answer_by"], name="entitlements_appeal_at")]


class Rehearsal(Record):
    """What a changed number would do to everybody, before anybody signs it. Never deleted."""

    revision_id = models.BigIntegerField(null=True)
    division = DivisionField()
    as_of = models.DateField()
    sweep = models.ForeignKey(Sweep, models.PROTECT, related_name="+", null=True)
    changes = models.JSONField()  # the rows tried: key, place, since, value
    fingerprint = models.TextField()  # of the changes: an edited draft needs a new rehearsal
    rules_digest = models.TextField()
    numbers_before = models.TextField()
    numbers_after = models.TextField()
    content = models.JSONField()  # per benefit and county: gained, lost, more, less, same, fen
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    seconds = models.FloatField()
