"""The front door: who comes in where."""

from __future__ import annotations

from django.urls import path

from yiyang.faces.public import views

app_name = "public"
urlpatterns = [
    path("", views.landing, name="landing"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/duty/", views.choose_duty, name="duty"),
    path("sign-out/", views.sign_out, name="sign_out"),
]
