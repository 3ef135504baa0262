"""One cell as an office writes it: read with certainty, or not at all. Nothing is repaired in silence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from yiyang.engine import identifying, reading
from yiyang.engine.errors import Refused
from yiyang.engine.tabling.lines import Cell

type Value = str | int | bool
"""What a reader gives; a day is its ISO text, so that rows can be kept as text."""
type Reader = Callable[[Cell], Value]

SPREADSHEET_EPOCH = date(1899, 12, 30)
SERIALS = range(10_000, 70_000)  # 1927-05-18 to 2091: smaller ones could be years
UNKNOWN_WORDS = frozenset({"不详", "未知", "不清楚", "/", "-", "--", "—", "——", "无法核实"})
_EXPONENT = re.compile(r"[0-9]+(?:\.[0-9]+)?[eE]\+?[0-9]+")
_HAN = re.compile(r"^[\u3400-\u9fff\uf900-\ufaff〇\U00020000-\U0003ffff\s]+$")
_NAME = re.compile(r"^[^\W\d_](?:[^\W\d_]|[ .·•‧・'’-]){0,48}[^\W\d_]$")
_SHORT_YEAR = re.compile(r"^'?\d{2}([-./年])\d{1,2}([-./月])\d{1,2}日?$")


class Unreadable(Refused):
    """A cell that is not taken: what is wrong and what to do, never what stood there."""

    code = "engine.unreadable"

    def __init__(self, fault: str, reason: str, hint: str) -> None:
        super().__init__(fault, message=reason)
        self.fault, self.reason, self.hint = fault, reason, hint


def text_of(cell: Cell) -> str:
    """What stands there as text; a whole number without its ``.0``, a day as ISO."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def text(cell: Cell) -> str:
    """A free text on one line: full-width spaces and line ends become single spaces."""
    return unicodedata.normalize("NFC", " ".join(text_of(cell).split()))


@lru_cache(maxsize=65536)
def _name(text: str) -> str:
    word = unicodedata.normalize("NFC", " ".join(text.split()))
    if _HAN.match(word):
        word = word.replace(" ", "")
    if not _NAME.match(word):
        raise Unreadable(
            "name", "姓名不像姓名", "只写本人姓名，不要带号码、称呼或备注；一个字的姓名请人工登记"
        )
    return word


def name(cell: Cell) -> str:
    """A person's name: 王 秀英 is 王秀英; signs between parts of other names stay."""
    return _name(text_of(cell))


def id_number(cell: Cell) -> str:
    """A citizen id of 18 characters, an old one lengthened. What a spreadsheet has ruined is not repaired."""
    if isinstance(cell, int | float) or _EXPONENT.fullmatch(str(cell).strip()):
        raise _ruined()
    try:
        found = identifying.read_id(str(cell))
    except identifying.BadIdNumber as error:
        if identifying.normal_id(str(cell)).endswith("000"):
            raise _ruined() from None
        raise Unreadable("id_number", error.message, "照身份证逐位核对后改正") from None
    if found.number.endswith("000"):
        raise _ruined()
    return found.number


def _ruined() -> Unreadable:
    return Unreadable(
        "ruined_number",
        "身份证号被表格软件当成数字存了，后几位已经变成 0",
        "改格式救不回来。请从原系统重新导出，这一列设成“文本”；证件上确实以 000 结尾的，请人工登记",
    )


def phone(cell: Cell) -> str:
    """A telephone number as digits."""
    if isinstance(cell, int | float) or _EXPONENT.fullmatch(str(cell).strip()):
        raise Unreadable(
            "phone_as_number", "电话被表格软件当成数字存了", "把这一列设成“文本”，重新填写或重新导出"
        )
    found = identifying.normal_phone(str(cell))
    if not re.fullmatch(r"[0-9]{7,12}", found):
        raise Unreadable("phone", "电话号码不对", "只写一个号码：11位手机号，或带区号的座机号")
    return found


def division(cell: Cell) -> str:
    """A division code of twelve digits; whether the place exists is asked elsewhere."""
    if isinstance(cell, float) or _EXPONENT.fullmatch(str(cell).strip()):
        raise Unreadable(
            "division_as_number", "区划代码被表格软件当成数字存了", "把这一列设成“文本”后重填12位代码"
        )
    found = reading.to_ascii(str(cell)).replace(" ", "")
    if not re.fullmatch(r"[0-9]{12}", found):
        raise Unreadable("division", "区划代码应为12位数字", "写社区的12位统计用区划代码，例如 150204001021")
    return found


@lru_cache(maxsize=65536)
def _day(text: str) -> str:
    word = reading.to_ascii(text)
    if word.isdigit() and len(word) == 5 and int(word) in SERIALS:
        return (SPREADSHEET_EPOCH + timedelta(days=int(word))).isoformat()
    found = reading.parse_date_zh(text)
    if found is None:
        if _SHORT_YEAR.match(word):
            raise Unreadable(
                "short_year", "日期只写了两位年份，分不清是哪个世纪", "年份写四位，例如 1943-05-01"
            )
        raise Unreadable("day", "日期看不懂", "写成 1943-05-01 或 1943年5月1日；农历前面加“农历”")
    return found.isoformat()


def day(cell: Cell) -> str:
    """A day as ISO text: a spreadsheet's own date, its number, or as people write it; never a guess."""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        raise Unreadable("day", "日期看不懂", "写成 1943-05-01 或 1943年5月1日")
    return _day(text_of(cell))


def whole(low: int, high: int) -> Reader:
    """A whole number within bounds, never cut to fit."""

    def read(cell: Cell) -> int:
        if isinstance(cell, float) and not cell.is_integer():
            raise Unreadable("whole", "这里要写整数", "去掉小数")
        found = reading.chinese_number(text_of(cell))
        if found is None or isinstance(cell, bool):
            raise Unreadable("whole", "这里要写整数", "只写数字，不写单位")
        if not low <= found <= high:
            raise Unreadable("out_of_range", f"只能是 {low} 到 {high}", "请核对")
        return found

    return read


def one_of(words: Mapping[str, int | str]) -> Reader:
    """One of a list of words; the codes themselves are words too."""
    plain = {_plain(word): value for word, value in words.items()}
    plain |= {_plain(str(value)): value for value in words.values()}
    listed = "、".join(dict.fromkeys(words))

    def read(cell: Cell) -> int | str:
        found = plain.get(_plain(text_of(cell)))
        if found is None:
            raise Unreadable("not_in_list", "不是认得的写法", f"只能写：{listed}")
        return found

    return read


def _plain(word: str) -> str:
    return reading.to_ascii(word).replace(" ", "").lower()


YES_NO = one_of({"是": 1, "否": 0, "有": 1, "无": 0, "√": 1, "×": 0, "Y": 1, "N": 0})


def fen(cell: Cell) -> int:
    """Yuan with at most two decimals, as whole fen."""
    word = reading.to_ascii(text_of(cell)).replace(" ", "").replace(",", "").strip("¥元")
    try:
        found = Decimal(word) * 100
    except InvalidOperation:
        raise Unreadable("money", "金额看不懂", "以元为单位，只写数字，例如 120.00") from None
    if not found.is_finite() or found != found.to_integral_value() or not 0 <= found < 10**12:
        raise Unreadable("money", "金额不对", "不能是负数，最多两位小数")
    return int(found)


def is_unknown(cell: Cell) -> bool:
    """Whether somebody wrote that nobody knows: different from an empty cell, which says nothing."""
    return isinstance(cell, str) and cell.strip() in UNKNOWN_WORDS
