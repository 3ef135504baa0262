from __future__ import annotations

from django.db import models


class Phase(models.TextChoices):
    """The passes of a rotation, in order."""

    FILL = "FILL"  # second columns of unique indexes
    SEAL = "SEAL"  # new keys write; every row is brought under them
    CHECK = "CHECK"  # again, until a whole pass finds nothing to do
