from __future__ import annotations

from django.db import models


class Sex(models.IntegerChoices):
    """GB/T 2261.1."""

    UNKNOWN = 0, "未知"
    MALE = 1, "男"
    FEMALE = 2, "女"
    UNSTATED = 9, "未说明"


class Source(models.TextChoices):
    """Where a fact comes from."""

    CIVIL_AFFAIRS = "CIVIL_AFFAIRS", "民政部门"
    DISABLED_PERSONS_FEDERATION = "DISABLED_PERSONS_FEDERATION", "残联"
    MEDICAL_INSURANCE = "MEDICAL_INSURANCE", "医保部门"
    HUMAN_RESOURCES = "HUMAN_RESOURCES", "人社部门"
    HEALTH = "HEALTH", "卫生健康部门"
    PUBLIC_SECURITY = "PUBLIC_SECURITY", "公安部门"
    COMMUNITY = "COMMUNITY", "社区走访"
    ASSESSMENT = "ASSESSMENT", "能力评估"
    SYNTHETIC = "SYNTHETIC", "模拟数据"
