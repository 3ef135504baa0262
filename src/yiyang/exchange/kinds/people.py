"""People: who is registered, where she lives and is registered, how she is reached."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yiyang.base.ids import PersonId
from yiyang.base.keys import sealing
from yiyang.engine import identifying
from yiyang.engine.errors import Refused
from yiyang.engine.tabling import Cell, cells
from yiyang.engine.tabling.cells import Unreadable
from yiyang.exchange import registry
from yiyang.exchange.choices import OWN_RANK, RowAct, RowState, TicketKind
from yiyang.exchange.kinds.declaring import (
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
from yiyang.exchange.registry import Origins, Registered
from yiyang.people import guards
from yiyang.people import services as people
from yiyang.people.services import Arrival, Correction

SEX = {"男": 1, "女": 2, "男性": 1, "女性": 2}
PEOPLES = """
汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族
白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族
东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族
仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族
保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族"""  # in the order of GB/T 3304
NATION = {name: f"{number:02d}" for number, name in enumerate(PEOPLES.split(), start=1)}
NATION |= {name.removesuffix("族"): code for name, code in NATION.items() if len(name) > 2}
CHANGING = ("phone", "address", "division", "hukou_division", "ethnicity")
CALL = "写明依据后，由该处经办人更正，或走迁移"


def _place(cell: Cell) -> str:
    """A county, township or community; a shorter code is filled up with zeros."""
    word = cells.text_of(cell).strip() if isinstance(cell, str | int) else ""
    if re.fullmatch(r"[0-9]{6}|[0-9]{9}", word):
        return word.ljust(12, "0")
    return cells.division(cell)


def _ethnicity(cell: Cell) -> str:
    word = cells.text(cell)
    found = NATION.get(word, word if word in NATION.values() else "")
    if not found:
        raise Unreadable("ethnicity", "民族不是认得的写法", "写全称，例如 蒙古族；或写国标代码 01 到 56")
    return found


def check(values: Values, taking: Taking) -> None:
    """The ID number says sex and birth: other columns may repeat it, not contradict it."""
    number = identifying.read_id(str(values["id_number"]))
    if number.synthetic and not taking.synthetic:
        raise Faulty(
            "id_number", "invented", "这是模拟人员的号码，不能作为真实人员导入", "请从真实的登记里重新导出"
        )
    if taking.synthetic and not number.synthetic:
        raise Faulty(
            "id_number", "real", "来源写的是模拟数据，这个号码却不是模拟号码", "请改正来源后重新上传"
        )
    if values.get("sex") is not None and values["sex"] != number.sex:
        raise Faulty("sex", "sex_differs", "性别和身份证号不一致", "请照身份证核对性别和号码")
    if values.get("born_on") is not None and values["born_on"] != number.born_on.isoformat():
        raise Faulty(
            "born_on", "birth_differs", "出生日期和身份证号不一致", "请照身份证核对；农历请在日期前加“农历”"
        )
    try:
        guards.check_birth(number.born_on, today=taking.now.date())
    except Refused as refusal:
        raise Faulty("id_number", "birth", refusal.message.split("。")[0], "请照身份证核对") from None


def judge(entries: Sequence[Entry], taking: Taking) -> list[Verdict]:
    """By ID number against the whole registry; a record of another branch is not touched."""
    known = registry.by_number(str(entry.values["id_number"]) for entry in entries)
    origins = registry.origins_of(found.id for found in known.values())
    places = registry.places_of(taking.prefix, taking.now.date())
    verdicts = []
    for entry in entries:
        division = str(entry.values["division"])
        if not taking.scope.holds(division):
            verdicts.append(
                refuse("division", "not_yours", "居住地不在您的辖区", "请核对代码；外地的人由当地导入")
            )
        elif not registry.is_home(division, places):
            verdicts.append(
                refuse(
                    "division", "no_place", "没有这个区划代码，或者它比旗县区还大", "请从区划表里核对12位代码"
                )
            )
        elif (found := known.get(str(entry.values["id_number"]))) is not None:
            verdicts.append(_against(entry, found, taking, origins))
        else:
            verdicts.append(Verdict(RowState.READY, RowAct.ADD))
    return verdicts


def _against(entry: Entry, found: Registered, taking: Taking, origins: Origins) -> Verdict:
    """One line against the record with the same ID number."""
    if not taking.scope.holds(found.division):
        return refuse("id_number", "elsewhere", "这个号码在别的地方已经登记，不能从这里改", CALL)
    if found.died_on is not None:
        return refuse("id_number", "dead", "这个人已登记去世", "确属误登的，请先更正去世登记")
    renamed = entry.values["name"] != found.name
    if renamed and not entry.decided:
        return Verdict(RowState.WAITING, person_id=found.id, ticket=TicketKind.NAME, fields=("name",))
    differing = [key for key in CHANGING if _differs(key, entry.values, found)]
    held = {key: _held(key, found, origins) for key in differing}
    fresh = [key for key in differing if not _older(key, found, taking, origins)]
    if renamed:
        fresh = ["name", *fresh]
        held["name"] = OWN_RANK
    if not fresh:
        return Verdict(RowState.UNCHANGED, person_id=found.id)
    highest = max(held[key] for key in fresh)
    if highest > taking.rank and not entry.decided:
        lower = tuple(key for key in fresh if held[key] > taking.rank)
        return Verdict(RowState.WAITING, RowAct.NONE, found.id, None, TicketKind.DIFFERENCE, lower, highest)
    return Verdict(RowState.READY, RowAct.CHANGE, found.id, fields=tuple(fresh))


def _differs(key: str, values: Values, found: Registered) -> bool:
    """An empty cell says nothing, so it differs from nothing."""
    said = values.get(key)
    if said in (None, ""):
        return False
    if key == "phone":
        return found.phone_bidx not in sealing.found_by("phone", str(said))
    return bool(said != getattr(found, key))


def _empty(key: str, found: Registered) -> bool:
    held = {"phone": found.phone_bidx, "address": found.sealed_address, "ethnicity": found.ethnicity}
    return key in held and not held[key]


def _held(key: str, found: Registered, origins: Origins) -> int:
    """The rank of what stands in the record; an empty column is held by nobody."""
    origin = registry.origin_of(found.id, key, origins)
    if _empty(key, found):
        return -1
    return OWN_RANK if origin is None else origin[0]


def _older(key: str, found: Registered, taking: Taking, origins: Origins) -> bool:
    """Whether this is last year's news about what is known of this year."""
    origin = registry.origin_of(found.id, key, origins)
    return origin is not None and taking.as_of < origin[1] and not _empty(key, found)


