from __future__ import annotations

from django.db import models

from yiyang.people.choices import Source


class BatchState(models.TextChoices):
    """Where a file stands; a later state never goes back to an earlier one."""

    RECEIVED = "RECEIVED", "已收到，等检查"
    READING = "READING", "正在检查"
    CHECKED = "CHECKED", "已检查，等复核"
    APPROVED = "APPROVED", "已复核，等入库"
    MERGING = "MERGING", "正在入库"
    DONE = "DONE", "已入库"
    BAD = "BAD", "文件读不了"
    DECLINED = "DECLINED", "未通过复核"


LIVING = (
    BatchState.RECEIVED,
    BatchState.READING,
    BatchState.CHECKED,
    BatchState.APPROVED,
    BatchState.MERGING,
    BatchState.DONE,
)
"""A file in one of these states is known: the same bytes are not taken a second time."""

TO_READ = (BatchState.RECEIVED, BatchState.READING)
TO_MERGE = (BatchState.APPROVED, BatchState.MERGING)


class RowState(models.TextChoices):
    """What became of one line; READY is the only one that merging touches."""

    READY = "READY", "等入库"
    MERGED = "MERGED", "已入库"
    UNCHANGED = "UNCHANGED", "没有变化"
    REJECTED = "REJECTED", "退回"
    WAITING = "WAITING", "等人判断"


class RowAct(models.TextChoices):
    """What merging a line does."""

    NONE = "", "无"
    ADD = "ADD", "新增"
    CHANGE = "CHANGE", "更新"


class TicketKind(models.TextChoices):
    DIFFERENCE = "DIFFERENCE", "与级别更高的来源不一致"
    NAME = "NAME", "号码相同，姓名不同"
    LIKELY_SAME = "LIKELY_SAME", "很像已登记的人"


class TicketState(models.TextChoices):
    OPEN = "OPEN", "等判断"
    TAKEN = "TAKEN", "按来文办"
    KEPT = "KEPT", "保持原样"


RANKS: dict[str, int] = {
    Source.PUBLIC_SECURITY: 90,
    Source.CIVIL_AFFAIRS: 80,
    Source.HUMAN_RESOURCES: 70,
    Source.MEDICAL_INSURANCE: 70,
    Source.DISABLED_PERSONS_FEDERATION: 70,
    Source.HEALTH: 60,
    Source.ASSESSMENT: 60,
    Source.COMMUNITY: 40,
    Source.SYNTHETIC: 40,
}
"""Whose word weighs more where two sources differ. A feed may carry a rank of its own."""

OWN_RANK = RANKS[Source.COMMUNITY]
"""What stands in the record without a known source was typed by somebody in office."""
