"""Addresses of the three powers."""

from __future__ import annotations

from django.urls import path

from yiyang.faces.keeper.views import home

app_name = "keeper"
urlpatterns = [
    path("", home.home, name="home"),
]