def merge(rows: Sequence[tuple[Entry, Verdict]], taking: Taking) -> Added:
    """Enter who is new, bring the others up to date, and note where every column comes from."""
    added = [entry.values for entry, verdict in rows if verdict.act == RowAct.ADD]
    ids = people.enrol_many(actor=taking.actor, arrivals=[_arrival(v) for v in added], now=taking.now)
    changed = [(entry.values, verdict) for entry, verdict in rows if verdict.act == RowAct.CHANGE]
    corrections = [_correction(values, verdict) for values, verdict in changed]
    people.correct_many(actor=taking.actor, corrections=corrections, division=taking.division, now=taking.now)
    for values, verdict in changed:
        if "division" in verdict.fields:
            people.move_person(
                actor=taking.actor,
                person_id=PersonId(verdict.person_id or 0),
                to=str(values["division"]),
                now=taking.now,
            )
    columns = [(int(person_id), registry.WHOLE) for person_id in ids]
    columns += [(verdict.person_id or 0, key) for _, verdict in changed for key in verdict.fields]
    registry.note_origins(columns, taking)
    lines = [entry.line for entry, verdict in rows if verdict.act == RowAct.ADD]
    return dict(zip(lines, map(int, ids), strict=True))


def _arrival(values: Values) -> Arrival:
    return Arrival(
        id_number=str(values["id_number"]),
        name=str(values["name"]),
        division=str(values["division"]),
        hukou_division=str(values["hukou_division"]),
        phone=_text(values, "phone"),
        address=_text(values, "address"),
        ethnicity=_text(values, "ethnicity") or "",
    )


def _correction(values: Values, verdict: Verdict) -> Correction:
    said = {key: _text(values, key) for key in verdict.fields if key != "division"}
    return Correction(person_id=PersonId(verdict.person_id or 0), **said)


def _text(values: Values, key: str) -> str | None:
    return str(values[key]) if values.get(key) else None


ID_NUMBER = Column(
    "id_number", "身份证号", cells.id_number, "18位，这一列必须是文本", "159902194303011226",
    ("公民身份号码", "公民身份证号", "身份证", "身份证号码", "身份证件号码", "证件号码", "证件号",
     "居民身份证号码"), True,
)  # fmt: skip
NAME = Column(
    "name",
    "姓名",
    cells.name,
    "照身份证写",
    "示例甲",
    ("老人姓名", "本人姓名", "人员姓名", "老年人姓名"),
    True,
)

PEOPLE = Kind(
    code="people",
    title="老年人名册",
    says="新登记的人，或已登记的人的电话、住址、居住地、户籍地、民族",
    columns=(
        ID_NUMBER,
        NAME,
        Column("sex", "性别", cells.one_of(SEX), "可以不填；填了要和身份证号一致", "女"),
        Column("born_on", "出生日期", cells.day, "可以不填；填了要和身份证号一致", "1943-03-01",
               ("生日", "出生年月日")),
        Column("ethnicity", "民族", _ethnicity, "写全称", "汉族"),
        Column(
            "division", "居住地区划代码", cells.division, "现住社区的12位统计用区划代码，这一列必须是文本",
            "150204001021", ("常住地区划代码", "居住地代码", "社区代码", "现住地区划代码"), True,
        ),
        Column(
            "hukou_division", "户籍地区划代码", _place, "户口所在旗县区的6位代码，或社区的12位代码", "150204",
            ("户籍地代码", "户籍区划代码", "户口所在地代码"), True,
        ),
        Column("phone", "联系电话", cells.phone, "一个号码，这一列必须是文本", "00000000001",
               ("电话", "手机", "手机号", "手机号码", "联系方式", "电话号码", "本人电话")),
        Column("address", "居住地址", cells.text, "门牌到户", "示例小区1栋1单元101",
               ("住址", "现住址", "家庭住址", "详细地址", "居住详细地址", "常住地址")),
    ),
    same=lambda values: str(values["id_number"]),
    judge=judge,
    merge=merge,
    check=check,
)  # fmt: skip
