"""Addresses of the operator."""

from __future__ import annotations

from django.urls import path

from yiyang.faces.operator import views

app_name = "operator"
urlpatterns = [
    path("health/", views.show_health, name="health"),
    path("metrics", views.show_metrics, name="metrics"),
]
