"""What all tables share."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    Text = models.TextField[str, str]
else:
    Text = models.TextField


class DivisionField(Text):
    """A division code: text under ``COLLATE "C"``, so that a range of prefixes uses the index.

    Never ``char(n)``: the scope policy would cast the column and lose the index.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["db_collation"] = "C"
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        # A migration never imports the house: to it this is a plain text column with its collation.
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


class Record(models.Model):
    """A row with a small id inside the house and a random ``code`` for addresses and papers."""

    id = models.BigAutoField(primary_key=True)
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
