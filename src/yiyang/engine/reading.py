"""What people type: full-width letters, Chinese numerals, dates of either calendar. Tolerant, never guessing.

A reader gives None for what it cannot read with certainty; the page then asks again and keeps what was typed.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from yiyang.engine.lunar import solar_day

_PLAIN_DIGITS = "零一二三四五六七八九"
_DIGITS = {
    **{sign: value for value, sign in enumerate(_PLAIN_DIGITS)},
    **{sign: value for value, sign in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    **dict(zip("○幺两俩兩貳叄參陸", (0, 1, 2, 2, 2, 2, 3, 3, 6), strict=True)),
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TWENTIES = "廿卄卅卌"
_NUMERAL = "".join({*_DIGITS, *_UNITS, *_TWENTIES, "万", "萬"})
_SIGNS = str.maketrans("。、·•—–−〜", ".,..---~")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")

_MONTH_NAMES = {"正": "1", "冬": "11", "腊": "12", "臘": "12"}
_LUNAR_WORDS = re.compile("农历|農曆|阴历|陰曆|旧历|舊曆|夏历")
_SOLAR_WORDS = re.compile("公历|公曆|阳历|陽曆|新历|西历|国历")
_LEADING = re.compile(r"^(?:出生日期|出生于|出生|生日|生于)?[:,]*")
_TRAILING = re.compile(r"(?:出生|生日|生的|生|的)+$")
_WEEKDAY = re.compile(r"(?:\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)$")
_NUMBER = rf"(?:\d+|[{_NUMERAL}]+)"
_WRITTEN = re.compile(
    rf"(?:(?P<year>{_NUMBER})年)?(?P<leap>闰|閏)?(?P<month>{_NUMBER}|[正冬腊臘])月"
    rf"(?P<first>初)?(?P<day>{_NUMBER})[日号號]?"
)
_SEPARATED = re.compile(r"(\d{4})([-./,])(\d{1,2})\2(\d{1,2})\.?")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")


def to_ascii(text: str) -> str:
    """Letters, digits and signs in their plain form; Chinese characters stay, spaces become single."""
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_SIGNS)
    plain = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in plain)
    return " ".join(plain.split())


def digits_only(text: str) -> str:
    """The digits of a number read out sign by sign, such as a telephone number: 一三八 gives ``138``."""
    signs = (str(_DIGITS[sign]) if sign in _DIGITS else sign for sign in to_ascii(text))
    return "".join(sign for sign in signs if sign.isascii() and sign.isdigit())


def chinese_number(text: str) -> int | None:
    """A whole number in digits or numerals: 12, 十二, 一百零五, 两千, 廿三, 一九四四. None for all else."""
    word = to_ascii(text).replace(" ", "")
    if word.isascii():
        return int(word) if word.isdigit() and len(word) <= 15 else None
    if word and all(sign in _DIGITS for sign in word):
        return int("".join(str(_DIGITS[sign]) for sign in word)) if len(word) <= 15 else None
    return _spelled(word)


def parse_date_zh(text: str, *, year: int | None = None) -> date | None:
    """A day as people write it, in the common or in the lunar calendar.

    Read: 1944年3月1日, 1944.3.1, 1944-03-01, 19440301, 一九四四年三月一日, 农历一九四四年八月十五,
    1944年腊月初八; full-width digits and spaces anywhere. 农历, 闰, 初 and the months 正, 冬, 腊 mean
    the lunar calendar. Not read: two-digit years and day-first orders, which can mean several days.

    Args:
        text: what was typed.
        year: the year meant where the text names none, of the date's calendar; None: such a text is not read.
    """
    word = to_ascii(text)
    spaced = re.fullmatch(r"(\d{4}) (\d{1,2}) (\d{1,2})", word)
    if spaced:
        return _day(*map(int, spaced.groups()))
    word = _TRAILING.sub("", word.replace(" ", ""))
    word = _WEEKDAY.sub("", word)
    lunar, solar = _LUNAR_WORDS.search(word) is not None, _SOLAR_WORDS.search(word) is not None
    if lunar and solar:
        return None
    word = _LEADING.sub("", _SOLAR_WORDS.sub("", _LUNAR_WORDS.sub("", _LEADING.sub("", word))))
    if found := _WRITTEN.fullmatch(word):
        return _written(found, year, lunar=lunar, solar=solar)
    found = _SEPARATED.fullmatch(word) or _PACKED.fullmatch(word)
    if found is None:
        return None
    numbers = [int(part) for part in found.groups() if part.isdigit()]
    return solar_day(*numbers) if lunar else _day(*numbers)


def _written(found: re.Match[str], year: int | None, *, lunar: bool, solar: bool) -> date | None:
    """年, 月, 日 as words: the words themselves may say which calendar is meant."""
    named = chinese_number(found["year"]) if found["year"] else year
    month = chinese_number(_MONTH_NAMES.get(found["month"], found["month"]))
    day = chinese_number(found["day"])
    if named is None or month is None or day is None or not 1000 <= named <= 9999:
        return None
    by_words = bool(found["leap"] or found["first"] or found["month"] in _MONTH_NAMES)
    if (solar and by_words) or (found["first"] and day > 10):
        return None
    if found["day"][0] in _TWENTIES and not (lunar or solar or by_words):
        return None  # 八月廿三 may mean either calendar
    if lunar or by_words:
        return solar_day(named, month, day, leap=bool(found["leap"]))
    return _day(named, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _spelled(word: str) -> int | None:
    """Numerals with units, below 100 million; short forms such as 一百五 (150 to the ear) give None."""
    plain = _plain(word)
    value = _sum_of(plain)
    # Whatever does not read back to the same signs was no number as it is written.
    return value if value is not None and _numerals(value) == plain else None


def _plain(word: str) -> str:
    """One sign for each numeral, 廿 as 二十, a bare 十 as 一十."""
    for short, long in {"廿": "二十", "卄": "二十", "卅": "三十", "卌": "四十", "萬": "万"}.items():
        word = word.replace(short, long)
    signs = [_PLAIN_DIGITS[_DIGITS[sign]] if sign in _DIGITS else sign for sign in word]
    word = "".join(signs).translate(str.maketrans("拾佰仟", "十百千"))
    return re.sub(r"(?<![一二三四五六七八九])十", "一十", word)


def _sum_of(word: str) -> int | None:
    total, section, digit = 0, 0, 0
    for sign in word:
        if sign in _PLAIN_DIGITS:
            digit = _PLAIN_DIGITS.index(sign)
        elif sign in _UNITS:
            section, digit = section + digit * _UNITS[sign], 0
        elif sign == "万" and not total:
            total, section, digit = (section + digit) * 10_000, 0, 0
        else:
            return None
    return total + section + digit


def _numerals(value: int) -> str:
    """The full spelling: 105 is 一百零五, 15 is 一十五, 20010 is 二万零一十."""
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        gap = "零" if 0 < low < 1000 else ""
        return f"{_numerals(high)}万{gap}{_numerals(low) if low else ''}"
    spelled, waiting = "", False
    for sign, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, value = divmod(value, size)
        if digit:
            spelled += ("零" if waiting and spelled else "") + _PLAIN_DIGITS[digit] + sign
        waiting = not digit
    return spelled
