from __future__ import annotations

from django.db import models


class AssessmentReason(models.TextChoices):
    """Why it is done (GB/T 42195-2022)."""

    FIRST = "FIRST", "首次评估"
    ROUTINE = "ROUTINE", "常规评估"
    ON_CHANGE = "ON_CHANGE", "即时评估"
    REVIEW = "REVIEW", "复评"
    OTHER = "OTHER", "其他"


class AssessmentState(models.TextChoices):
    OPEN = "OPEN", "正在评估"
    SETTLED = "SETTLED", "已签字"
    ABANDONED = "ABANDONED", "已放弃"
