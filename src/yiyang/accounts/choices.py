from __future__ import annotations

from django.db import models


class UserKind(models.TextChoices):
    STAFF = "STAFF", "工作人员"
    PERSON = "PERSON", "老年人本人"
    FAMILY = "FAMILY", "家属、代办人"


class EndReason(models.TextChoices):
    """Why a session is over; the words are what its next request is told."""

    LEFT = "LEFT", "您已经退出"
    IDLE = "IDLE", "30 分钟没有操作，登录已结束"
    TOO_LONG = "TOO_LONG", "这次登录的时间到了，要重新登录"
    ELSEWHERE = "ELSEWHERE", "您在另一台设备上登录了，这里的登录已结束"
    ENDED = "ENDED", "您在“我的登录设备”里结束了这里的登录"
    DISABLED = "DISABLED", "这个账号已经停用"
    DUTY = "DUTY", "您的职责有变动，要重新登录"
    PASSWORD = "PASSWORD", "密码改过了，要用新密码重新登录"
    FACTOR = "FACTOR", "登录验证方式改过了，要重新登录"
    STOLEN = "STOLEN", "这次登录被换到另一种浏览器上用，为安全起见已经结束"
    CLOCK = "CLOCK", "服务器的时间变了，要重新登录"
    CHANGED = "CHANGED", "账号有变动，要重新登录"


class MandateRight(models.TextChoices):
    """What somebody may do for an older person. Money is none of them: it is hers alone."""

    READ = "READ", "看补贴和办事情况"
    ASK = "ASK", "请人帮忙"
    APPEAL = "APPEAL", "说不同意"


class MandateWay(models.TextChoices):
    """How the older person said yes."""

    CODE = "CODE", "本人在手机上，用短信数字"
    WINDOW = "WINDOW", "在窗口，有两位见证人"
    PAPER = "PAPER", "书面委托"


class MandateEnd(models.TextChoices):
    """Why a mandate is over before its day; empty = it is not."""

    NONE = "", ""
    GIVER = "GIVER", "本人收回"
    HOLDER = "HOLDER", "代办人不办了"
    STAFF = "STAFF", "工作人员按本人要求停止"
    REPLACED = "REPLACED", "换了新的委托"
    EXPIRED = "EXPIRED", "到期"
