"""Addresses of the elder pages, under ``/e/``."""

from __future__ import annotations

from django.urls import path, re_path

from yiyang.faces.elder.views import acting, asking, entering, going_on, helping, looking, owning, reading

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
    path("helpers/", helping.helpers, name="helpers"),
    path("helpers/add/", helping.add, name="helper_add"),
    path("helpers/add/who/", helping.add_who, name="helper_who"),
    path("helpers/add/confirm/", helping.add_confirm, name="helper_confirm"),
    path("helpers/add/code/", helping.add_code, name="helper_code"),
    path("helpers/<uuid:code>/stop/", helping.stop, name="helper_stop"),
    path("for-whom/", acting.for_whom, name="for_whom"),
    path("mandate/", acting.mandate, name="mandate"),
    path("go-on/", going_on.go_on, name="go_on"),
    path("messages/", acting.messages, name="messages"),
    path("mine/", owning.mine, name="mine"),
    path("mine/looked/", owning.looked, name="looked"),
    path("mine/consents/", owning.consents, name="consents"),
    path("mine/consents/<slug:purpose>/<slug:act>/", owning.consent, name="consent"),
    path("mine/ask/<slug:kind>/", owning.ask, name="mine_ask"),
    path("mine/<uuid:code>/", owning.matter, name="matter"),
    path("mine/<uuid:code>/stop/", owning.stop, name="mine_stop"),
    path("mine/<uuid:code>/copy/", owning.copy, name="mine_copy"),
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
