from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yiyang.base.holding import Holding
from yiyang.people.facts import FACTS


def _fact(row: Mapping[str, Any]) -> dict[str, str]:
    spec = FACTS.get(row["key"])
    return {} if spec is None else {"key": spec.title, "value": spec.say(row["value"])}


HOLDINGS = (
    Holding(
        "people.Person",
        "您是谁",
        {
            "name": "姓名",
            "id_number": "证件号",
            "sex": "性别",
            "born_on": "出生日期",
            "phone": "电话",
            "address": "住址",
            "division": "居住地区划",
            "hukou_division": "户籍地区划",
            "ethnicity": "民族代码",
            "household_no": "户号",
            "died_on": "去世日期",
            "recorded_at": "登记时间",
        },
        by="id",
    ),
    Holding(
        "people.Fact",
        "各部门说的情况",
        {
            "key": "哪一项",
            "value": "内容",
            "source": "谁说的",
            "valid_from": "从哪天起",
            "recorded_at": "登记时间",
        },
        said=_fact,
    ),
    Holding("people.State", why="a projection of the facts above"),
    Holding(
        "people.RightsCase",
        "您对自己资料提过的事",
        {
            "kind": "要办什么",
            "channel": "怎么提的",
            "made_at": "哪天",
            "state": "结果",
            "words": "您的话",
            "answer": "答复",
        },
    ),
    Holding(
        "people.Consent",
        "您同意过的用途",
        {"purpose": "用途", "channel": "怎么同意的", "given_at": "哪天同意", "withdrawn_at": "哪天收回"},
    ),
    Holding(
        "people.Stay",
        "住院、住养老机构",
        {"kind": "哪一种", "since": "从哪天起", "until": "到哪天", "place": "哪里", "source": "谁说的"},
    ),
    Holding(
        "people.Move",
        "搬到别处的登记",
        {"from_division": "从哪里", "to_division": "到哪里", "asked_at": "哪天提的", "state": "办到哪"},
    ),
    Holding(
        "people.DeathReport",
        "去世的报告",
        {"died_on": "哪天", "source": "谁说的", "reported_at": "哪天报的", "state": "核实结果"},
    ),
    Holding(
        "people.Merge",
        "和另一份档案合并",
        {"state": "结果", "why": "为什么", "proposed_at": "哪天提的", "done_at": "哪天合的"},
        by="survivor_id",
    ),
    Holding("people.Duplicate", why="it names somebody else as well; what came of it is told as a merge"),
)
