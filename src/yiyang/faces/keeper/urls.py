"""Addresses of the three powers."""

from __future__ import annotations

from django.urls import path

from yiyang.faces.keeper.views import alerts, audit, home

app_name = "keeper"
urlpatterns = [
    path("", home.home, name="home"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/<int:alert_id>/", alerts.alert, name="alert"),
    path("audit/", audit.log, name="audit"),
    path("audit/export/", audit.export, name="audit_export"),
    path("audit/people/<uuid:code>/", audit.lookers, name="lookers"),
]
