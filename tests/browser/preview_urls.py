"""Addresses of the preview: the elder pages under their own names, each sample under ``/preview/``."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.staticfiles.views import serve
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import include, path, re_path

from tests.browser import elder_samples_helping, elder_samples_owning
from tests.browser.preview_pages import SAMPLES
from yiyang.faces.elder.showing.frames import LOOK_COOKIE, Look, frame_of

ALL = {**SAMPLES, **elder_samples_helping.SAMPLES, **elder_samples_owning.SAMPLES}
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


class StrictPolicy:
    """The content policy of the site, as strict as it will be."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Content-Security-Policy"] = POLICY
        return response


def show(request: HttpRequest, name: str) -> HttpResponse:
    """One sample, in the look of the cookie or of ``?look=30-dark``."""
    sample = ALL[name]
    cookie = request.GET.get("look", request.COOKIES.get(LOOK_COOKIE, ""))
    frame = frame_of(cookie=cookie, query=request.GET.dict(), synthetic=True, proxy=sample.proxy)
    context = {"page": sample.page, "frame": frame}
    return render(request, f"elder/{sample.template}.html", context, status=sample.status)


def look(request: HttpRequest) -> HttpResponse:
    """The one thing the preview remembers."""
    if request.method != "POST":
        return show(request, "look")
    old = Look.read(request.COOKIES.get(LOOK_COOKIE, ""))
    size, theme = request.POST.get("size"), request.POST.get("theme")
    new = f"{size or old.size or '22'}-{theme or ('dark' if old.dark else 'light')}"
    response = HttpResponseRedirect(request.path)
    response.set_cookie(LOOK_COOKIE, new)
    return response


def page(name: str) -> Callable[..., HttpResponse]:
    """A view that shows one sample whatever is asked."""

    def view(request: HttpRequest, **_: str) -> HttpResponse:
        return show(request, name)

    return view


def asset(request: HttpRequest, name: str) -> HttpResponseBase:
    """Static files without a second server."""
    return serve(request, name, insecure=True)


ELDER = (
    [
        path("", page("home"), name="home"),
        path("subsidies/", page("subsidies"), name="subsidies"),
        path("subsidies/<benefit>/why/", page("why"), name="why"),
        path("subsidies/<benefit>/help/", page("help"), name="help"),
        path("subsidies/<benefit>/disagree/", page("disagree"), name="disagree"),
        path("callback/", page("callback"), name="callback"),
        path("cases/", page("cases"), name="cases"),
        path("cases/<code>/undo/", page("cases-said"), name="undo"),
        path("helpers/", page("helpers"), name="helpers"),
        path("helpers/add/", page("helper-phone"), name="helper_add"),
        path("helpers/add/who/", page("helper-who"), name="helper_who"),
        path("helpers/add/confirm/", page("helper-confirm"), name="helper_confirm"),
        path("helpers/<code>/stop/", page("helpers"), name="helper_stop"),
        path("for-whom/", page("for-whom"), name="for_whom"),
        path("mandate/", page("mandate"), name="mandate"),
        path("messages/", page("messages"), name="messages"),
        path("mine/", page("mine"), name="mine"),
        path("mine/looked/", page("mine-looked"), name="looked"),
        path("mine/consents/", page("mine-consents"), name="consents"),
        path("mine/consents/<purpose>/<act>/", page("mine-consents"), name="consent"),
        path("mine/ask/<kind>/", page("mine-ask"), name="mine_ask"),
        path("mine/<code>/", page("mine-case"), name="matter"),
        path("mine/<code>/copy/", page("mine-copy"), name="mine_copy"),
        path("mine/<code>/stop/", page("mine"), name="mine_stop"),
        path("services/", page("services"), name="services"),
        path("look/", look, name="look"),
        path("sos/", page("sos"), name="sos"),
        path("sign-in/", page("sign-in"), name="sign_in"),
        path("sign-in/code/", page("code"), name="sign_in_code"),
        path("sign-in/who/", page("who"), name="who"),
        path("sign-out/", page("signed-out"), name="sign_out"),
    ],
    "elder",
)
urlpatterns = [
    path("e/", include(ELDER)),
    path("preview/<name>/", show),
    re_path(r"^static/(?P<name>.+)$", asset),
]
