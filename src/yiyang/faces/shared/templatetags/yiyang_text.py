"""Filters for money, days, hours and masks: the functions of ``texts`` under the same names."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from yiyang.faces.shared import texts

register = template.Library()
register.filter("yuan", texts.yuan)
# A moment out of the database is in world time; a page says it as the clock on the wall does.
register.filter("day_zh", texts.day_zh, expects_localtime=True)
register.filter("long_day_zh", texts.long_day_zh, expects_localtime=True)
register.filter("clock_zh", texts.clock_zh, expects_localtime=True)
register.filter("mask_name", texts.mask_name)
register.filter("mask_phone", texts.mask_phone)
register.filter("phone_tail", texts.phone_tail)


@register.filter
def phrases(text: str) -> SafeString:
    """Sentences whose lines break at pauses; the text is escaped there."""
    return mark_safe(texts.phrases(text))  # noqa: S308 - escaped phrase by phrase
