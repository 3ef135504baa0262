"""Samples of the bureau: a city, a county, a street, one person; numbers and names are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from yiyang.faces.bureau.showing import (
    BenefitRow,
    Feed,
    OverviewPage,
    PlaceRow,
)
from yiyang.faces.shared.charts import Series, rate_bar, trend
from yiyang.faces.shared.map_charts import MapValue, Outline, crowded, outline_map
from yiyang.faces.shared.showing import (
    Chip,
    Crumb,
    Figure,
    Frame,
    LeftOut,
    Link,
    Notice,
    Part,
    PlaceBar,
    Recon,
    State,
    Tab,
    Waiting,
)
from yiyang.regions import tables

NOW = datetime(2026, 11, 20, 6, 0, tzinfo=UTC) - timedelta(hours=8)


def tabs(current: str) -> tuple[Tab, ...]:
    """The navigation of the bureau with one entry current."""
    entries = (
        ("总览", "/g/", None),
        ("人员", "/g/people/", None),
        ("政策", "/g/law/", None),
        ("修订", "/g/revisions/", 2),
        ("申诉", "/g/appeals/", 3),
        ("资料", "/g/rights/", None),
        ("来文", "/g/imports/", 1),
        ("口径", "/g/definitions/", None),
    )
    return tuple(Tab(text, href, text == current, waiting) for text, href, waiting in entries)


COUNTIES = (
    ("150202", "东河区", "东河区", 108277, 20147, 1872, 3357, 17.3),
    ("150203", "昆都仑区", "昆都仑区", 138509, 27432, 1720, 3324, 12.4),
    ("150204", "青山区", "青山区", 102824, 19682, 1436, 2776, 14.0),
    ("150205", "石拐区", "石拐区", 6562, 1112, 163, 381, 24.8),
    ("150206", "白云鄂博矿区", "白云矿区", 3545, 746, 33, 74, 9.3),
    ("150207", "九原区", "九原区", 39440, 5770, 670, 1735, 17.0),
    ("150221", "土默特右旗", "土右旗", 64304, 10689, 1625, 4630, 25.3),
    ("150222", "固阳县", "固阳县", 34846, 6393, 864, 2404, 24.8),
    ("150223", "达尔罕茂明安联合旗", "达茂旗", 20100, 3349, 614, 1668, 30.5),
    ("150271", "稀土高新区", "稀土高新区", 28612, 4348, 239, 744, 8.4),
)


def _bar(*names: tuple[str, str | None], children: tuple[Link, ...] = (), word: str = "下级") -> PlaceBar:
    return PlaceBar(tuple(Crumb(*name) for name in names), children, word, NOW)


CITY = Frame(
    "/g/",
    tabs("总览"),
    "民政局 李主任",
    _bar(
        ("内蒙古", None),
        ("包头市", "/g/?place=1502"),
        children=tuple(Link(name, f"/g/?place={code}") for code, name, *_ in COUNTIES),
        word="旗县区",
    ),
)
COUNTY = Frame(
    "/g/",
    tabs("人员"),
    "青山区 张科长",
    _bar(
        ("内蒙古", None),
        ("包头市", None),
        ("青山区", "/g/?place=150204"),
        children=(Link("青山路街道", "/g/?place=150204003"), Link("自由路街道", "/g/?place=150204005")),
        word="街道",
    ),
    Notice("已把 12 人分给青山路街道。", note="10:21，可在 10 分钟内撤回", undo="/g/undo/"),
)
STREET = Frame(
    "/g/",
    tabs("人员"),
    "街道 赵干事",
    _bar(
        ("内蒙古", None),
        ("包头市", None),
        ("青山区", None),
        ("青山路街道", "/g/?place=150204003"),
        ("六合成社区", "/g/?place=150204003001"),
    ),
)

MEAN = 16.9


def _row(code: str, name: str, over: int, served: int, unserved: int, cannot: int, rate: float) -> PlaceRow:
    chip = Chip("高于平均", "warn") if rate > MEAN else Chip("低于平均", "ok")
    if rate > 25:
        chip = Chip("列入督办", "bad")
    return PlaceRow(
        name,
        f"/g/?place={code}",
        over,
        served,
        unserved,
        cannot,
        over - served - unserved - cannot,
        rate,
        rate_bar(rate, largest=30.5, mean=MEAN),
        chip,
        "功能区" if code == "150271" else "",
        f"/g/people/?place={code}&status=unserved",
    )


_ROWS = tuple(
    _row(code, name, over, served, unserved, cannot, per_thousand)
    for code, name, _, over, served, unserved, cannot, per_thousand in COUNTIES
)
_MONTHS = tuple(
    (f"{m}月", str(y) if m in (12, 1) else "") for y, m in [(2025, 12)] + [(2026, n) for n in range(1, 12)]
)
_TREND = trend(
    _MONTHS,
    (
        Series(
            "应享未享", "f2", (12380, 12105, 11876, 11540, 11431, 10987, 10650, None, 10102, 9931, 9648, 9236)
        ),
        Series(
            "无法判定",
            "f3",
            (24120, 23980, 23755, 23410, 23102, 22840, 22377, None, 21904, 21560, 21388, 21093),
        ),
    ),
    label="近十二个月月末，应享未享由 12,380 人降到 9,236 人，无法判定由 24,120 人降到 21,093 人",
)
_OUTLINES = tuple(
    Outline(code, name, short, tables.outlines().get(int(code), ())) for code, name, short, *_ in COUNTIES
)
_MAP = outline_map(
    _OUTLINES,
    {
        code: MapValue(
            rate if code != "150205" else None,
            f"{rate}" if code != "150205" else "无法判定",
            f"/g/?place={code}",
            f"{name}：每千名老人应享未享 {rate} 人，共 {unserved} 人",
        )
        for code, name, _, _, _, unserved, _, rate in COUNTIES
    },
    label="包头市各旗县区每千名老人应享未享人数地图，数值同下方表格",
    core=crowded(_OUTLINES),
)
BENEFITS = (
    BenefitRow(
        "高龄津贴",
        "/g/law/oldest_old_allowance/",
        86412,
        82011,
        4401,
        0,
        1038251000,
        52890000,
        "元/月",
        "/g/people/?b=1",
    ),
    BenefitRow(
        "养老服务补贴",
        "/g/law/care_service_subsidy/",
        31877,
        28340,
        3537,
        2104,
        318770000,
        35370000,
        "元/月",
        "/g/people/?b=2",
        "/g/people/?b=2&s=c",
    ),
    BenefitRow(
        "照护类补贴（就高不重复）",
        "/g/law/care_support/",
        18204,
        15988,
        2216,
        19870,
        364080000,
        44320000,
        "元/月",
        "/g/people/?b=3",
        "/g/people/?b=3&s=c",
    ),
    BenefitRow(
        "居家适老化改造补贴",
        "/g/law/home_adaptation/",
        5210,
        3602,
        1608,
        6033,
        1563000000,
        482400000,
        "元，一次",
        "/g/people/?b=4",
        "/g/people/?b=4&s=c",
    ),
    BenefitRow(
        "特困人员救助供养",
        "/g/law/extreme_hardship_support/",
        4021,
        4021,
        0,
        311,
        None,
        None,
        "服务",
        "",
        "/g/people/?b=5&s=c",
    ),
    BenefitRow(
        "家庭养老床位",
        "/g/law/home_care_bed/",
        2877,
        1240,
        1637,
        8102,
        None,
        None,
        "服务",
        "/g/people/?b=6",
        "/g/people/?b=6&s=c",
    ),
)
_RECON = Recon(
    Part("60 岁以上", 547019, ""),
    (
        Part("已享", 99668, "f1"),
        Part("应享未享", 9236, "f2"),
        Part("无法判定", 21093, "f3"),
        Part("不符合", 417022, "f4"),
    ),
)
OVERVIEW = OverviewPage(
    heading="今天有 5 件事需要您决定",
    lead="11月20日 星期五。昨夜核算全市 547,019 名 60 岁以上老人，用时 2.1 秒，遗漏 0 人。",
    waiting=(
        Waiting(
            Chip("今日到期", "bad"),
            "申诉 A-0412 今天必须答复",
            "昆都仑区，对照护补贴额度不同意。超期由上级督办。",
            "去答复",
            "/g/appeals/A-0412/",
        ),
        Waiting(
            Chip("剩 2 天", "warn", "clock"),
            "助餐补贴调标等待审批",
            "起草人 王科长。3,397 人增加，8,329 人减少，全市每月净增支 31,363.90 元。",
            "去审批",
            "/g/revisions/R-31/",
        ),
        Waiting(
            Chip("无法判定", "unknown"),
            "14,806 人没有能力评估，4 项待遇算不出",
            "土默特右旗 4,102 人、东河区 2,950 人最多。安排评估后当天重算。",
            "看名单",
            "/g/people/?s=c",
        ),
        Waiting(
            Chip("剩 5 天", "warn", "clock"),
            "3,142 人应享未享还没有人认领",
            "其中 1,208 人超过 30 天。固阳县占 41%。",
            "催办",
            "/g/people/?s=u",
        ),
        Waiting(
            Chip("本周", "info", "clock"),
            "残联数据迟到 3 天",
            "重度残疾护理补贴按 11月17日 的资料算，到齐后自动重算。",
            "看来源",
            "/g/definitions/",
        ),
    ),
    waiting_more=Link("全部待办 23 件", "/g/revisions/"),
    feeds=(
        Feed("民政（社会救助）", Chip("按时", "ok"), "今日 02:15", "+12 −5"),
        Feed("残联", Chip("迟到", "warn"), "11-17", "迟 3 天"),
        Feed("医保", Chip("按时", "ok"), "昨日 22:40", "+3,208"),
        Feed("卫健", Chip("按时", "ok"), "昨日 23:10", "+41"),
        Feed("社区上报", Chip("按时", "ok"), "昨日 21:05", "+377"),
        Feed("能力评估", Chip("从未到达", "unknown"), "还没有", "白云鄂博矿区"),
    ),
    feeds_note="残联迟到期间，有关待遇不改判，标明按哪天的资料算。",
    figures=(
        Figure(
            "应享",
            108904,
            "人",
            "all",
            ("至少符合一项待遇", "占 60 岁以上 19.9%"),
            "/g/people/?s=e",
            "/g/definitions/#eligible",
        ),
        Figure(
            "已享",
            99668,
            "人",
            "served",
            ("应享的每一项都有发放记录", "占应享 91.5%，较上月 +0.4 个百分点"),
            "/g/people/?s=s",
            "/g/definitions/#served",
        ),
        Figure(
            "应享未享",
            9236,
            "人",
            "unserved",
            ("算得出，没送到", "占应享 8.5%，较上月 −412 人"),
            "/g/people/?s=u",
            "/g/definitions/#unserved",
        ),
        Figure(
            "无法判定",
            21093,
            "人",
            "cannot",
            ("缺能力评估或家庭经济核对", "其中缺能力评估 14,806 人"),
            "/g/people/?s=c",
            "/g/definitions/#cannot",
        ),
    ),
    recon=_RECON,
    benefits=BENEFITS,
    benefits_note="按项计，一人可有多项；金额按示例标准算",
    trend=_TREND,
    trend_say="应享未享比去年 12 月底少 3,144 人。7 月底没有核算，线在那里断开。",
    map=_MAP,
    places=_ROWS,
    total=_row("1502", "包头市", 547019, 99668, 9236, 21093, MEAN),
    child_word="旗县区",
    mean_per_thousand=MEAN,
    definitions="/g/definitions/",
    order=Link("按应享未享从多到少排", "/g/?place=1502&order=need"),
)
COUNTY_OVERVIEW = replace(
    OVERVIEW,
    heading="今天没有等您决定的事",
    lead="11月20日 星期五。昨夜核算白云鄂博矿区 3,545 名 60 岁以上老人。",
    waiting=(),
    waiting_more=None,
    nothing_waits=State("empty", "没有事等您决定", "修订、申诉、认领、数据到达 4 类都查过，11月20日 06:00。"),
    map=None,
    figures=(
        *OVERVIEW.figures[:3],
        replace(OVERVIEW.figures[3], value=None, href="", notes=("能力评估从未到达",)),
    ),
    recon=replace(_RECON, whole=Part("60 岁以上", 547032, ""), off_href="/g/people/?s=off"),
    left_out=(LeftOut(13, "居住地只到旗县区，没有社区", "请社区核实住址", "/g/people/?s=x"),),
    child_word="街道",
    places=_ROWS[:3],
)
