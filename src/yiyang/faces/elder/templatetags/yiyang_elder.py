"""Dressing a page that a view did not: refusals are drawn by the middleware, which knows no face."""

from __future__ import annotations

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yiyang.engine.errors import HouseError
from yiyang.faces.elder.proxies import proxy_of
from yiyang.faces.elder.showing import refusing
from yiyang.faces.elder.showing.frames import LOOK_COOKIE, Frame, frame_of
from yiyang.faces.shared.drafts import MARK, mark_of

register = template.Library()


@register.simple_tag(takes_context=True)
def dress(context: Context) -> str:
    """Give the page its frame, and a refusal its words, where the view gave none; shows nothing itself."""
    request = getattr(context, "request", None)
    if "frame" not in context:
        context["frame"] = _frame(request)
    error = context.get("error")
    if isinstance(error, HouseError) and isinstance(request, HttpRequest):
        back = request.path if request.method == "GET" else reverse("elder:home")
        context["page"] = refusing.page_of(
            error.code, error.status, error.message, back=back, home=reverse("elder:home")
        )
    return ""


@register.simple_tag(takes_context=True)
def yours(context: Context) -> SafeString:
    """In every form that does something for a person: for whom it was drawn."""
    mark = mark_of(getattr(getattr(context, "request", None), "person_id", None))
    return format_html('<input type="hidden" name="{}" value="{}">', MARK, mark) if mark else SafeString("")


def _frame(request: object) -> Frame:
    if not isinstance(request, HttpRequest):
        return Frame()
    return frame_of(
        cookie=request.COOKIES.get(LOOK_COOKIE, ""),
        query=request.GET.dict(),
        synthetic=True,
        proxy=proxy_of(request),
    )
