"""Addresses of the elder pages, under ``/e/``."""

from __future__ import annotations

from django.urls import path, re_path

from yiyang.faces.elder.views import asking, entering, looking, reading

app_name = "elder"
urlpatterns = [
    path("", reading.home, name="home"),
    path("subsidies/", reading.subsidies, name="subsidies"),
    path("subsidies/<slug:benefit>/why/", reading.why, name="why"),
    path("subsidies/<slug:benefit>/help/", asking.help_with, name="help"),
    path("subsidies/<slug:benefit>/disagree/", asking.disagree, name="disagree"),
    path("callback/", asking.callback, name="callback"),
    path("services/", reading.services, name="services"),
    path("cases/", reading.cases, name="cases"),
    path("cases/<uuid:code>/asked/", reading.asked, name="asked"),
    path("cases/<uuid:code>/sent/", reading.sent, name="sent"),
    path("cases/<uuid:code>/undo/", asking.undo, name="undo"),
    path("look/", looking.look, name="look"),
    path("sos/", looking.sos, name="sos"),
    path("sign-in/", entering.sign_in, name="sign_in"),
    path("sign-in/code/", entering.sign_in_code, name="sign_in_code"),
    path("sign-in/who/", entering.who, name="who"),
    path("sign-in/who-else/", entering.who_else, name="who_else"),
    path("sign-out/", entering.sign_out, name="sign_out"),
    # Only with a slash at the end: without one the right address is still found by adding it.
    re_path(r"^.+/$", looking.nothing),
]
