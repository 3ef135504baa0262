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
    FAMILY = "FAMILY", "本人或家属"
    INSTITUTION = "INSTITUTION", "医院或养老机构"
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


class Verdict(models.TextChoices):
    """How sure the duplicate rules are."""

    SAME = "SAME", "很可能是同一个人"
    LIKELY = "LIKELY", "可能是同一个人"


class DuplicateState(models.TextChoices):
    OPEN = "OPEN", "等人看"
    UNSURE = "UNSURE", "暂时看不出"
    SAME = "SAME", "是同一个人"
    DIFFERENT = "DIFFERENT", "不是同一个人"


UNDECIDED = (DuplicateState.OPEN, DuplicateState.UNSURE)


class MergeState(models.TextChoices):
    PROPOSED = "PROPOSED", "等第二个人确认"
    DONE = "DONE", "已合并"
    WITHDRAWN = "WITHDRAWN", "没有合并"
    UNDONE = "UNDONE", "已拆开"


class ReportState(models.TextChoices):
    """A word about a death."""

    WAITING = "WAITING", "待核实"
    EFFECTIVE = "EFFECTIVE", "已核实去世"
    JOINED = "JOINED", "已并入核实"
    REFUTED = "REFUTED", "核实没有去世"
    UNDONE = "UNDONE", "登记错误，已更正"


class StayKind(models.TextChoices):
    HOSPITAL = "HOSPITAL", "住院"
    CARE_HOME = "CARE_HOME", "住养老机构"


class MoveState(models.TextChoices):
    WAITING = "WAITING", "等对方接收"
    RECEIVED = "RECEIVED", "已接收"
    REFUSED = "REFUSED", "没有接收"
    WITHDRAWN = "WITHDRAWN", "已撤回"


class RightKind(models.TextChoices):
    """个人信息保护法 24, 44-48 (unverified)."""

    COPY = "COPY", "要一份自己的资料"
    CORRECT = "CORRECT", "改正写错的"
    DELETE = "DELETE", "删掉不用的"
    EXPLAIN = "EXPLAIN", "讲清楚怎么用的"
    OBJECT = "OBJECT", "不同意机器算"
    WITHDRAW = "WITHDRAW", "收回同意"


class RightChannel(models.TextChoices):
    """How it came to the house."""

    PAGE = "PAGE", "自己在网上"
    COUNTER = "COUNTER", "到窗口"
    PHONE = "PHONE", "打电话"
    PAPER = "PAPER", "书面"


class Asker(models.TextChoices):
    """For whom it is asked; 49 gives rights to relatives of the dead."""

    SELF = "SELF", "本人"
    FAMILY = "FAMILY", "家人代办"
    HEIR = "HEIR", "近亲属（本人已故）"


class RightState(models.TextChoices):
    OPEN = "OPEN", "在办"
    DONE = "DONE", "已办"
    REFUSED = "REFUSED", "不能办，说了理由"
    WITHDRAWN = "WITHDRAWN", "本人不办了"


class Purpose(models.TextChoices):
    """What personal data is used for; each has its own consent and its own note on the impact."""

    ENTITLEMENT = "ENTITLEMENT", "核对能领的补贴"
    HEALTH = "HEALTH", "记身体情况"
    SHARING = "SHARING", "和别的部门对信息"
    CONTACT = "CONTACT", "打电话、上门找我"
