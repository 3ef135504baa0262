from __future__ import annotations

import uuid

from django.db import models

from yiyang.base.records import DivisionField
from yiyang.base.sealing import BlindField, NextBlindField, SealedField
from yiyang.people.choices import Sex, Source

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
    id_number = SealedField()
    id_number_bidx = BlindField("id_number", of="id_number", unique=True)
    id_number_bidx_next = NextBlindField("id_number_bidx")
    phone = SealedField(null=True)
    phone_bidx = BlindField("phone", of="phone", null=True)
    phone_last4_bidx = BlindField("phone_last4", of="phone", reads=last_four, null=True)
    address = SealedField(null=True)
    died_on = models.DateField(null=True)
    synthetic = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["id_number_bidx_next"],
                condition=models.Q(id_number_bidx_next__isnull=False),
                name="people_person_next_id_number",
            )
        ]
        indexes = [
            models.Index(fields=["division", "id"], name="people_person_division"),
            models.Index(fields=["name", "division", "id"], name="people_person_name"),
            models.Index(fields=["initials", "division", "id"], name="people_person_initials"),
            models.Index(fields=["phone_bidx"], name="people_person_phone"),
            models.Index(fields=["phone_last4_bidx", "division"], name="people_person_last4"),
            models.Index(fields=["household_no"], name="people_person_household"),
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
