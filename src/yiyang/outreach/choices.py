from __future__ import annotations

from django.db import models


class LeadKind(models.TextChoices):
    UNSERVED = "UNSERVED", "应享未享"
    NEEDS_ASSESSMENT = "NEEDS_ASSESSMENT", "待评估"
    ENDING_SOON = "ENDING_SOON", "快到期"
    WRONGLY_PAID = "WRONGLY_PAID", "可能发错"


class LeadState(models.TextChoices):
    NEW = "NEW", "没人接"
    ASSIGNED = "ASSIGNED", "有人接了"
    CONTACTED = "CONTACTED", "联系上了"
    APPLIED = "APPLIED", "已帮办"
    DECLINED = "DECLINED", "本人不要"
    UNREACHABLE = "UNREACHABLE", "联系不上"
    NOT_ELIGIBLE_AFTER_ALL = "NOT_ELIGIBLE_AFTER_ALL", "核实后不符合"
    PAUSED = "PAUSED", "暂停"  # she lies in a hospital, or is said to have died
    CLOSED = "CLOSED", "已了结"


OPEN_STATES = (
    LeadState.NEW,
    LeadState.ASSIGNED,
    LeadState.CONTACTED,
    LeadState.APPLIED,
    LeadState.DECLINED,
    LeadState.UNREACHABLE,
    LeadState.NOT_ELIGIBLE_AFTER_ALL,
    LeadState.PAUSED,
)
WORKED = (LeadState.NEW, LeadState.ASSIGNED, LeadState.CONTACTED, LeadState.UNREACHABLE)


class Outcome(models.TextChoices):
    """What came of one attempt to reach a person."""

    APPLIED = "APPLIED", "帮她办了"
    WILL_COME = "WILL_COME", "说好再来"
    NOT_AT_HOME = "NOT_AT_HOME", "不在家"
    NO_ANSWER = "NO_ANSWER", "电话没人接"
    DECLINED = "DECLINED", "本人不要"
    IN_HOSPITAL = "IN_HOSPITAL", "住院了"
    MOVED = "MOVED", "搬走了"
    DIED = "DIED", "听说已去世，待核实"
    NOT_ELIGIBLE = "NOT_ELIGIBLE", "核实后不符合"


class Channel(models.TextChoices):
    VISIT = "VISIT", "上门"
    PHONE = "PHONE", "打电话"
    WINDOW = "WINDOW", "本人到窗口"
