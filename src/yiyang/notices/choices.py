from __future__ import annotations

from django.db import models


class Channel(models.TextChoices):
    """By which way a message is meant to reach somebody."""

    SMS = "SMS", "短信"
    VOICE = "VOICE", "打电话念"
    INBOX = "INBOX", "站内消息"


class NoticeState(models.TextChoices):
    QUEUED = "QUEUED", "等着发"
    SENT = "SENT", "发出去了"
    DELIVERED = "DELIVERED", "收到了"
    FAILED = "FAILED", "没有送到"
    REFUSED = "REFUSED", "不能发"


class Reason(models.TextChoices):
    """Why an attempt ended as it did; never a word of the other side, which may quote the number."""

    NONE = "", ""
    SYNTHETIC = "SYNTHETIC", "模拟人员的号码不外发"
    REAL_NUMBER = "REAL_NUMBER", "演示环境不向真实号码发送"
    NO_NUMBER = "NO_NUMBER", "没有号码，或者号码没有登记"
    BAD_NUMBER = "BAD_NUMBER", "号码是空号或不能用"
    UNWANTED = "UNWANTED", "对方不收"
    REJECTED = "REJECTED", "网关不接受"
    NO_ANSWER = "NO_ANSWER", "网关没有回应"
    GATEWAY_DOWN = "GATEWAY_DOWN", "网关出错"
    UNREADABLE = "UNREADABLE", "网关的回答看不懂"
    NOT_ALLOWED = "NOT_ALLOWED", "网关地址不在名单里"
    NOT_PICKED_UP = "NOT_PICKED_UP", "没有人接"
    TOO_LATE = "TOO_LATE", "过了时间，不再发"
    GIVEN_UP = "GIVEN_UP", "试了几次都没有发出"


FINAL = (NoticeState.DELIVERED, NoticeState.FAILED, NoticeState.REFUSED)
