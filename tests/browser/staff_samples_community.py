"""Samples of the community phone: list, one household, an assessment, due lists, search."""

from __future__ import annotations

from dataclasses import replace

from tests.browser.staff_samples_people import FACTS, SHOWN
from yiyang.faces.community.progress import progress
from yiyang.faces.community.showing import (
    Answer,
    Change,
    Choice,
    DimensionScore,
    DonePage,
    DuePage,
    DueRow,
    FormPage,
    FoundRow,
    ItemPage,
    LeadLine,
    LeadPage,
    ListPage,
    PersonLeads,
    ReviewPage,
    SearchPage,
    SignsPage,
    UnplacedGroup,
    UnplacedPage,
    UnplacedRow,
)
from yiyang.faces.shared.charts import stacked
from yiyang.faces.shared.fields import Field, FormView, Option
from yiyang.faces.shared.showing import (
    CANNOT_TELL,
    NOT_ELIGIBLE,
    SERVED,
    UNSERVED,
    Chip,
    Crumb,
    Event,
    Fact,
    Frame,
    LeftOut,
    Link,
    Masked,
    Notice,
    Pager,
    PlaceBar,
    State,
    Tab,
)


def _frame(current: str) -> Frame:
    entries = (
        ("名单", "/w/", "list", 41),
        ("到期", "/w/due/", "clock", 12),
        ("找人", "/w/search/", "find", None),
        ("没排进", "/w/unplaced/", "ask", 5),
    )
    tabs = tuple(Tab(text, href, text == current, waiting, icon) for text, href, icon, waiting in entries)
    return Frame(
        "/w/", tabs, "刘干事", PlaceBar((Crumb("青山区"), Crumb("青山路街道"), Crumb("六合成社区", "/w/")))
    )


FRAME, FRAME_DUE, FRAME_SEARCH = _frame("名单"), _frame("到期"), _frame("找人")
LINES = (
    LeadLine("照护类补贴 200.00 元/月没领", "低保，中度失能，居家，2026-10-01 起符合", "200.00 元/月"),
    LeadLine("居家适老化改造补贴算不出", "没有做过能力评估", unknown=True),
)
WANG = PersonLeads(
    "/w/people/P1/",
    "王秀英",
    "女 84 岁",
    "六合成社区",
    LINES,
    "每月 200.00 元",
    "已 50 天没领",
    Chip("下一户", "info", "pin"),
    "独居，低保",
    "/w/people/P1/take/",
    "另有 1 项补齐后再算",
)


def _other(
    code: str,
    name: str,
    sex_age: str,
    text: str,
    worth: str,
    since: str,
    *,
    unknown: bool = False,
    chip: Chip | None = None,
) -> PersonLeads:
    return PersonLeads(
        f"/w/people/{code}/",
        name,
        sex_age,
        "六合成社区",
        (LeadLine(text, "", worth, unknown),),
        worth,
        since,
        chip,
    )


