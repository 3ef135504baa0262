from __future__ import annotations

from django.db import models


class UserKind(models.TextChoices):
    STAFF = "STAFF", "工作人员"
    PERSON = "PERSON", "老年人本人"
