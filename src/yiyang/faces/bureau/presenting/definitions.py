"""Every figure of the bureau: how it is counted, of whom, from where, as of when. Each page links here."""

from __future__ import annotations

from yiyang.entitlements import selectors as entitlements
from yiyang.faces.bureau.law_showing import DefinitionRow, DefinitionsPage
from yiyang.faces.bureau.presenting.desk import Desk

LIVING = "60 岁以上常住老人（在册、在世）"
SWEEP, RECEIPTS = "全员核算", "发放记录"
BOTH = f"{SWEEP}减去{RECEIPTS}"

# id, name, how it is counted, denominator, source; {money} is filled from the law of the day.
ROWS = (
    (
        "over-60",
        "60 岁以上",
        "核算那天在册、在世的老人，按居住的社区归到各级；住址只到上一级的，"
        "算到上一级。等于已享、应享未享、无法判定、不符合、没有核算五项之和。",
        LIVING,
        SWEEP,
    ),
    (
        "eligible",
        "应享",
        "{money}里至少一项算得出、金额大于 0 的人，一人只计一次。",
        LIVING,
        SWEEP,
    ),
    (
        "served",
        "已享",
        "应享，并且应享的每一项都有发放记录的人。",
        "应享的人",
        RECEIPTS,
    ),
    (
        "unserved",
        "应享未享",
        "应享，但至少有一项没有发放记录的人。不是标记，是每次算出来的。",
        "应享的人",
        BOTH,
    ),
    (
        "cannot",
        "无法判定",
        "没有一项应享，但至少有一项因为缺资料、或当地没有规定而算不出的人。不等于不符合，也不算 0。",
        LIVING,
        SWEEP,
    ),
    (
        "not-eligible",
        "不符合",
        "每一项都算得出，都不符合的人。不逐人保存，没有名单。",
        LIVING,
        SWEEP,
    ),
    (
        "refused",
        "资料有误、没有核算",
        "有一项资料超出可能的范围（如年龄 130），整个人不核算，列名单等来源单位核实。",
        LIVING,
        SWEEP,
    ),
    (
        "unplaced",
        "住址没有落到下一级",
        "住址只写到旗县区或街道的人。算进上级的数，不在下级的表里。",
        LIVING,
        "人口登记",
    ),
    (
        "registered",
        "户籍在这里、住在别处",
        "按户籍认定的待遇由户籍地负责：看得到决定，看不到本人档案。",
        "本地负责的决定",
        "认定",
    ),
    (
        "benefit",
        "各项待遇",
        "逐项计：应享、已享、应享未享、无法判定的人数，同一个人可以有多项。",
        LIVING,
        BOTH,
    ),
    (
        "money",
        "应发、未到（元）",
        "应发是应享的人按标准每月（或一次）该得的钱，未到是其中没有发放记录的部分。标准是示例，未核对原文。",
        "应享的人",
        BOTH,
    ),
    (
        "per-thousand",
        "每千名老人应享未享",
        "应享未享的人数除以 60 岁以上人数，乘 1,000。竖线是本地平均。",
        LIVING,
        BOTH,
    ),
    (
        "served-share",
        "已享率",
        "已享的人数除以应享的人数。",
        "应享的人",
        BOTH,
    ),
    (
        "trend",
        "近十二个月月末",
        "每个月末按那天已登记的情况和那天的规定核算一次。没有核算的月份，线断开，不补数。",
        LIVING,
        SWEEP,
    ),
    (
        "leads",
        "没有人认领",
        "应享未享、或缺能力评估的人里，还没有社区工作人员认领的人。",
        "名单上的人",
        "社区名单",
    ),
    (
        "appeals",
        "申诉期限",
        "从收到那天起按工作日数。没有法定节假日表的年份只按周末推算，页面会写明。",
        "等答复的申诉",
        "申诉登记",
    ),
    (
        "rehearsal",
        "测算：增加、减少、净额",
        "同一批人、同一天，按现行的数和拟改的数各算一遍，逐人比较。不影响任何人。增加含新享，减少含不再享。",
        "最近一次核算的人",
        "测算",
    ),
    (
        "source",
        "来源",
        "人、资料和发放记录都是合成的模拟数据。各项资料的来源和日期写在本人档案里。总览按部门写最近一个入库文件的日期。",
        "全部",
        "模拟数据",
    ),
)


def anchors() -> frozenset[str]:
    """Ids that other pages may link to."""
    return frozenset(row[0] for row in ROWS)


def definitions_page(desk: Desk) -> DefinitionsPage:
    """The definition of every figure, with the time of the figures of this place."""
    marks = entitlements.marks(on=desk.today)
    money = "、".join(marks.titles[name] for name in marks.money)
    as_of = f"{desk.sweep.as_of:%Y-%m-%d}" if desk.sweep else "还没有核算"
    return DefinitionsPage(
        heading="每个数是怎么来的",
        lead="人按居住地归到社区，一人只算一次；钱按示例标准算，未核对原文。",
        rows=tuple(
            DefinitionRow(id_, name, counted.format(money=money), whole, source, as_of)
            for id_, name, counted, whole, source in ROWS
        ),
    )