OTHERS = (
    _other(
        "P2",
        "李长海",
        "男 91 岁",
        "高龄津贴该升一档",
        "每月 150.00 元",
        "已 20 天",
        chip=Chip("我在办", "info", "user"),
    ),
    _other("P3", "额尔登其其格·乌日图那苏图", "女 88 岁", "养老服务补贴没领", "每月 112.00 元", "已 12 天"),
    _other("P4", "赵德福", "男 82 岁", "没做能力评估，3 项待遇算不出", "", "已 90 天", unknown=True),
    _other(
        "P5",
        "周满仓",
        "男 76 岁",
        "居家适老化改造补贴没领",
        "一次 3,000.00 元",
        "已 8 天",
        chip=Chip("张干事在办", "quiet"),
    ),
)
LIST = ListPage(
    "41 人该去看看",
    "按金额从多到少、年龄从大到小排。11月20日 06:00 核算。",
    (
        Choice("全部", "/w/", 41, True),
        Choice("我在办", "/w/?v=mine", 3),
        Choice("钱没到", "/w/?v=unserved", 29),
        Choice("缺评估", "/w/?v=assess", 12),
    ),
    WANG,
    OTHERS,
    Pager(1, 3, "", "/w/?page=2"),
    (LeftOut(2, "人在外地居住", "看名单", "/w/unplaced/"), LeftOut(3, "约了下周", "看名单", "/w/unplaced/")),
    State("empty", "没有"),
)
LIST_NONE = replace(
    LIST,
    heading="今天没有要去的人",
    choices=(),
    following=None,
    others=(),
    left_out=(),
    pager=Pager(1, 1),
    empty=State(
        "empty",
        "没有人应享未享，也没有人缺评估",
        "六合成社区 611 位老人都核算过，11月20日 06:00。",
        Link("看到期的事", "/w/due/"),
    ),
)
LEAD = LeadPage(
    "王秀英",
    "女 84 岁",
    "六合成社区",
    "独居，低保",
    LINES,
    WANG.worth,
    WANG.since,
    UNSERVED,
    Masked("138****5678"),
    "tel:12349",
    FACTS,
    SHOWN,
    (),
    "/w/people/P1/take/",
    Link("记一次联系", "/w/people/P1/attempt/"),
    Link("做能力评估", "/w/people/P1/assess/"),
    speaks=(
        Link("替她请人帮忙", "/w/people/P1/ask/"),
        Link("替她说不同意", "/w/people/P1/disagree/"),
        Link("谁可以替她办", "/w/people/P1/mandates/"),
    ),
)
LEAD_MINE = replace(
    LEAD,
    chip=Chip("我在办", "info", "user"),
    take="",
    call="",
    phone=None,
    attempts=(Event("11-18 10:20", "打电话，没有人接", "第 1 次联系"), Event("11-17 09:00", "您认领")),
    notice=Notice("没有认领：张干事 10:21 刚认领了。请换一户。", "bad", blocks=True),
)
ATTEMPT = FormPage(
    "记一次联系",
    "王秀英，女 84 岁。照护类补贴 200.00 元/月没领。",
    FormView(
        "/w/people/P1/attempt/",
        "记下来",
        (
            Field(
                "how",
                "怎么联系的",
                "radio",
                options=(Option("visit", "上门", True), Option("call", "打电话")),
            ),
            Field(
                "outcome",
                "结果",
                "radio",
                error="选一个结果",
                options=(
                    Option("CONTACTED", "见到了，本人愿意办"),
                    Option("APPLIED", "已经帮她申请"),
                    Option("DECLINED", "本人不要", note="以后还可以再办"),
                    Option("UNREACHABLE", "没有见到"),
                    Option("NOT_ELIGIBLE_AFTER_ALL", "情况变了，不符合", note="写清什么变了，系统会重算"),
                ),
            ),
            Field("note", "补一句", "textarea", "", "只写事，不写评价。本人可以看到。", required=False),
        ),
        Link("不记了", "/w/people/P1/"),
    ),
)
ASSESS = FormPage(
    "给王秀英做能力评估",
    "国家标准 GB/T 42195-2022，26 题，约 20 分钟。中途可以停，已答的都存着。",
    FormView(
        "/w/people/P1/assess/",
        "开始第 1 题",
        (
            Field(
                "reason",
                "为什么评",
                "radio",
                options=(
                    Option("FIRST", "首次", True),
                    Option("ROUTINE", "常规", note="到一年了"),
                    Option("ON_CHANGE", "即时", note="身体有明显变化"),
                    Option("REVIEW", "复评", note="对上次结果有不同意见"),
                    Option("OTHER", "其他"),
                ),
            ),
            Field("consent", "本人或监护人同意评估", "tick"),
        ),
        Link("先不做", "/w/people/P1/"),
    ),
)
_PARTS = ([True] * 8, [True, True, False, False], [False] * 9, [False] * 5)
_DOTS, _WIDTH = progress(_PARTS, current=11)
ITEM = ItemPage(
    "/w/assess/D1/11/",
    "王秀英 84 岁",
    "基础运动能力",
    11,
    26,
    10,
    "平地行走：最近 30 天，她自己能走多远？",
    "看她走一段，再问家里人。用拐杖、助行器也算自己走。",
    (
        Answer(4, "独立走约 50 米，无摔倒风险"),
        Answer(3, "能走约 50 米但有跌倒风险，需监护或用拐杖、助行器", True),
        Answer(2, "需他人少量扶持"),
        Answer(1, "需他人大量扶持"),
        Answer(0, "完全不能走"),
    ),
    False,
    _DOTS,
    _WIDTH,
    "B.2.3",
    Link("上一题", "/w/assess/D1/10/"),
    Link("先停在这里", "/w/people/P1/"),
)
ITEM_FIRST = replace(
    ITEM,
    number=1,
    answered=0,
    question="进食：最近 30 天，她怎样把饭吃下去？",
    code="B.1.1",
    dimension="自理能力",
    back=None,
    error="选一个，或选“先跳过”",
    dots=progress(tuple([False] * n for n in (8, 4, 9, 5)), current=1)[0],
    answers=tuple(replace(one, chosen=False) for one in ITEM.answers),
)
SIGNS = SignsPage(
    "特殊情况",
    "这几样和 26 题分开问。有一样成立，等级可能加重一级；昏迷直接定级。",
    FormView(
        "/w/assess/D1/signs/",
        "看结果",
        (
            Field("coma", "现在处于昏迷", "tick"),
            Field("dementia", "医院确诊过失智", "tick", "1"),
            Field("mental_disorder", "精神科医生确诊过精神障碍", "tick"),
            Field(
                "risk_events",
                "最近 30 天出事几次",
                "number",
                "-1",
                "跌倒、噎食、自伤、走失等合在一起数",
                "次数不能小于 0",
                unit="次",
            ),
        ),
    ),
    Link("上一题", "/w/assess/D1/26/"),
)


