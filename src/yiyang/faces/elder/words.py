"""The vocabulary of the elder pages: what each thing is called there, in words of every day.

Only names and sentences of our own; no amount, no age, no date of the law stands here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BenefitWords:
    """How one result of the law is called, and for whom it is, in one short sentence."""

    name: str
    said: str
    """The clause in our words: at most 25 characters a sentence."""
    matter: str
    """What the call is about: ``办高龄津贴``."""


@dataclass(frozen=True, slots=True)
class FactWords:
    """How one fact about the person is called, and what to do while it is unknown."""

    name: str
    unknown: str
    """The word behind the question mark."""
    step: str
    """What has to happen first, as a sentence."""
    button: str
    about: str
    """Which call-back subject of ``CALLS`` repairs it."""


BENEFITS: dict[str, BenefitWords] = {
    "oldest_old_allowance": BenefitWords("高龄津贴", "年纪大的老人，每月发一点钱。", "办高龄津贴"),
    "care_service_subsidy": BenefitWords("养老服务补贴", "家里困难的老人，每月补一点钱。", "办养老服务补贴"),
    "care_support": BenefitWords("护理补贴", "要人照顾的老人，几种里领最多的一种。", "办护理补贴"),
    "nursing_subsidy_due": BenefitWords("困难护理补贴", "家里困难、要人照顾的老人，每月补钱。", "办护理补贴"),
    "disability_nursing_due": BenefitWords("残疾护理补贴", "残疾重的人，每月补护理的钱。", "办残疾护理补贴"),
    "ltci_due": BenefitWords("护理保险", "交过护理保险、要人照顾的人，保险出钱。", "办护理保险"),
    "meal_subsidy": BenefitWords("吃饭补贴", "在老年食堂吃饭，每顿少付一点。", "办吃饭补贴"),
    "meal_subsidy_per_meal": BenefitWords("吃饭补贴", "在老年食堂吃饭，每顿少付一点。", "办吃饭补贴"),
    "home_adaptation": BenefitWords("家里改造补贴", "家里装扶手、铺防滑，政府出钱。", "办家里改造"),
    "extreme_hardship_support": BenefitWords(
        "特困供养", "没有收入也没有人养的老人，政府来养。", "办特困供养"
    ),
    "home_care_bed": BenefitWords("家里的护理床", "在家装护理床，有人上门照顾。", "办护理床"),
    "care_home_priority": BenefitWords("先住养老院", "排队住养老院，您排在前面。", "问养老院"),
    "accident_insurance_subsidy": BenefitWords("意外保险", "保费有政府出，摔伤能赔。", "办意外保险"),
    "smart_home_safety": BenefitWords("家里的报警器", "一个人住，家里装报警器。", "装报警器"),
    "special_difficulty": BenefitWords("重点照看", "不方便的老人，社区多照看。", "问社区照看"),
    "welfare_visit": BenefitWords("上门看望", "不方便的老人，社区常来看看。", "请人来看看"),
    "ability_assessment": BenefitWords("上门看身体", "看看平时要不要人帮，不花钱。", "约人上门看身体"),
    "cognition_screening": BenefitWords("查记性", "查查记性好不好，不花钱。", "约查记性"),
    "health_management": BenefitWords("每年体检", "每年查一次身体，不花钱。", "约体检"),
    "tcm_health_management": BenefitWords("中医保健", "中医教您怎样养身体。", "约中医"),
    "contract_doctor": BenefitWords("家庭医生", "有一位医生常年管您。", "找家庭医生"),
    "legal_aid_means_test_waiver": BenefitWords("免费请律师", "要打官司，律师不收钱。", "问请律师"),
    "on_basic_care_list": BenefitWords("基本养老服务", "国家给老人的照顾。", "问养老服务"),
}

SERVICES: dict[str, str] = {
    "basic_pension_employee": "职工养老金",
    "basic_pension_resident": "居民养老金",
    "basic_ability_assessment": "上门看身体",
    "basic_oldest_old_allowance": "高龄津贴",
    "basic_care_service_subsidy": "养老服务补贴",
    "basic_home_adaptation": "家里改造",
    "basic_nursing_subsidy": "护理补贴",
    "basic_family_support": "教家人照顾您",
    "basic_dibao": "低保",
    "basic_support_at_home": "特困，在家养",
    "basic_support_in_home": "特困，住养老院",
    "basic_welfare_visit": "上门看望",
    "basic_support_contributors": "功臣，住养老院",
    "basic_priority_admission": "先住养老院",
    "basic_disability_subsidies": "残疾人补贴",
    "basic_relief": "没有住处的救助",
}
"""The sixteen lines of the national basic care list, in its order."""

EXPLAINED_BY: dict[str, str] = {
    "basic_ability_assessment": "ability_assessment",
    "basic_oldest_old_allowance": "oldest_old_allowance",
    "basic_care_service_subsidy": "care_service_subsidy",
    "basic_home_adaptation": "home_adaptation",
    "basic_nursing_subsidy": "care_support",
    "basic_support_at_home": "extreme_hardship_support",
    "basic_support_in_home": "extreme_hardship_support",
    "basic_welfare_visit": "welfare_visit",
    "basic_priority_admission": "care_home_priority",
}
"""Which result of the law a line of the list leads to when she taps on it."""

CALLS: dict[str, str] = {
    "money": "补贴的事",
    "visit": "约人上门看身体",
    "care": "家里要人照顾",
    "other": "别的事",
}
"""What one can ask to be called about, without a benefit: code, then the words."""

DISAGREEMENTS: dict[str, str] = {
    "amount": "钱数不对",
    "not_received": "说在领，我没收到",
    "facts": "我的情况记错了",
    "refused": "我应该能领",
    "unclear": "说不清，想问问",
}
"""What one can disagree with: code, then the words."""

_VISIT = ("要先有人上门看看您的身体，不花钱。", "约人上门看看", "visit")
_ASK = ("要先打电话问您几句话。", "请社区打给我", "money")

FACTS: dict[str, FactWords] = {
    "ability_level": FactWords("平时要不要人帮", "还没看", *_VISIT),
    "ltci_disability_level": FactWords("护理保险的等级", "还没查", *_VISIT),
    "hardship_class": FactWords("家里困难不困难", "还没查", *_ASK),
    "disability_certificate_grade": FactWords("残疾证", "还没查", *_ASK),
    "insured_months": FactWords("护理保险交了多久", "还没查", *_ASK),
    "lives_alone": FactWords("是不是一个人住", "还没问", *_ASK),
    "empty_nest": FactWords("孩子在不在身边", "还没问", *_ASK),
    "left_behind": FactWords("家人在不在身边", "还没问", *_ASK),
    "bereaved_family": FactWords("有没有孩子", "还没问", *_ASK),
    "entitled_group": FactWords("是不是优抚对象", "还没查", *_ASK),
    "has_dementia": FactWords("记性好不好", "还没看", *_VISIT),
    "special_contribution": FactWords("为国家出过大力", "还没查", *_ASK),
    "seriously_ill": FactWords("有没有重病", "还没问", *_ASK),
    "homeless": FactWords("有没有住处", "还没问", *_ASK),
    "pension_scheme": FactWords("养老金", "还没查", *_ASK),
    "birth_ymd": FactWords("哪天生的", "还没查", *_ASK),
    "meals_in_month": FactWords("这个月吃了几顿", "还没查", *_ASK),
    "lives_in_care_home": FactWords("住养老院", "还没问", *_ASK),
    "home_adapted": FactWords("家里改造过", "还没问", *_ASK),
}

ELSEWHERE = FactWords("您的户口", "在外地", "户口在外地，由那边来定。", "请社区打给我", "money")
"""The hukou lies outside the places of this installation: its numbers are not known here."""

UNNAMED = FactWords("还有一件事", "还没查", *_ASK)

VALUES: dict[str, dict[int, str]] = {
    "ability_level": {0: "不要人帮", 1: "要人帮一点", 2: "要人帮", 3: "很多事要人帮", 4: "全靠人照顾"},
    "ltci_disability_level": {0: "没到等级", 1: "1 级", 2: "2 级", 3: "3 级", 4: "4 级", 5: "5 级"},
    "hardship_class": {0: "没有低保", 1: "低保边上", 2: "有低保", 3: "特困"},
    "disability_certificate_grade": {0: "没有", 1: "一级", 2: "二级", 3: "三级", 4: "四级"},
    "pension_scheme": {0: "没有", 1: "职工的", 2: "居民的"},
}
"""Coded facts in words; yes-or-no facts say 是 or 不是, counts say the number."""

COUNTS: dict[str, str] = {"insured_months": "个月", "meals_in_month": "顿"}

ARMS: dict[str, str] = {
    "达到规定年龄": "到了年纪",
    "经济困难": "家里困难",
    "经济困难且居家": "家里困难，住在家里",
    "经济困难且入住养老机构": "家里困难，住养老院",
    "经济困难的失能失智老人": "家里困难，要人照顾",
    "参保满期且重度三级": "保险交够了，全靠人照顾",
    "参保满期且重度二级": "保险交够了，很要人照顾",
    "参保满期且重度一级": "保险交够了，要人照顾",
    "特困人员": "是特困",
    "特困并失能": "特困，平时要人帮",
    "低保并失能": "有低保，平时要人帮",
    "低保或特困": "有低保或特困",
    "中度以上失能": "平时要人帮",
    "完全失能": "全靠人照顾",
    "重度失能": "很多事要人帮",
    "中度失能": "平时要人帮",
    "失能": "平时要人帮",
    "生活不能自理": "样样要人照顾",
    "一级残疾": "有一级残疾证",
    "二级残疾": "有二级残疾证",
    "重度残疾": "有一级、二级残疾证",
    "持有残疾证": "有残疾证",
    "计划生育特殊家庭": "是计生特殊家庭",
    "优抚对象": "是优抚对象",
    "患重大疾病": "有重病",
    "当地已开展": "这里开办了",
    "特殊困难老年人": "要社区多照看",
    "参加职工基本养老保险": "有职工养老保险",
    "参加城乡居民基本养老保险": "有居民养老保险",
    "对国家和社会作出特殊贡献": "为国家出过大力",
    "生活无着流浪乞讨": "没有地方住",
    "独居": "一个人住",
    "空巢": "孩子不在身边",
    "留守": "家人不在身边",
    "其他情形": "别的情况",
}
"""Labels of the rulebook that would not be understood, in words of every day."""

PLAINER: tuple[tuple[str, str], ...] = (
    ("重度以上失能", "全要人照顾"),
    ("完全失能", "全靠人照顾"),
    ("失能", "要人照顾"),
    ("经济困难", "家里困难"),
    ("入住养老机构", "住养老院"),
    ("养老机构", "养老院"),
    ("分散供养", "在家供养"),
    ("独居", "一个人住"),
    ("空巢", "孩子不在身边"),
    ("留守", "家人不在身边"),
    ("居家", "住在家里"),
    ("参保", "交了保险"),
    ("助餐", "吃饭"),
    ("用餐", "吃饭"),
    ("提交申请", "交上去"),
    ("申请", "这件事"),
    ("能力评估", "上门看身体"),
    ("评估", "上门看身体"),
    ("提交", "交"),
    ("受理", "在办"),
    ("编号", "号码"),
    ("有效", "还能用"),
    ("认证", "认过"),
    ("系统", "这里"),
    ("周岁", "岁"),
    ("且", "，"),
    ("并", "，"),
)
"""What to say for words that do not belong on these pages; tried in this order."""

SOURCES: dict[str, str] = {
    "CIVIL_AFFAIRS": "民政告诉我们的",
    "DISABLED_PERSONS_FEDERATION": "残联告诉我们的",
    "MEDICAL_INSURANCE": "医保告诉我们的",
    "HUMAN_RESOURCES": "人社告诉我们的",
    "HEALTH": "医院告诉我们的",
    "PUBLIC_SECURITY": "派出所告诉我们的",
    "COMMUNITY": "社区问来的",
    "ASSESSMENT": "上门看过的",
    "SYNTHETIC": "模拟的",
}

COMPOUND_SURNAMES = frozenset(
    (
        "欧阳",
        "司马",
        "诸葛",
        "上官",
        "司徒",
        "东方",
        "独孤",
        "南宫",
        "夏侯",
        "尉迟",
        "长孙",
        "慕容",
        "令狐",
        "皇甫",
        "宇文",
        "公孙",
        "端木",
        "呼延",
        "申屠",
    )
)
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴"
    "霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑"
    "景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
"""Common Han surnames; a name that does not begin with one is addressed whole."""
