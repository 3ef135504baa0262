from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from yiyang.accounts.choices import EndReason, MandateEnd, MandateWay, UserKind
from yiyang.base.keys.sealing import BlindField, SealedField
from yiyang.base.records import DivisionField, Record


class User(AbstractBaseUser):
    """Somebody who signs in. Not the older person herself: that is a ``Person``."""

    id = models.BigAutoField(primary_key=True)
    login = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=8, choices=UserKind)
    name = models.TextField()
    person_id = models.BigIntegerField(null=True, unique=True)  # a room above: a bare id
    is_active = models.BooleanField(default=True)
    # With database defaults: accounts of older people are made by a function of the database.
    session_version = models.PositiveIntegerField(default=0, db_default=0)  # raised = every session is over
    version_why = models.CharField(max_length=12, choices=EndReason, default="", db_default="")
    must_change = models.BooleanField(default=False, db_default=False)  # a start password, good for one use
    password_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False, db_default=False)  # its codes may be shown on the console
    phone = SealedField(null=True)  # of family only: an older person's number stands in her own record
    phone_bidx = BlindField("phone", of="phone", null=True)

    objects = BaseUserManager()
    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=UserKind.STAFF, person_id=None)
                | Q(kind=UserKind.PERSON, person_id__isnull=False)
                | Q(kind=UserKind.FAMILY, person_id=None, phone__isnull=False, phone_bidx__isnull=False),
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


class Session(models.Model):
    """One signed-in browser. The web framework's session only carries the id of this row."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()  # of the account, when it signed in
    agent = models.TextField()  # family of browser and system: "Chrome Windows"
    ip = models.GenericIPAddressField(null=True)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()
    remembered = models.BooleanField(default=False)  # an older person's own device
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=12, choices=EndReason, default="")

    class Meta:
        indexes = [models.Index(fields=["user", "-since"], name="accounts_session_user")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, why="") | (Q(ended_at__isnull=False) & ~Q(why="")),
                name="accounts_session_end",
            )
        ]


class Totp(models.Model):
    """The secret shared with an authenticator app; waits until its first code was typed."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    secret = SealedField(null=True)
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)  # the newest half minute whose code was used up

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(confirmed_at__isnull=False), name="accounts_totp_one"
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(confirmed_at=None), name="accounts_totp_waiting"
            ),
        ]


class MachineKey(models.Model):
    """By which another department's system signs its requests: what it may do, where, until when."""

    id = models.BigAutoField(primary_key=True)
    key_id = models.CharField(max_length=32, unique=True)
    name = models.TextField()  # of the system, never of a person
    source = models.CharField(max_length=32, default="")  # whose word its facts are
    rights = models.JSONField(default=list)
    prefix = DivisionField()
    secret = SealedField(null=True)
    made_at = models.DateTimeField()
    until = models.DateField()
    revoked_at = models.DateTimeField(null=True)


class MachineNonce(models.Model):
    """A request that was heard: the same one is not heard again."""

    id = models.BigAutoField(primary_key=True)
    key_id = models.CharField(max_length=32)
    nonce = models.CharField(max_length=64)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key_id", "nonce"], name="accounts_machinenonce_once")]
        indexes = [models.Index(fields=["key_id", "seen_at"], name="accounts_machinenonce_age")]


class MachineAnswer(models.Model):
    """What a request was answered, for whoever did not hear it and sends the same again."""

    id = models.BigAutoField(primary_key=True)
    machine = models.TextField()  # the actor's label, as the scope carries it
    request_key = models.CharField(max_length=64)
    digest = models.BinaryField()  # of address and body: another body under this key is refused
    answer = models.JSONField(null=True)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["machine", "request_key"], name="accounts_machineanswer_once")
        ]


class Passkey(models.Model):
    """A key that never leaves the person's device; what stands here is its public half."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    credential_id = models.BinaryField(unique=True)
    credential = models.BinaryField()
    sign_count = models.BigIntegerField()
    label = models.TextField()
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class RecoveryCode(models.Model):
    """For the day the phone is lost: a hash, good once."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    digest = models.BinaryField()
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="accounts_recovery_once")]


class Lock(models.Model):
    """Failures of one login from one address; both as hashes, so unknown logins are counted alike."""

    id = models.BigAutoField(primary_key=True)
    login_key = models.BinaryField()
    place_key = models.BinaryField()
    failures = models.PositiveSmallIntegerField()
    last_at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["login_key", "place_key"], name="accounts_lock_once")]


class Mandate(Record):
    """An older person lets somebody act for her: for certain things, until a day, and until she says stop."""

    person_id = models.BigIntegerField()  # who gave it; a room above: a bare id
    holder = models.ForeignKey(User, models.PROTECT, related_name="mandates")
    holder_called = models.TextField()  # as she calls him: 女儿, 孙子小明
    rights = models.JSONField()
    given_at = models.DateTimeField()
    ends_on = models.DateField()  # the last day it holds
    way = models.CharField(max_length=8, choices=MandateWay)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    evidence = SealedField(null=True)  # names of the witnesses, number of the paper
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    ended = models.CharField(max_length=8, choices=MandateEnd, default=MandateEnd.NONE, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "holder"], condition=Q(ended_at=None), name="accounts_mandate_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended="") | (Q(ended_at__isnull=False) & ~Q(ended="")),
                name="accounts_mandate_end_pair",
            ),
            models.CheckConstraint(
                condition=~Q(way=MandateWay.CODE) | Q(evidence=None), name="accounts_mandate_evidence"
            ),
        ]
        indexes = [
            models.Index(fields=["holder"], condition=Q(ended_at=None), name="accounts_mandate_held"),
            models.Index(fields=["ends_on"], condition=Q(ended_at=None), name="accounts_mandate_ending"),
        ]