def _part(name: str, got: int | None, of: int, unanswered: int, n: int) -> DimensionScore:
    bar = stacked([("f1", got or 0), ("f4" if got is not None else "f3", of - (got or 0))])
    return DimensionScore(name, got, of, unanswered, f"/w/assess/D1/{n}/", bar)


REVIEW = ReviewPage(
    "签字前再看一遍",
    "王秀英，女 84 岁。",
    (),
    (
        _part("自理能力", 20, 32, 0, 1),
        _part("基础运动能力", 8, 15, 0, 9),
        _part("精神状态", 22, 28, 0, 13),
        _part("感知觉与社会参与", 8, 15, 0, 22),
    ),
    58,
    90,
    "初步等级 2 中度受损，加重一级后为 3 重度受损",
    Chip("3 重度受损", "info", "form"),
    (Fact("昏迷", "没有"), Fact("确诊失智", "有"), Fact("确诊精神障碍", "没有"), Fact("30 天内出事", "0 次")),
    ("确诊失智：加重一级，由 2 中度受损到 3 重度受损",),
    FormView(
        "/w/assess/D1/review/",
        "签字，立即生效",
        (
            Field("second", "另一位评估员", "select", options=(Option("", "请选择"), Option("z", "张干事"))),
            Field("true", "我当面看过本人，以上属实", "tick"),
        ),
    ),
    "",
    Link("改特殊情况", "/w/assess/D1/signs/"),
)
REVIEW_OPEN = replace(
    REVIEW,
    unanswered=(Link("第 11 题 平地行走", "/w/assess/D1/11/"), Link("第 20 题 抑郁症状", "/w/assess/D1/20/")),
    total=None,
    dimensions=(
        REVIEW.dimensions[0],
        _part("基础运动能力", None, 15, 1, 9),
        _part("精神状态", None, 28, 1, 13),
        REVIEW.dimensions[3],
    ),
    level="缺 2 题，等级算不出",
    level_chip=CANNOT_TELL,
    adjustments=(),
    sign=None,
    why_not="答完 2 题才能签字。没有答的不算 0 分。",
)
DONE = DonePage(
    "王秀英：3 重度受损",
    "已签字，10:42 起生效。她的待遇已经重算。",
    "总分 58，初步 2 级，因确诊失智加重一级。全市认可，有效到 2027-11-20。",
    (Fact("原因", "首次"), Fact("评估员", "刘干事、张干事"), Fact("下次评估", "2027-11-20 前")),
    (
        Change(
            "照护类补贴",
            UNSERVED,
            "200.00 元/月",
            UNSERVED,
            "400.00 元/月",
            "按“重度失能”的标准，每月多 200.00 元。",
        ),
        Change(
            "居家适老化改造补贴",
            CANNOT_TELL,
            "补齐后再算",
            UNSERVED,
            "3,000.00 元，一次",
            "低保并失能。家里还没有改造过。",
        ),
        Change("家庭养老床位", CANNOT_TELL, "补齐后再算", NOT_ELIGIBLE, "无", "住养老机构期间不建。"),
        Change("高龄津贴", SERVED, "100.00 元/月", SERVED, "100.00 元/月", "不变。"),
    ),
    "其余 12 项不变。",
    (Link("帮她办这 2 项", "/w/people/P1/"), Link("回名单", "/w/")),
)
DUE = DuePage(
    "12 件事本周到期",
    "探访、筛查、复评。这里的人不欠钱，只是该看看了。",
    (
        Choice("探访", "/w/due/?k=visit", 8, True),
        Choice("认知筛查", "/w/due/?k=screen", 3),
        Choice("复评", "/w/due/?k=review", 1),
        Choice("健康管理", "/w/due/?k=health", 0),
    ),
    (
        DueRow(
            "/w/people/P9/",
            "张玉兰",
            "女 79 岁",
            "独居，本月还没有探访",
            "11月30日 前",
            Chip("剩 10 天", "warn", "clock"),
        ),
        DueRow(
            "/w/people/P8/", "马淑芬", "女 85 岁", "独居，10月没有探访记录", "已过 20 天", Chip("过期", "bad")
        ),
    ),
    Pager(1, 1),
    (LeftOut(1, "住院中", "出院后自动回来"),),
    State("empty", "没有到期的"),
)
UNPLACED = UnplacedPage(
    "5 人没有排进名单",
    "谁都不会从名单上消失：这里是没列出的人和原因。",
    (
        UnplacedGroup(
            "人在外地居住",
            2,
            (
                UnplacedRow(
                    "孙福来",
                    "男 80 岁",
                    "2026-09-01 起住在呼和浩特",
                    "请居住地社区去看；回来后改住址",
                    "/w/people/P6/",
                    Chip("外地", "quiet", "pin"),
                ),
            ),
        ),
        UnplacedGroup(
            "约了别的日子",
            3,
            (
                UnplacedRow(
                    "马淑芬",
                    "女 85 岁",
                    "昨天通过电话，约 11月25日",
                    "到那天自动回到名单",
                    "/w/people/P8/",
                    Chip("11月25日", "info", "clock"),
                ),
            ),
        ),
    ),
    State("empty", "没有人被漏下"),
)
SEARCH = SearchPage(
    "找人",
    "只在六合成社区里找。查找会留痕。",
    FormView(
        "/w/search/",
        "找",
        (
            Field(
                "q",
                "姓名、拼音首字母或身份证号",
                "text",
                "WXY",
                "例如 王秀英、WXY。身份证号要写全",
                autocomplete="off",
            ),
        ),
        method="get",
    ),
    (
        FoundRow("/w/people/P1/", "王秀英", "女 84 岁", "六合成社区，1942 年生", UNSERVED),
        FoundRow("/w/people/P7/", "吴秀英", "女 70 岁", "六合成社区，1956 年生"),
    ),
    None,
    "找到 2 人",
)
SEARCH_NONE = replace(
    SEARCH,
    rows=(),
    found="",
    state=State("absent", "没有这个人，或不在您的范围", "核对姓名。刚搬来的人，请街道先登记。"),
)
