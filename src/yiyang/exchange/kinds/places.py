"""Places: a whole table of divisions that comes into force on a day, or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from yiyang.engine.tabling import cells
from yiyang.exchange import registry
from yiyang.exchange.choices import RowAct, RowState
from yiyang.exchange.kinds.declaring import (
    NOBODY_NEW,
    Added,
    Column,
    Entry,
    Faulty,
    Kind,
    Taking,
    Values,
    Verdict,
    refuse,
)
from yiyang.regions import codes, importing, services
from yiyang.regions.importing import Division


def check(values: Values, taking: Taking) -> None:
    code = str(values["code"])
    try:
        codes.kind_of(code, str(values["name"]))
    except codes.BadDivision:
        raise Faulty("code", "grammar", "代码不合区划代码的编法", "请照民政部门公布的代码核对") from None
    if not taking.scope.holds(code) and code not in (*codes.parents_of(taking.division), taking.division):
        raise Faulty("code", "not_yours", "这个地方不在您的辖区", "只报本辖区的区划")


def _division(values: Values, taking: Taking) -> Division:
    code, name = str(values["code"]), str(values["name"])
    above = codes.parents_of(code)
    return Division(code, name, codes.kind_of(code, name), above[-1] if above else "", taking.as_of)


def judge(entries: Sequence[Entry], taking: Taking) -> list[Verdict]:
    """Orphans and twice-used codes are faults; what stands in the tree already is no news."""
    rows = [_division(entry.values, taking) for entry in entries]
    lines = [entry.line for entry in entries]
    known = registry.places_of(taking.prefix, taking.as_of)
    names = registry.names_of(taking.prefix, taking.as_of)
    wrong = {
        problem.line: problem
        for problem in importing.check_tree(rows, lines, set())
        if problem.field != "parent"
        or codes.parents_of(rows[lines.index(problem.line)].code)[-1] not in known
    }
    verdicts = []
    for entry, row in zip(entries, rows, strict=True):
        if entry.line in wrong and taking.scope.holds(row.parent):
            verdicts.append(
                refuse("code", "orphan", "它的上级既不在表里也不在系统里", "请把上级一起报，或核对代码")
            )
        elif names.get(row.code) == row.name or not taking.scope.holds(row.code):
            verdicts.append(Verdict(RowState.UNCHANGED))
        else:
            verdicts.append(Verdict(RowState.READY, RowAct.CHANGE if row.code in known else RowAct.ADD))
    return verdicts


def merge(rows: Sequence[tuple[Entry, Verdict]], taking: Taking) -> Added:
    """New places begin and renamed ones change their name; a file ends nothing: that is an act of its own."""
    if not rows:
        return NOBODY_NEW
    services.begin_places(
        [_division(entry.values, taking) for entry, _ in rows],
        source=taking.source.label,
        on=taking.as_of,
    )
    registry.forget_places()
    return NOBODY_NEW


PLACES = Kind(
    code="places",
    title="区划",
    says="新设和改名的社区（嘎查村）、街道（苏木乡镇）；撤销和合并由系统管理人员按文件办",
    columns=(
        Column("code", "区划代码", cells.division, "12位统计用区划代码，这一列必须是文本", "150206001006",
               ("统计用区划代码", "代码"), True),
        Column("name", "名称", cells.text, "全称", "示例社区居委会", ("区划名称", "单位名称"), True),
    ),
    same=lambda values: str(values["code"]),
    judge=judge,
    merge=merge,
    check=check,
    at_once=True,
)  # fmt: skip
