"""Numbers of the law in words: titles, values with their unit, places, what is typed into a form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from yiyang.engine import reading
from yiyang.engine.errors import Refused
from yiyang.faces.shared.reasons import PERIOD, number_words
from yiyang.policies import library
from yiyang.policies import selectors as policies
from yiyang.regions import selectors as regions

NATION = "国家"
HARDSHIP = ("不困难", "低保边缘", "低保", "特困")
ABILITY = ("能力完好", "轻度或中度", "重度以上")
CELL = re.compile(r"^(?P<name>.+)（(?P<a>\d)-(?P<b>\d)）$")
TYPED_YUAN = re.compile(r"(?P<yuan>\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.(?P<fen>\d{1,2}))?(?:元)?")
TYPED_WHOLE = re.compile(r"\d{1,3}(?:[, ]\d{3})+|\d+")
UNITS = {
    "year": "周岁",
    "month": "个月",
    "meal/month": "餐/月",
    "percent": "%",
    "class": "级",
    "flag": "1 是，0 否",
}


class NotANumber(Refused):
    code = "bureau.not_a_number"
    message = "看不懂这个数。写成 120 或 1 250.50 这样，不写汉字"


def title_of(key: str) -> str:
    """The Chinese name of a number; a cell of the meal table says its row and column."""
    spec = library.number_specs().get(key)
    if spec is None:
        return key
    cell = CELL.match(spec.title)
    if cell is None:
        return spec.title
    row, column = int(cell["a"]), int(cell["b"])
    if row < len(HARDSHIP) and column < len(ABILITY):
        name = cell["name"].split("（")[0]  # the axes are said by the words themselves
        return f"{name}（{HARDSHIP[row]}、{ABILITY[column]}）"
    return spec.title


def unit_of(key: str) -> str:
    return policies.unit_of(key) or ""


def money_or_count(value: int | None, unit: str) -> str:
    """``120.00 元/月``, ``80 周岁``, ``没有规定``."""
    return number_words(value, unit)


def form_unit(unit: str) -> str:
    """What stands behind the input: ``元/月``, ``周岁``."""
    return PERIOD.get(unit, UNITS.get(unit, unit))


def typed_of(value: int, unit: str) -> str:
    """A stored number as a form shows it: fen as yuan with two decimals."""
    return f"{value // 100}.{value % 100:02d}" if unit in PERIOD else str(value)


def parse_number(text: str, unit: str) -> int:
    """What was typed as the stored whole number; yuan become fen exactly, nothing is rounded.

    Spaces and commas may group thousands: ``1 250.50`` is 125050 fen.

    Raises:
        NotANumber: a sign, a third decimal, decimals where the unit has none, or words.
    """
    plain = reading.to_ascii(text).strip().removeprefix("¥").strip()
    if unit in PERIOD:
        found = TYPED_YUAN.fullmatch(plain)
        if found is None:
            raise NotANumber(f"{text!r} as {unit}", message=_why(plain))
        yuan = int(re.sub(r"[, ]", "", found["yuan"]))
        return yuan * 100 + int((found["fen"] or "0").ljust(2, "0"))
    whole = TYPED_WHOLE.fullmatch(plain.removesuffix("%").strip())
    if whole is None:
        raise NotANumber(f"{text!r} as {unit}", message=_why(plain, whole=True))
    return int(re.sub(r"[, ]", "", whole.group()))


def _why(plain: str, *, whole: bool = False) -> str:
    if plain.startswith(("-", "−")):
        return "数额不能是负的"
    if whole and re.fullmatch(r"\d+\.\d+", plain):
        return "这一项只能填整数"
    if re.fullmatch(r"\d+\.\d{3,}", plain):
        return "最多写到分，小数点后两位"
    return NotANumber.message


def place_names(places: Iterable[int], *, on: date) -> Mapping[int, str]:
    """Names by six-digit place, 0 the nation; a place the tables lack keeps its number."""
    wanted = {place: f"{place:06d}".ljust(12, "0") for place in places}
    found = regions.names_of((code for place, code in wanted.items() if place), on=on)
    return {place: found.get(code, f"{place:06d}") if place else NATION for place, code in wanted.items()}
