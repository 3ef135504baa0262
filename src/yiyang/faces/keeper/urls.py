"""Addresses of the three powers."""

from __future__ import annotations

from django.urls import path

from yiyang.faces.keeper.views import accounts, alerts, audit, duties, home

app_name = "keeper"
urlpatterns = [
    path("", home.home, name="home"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.open_account, name="account_new"),
    path("accounts/<int:user_id>/", accounts.account, name="account"),
    path("accounts/<int:user_id>/act/", accounts.act, name="account_act"),
    path("accounts/<int:user_id>/reset/", accounts.reset, name="account_reset"),
    path("duties/", duties.duties, name="duties"),
    path("duties/new/", duties.give, name="duty_new"),
    path("duties/<int:duty_id>/take/", duties.take, name="duty_take"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/<int:alert_id>/", alerts.alert, name="alert"),
    path("audit/", audit.log, name="audit"),
    path("audit/export/", audit.export, name="audit_export"),
    path("audit/people/<uuid:code>/", audit.lookers, name="lookers"),
]
