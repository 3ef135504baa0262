from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from yiyang.base.keys.sealing import BlindField, NextBlindField, SealedField
from yiyang.base.records import DivisionField, Record
from yiyang.people.choices import (
    Asker,
    DuplicateState,
    MergeState,
    MoveState,
    Purpose,
    ReportState,
    RightChannel,
    RightKind,
    RightState,
    Sex,
    Source,
    StayKind,
    Verdict,
)

GONE = "（已故）"  # the name of somebody whose time in the records is over


def last_four(phone: str) -> str:
    return phone[-4:]


class Person(models.Model):
    """An older person: one record, one community of residence, one place of registration."""

    id = models.BigAutoField(primary_key=True)
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    division = DivisionField()  # residence, twelve digits; padded with zeros where the community is unknown
    hukou_division = DivisionField()
    name = models.TextField()
    initials = models.TextField()
    sex = models.SmallIntegerField(choices=Sex)
    born_on = models.DateField()
    ethnicity = models.CharField(max_length=2, default="")  # GB/T 3304
    household_no = models.BigIntegerField(null=True)
    id_number = SealedField(null=True)  # null: a person without papers is a person
    id_number_bidx = BlindField("id_number", of="id_number", unique=True, null=True)
    id_number_bidx_next = NextBlindField("id_number_bidx")
    phone = SealedField(null=True)
    phone_bidx = BlindField("phone", of="phone", null=True)
    phone_last4_bidx = BlindField("phone_last4", of="phone", reads=last_four, null=True)
    address = SealedField(null=True)
    died_on = models.DateField(null=True)
    # Found to be the same person as another record: the one that stands for both, never one merged itself.
    merged_into = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, db_index=False)
    synthetic = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["id_number_bidx_next"],
                condition=models.Q(id_number_bidx_next__isnull=False),
                name="people_person_next_id_number",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="people_person_not_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["division", "id"], name="people_person_division"),
            models.Index(fields=["name", "division", "id"], name="people_person_name"),
            models.Index(fields=["initials", "division", "id"], name="people_person_initials"),
            models.Index(fields=["phone_bidx"], name="people_person_phone"),
            models.Index(fields=["phone_last4_bidx", "division"], name="people_person_last4"),
            models.Index(fields=["household_no"], name="people_person_household"),
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="people_person_merged"
            ),
            models.Index(fields=["name", "born_on"], name="people_person_name_born"),
        ]


class Fact(models.Model):
    """What a source said about a person: never changed, only followed by a later word.

    ``valid_from`` is when it became true, ``recorded_at`` when we came to know. ``value`` null: the source
    no longer knows.
    """

    id = models.BigAutoField(primary_key=True)
    # No database constraint: people are never deleted, and one check a fact is a third of loading a city.
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    key = models.TextField()
    value = models.IntegerField(null=True)
    source = models.CharField(max_length=32, choices=Source)
    valid_from = models.DateField()
    recorded_at = models.DateTimeField()
    batch_id = models.BigIntegerField(null=True)  # the file it came with, in a room above

    class Meta:
        indexes = [models.Index(fields=["person"], name="people_fact_person")]


class State(models.Model):
    """The facts as known now, one row per living person: the table that sweeps read.

    A projection of ``Fact`` and ``Person``, kept by ``people.services`` in the same transaction.
    """

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="state")
    division = DivisionField()
    birth_ymd = models.IntegerField()
    hukou_county = models.IntegerField()
    residence_county = models.IntegerField()
    ability_level = models.SmallIntegerField(null=True)
    hardship_class = models.SmallIntegerField(null=True)
    disability_certificate_grade = models.SmallIntegerField(null=True)
    ltci_disability_level = models.SmallIntegerField(null=True)
    insured_months = models.SmallIntegerField(null=True)
    meals_in_month = models.SmallIntegerField(default=0)
    lives_in_care_home = models.BooleanField(default=False)
    home_adapted = models.BooleanField(default=False)
    lives_alone = models.BooleanField(null=True)
    empty_nest = models.BooleanField(null=True)
    left_behind = models.BooleanField(null=True)
    bereaved_family = models.BooleanField(null=True)
    entitled_group = models.BooleanField(null=True)
    has_dementia = models.BooleanField(null=True)
    special_contribution = models.BooleanField(null=True)
    seriously_ill = models.BooleanField(null=True)
    homeless = models.BooleanField(null=True)
    pension_scheme = models.SmallIntegerField(null=True)

    class Meta:
        db_table = "people_state"
        indexes = [models.Index(fields=["division", "person"], name="people_state_division")]


class Duplicate(Record):
    """Two records that may be one person: a ticket that a human decides, never a machine."""

    a = models.ForeignKey(Person, models.PROTECT, related_name="+")
    b = models.ForeignKey(Person, models.PROTECT, related_name="+")
    score = models.FloatField()  # bits of evidence
    verdict = models.CharField(max_length=8, choices=Verdict)
    reasons = models.JSONField(default=list)  # codes of ``engine.linking``
    state = models.CharField(max_length=9, choices=DuplicateState, default=DuplicateState.OPEN)
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    why = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["a", "b"], name="people_duplicate_once"),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="people_duplicate_order"),
        ]
        indexes = [models.Index(fields=["state", "-score"], name="people_duplicate_state")]


