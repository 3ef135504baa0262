from __future__ import annotations

from django.db import models


class Status(models.IntegerChoices):
    """What a decision says. Unknown is a result, not an error."""

    NOT_ELIGIBLE = 0, "不符合"
    ELIGIBLE = 1, "符合"
    CANNOT_TELL = 2, "无法判定"


class SweepState(models.TextChoices):
    RUNNING = "RUNNING", "正在核算"
    DONE = "DONE", "已完成"
    FAILED = "FAILED", "未完成"


class ApplicationState(models.TextChoices):
    """A person asked for help with a benefit ([帮我办])."""

    WAITING = "WAITING", "等人联系"
    TAKEN = "TAKEN", "有人在办"
    DONE = "DONE", "办好了"
    WITHDRAWN = "WITHDRAWN", "本人不办了"


OPEN_APPLICATION = (ApplicationState.WAITING, ApplicationState.TAKEN)


CALL_BACK = "call_back"
"""Stands in the place of a result where somebody asks for help in general."""


class CallAbout(models.TextChoices):
    """What somebody wants to be called about who names no benefit."""

    MONEY = "MONEY", "补贴的事"
    VISIT = "VISIT", "约人上门看身体"
    CARE = "CARE", "家里要人照顾"
    OTHER = "OTHER", "别的事"


class Way(models.TextChoices):
    """How a wish reached us: each leads to the same result, and the record says which it was."""

    SELF = "SELF", "本人在手机上"
    FAMILY = "FAMILY", "家属代办"
    VISIT = "VISIT", "当面说的，工作人员代办"
    PHONE = "PHONE", "打电话说的，工作人员代办"
    PAPER = "PAPER", "书面或窗口，工作人员代办"


BY_STAFF = (Way.VISIT, Way.PHONE, Way.PAPER)


class AppealState(models.TextChoices):
    WAITING = "WAITING", "等答复"
    UPHELD = "UPHELD", "维持原来的认定"
    CHANGED = "CHANGED", "改了认定"
    WITHDRAWN = "WITHDRAWN", "本人撤回"


class AppealGround(models.TextChoices):
    """What the person disagrees with."""

    FACT = "FACT", "我的情况写得不对"
    AMOUNT = "AMOUNT", "钱数不对"
    NOT_RECEIVED = "NOT_RECEIVED", "说在领，我没收到"
    OTHER = "OTHER", "别的，请打电话问我"
