from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from yiyang.accounts.choices import UserKind
from yiyang.base.records import DivisionField


class User(AbstractBaseUser):
    """Somebody who signs in. Not the older person herself: that is a ``Person``."""

    id = models.BigAutoField(primary_key=True)
    login = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=8, choices=UserKind)
    name = models.TextField()
    person_id = models.BigIntegerField(null=True, unique=True)  # a room above: a bare id
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager()
    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=UserKind.STAFF, person_id=None)
                | Q(kind=UserKind.PERSON, person_id__isnull=False),
                name="accounts_user_kind",
            )
        ]


class Duty(models.Model):
    """One duty class for one branch during one period."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="duties")
    duty = models.CharField(max_length=32)
    prefix = DivisionField()  # 2, 4, 6, 9 or 12 digits
    since = models.DateField()
    until = models.DateField()
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "duty", "prefix", "since"], name="accounts_duty_once"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="accounts_duty_period"),
            models.CheckConstraint(
                condition=Q(prefix__regex=r"^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$"), name="accounts_duty_place"
            ),
        ]


class SignInCode(models.Model):
    """A code sent to a phone: kept as a hash, good for a few tries and minutes."""

    id = models.BigAutoField(primary_key=True)
    phone_bidx = models.BinaryField()
    digest = models.TextField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["phone_bidx", "-sent_at"], name="accounts_code_phone")]
