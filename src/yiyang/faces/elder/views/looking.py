"""Pages that need nobody's name: letters and colours, the emergency call."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from yiyang.engine.errors import Missing
from yiyang.faces.elder.showing.frames import LOOK_COOKIE, Look, LookPage, PlainPage
from yiyang.faces.elder.views.framing import own_path, show
from yiyang.faces.shared.access import public

A_YEAR = 366 * 24 * 3600


class NoSuchPage(Missing):
    code = "elder.no_such_page"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    """字要多大."""
    if request.method != "POST":
        return show(request, "look", LookPage(own_path(request, request.GET.get("from"))))
    old = Look.read(request.COOKIES.get(LOOK_COOKIE, ""))
    size = request.POST.get("size") or old.size or "22"
    theme = request.POST.get("theme") or ("dark" if old.dark else "light")
    back = urlencode({"from": own_path(request, request.POST.get("onward"))})
    response = redirect(f"{reverse('elder:look')}?{back}")
    chosen = str(Look.read(f"{size}-{theme}"))
    response.set_cookie(
        LOOK_COOKIE, chosen, max_age=A_YEAR, httponly=True, samesite="Lax", secure=settings.BEHIND_TLS
    )
    return response


@public
@require_safe
def sos(request: HttpRequest) -> HttpResponse:
    """要人马上来帮您."""
    return show(request, "sos", PlainPage())


@public
def nothing(_request: HttpRequest) -> HttpResponse:
    """No page here: said in the words of this face."""
    raise NoSuchPage
