"""Filters and tags of staff pages: counts, exact money, signs, icons."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import is_aware, localtime

from yiyang.faces.shared.showing import Chip

register = template.Library()
MINUS = "−"


@register.filter
def count(number: int | float | None) -> str:
    """``108904`` → ``108,904``; what is not known is said, not drawn as a dash."""
    if number is None:
        return "无法判定"
    text = f"{abs(number):,.10g}" if isinstance(number, float) else f"{abs(number):,}"
    return f"{MINUS}{text}" if number < 0 else text


@register.filter
def signed(number: int | float | None) -> str:
    """``+412``, ``−412``, ``0``: the minus is a true one."""
    if number is None:
        return "无法判定"
    return f"+{count(number)}" if number > 0 else count(number)


@register.filter
def exact_yuan(fen: int | None) -> str:
    """Fen as yuan with two decimals and commas, without the unit: ``3136390`` → ``31,363.90``."""
    if fen is None:
        return "无法判定"
    whole, rest = divmod(abs(fen), 100)
    return f"{MINUS if fen < 0 else ''}{whole:,}.{rest:02d}"


@register.filter
def signed_yuan(fen: int | None) -> str:
    """As :func:`exact_yuan`, with a plus before a gain."""
    return f"+{exact_yuan(fen)}" if fen is not None and fen > 0 else exact_yuan(fen)


@register.filter
def round_yuan(fen: int | None) -> str:
    """Fen as money one reads in a headline: ``1,234.50 元``, ``328.6 万元``, ``1.25 亿元``."""
    if fen is None:
        return "无法判定"
    yuan, sign = abs(fen) / 100, MINUS if fen < 0 else ""
    if yuan >= 1e8:
        return f"{sign}{yuan / 1e8:,.2f} 亿元"
    if yuan >= 1e5:
        return f"{sign}{yuan / 1e4:,.1f} 万元"
    return f"{sign}{exact_yuan(abs(fen))} 元"


@register.filter
def percent(share: float | None) -> str:
    """``0.9152`` → ``91.5%``."""
    return "无法判定" if share is None else f"{share * 100:.1f}%"


@register.filter
def rate(value: float | None) -> str:
    """A rate with one decimal, so that a column reads straight: ``14`` → ``14.0``."""
    return "无法判定" if value is None else f"{value:,.1f}"


@register.filter
def iso_day(day: date | datetime | None) -> str:
    """``2026-11-20``, with the hour where there is one; nothing for nothing."""
    if day is None:
        return ""
    if not isinstance(day, datetime):
        return f"{day:%Y-%m-%d}"
    return f"{localtime(day) if is_aware(day) else day:%Y-%m-%d %H:%M}"


@register.filter
def clock_time(at: datetime) -> str:
    """``08:31:20``: for what ends within minutes."""
    return f"{localtime(at) if is_aware(at) else at:%H:%M:%S}"


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """One symbol of ``shared/icons.html``; the word beside it carries the meaning."""
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="#i-{}"/></svg>', f" {extra}" if extra else "", name
    )


@register.simple_tag
def chip(shown: Chip) -> SafeString:
    """A status: icon and word, always both."""
    return format_html('<span class="chip {}">{}{}</span>', shown.tone, icon(shown.icon), shown.text)
