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


class RevealField(models.TextChoices):
    """Sealed fields that may be opened one at a time."""

    ID_NUMBER = "id_number", "身份证号"
    PHONE = "phone", "电话"
    ADDRESS = "address", "住址"


class RevealPurpose(models.TextChoices):
    """What a full number may be looked at for."""

    VISIT = "VISIT", "上门走访或打电话"
    HANDLE = "HANDLE", "办理补贴、证件或申请"
    CHECK = "CHECK", "核对登记，更正错误"
    ANSWER = "ANSWER", "答复申诉或投诉"
    URGENT = "URGENT", "紧急情况，要找到人"
    BY_LAW = "BY_LAW", "依法协助公安、法院、审计"
