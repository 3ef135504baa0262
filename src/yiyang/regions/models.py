from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yiyang.base.records import DivisionField
from yiyang.regions.codes import Level


class Region(models.Model):
    """One place during one period: a renamed or moved place is a second row of the same code."""

    id = models.BigAutoField(primary_key=True)
    division = DivisionField()
    name = models.TextField()
    level = models.CharField(max_length=10, choices=[(level.value, level.value) for level in Level])
    kind = models.TextField()
    function_zone = models.BooleanField(default=False)
    parent = DivisionField(default="")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    source = models.TextField()
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["division", "valid_from"], name="regions_region_version"),
            models.UniqueConstraint(
                fields=["division"], condition=Q(valid_until=None), name="regions_region_open"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="regions_region_period",
            ),
        ]
        indexes = [models.Index(fields=["parent", "division"], name="regions_region_parent")]

    def __str__(self) -> str:
        return self.name


class Outline(models.Model):
    """A sketch of a county's shape for our own map (示意): never for publication."""

    division = DivisionField(primary_key=True)
    rings = models.JSONField()  # list of rings; a ring is a list of [lon, lat] in CGCS2000 degrees
    source = models.TextField()
