"""The front door: who comes in where, and the own account."""

from __future__ import annotations

from django.urls import path

from yiyang.faces.public.views import account, door, factors

app_name = "public"
urlpatterns = [
    path("", door.landing, name="landing"),
    path("sign-in/", door.sign_in, name="sign_in"),
    path("sign-in/factor/", factors.factor, name="factor"),
    path("sign-in/enrol/", factors.enrol, name="enrol"),
    path("sign-in/enrol/picture.svg", factors.enrol_picture, name="enrol_picture"),
    path("sign-in/onward/", factors.onward, name="onward"),
    path("sign-in/new-password/", factors.new_password, name="new_password"),
    path("sign-in/again/", factors.again, name="again"),
    path("sign-in/duty/", door.choose_duty, name="duty"),
    path("sign-out/", door.sign_out, name="sign_out"),
    path("me/devices/", account.devices, name="devices"),
    path("me/devices/<int:session_id>/end/", account.end_device, name="end_device"),
    path("me/password/", account.password, name="password"),
    path("me/app/", account.app, name="app"),
    path("me/app/picture.svg", account.app_picture, name="app_picture"),
    path("me/passkeys/new/", account.passkey, name="passkey"),
    path("me/passkeys/<int:passkey_id>/remove/", account.remove_passkey, name="remove_passkey"),
    path("me/codes/", account.renew_codes, name="renew_codes"),
]
