"""Money, days, hours and masks in Chinese, the same on every page of every face."""

from __future__ import annotations

import re
from datetime import date, datetime
from html import escape

from yiyang.engine.errors import BrokenInvariant

FEN_IN_YUAN = 100
WEEKDAYS = "一二三四五六日"
PARTS_OF_DAY = ((5, "夜里"), (9, "早上"), (11, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))
HOURS_ON_A_CLOCK = 12
PHONE_HEAD, PHONE_TAIL = 3, 4
AFTER_A_PAUSE = re.compile(r"(?<=[，。：；！？·])|(?<=日 )")
SPACE_AT_A_NUMBER = re.compile(r"(?<=\d) (?=\S)|(?<=\S) (?=\d)")


def yuan(fen: int) -> str:
    """Fen as yuan without the unit: 25000 is ``250``, 450 is ``4.50``; never rounded.

    Raises:
        BrokenInvariant: ``fen`` is not a whole number: an unknown amount must not be shown as one.
    """
    if isinstance(fen, bool) or not isinstance(fen, int):
        raise BrokenInvariant(f"an amount in fen is a whole number, not {fen!r}")
    whole, rest = divmod(abs(fen), FEN_IN_YUAN)
    sign = "-" if fen < 0 else ""
    return f"{sign}{whole}.{rest:02d}" if rest else f"{sign}{whole}"


def day_zh(day: date) -> str:
    """``11月22日 星期日``."""
    return f"{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]}"


def long_day_zh(day: date) -> str:
    """``2026年11月22日``: for days in another year."""
    return f"{day.year}年{day.month}月{day.day}日"


def month_zh(day: date, *, today: date) -> str:
    """``今年12月``, ``明年3月``, else ``2029年3月``: when something may change."""
    years = {0: "今年", 1: "明年", 2: "后年"}
    return f"{years.get(day.year - today.year, f'{day.year}年')}{day.month}月"


def part_of_day(hour: int) -> str:
    """``早上``, ``上午``, ``中午``, ``下午``, ``晚上``, ``夜里`` for an hour 0-23."""
    return next(name for end, name in PARTS_OF_DAY if hour < end)


def clock_zh(at: datetime) -> str:
    """``下午 5 点``, ``上午 9 点 30 分``: the twelve-hour clock as it is spoken."""
    hour = (at.hour - 1) % HOURS_ON_A_CLOCK + 1
    minute = f" {at.minute} 分" if at.minute else ""
    return f"{part_of_day(at.hour)} {hour} 点{minute}"


def when_zh(at: datetime, *, today: date) -> str:
    """``今天下午 5 点``, ``明天上午 9 点``, else ``11月24日 星期二 下午 5 点``."""
    near = {0: "今天", 1: "明天", 2: "后天"}.get((at.date() - today).days)
    return f"{near}{clock_zh(at)}" if near else f"{day_zh(at.date())} {clock_zh(at)}"


def mask_name(name: str) -> str:
    """First character and two stars, whatever the length: ``王**``; the length would betray too."""
    return f"{name[:1]}**" if name else ""


def mask_phone(phone: str) -> str:
    """``138****5678``; anything too short to keep both ends is all stars."""
    if len(phone) <= PHONE_HEAD + PHONE_TAIL:
        return "*" * len(phone)
    return f"{phone[:PHONE_HEAD]}****{phone[-PHONE_TAIL:]}"


def phone_tail(phone: str) -> str:
    """The last four digits, by which a person knows her own phone; empty for a number too short."""
    return phone[-PHONE_TAIL:] if len(phone) > PHONE_HEAD + PHONE_TAIL else ""


def phrases(text: str) -> str:
    """The text as HTML whose lines break at pauses: each phrase stays whole, a number keeps its unit.

    A day and its weekday are two phrases with a blank between them.

    Everything is escaped; a phrase longer than a line still breaks inside.
    """
    parts = [part for part in AFTER_A_PAUSE.split(text) if part]
    return "".join(_phrase(part) for part in parts)


def _phrase(part: str) -> str:
    tied = SPACE_AT_A_NUMBER.sub("\u00a0", part.strip())
    return f'<span class="nb">{escape(tied)}</span>' + (" " if part.endswith("日 ") else "")
