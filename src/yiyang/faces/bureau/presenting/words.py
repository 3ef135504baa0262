"""Days, names and chips of the bureau, said the same on every page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.timezone import localtime

from yiyang.accounts import selectors as accounts
from yiyang.entitlements.choices import AppealGround
from yiyang.faces.shared.reasons import PERIOD
from yiyang.faces.shared.showing import CANNOT_TELL, NOT_ELIGIBLE, SERVED, UNSERVED, Chip

SEXES = {1: "男", 2: "女"}
GROUND_WORDS = {ground.value: str(ground.label) for ground in AppealGround}
GROUPS: dict[str, tuple[str, Chip]] = {
    "unserved": ("应享未享", UNSERVED),
    "cannot_tell": ("无法判定", CANNOT_TELL),
    "served": ("已享", SERVED),
    "eligible": ("应享", Chip("应享", "info")),
}
NO = NOT_ELIGIBLE
SOON_DAYS = 3


def day_words(day: date, today: date) -> str:
    """``11月20日``, with the year when it is another one."""
    return f"{day.month}月{day.day}日" if day.year == today.year else f"{day.year}年{day.month}月{day.day}日"


def at_words(at: datetime, today: date) -> str:
    """``今天 08:12``, ``11-18 10:15``, with the year when it is another one."""
    local = localtime(at)
    if local.date() == today:
        return f"今天 {local:%H:%M}"
    return f"{local:%m-%d %H:%M}" if local.year == today.year else f"{local:%Y-%m-%d}"


def deadline_chip(due: date, today: date) -> Chip:
    """How long is left: overdue and today are bad, three days a warning."""
    left = (due - today).days
    if left < 0:
        return Chip(f"已超期 {-left} 天", "bad")
    if left == 0:
        return Chip("今日到期", "bad")
    return Chip(f"剩 {left} 天", "warn" if left <= SOON_DAYS else "info", "clock")


def unit_words(unit: str) -> str:
    """``元/月`` for money, ``服务`` for a yes or no."""
    return PERIOD.get(unit, "服务")


def sex_age(sex: int, age: int) -> str:
    return f"{SEXES.get(sex, '')} {age} 岁".strip()


class Names:
    """Names of colleagues for one page, asked once."""

    def __init__(self, user_ids: Iterable[int | None]) -> None:
        self._names = accounts.names_of(user_ids)

    def __getitem__(self, user_id: int | None) -> str:
        return self._names.get(user_id, "") if user_id is not None else ""