class Merge(Record):
    """One record became the alias of another; ``before`` and ``aside`` are what taking it back needs."""

    survivor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=MergeState)
    two_numbers = models.BooleanField()  # two ID numbers: a second person confirms
    why = models.TextField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    undone_why = models.TextField(default="")
    before = models.JSONField(default=dict)  # both records as they were: places, states, names of fields
    aside = models.JSONField(default=dict)  # what each room above moved or set aside

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["other"],
                condition=Q(state__in=(MergeState.PROPOSED, MergeState.DONE)),
                name="people_merge_one_open",
            ),
            models.CheckConstraint(condition=~Q(survivor=F("other")), name="people_merge_two"),
        ]
        indexes = [models.Index(fields=["survivor", "state"], name="people_merge_survivor")]


class DeathReport(Record):
    """What one source said about a death. It counts when a second, independent one says so too."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    division = DivisionField()
    died_on = models.DateField(null=True)  # null: the source knows that, not when
    source = models.CharField(max_length=32, choices=Source)
    note = models.TextField(default="")
    state = models.CharField(max_length=9, choices=ReportState, default=ReportState.WAITING)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    settled_why = models.TextField(default="")
    left = models.JSONField(default=dict)  # the row of the sweep table as the death found it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "source"],
                condition=Q(state=ReportState.WAITING),
                name="people_deathreport_once",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state=ReportState.EFFECTIVE), name="people_deathreport_one"
            ),
        ]
        indexes = [
            models.Index(fields=["division", "state"], name="people_deathreport_place"),
            models.Index(fields=["person", "state"], name="people_deathreport_person"),
        ]


class Stay(Record):
    """From one day to another in a hospital or a care home; ``until`` is the day she left."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=StayKind)
    since = models.DateField()
    until = models.DateField(null=True)
    place = models.TextField()
    source = models.CharField(max_length=32, choices=Source)
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(until=None), name="people_stay_one_open"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="people_stay_order"
            ),
        ]
        indexes = [models.Index(fields=["person", "-since"], name="people_stay_person")]


class Move(Record):
    """A community asks another branch to take a person over; she moves when that branch says yes."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    from_division = DivisionField()
    to_division = DivisionField()
    masked_name = models.TextField()  # the receiving branch does not see her yet
    birth_year = models.SmallIntegerField()
    state = models.CharField(max_length=9, choices=MoveState, default=MoveState.WAITING)
    why = models.TextField(default="")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    answer = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state=MoveState.WAITING), name="people_move_one_open"
            )
        ]
        indexes = [
            models.Index(fields=["to_division", "state"], name="people_move_to"),
            models.Index(fields=["from_division", "state"], name="people_move_from"),
        ]


class RightsCase(Record):
    """What a person wants done about her data: answered by a human until a day, with what was done for it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    division = DivisionField()
    kind = models.CharField(max_length=8, choices=RightKind)
    about = models.TextField(default="")  # purpose or column, where the kind needs one
    channel = models.CharField(max_length=8, choices=RightChannel)
    asker = models.CharField(max_length=8, choices=Asker, default=Asker.SELF)
    words = SealedField(null=True)
    state = models.CharField(max_length=10, choices=RightState, default=RightState.OPEN)
    made_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    answer_by = models.DateField()
    calendar_complete = models.BooleanField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    answer = SealedField(null=True)
    clause = models.TextField(default="")  # of a refusal
    evidence = models.JSONField(default=dict)  # counts, names of columns, digests; no values
    file = SealedField(null=True)  # the copy that was asked for

    class Meta:
        db_table = "people_rightscase"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=("DONE", "REFUSED"), answered_at__isnull=False, answered_by__isnull=False
                )
                | Q(state__in=("OPEN", "WITHDRAWN"), answered_by=None),
                name="people_right_answered",
            ),
            models.CheckConstraint(
                condition=~Q(state="REFUSED") | ~Q(clause=""), name="people_right_refused_with_clause"
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "about"], condition=Q(state="OPEN"), name="people_right_one_open"
            ),
        ]
        indexes = [
            models.Index(fields=["division", "state", "answer_by"], name="people_right_place"),
            models.Index(fields=["person", "-made_at"], name="people_right_person"),
        ]


class Consent(models.Model):
    """One purpose that a person agreed to, from a day until she takes it back."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    division = DivisionField()
    purpose = models.CharField(max_length=12, choices=Purpose)
    channel = models.CharField(max_length=8, choices=RightChannel)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=Q(withdrawn_at=None), name="people_consent_living"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=models.F("given_at")),
                name="people_consent_order",
            ),
        ]


class ImpactNote(models.Model):
    """That somebody has weighed what a use of personal data does to people, before it begins (55, 56)."""

    id = models.BigAutoField(primary_key=True)
    purpose = models.CharField(max_length=12, choices=Purpose)
    noted_on = models.DateField()
    by = models.TextField()
    says = models.TextField()
    document = models.TextField(default="")
    verified = models.BooleanField(default=False)
